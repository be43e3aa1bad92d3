"""Quick questions in a lesson, with an answer to each answer.

The files keep the format of the library jupyterquiz, which was tried first (2.9.6.4, JupyterLab
4.6). It asks a content network for MathJax for each quiz, raises an error in the page for each
quiz and answer when that fails, draws no focus for the keyboard, loses it at an arrow key, and
stores 39 kB of script with the right answers in the notebook. This is the same in ipywidgets.
"""

import json
from html import escape
from importlib.resources import files

import ipywidgets

from course_utils.errors import CourseError
from course_utils.widgets.still import show, with_still

_STYLE = """<style>
.plain-sight-answer.jupyter-button { white-space: normal; text-align: left; height: auto;
  line-height: 1.4; padding: 6px 12px; }
.plain-sight-answer.jupyter-button:focus-visible { outline: 3px solid #0072B2; }
</style>"""


def quiz(lesson):
    """Ask a lesson's questions; each answer gets a reply, and may be changed.

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
        known = sorted(f.name.removesuffix(".json") for f in folder.iterdir())
        raise CourseError(f"There are no questions for lesson {lesson!r}. "
                          f"Lessons with questions: {', '.join(known)}.")
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
    buttons = [_button(answer, reply) for answer in question["answers"]]
    for button in buttons:
        # Only the chosen answer keeps its colour.
        button.on_click(lambda chosen: [setattr(b, "button_style", "") for b in buttons
                                        if b is not chosen])
    text = ipywidgets.HTML(f"<strong>{escape(question['question'])}</strong>")
    return ipywidgets.VBox([text, *buttons, reply], layout={"margin": "0 0 16px 0"})


def _button(answer, reply):
    button = ipywidgets.Button(description=answer["answer"], layout={"width": "min(100%, 640px)"})
    button.add_class("plain-sight-answer")
    verdict, style = ("Right.", "success") if answer["correct"] else ("Not quite.", "warning")

    def choose(chosen):
        chosen.button_style = style
        # A new element with this role is what screen readers read out.
        reply.value = (f'<div role="alert"><strong>{verdict}</strong> '
                       f'{escape(answer["feedback"])}</div>')

    button.on_click(choose)
    return button


def _as_html(question):
    choices = "".join(f"<li>{escape(answer['answer'])}</li>" for answer in question["answers"])
    return f"<p><strong>{escape(question['question'])}</strong></p><ul>{choices}</ul>"


def _as_text(question):
    return "\n".join([question["question"], *(f"- {a['answer']}" for a in question["answers"])])
