"""Judging what a learner lets follow from somebody's ceiling analysis."""

from course_utils.checks.conclusions import FORM_HINTS, judge_conclusions

RIGHT = {"a": "does not follow", "b": "follows", "c": "does not follow", "d": "does not follow"}
SLIPS = {"a": "truth-at-the-end", "b": "own-input-is-enough", "c": "step-is-not-a-promise",
         "d": "gains-do-not-add"}


def draw(rng):
    """Nothing to draw: the four sentences are in the lab's text."""
    return []


def judge(_, values):
    """Judge the dictionary `follows`: a quarter of the points for each sentence."""
    return judge_conclusions(values["follows"], RIGHT, SLIPS)


HINTS = FORM_HINTS | {
    "truth-at-the-end": (
        "Sentence A: would the same number come out if the last stage were flawless already?",
        "Whatever the earlier stages did wrong, where has it gone once the truth is put in last?"),
    "own-input-is-enough": (
        "Sentence B: here the stage was perfect on what it really got, and the rest stayed as it "
        "is. Is that not just what an hour on this stage could change at most?",),
    "step-is-not-a-promise": (
        "Sentence C: in which condition was the rest of the machine when these points were "
        "gained? Is it in that condition today?",),
    "gains-do-not-add": (
        "Sentence D: think of a page that two stages spoil. What does it count for, one at a time? "
        "And when both are mended?",),
}
