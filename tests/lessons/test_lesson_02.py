"""Lesson 02 keeps what its title promises."""

import re

from course_utils import widgets
from tests.lessons import running

LESSON = "02_bias_and_variance"


def test_there_are_exactly_thirteen_charts_in_order():
    numbers = re.findall(r'"Chart (\d+) · ', running.source(LESSON))
    assert numbers == [str(number) for number in range(1, 14)]


def test_every_chart_is_drawn_with_its_title(monkeypatch):
    said = []
    for name in ("days", "errors", "learning_curves"):
        monkeypatch.setattr(f"course_utils.plots.lesson02_{name}.describe",
                            lambda target, text: said.append(text) or target)
    monkeypatch.setattr(widgets, "interactive_figure", lambda *_, alt, **__: said.append(alt))
    running.run(LESSON, monkeypatch=monkeypatch)
    numbers = [int(re.match(r"Chart (\d+)\b", text)[1]) for text in said]
    assert numbers == list(range(1, 14))
