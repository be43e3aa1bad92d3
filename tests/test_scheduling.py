"""How two workers share the tests: nothing is named that is not there, and `alone` means alone."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import scheduling
from tests.lessons import running

ROOT = Path(__file__).parents[1]


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


@pytest.mark.parametrize("nodeid, group", [
    ("tests/test_ci.py::test_a[lab01]", "tests/test_ci.py"),
    ("tests/checks/test_labs.py::test_a[lab03 keep]", "lab03"),
    ("tests/checks/test_labs.py::test_every_lab", "test_every_lab"),
    ("tests/checks/test_solutions.py::test_a[lab03_x]", "notebook lab03_x"),
    ("tests/lessons/test_claims_of_lessons.py::test_a[03_x-4]", "03_x"),
    ("tests/lessons/test_claims_of_lessons.py::test_a[03_x: One [of] two]", "03_x"),
    ("tests/forkgrade/test_grade.py::test_stopped[2]", "test_stopped")])
def test_a_file_stays_together_unless_it_is_parted(nodeid, group):
    assert scheduling.group(nodeid) == group


def test_the_longest_begin_first_and_the_rest_keeps_its_order(monkeypatch):
    monkeypatch.setattr(scheduling, "SECONDS", {"b.py": 5, "c.py": 70})
    items = [SimpleNamespace(nodeid=nodeid) for nodeid in ("a.py::a", "b.py::b", "c.py::a",
                                                           "b.py::a")]
    scheduling.arrange(items)
    assert [one.nodeid for one in items] == ["c.py::a", "b.py::b", "b.py::a", "a.py::a"]


WORKERS = set()


@pytest.mark.parametrize("number", range(6))
def test_a_group_stays_on_one_worker(number, request):
    """With two workers that shared this file, one would miss some of the numbers before its own."""
    WORKERS.add(number)
    if getattr(request.config, "workerinput", None) and not request.config.option.keyword:
        assert WORKERS == set(range(number + 1))


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
