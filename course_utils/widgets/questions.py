"""Quick questions in a lesson, with an answer to each answer.

The files keep the format of the library jupyterquiz, which was tried first (2.9.6.4, JupyterLab
4.6). It asks a content network for MathJax for each quiz, raises an error in the page for each
quiz and answer when that fails, draws no focus for the keyboard, loses it at an arrow key, and
stores 39 kB of script with the right answers in the notebook. This is the same in ipywidgets.
"""

import json
from functools import partial
from html import escape
from importlib.resources import files

import ipywidgets

from course_utils.errors import CourseError
from course_utils.paths import is_litter
from course_utils.widgets.static_output import show, with_still

# Dark letters on all grounds; the side line and the reply say what the colour says.
_STYLE = """<style>
.plain-sight-answer.jupyter-button { white-space: normal; text-align: left; height: auto;
  line-height: 1.4; padding: 6px 12px; border-left: 6px solid transparent; }
.plain-sight-answer.jupyter-button:focus-visible { outline: 3px solid #0072B2; }
.plain-sight-answer.plain-sight-right { background: #DDF3EC; color: #000; border-color: #009E73; }
.plain-sight-answer.plain-sight-wrong { background: #FBE6D9; color: #000; border-color: #D55E00; }
.plain-sight-question .widget-html-content { line-height: 1.4; }
</style>"""
_RIGHT, _WRONG = "plain-sight-right", "plain-sight-wrong"


def quiz(lesson):
    """Ask a lesson's questions; each answer gets a reply and can be changed.

    Parameters
    ----------
    lesson : str
        The lesson's number, as "01".

    Raises
    ------
    CourseError
        If the lesson has no questions, or its file is damaged.
    """
    questions = load_questions(lesson)
    parts = [ipywidgets.HTML(_STYLE), *map(_ask, questions)]
    data = {"text/html": "".join(map(_as_html, questions)),
            "text/plain": "\n\n".join(map(_as_text, questions))}
    show(*with_still(parts, data, note="To answer, run this cell."))


def load_questions(lesson):
    """Return a lesson's questions.

    Parameters
    ----------
    lesson : str
        The lesson's number, as "01".

    Returns
    -------
    list of dict
        Each with `question` and `answers`; an answer has `answer`, `correct` and `feedback`.

    Raises
    ------
    CourseError
        If there is no such file, or a question lacks something.
    """
    folder = files(__package__) / "questions"
    file = folder / f"{lesson}.json"
    if not file.is_file():
        lessons = sorted(f.name.removesuffix(".json") for f in folder.iterdir()
                         if not is_litter(f.name))
        raise CourseError(f"There are no questions for lesson {lesson!r}. "
                          f"Lessons with questions: {', '.join(lessons)}.")
    try:
        questions = json.loads(file.read_text(encoding="utf-8"))
        for question in questions:
            _check(question)
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"The questions in {file} cannot be read ({error}). "
                          "Restore the file, for example with git checkout.") from error
    return questions


def _check(question):
    right = [answer for answer in question["answers"] if answer["correct"]]
    if len(right) != 1:
        raise ValueError(f"{question['question']!r} has {len(right)} right answers, not one")
    if not all(answer["answer"] and answer["feedback"] for answer in question["answers"]):
        raise ValueError(f"an answer to {question['question']!r} lacks its text or feedback")


def _ask(question):
    """Return a question with a button for each answer and room for the reply."""
    reply = ipywidgets.HTML()
    buttons = [_button(answer) for answer in question["answers"]]
    for button, answer in zip(buttons, question["answers"], strict=True):
        button.on_click(partial(_choose, answer, buttons, reply))
    text = ipywidgets.HTML(f"<strong>{escape(question['question'])}</strong>")
    box = ipywidgets.VBox([text, *buttons, reply], layout={"margin": "0 0 16px 0"})
    return box.add_class("plain-sight-question")


def _button(answer):
    button = ipywidgets.Button(description=answer["answer"], layout={"width": "min(100%, 640px)"})
    return button.add_class("plain-sight-answer")


def _choose(answer, buttons, reply, choice):
    """Mark the chosen button, and only that, and show the reply to its answer."""
    for button in buttons:
        button.remove_class(_RIGHT).remove_class(_WRONG)
    choice.add_class(_RIGHT if answer["correct"] else _WRONG)
    verdict = "Right." if answer["correct"] else "Not quite."
    # A new element with this role is what screen readers read out.
    reply.value = (f'<div role="alert"><strong>{verdict}</strong> '
                   f'{escape(answer["feedback"])}</div>')


def _as_html(question):
    choices = "".join(f"<li>{escape(answer['answer'])}</li>" for answer in question["answers"])
    return f"<p><strong>{escape(question['question'])}</strong></p><ul>{choices}</ul>"


def _as_text(question):
    return "\n".join([question["question"], *(f"- {a['answer']}" for a in question["answers"])])
