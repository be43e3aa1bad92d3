"""What a check gives back: points for nbgrader, a hint for the learner, a record for the report."""

import html
import math

RECORD_TYPE = "application/vnd.plain-sight.check+json"
COLOURS = {"right": "#009E73", "wrong": "#D55E00", "error": "#CC79A7", "not attempted": "#767676"}


class NotYet(Exception):
    """Under nbgrader's Validate: the hint, shown where a traceback would be.

    Parameters
    ----------
    hint : str
    """

    def __init__(self, hint):
        super().__init__(hint)
        self.hint = hint

    def _render_traceback_(self):
        return [self.hint]


class Result:
    """The outcome of one check.

    Parameters
    ----------
    exercise : str
        For example ``"lab01.standardize"``.
    state : str
        ``right``, ``wrong``, ``error`` (in the learner's own code) or ``not attempted``.
    points, max_points : float
        What was earned and what there was to earn. Anything that is not a number between 0 and
        `max_points` becomes the nearest one that is, NaN becomes 0: nbgrader would give full marks.
    headline : str
        One sentence on the state.
    hints : tuple of str
        From a nudge to a plain word; the learner opens the next one when needed.
    misconception : str, optional
        A short name for the report.
    details : str
        The learner's own traceback, if there is one.
    """

    def __init__(self, exercise, state, points, max_points, *, headline="", hints=(),
                 misconception=None, details=""):
        self.exercise, self.state, self.misconception = exercise, state, misconception
        self.points, self.max_points = _between(points, max_points), float(max_points)
        self.headline, self.hints, self.details = headline, tuple(hints), details

    def __float__(self):
        return self.points

    def __repr__(self):
        return repr(self.points)

    @property
    def record(self):
        """The outcome as plain data."""
        return {"exercise": self.exercise, "state": self.state, "points": self.points,
                "max_points": self.max_points, "misconception": self.misconception}

    @property
    def text(self):
        """The outcome for a terminal: headline, first hint, the learner's own traceback."""
        lines = [f"{self.points:g} of {self.max_points:g} points. {self.headline}"]
        lines += [f"Hint: {hint}" for hint in self.hints[:1]]
        return "\n".join(line for line in (*lines, self.details) if line)

    def _repr_html_(self):
        parts = [f"<b>{self.points:g} of {self.max_points:g} points.</b> "
                 f"{html.escape(self.headline)}"]
        parts += [f"<p>{_marked(hint)}</p>" for hint in self.hints[:1]]
        parts += [f"<details><summary>Another hint</summary><p>{_marked(hint)}</p></details>"
                  for hint in self.hints[1:]]
        if self.details:
            parts.append(f"<pre>{html.escape(self.details)}</pre>")
        return (f'<div style="border-left:4px solid {COLOURS[self.state]};padding:2px 10px">'
                + "".join(parts) + "</div>")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self._repr_html_(),
                RECORD_TYPE: self.record}


def _between(points, most):
    points = float(points)
    return 0.0 if math.isnan(points) else min(max(points, 0.0), float(most))


def _marked(hint):
    """Escape a hint and set what stands between backticks as code."""
    pieces = html.escape(hint).split("`")
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))
