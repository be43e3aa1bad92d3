"""Judging what a learner lets follow from audits."""

from course_utils.checks.conclusions import FORM_HINTS, judge_conclusions

RIGHT = {"a": "does not follow", "b": "does not follow", "c": "follows", "d": "does not follow",
         "e": "does not follow"}
SLIPS = {"a": "another-task", "b": "few-faces", "c": "paired-is-enough", "d": "one-error-only",
         "e": "cause-and-person"}


def draw(rng):
    """Nothing to draw: the five sentences are in the lab's text."""
    return []


def judge(_, values):
    """Judge the dictionary `follows`: a fifth of the points for each sentence."""
    return judge_conclusions(values["follows"], RIGHT, SLIPS)


HINTS = FORM_HINTS | {
    "another-task": (
        "Sentence A: what was measured there, and what is concluded about?",),
    "few-faces": (
        "Sentence B: none of twelve. Put it into your interval of lab 06, part G: which rates does "
        "that fit?",),
    "paired-is-enough": (
        "Sentence C: one attribute was changed, the same people were compared, the interval "
        "leaves out 0, and the sentence speaks of these drawn people and this system only. What "
        "is missing?",),
    "one-error-only": (
        "Sentence D: equal false matches. What about the other kind of error?",),
    "cause-and-person": (
        "Sentence E: groups of different people differ in more than one thing, and a gate has a "
        "lamp. Is the difference there, and is its *cause* known?",),
}
