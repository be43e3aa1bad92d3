"""How two workers share the tests: nothing is named that is not there, and `alone` means alone."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import scheduling
from tests.lessons import running

ROOT = Path(__file__).parents[1]


def item(file, test="test_a", /, **values):
    marks = []
    return SimpleNamespace(nodeid=f"{file}::{test}", function=SimpleNamespace(__name__=test),
                           callspec=SimpleNamespace(params=values), marks=marks,
                           add_marker=marks.append)


def test_files_tests_lessons_and_labs_of_the_tables_exist():
    names = {name for name in scheduling.SECONDS if "/" in name} | set(scheduling.PARTED)
    assert [name for name in names if not (ROOT / name).exists()] == []
    notebooks = {path.stem for folder in ("lessons", "solutions/*")
                 for path in ROOT.glob(f"{folder}/*.ipynb")}
    tests = "".join((ROOT / name).read_text("utf-8") for name in scheduling.PARTED)
    for name in set(scheduling.SECONDS) - names:
        assert (name in running.names() or name.removeprefix("notebook ") in notebooks
                or any(stem.startswith(f"{name}_") for stem in notebooks)
                or f"def {name}(" in tests), name


def test_a_file_stays_together_unless_it_is_parted():
    lab = "tests/checks/test_labs.py"
    assert scheduling.group(item("tests/test_ci.py", "test_a")) == "tests/test_ci.py"
    assert scheduling.group(item(lab, lab="lab03", exercise="keep")) == "lab03"
    assert scheduling.group(item(lab, "test_every_lab")) == "test_every_lab"
    assert scheduling.group(item("tests/checks/test_solutions.py", path=Path("a/lab03_x.ipynb"))
                            ) == "notebook lab03_x"


def test_the_longest_begin_first_and_the_rest_keeps_its_order(monkeypatch):
    monkeypatch.setattr(scheduling, "SECONDS", {"b.py": 5, "c.py": 70})
    items = [item("a.py"), item("b.py", "test_b"), item("c.py"), item("b.py", "test_a")]
    scheduling.arrange(items)
    assert [one.nodeid for one in items] == [
        "c.py::test_a", "b.py::test_b", "b.py::test_a", "a.py::test_a"]
    assert items[0].marks[0].args == ("c.py",)


@pytest.mark.skipif(scheduling.fcntl is None, reason="needs file locks of POSIX")
def test_who_is_alone_waits_for_the_others_and_they_for_it(tmp_path):
    config = SimpleNamespace(workerinput={}, option=SimpleNamespace(basetemp=tmp_path / "gw0"))
    present, log, leave = threading.Event(), [], threading.Event()

    def first():
        with scheduling.share_of_the_machine(one(alone=False)):
            present.set()
            leave.wait(30)
            log.append("first leaves")

    def alone():
        with scheduling.share_of_the_machine(one(alone=True)):
            log.append("alone")

    def one(alone):
        return SimpleNamespace(config=config, get_closest_marker=lambda name: alone or None)

    threads = [threading.Thread(target=first, daemon=True),
               threading.Thread(target=alone, daemon=True)]
    threads[0].start()
    assert present.wait(30)
    threads[1].start()
    threads[1].join(0.3)
    assert log == []
    leave.set()
    for thread in threads:
        thread.join(30)
    assert log == ["first leaves", "alone"]


def test_outside_a_worker_nobody_waits(tmp_path):
    single = SimpleNamespace(config=SimpleNamespace())
    with scheduling.share_of_the_machine(single):
        assert not list(tmp_path.iterdir())
