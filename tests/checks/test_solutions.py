"""The course's own answers earn everything, in the notebooks as they are built."""

from pathlib import Path

import pytest

from course_utils.checks import load
from course_utils.checks.result import RECORD_TYPE
from tests.executed import executed

SOLUTIONS = sorted((Path(__file__).parents[2] / "solutions").glob("lab*/lab*.ipynb"))


def records(path):
    """Run a notebook and return the record of each check in it."""
    result = executed(path)
    assert result.ok, result.error
    return [output.data[RECORD_TYPE] for cell in result.notebook.cells
            for output in cell.get("outputs", []) if RECORD_TYPE in output.get("data", {})]


@pytest.mark.slow
@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_the_solution_earns_every_point(path):
    checks = load(path.stem).CHECKS
    found = records(path)
    assert [record["exercise"].split(".")[1] for record in found] == [
        check.exercise for check in checks]
    assert [record["points"] for record in found] == [check.points for check in checks]
