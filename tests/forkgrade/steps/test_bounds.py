"""Whatever is handed in, the grader itself takes at most 512 MB and 20 s more than for a small
notebook: everything between the file and the text that the gradebook's writer gets."""

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow,
              pytest.mark.skipif(not sys.platform.startswith("linux"),
                                 reason="limits memory as Linux does")]

# how the file begins and ends around an honest answer, and whether it is graded
HANDED_IN = {
    "small": ("{'cells': [%s]}", True),
    "code": ("{'cells': [%s, {'cell_type': 'code', 'source': '" + "a\\n" * 1_500_000 + "'}]}",
             False),
    "metadata": ("{'cells': [%s, {'cell_type': 'code', 'source': 'x', 'metadata': {'x': ["
                 + "{}," * 2_600_000 + "1]}}]}", True),
    "outputs": ("{'cells': [%s, {'cell_type': 'code', 'source': 'x', 'outputs': [{'text': ['"
                + "x" * 90_000_000 + "']}]}]}", True),
    "attachment": ("{'cells': [%s, {'cell_type': 'markdown', 'source': 'x', 'attachments': "
                   "{'a.png': {'image/png': '" + "A" * 70_000_000 + "'}}}]}", True),
    "text": ("{'cells': [%s, {'cell_type': 'markdown', 'source': '" + "<b>x " * 3_800_000 + "'}]}",
             True),
    "notebook": ("{'metadata': {'a': [" + "[]," * 3_000_000 + "1]}, 'cells': [%s]}", True),
}
MEASURE = """
import os, resource, sys, time
from pathlib import Path
from forkgrade.job import Cell, Released
from forkgrade.outcome import NotebookOutcome
from forkgrade.steps.restore import restore
from forkgrade.steps.submission import take

released = Released(cells=(Cell("t", "code", False, "", ""),), solutions=("t",))
NotebookOutcome.of(restore(None, released, "warm")[0], released)
with open("/proc/self/status") as file:
    now = next(int(line.split()[1]) for line in file if line.startswith("VmData")) * 1024
for folder in sys.argv[1:]:
    if pid := os.fork():
        os.waitpid(pid, 0)
        continue
    resource.setrlimit(resource.RLIMIT_DATA, (now + 2**29, now + 2**29))
    begin = time.process_time()
    submitted = take(Path(folder), {"hw": released}).notebooks["hw"]
    nb, flags, reason = restore(submitted.text, released, submitted.reason)
    outcome = NotebookOutcome.of(nb, released, reason)
    print(Path(folder).name, time.process_time() - begin, len(outcome.text),
          "f = abs" in outcome.text, flush=True)
    os._exit(0)
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Return for each name seconds, the size of the outcome, and whether the answer is in it."""
    folder = tmp_path_factory.mktemp("bounds")
    answer = "{'cell_type': 'code', 'metadata': {'nbgrader': {'grade_id': 't'}}, " \
             "'source': 'f = abs'}"
    for name, (text, _) in HANDED_IN.items():
        (folder / name).mkdir()
        (folder / name / "hw.ipynb").write_text((text % answer).replace("'", '"'))
    done = subprocess.run([sys.executable, "-c", MEASURE, *folder.iterdir()], capture_output=True,
                          text=True)
    return {name: values for name, *values in map(str.split, done.stdout.splitlines())}


@pytest.mark.parametrize("name", HANDED_IN)
def test_reading_restoring_and_cleaning_are_bounded(measured, name):
    seconds, size, is_graded = measured[name]
    assert float(seconds) < 20 and int(size) < 30_000_000
    assert is_graded == str(HANDED_IN[name][1])
