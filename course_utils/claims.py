"""Claims that a lesson computes, states and stands by."""

import html
import numbers
import os

LOG = []  # (statement, held) of every claim in this process, for the tests


class ClaimFailed(AssertionError):
    """A lesson states something that its own numbers do not support."""


class Claim:
    """A claim that holds; shown with a tick.

    Parameters
    ----------
    statement : str
        What holds.
    """

    def __init__(self, statement):
        self.statement = statement

    def __repr__(self):
        return f"✓ {self.statement}"

    def _repr_html_(self):
        return ('<div style="border-left:4px solid #009E73;padding:2px 10px">'
                f"<b>✓ Claim holds.</b> {html.escape(self.statement)}</div>")


def claim(statement, holds):
    """State something measurable; stop the lesson if the numbers do not support it.

    Parameters
    ----------
    statement : str
        One sentence that the reader can verify in the cells above.
    holds : bool
        The comparison that decides, computed in the lesson.

    Returns
    -------
    Claim
        Shows the sentence with a tick.

    Raises
    ------
    ClaimFailed
        If `holds` is false.
    TypeError
        If `holds` is not a single truth value: an array or a number would always pass or fail.
    """
    if not _is_truth_value(holds):
        raise TypeError(f"claim(...) needs one True or False, not {type(holds).__name__}. "
                        "Finish the comparison, for example `gain > 0.1`.")
    LOG.append((statement, bool(holds)))
    if not holds:
        raise ClaimFailed(f"{statement}: the numbers above do not support this.")
    return Claim(statement)


def _is_truth_value(value):
    # numpy.bool is no subclass of bool, and importing numpy here would not be light
    return isinstance(value, bool) or (type(value).__name__ in ("bool", "bool_")
                                       and not isinstance(value, numbers.Number))


def lesson_seed(default=1):
    """Return the seed of this run: `COURSE_SEED` if `course run --seed` set it, else `default`.

    Parameters
    ----------
    default : int
        For a run without `course run --seed`.
    """
    return int(os.environ.get("COURSE_SEED", default))
