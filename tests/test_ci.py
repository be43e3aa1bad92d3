"""`.ci/run`: installs what a machine lacks, runs both sets of tests, shows how they ended."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="needs bash")

APT = """\
#!/bin/sh
echo "$*" >> "{log}"
[ "$1" = update ] || for tool in make git chromium bwrap; do cp "{tools}/$tool" "{bin}/"; done
"""
MAKE = """\
#!/bin/sh
echo "make $*" >> "{log}"
case "$1" in
    test) echo "20.50s call     tests/test_a.py::test_b"
          echo "=== 120 passed, 1 skipped in 45.00s ==="; exit {fast} ;;
    test-all) echo "3.25s setup    tests/test_c.py::test_d"
          echo "101.00s call     tests/test_c.py::test_e"
          echo "=== 1 failed, 30 passed in 90.00s ==="; exit {slow} ;;
esac
"""


class Machine:
    """A bare machine: a PATH with a shell's basics, python3, and an apt-get that can add tools."""

    def __init__(self, folder, fast=0, slow=0):
        self.log, self.bin, tools = folder / "log", folder / "bin", folder / "tools"
        self.bin.mkdir()
        tools.mkdir()
        (folder / ".ci").mkdir()
        self.script = shutil.copy(ROOT / ".ci" / "run", folder / ".ci")
        for name in ("bash", "sh", "env", "dirname", "mktemp", "rm", "tee", "tail", "head",
                     "sort", "grep", "cp", "cat"):
            (self.bin / name).symlink_to(shutil.which(name))
        names = {"log": self.log, "bin": self.bin, "tools": tools, "fast": fast, "slow": slow}
        self.put(self.bin, "python3", "#!/bin/sh\n")
        self.put(self.bin, "id", "#!/bin/sh\necho 0\n")
        self.put(self.bin, "apt-get", APT.format(**names))
        for name in ("git", "chromium", "bwrap"):
            self.put(tools, name, "#!/bin/sh\n")
        self.put(tools, "make", MAKE.format(**names))

    @staticmethod
    def put(folder, name, text):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)

    def run(self):
        done = subprocess.run([self.script], env={"PATH": str(self.bin)}, text=True,
                              capture_output=True)
        return done, self.log.read_text().splitlines()


def test_a_bare_machine_gets_what_it_lacks_and_runs_both(tmp_path):
    done, log = Machine(tmp_path).run()
    assert done.returncode == 0, done.stderr
    assert log[0].startswith("update")
    assert log[1].endswith("make git chromium bubblewrap")
    assert [line.split()[:2] for line in log[2:]] == [["make", "test"], ["make", "test-all"]]
    closing = done.stdout.splitlines()[-2:]
    assert "120 passed, 1 skipped" in closing[0] and "1 failed, 30 passed" in closing[1]


def test_the_slowest_tests_of_both_are_listed_at_the_end(tmp_path):
    done, log = Machine(tmp_path).run()
    assert all("--durations=10" in line for line in log if line.startswith("make "))
    _, _, end = done.stdout.partition("The ten slowest tests:\n")
    assert [line.split("s ")[0] for line in end.splitlines()[:3]] == ["101.00", "20.50", "3.25"]


def test_a_machine_that_has_all_installs_nothing(tmp_path):
    machine = Machine(tmp_path)
    for tool in (tmp_path / "tools").iterdir():
        shutil.copy(tool, machine.bin)
    done, log = machine.run()
    assert done.returncode == 0
    assert all(line.startswith("make ") for line in log)


@pytest.mark.parametrize("fast, slow", [(2, 0), (0, 2)])
def test_a_failure_of_either_is_a_failure(tmp_path, fast, slow):
    done, log = Machine(tmp_path, fast, slow).run()
    assert done.returncode != 0
    assert ("make test-all" in " ".join(log)) == (fast == 0)


def test_the_workflow_calls_it_on_every_python_within_45_minutes():
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    job = yaml.safe_load(text)["jobs"]["tests"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert job["timeout-minutes"] <= 45
    assert any(re.fullmatch(r"\.ci/run", step.get("run", "")) for step in job["steps"])
