"""The progress panel: what is done, what is next, and the text to take along."""

import pytest

from course_utils import progress_file as store
from course_utils.checks.result import Result
from course_utils.widgets.progress_panel import progress, summary_html


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / "progress.json"))


def _parts(panel):
    table, text, (bring, said) = panel.children[0], panel.children[1], panel.children[2].children
    return table, text, bring, said


def test_a_new_learner_is_sent_to_the_first_lesson():
    assert "<b>Next:</b> read lesson 01" in summary_html()
    assert "0 of 14 points" in summary_html()


def test_after_the_lesson_comes_its_lab():
    table, *_ = _parts(progress(finished="01"))
    assert "read on 20" in table.value
    assert "lab 01, 14 points to earn" in table.value


def test_points_are_counted():
    store.record(Result("lab01.standardize", "wrong", 2, 3))
    assert "2 of 14 points" in summary_html()


def test_the_text_brings_progress_back(tmp_path, monkeypatch):
    store.record(Result("lab01.standardize", "right", 3, 3))
    kept = _parts(progress())[1].value
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / "elsewhere.json"))
    table, text, bring, said = _parts(progress())
    assert "0 of 14 points" in table.value
    text.value = kept
    bring.click()
    assert "3 of 14 points" in table.value
    assert said.value == "Brought back."


def test_a_wrong_text_gets_a_sentence_and_changes_nothing():
    table, text, bring, said = _parts(progress())
    before, text.value = table.value, "something else"
    bring.click()
    assert "not a progress text" in said.value
    assert table.value == before
