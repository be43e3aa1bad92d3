"""The commands that docs/instructors.md lists are those that the tests run."""

import re
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_each_documented_command_is_run_by_a_test():
    page = (ROOT / "docs/instructors.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`nbgrader (\w+)", page))
    run = set(re.findall(r'nbgrader\("(\w+)"',
                         (HERE / "test_nbgrader_chain.py").read_text(encoding="utf-8")))
    assert len(documented) >= 8 and documented <= run
