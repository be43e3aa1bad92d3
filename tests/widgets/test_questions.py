"""Quick questions: files that hold up, replies that fit, no answers in the notebook."""

import json
from importlib.resources import files

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from course_utils.errors import CourseError
from course_utils.widgets import questions

LESSONS = [file.name.removesuffix(".json")
           for file in (files("course_utils.widgets") / "questions").iterdir()]


@pytest.fixture
def shown():
    """What `quiz("01")` displays: the ordinary output and the widget."""
    InteractiveShell.instance()
    with capture_output() as captured:
        questions.quiz("01")
    InteractiveShell.clear_instance()
    return captured.outputs


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_two_or_three_questions_with_distinct_replies(lesson):
    asked = questions.load_questions(lesson)
    assert 2 <= len(asked) <= 3
    for question in asked:
        replies = [answer["feedback"] for answer in question["answers"]]
        assert len(set(replies)) == len(replies) >= 3


def test_the_right_answer_is_not_always_in_the_same_place():
    places = [[answer["correct"] for answer in question["answers"]].index(True)
              for lesson in LESSONS for question in questions.load_questions(lesson)]
    assert len(set(places)) > 1


def test_the_ordinary_output_asks_and_tells_nothing(shown):
    html = shown[0].data["text/html"]
    for question in questions.load_questions("01"):
        for answer in question["answers"]:
            assert answer["answer"].split(",")[0] in html
            assert answer["feedback"][:40] not in html
    assert "correct" not in html and "right" not in html


def test_a_click_brings_the_reply_and_marks_the_button_alone():
    question = questions.load_questions("01")[0]
    box = questions._ask(question)
    _, *buttons, reply = box.children
    for button, answer in zip(buttons, question["answers"], strict=True):
        button.click()
        assert ("Right." if answer["correct"] else "Not quite.") in reply.value
        assert answer["feedback"][:20] in reply.value
        marked = [b for b in buttons
                  if {questions._RIGHT, questions._WRONG} & set(b._dom_classes)]
        assert marked == [button]


def test_a_lesson_without_questions():
    with pytest.raises(CourseError, match="no questions for lesson '77'.*01"):
        questions.quiz("77")


@pytest.mark.parametrize("content", [
    "{", "[{}]", '[{"question": "?", "answers": []}]',
    json.dumps([{"question": "?", "answers": [{"answer": "a", "correct": True, "feedback": ""}]}]),
])
def test_a_damaged_file(content, tmp_path, monkeypatch):
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "01.json").write_text(content)
    monkeypatch.setattr(questions, "files", lambda package: tmp_path)
    with pytest.raises(CourseError, match="cannot be read"):
        questions.load_questions("01")
