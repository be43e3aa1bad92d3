"""Judging what a learner lets follow from somebody's ceiling analysis."""

from course_utils.checks.check import Verdict
from course_utils.checks.words import entries

WORDS = {
    "follows": ("yes", "true", "itfollows", "correct", "right", "valid", "ok"),
    "does not follow": ("no", "false", "doesntfollow", "notfollows", "wrong", "invalid", "not",
                        "itdoesnotfollow", "doesnot"),
}
RIGHT = {"a": "does not follow", "b": "follows", "c": "does not follow", "d": "does not follow"}
SLIPS = {"a": "truth-at-the-end", "b": "own-input-is-enough", "c": "step-is-not-a-promise",
         "d": "gains-do-not-add"}


def draw(rng):
    """Nothing to draw: the four sentences are in the lab's text."""
    return []


def judge(_, values):
    """Judge the dictionary `follows`: a quarter of the points for each sentence."""
    said = entries(_in_words(values["follows"]), WORDS)
    if said is None:
        return Verdict(0.0, "not-a-dictionary")
    share = sum(said.get(name) == word for name, word in RIGHT.items()) / len(RIGHT)
    if any(said.get(name) is None for name in RIGHT):
        return Verdict(share, "word-unknown")
    return Verdict(share, next((SLIPS[n] for n in RIGHT if said[n] != RIGHT[n]), None))


def _in_words(found):
    """Return the answers with True and False as text."""
    if found["kind"] != "mapping":
        return found
    return {"kind": "mapping", "value": {
        name: {"kind": "text", "value": str(bool(item["value"]))} if item["kind"] == "truth"
        or item["kind"] == "number" and item["value"] in (0, 1) else item
        for name, item in found["value"].items()}}


HINTS = {
    "not-a-dictionary": (
        "`follows` should stay a dictionary: A to D, then one of the two answers.",),
    "word-unknown": (
        "One of A to D has no entry, or another answer than `follows` or `does not follow`.",),
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
