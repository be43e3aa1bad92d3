"""The committed table of seven ways is whole, and a damaged one is refused."""

import json
from importlib.resources import files

import pytest

from course_utils import data
from course_utils.errors import CourseError

FILE = files("course_utils.data") / "results" / "overfitting.json"


@pytest.fixture
def report():
    return json.loads(FILE.read_text("utf-8"))


def load(tmp_path, report):
    path = tmp_path / "results.json"
    path.write_text(json.dumps(report), "utf-8")
    return data.load_overfitting(path)


def test_the_table_has_a_row_for_each_seed_and_says_how_it_was_made(report):
    table = data.load_overfitting()
    assert len(table) == len(report["runs"])
    assert len(table.loc[0.2]) >= 16 and len(table.loc[0.0]) >= 8
    assert "benchmarks/overfitting.py" in table.attrs["command"]
    assert set(table.attrs["versions"]) == {"tensorflow", "keras", "sklearn"}
    run = report["runs"][3]
    assert table.loc[(run["wrong_labels"], run["seed"]), "dropout"] == run["test_error"]["dropout"]


def test_seeds_of_the_table_are_not_those_of_a_lesson(report):
    assert min(run["seed"] for run in report["runs"]) > 100


def _without_dropout(report):
    del report["runs"][0]["test_error"]["dropout"]


def _not_a_share(report):
    report["runs"][0]["test_error"]["dropout"] = 17.5


def _not_a_number(report):
    report["runs"][0]["test_error"]["dropout"] = float("nan")


def _seed_twice(report):
    report["runs"].append(report["runs"][0])


def _one_seed(report):
    del report["runs"][1:]


def _no_date(report):
    del report["date"]


def _another_shape(report):
    report["runs"] = "none"


@pytest.mark.parametrize("damage", [_without_dropout, _not_a_share, _not_a_number, _seed_twice,
                                    _one_seed, _no_date, _another_shape])
def test_a_damaged_table_is_refused(tmp_path, report, damage):
    damage(report)
    with pytest.raises(CourseError, match="git checkout"):
        load(tmp_path, report)


def test_a_file_that_is_missing_or_no_json_is_refused(tmp_path):
    with pytest.raises(CourseError, match="missing or damaged"):
        data.load_overfitting(tmp_path / "nothing.json")
    (tmp_path / "half.json").write_text("{", "utf-8")
    with pytest.raises(CourseError, match="missing or damaged"):
        data.load_overfitting(tmp_path / "half.json")
