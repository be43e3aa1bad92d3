"""Judging what a learner reads in six learning curves, and in six lines of code."""

from course_utils.checks.check import Verdict
from course_utils.checks.choices import entries, whole_number

WORDS = {
    "overfits": ("overfit", "overfitting", "overfitted", "highvariance", "memorises", "memorizes"),
    "underfits": ("underfit", "underfitting", "underfitted", "highbias", "toosimple"),
    "fits": ("fit", "fine", "good", "ok", "goodfit", "justright", "fitswell",
             "wellfitted"),
    "nothing to learn": ("nothing", "nosignal", "nothingtobelearned", "noise", "random",
                         "purenoise"),
    "suspicious": ("suspect", "leak", "dataleak", "bug", "error", "mistake",
                   "themeasurementissuspicious"),
}
RIGHT = {"a": "overfits", "b": "underfits", "c": "fits", "d": "suspicious",
         "e": "nothing to learn", "f": "fits"}
SLIPS = {"a": "gap-is-overfitting", "b": "fails-on-what-it-sees", "c": "near-what-people-reach",
         "d": "better-on-unseen", "e": "never-above-chance", "f": "people-disagree-too"}
LINES = 6
LEAK = 2


def draw_nothing(rng):
    """Nothing to draw: curves and code are in the lab's text."""
    return []


def judge_diagnosis(_, values):
    """Judge the dictionary `diagnosis`: a sixth of the points for each case."""
    said = entries(values["diagnosis"], WORDS)
    if said is None:
        return Verdict(0.0, "not-a-dictionary")
    share = sum(said.get(name) == word for name, word in RIGHT.items()) / len(RIGHT)
    if any(said.get(name) is None for name in RIGHT):
        return Verdict(share, "word-unknown")
    return Verdict(share, next((SLIPS[name] for name in RIGHT if said[name] != RIGHT[name]), None))


def judge_line(_, values):
    """Judge the number of the leaking line."""
    number = whole_number(values["leaking_line"])
    if number is None or not 1 <= number <= LINES:
        return Verdict(0.0, "not-a-line")
    return Verdict(1.0) if number == LEAK else Verdict(0.0, f"line-{number}")


DIAGNOSIS_HINTS = {
    "not-a-dictionary": (
        "`diagnosis` should stay a dictionary: A to F, then one of the five words.",),
    "word-unknown": (
        "One of A to F has no entry, or another word than the five that the text offers.",),
    "gap-is-overfitting": (
        "Case A: how do the errors on seen and on unseen pictures compare, and what happens to the "
        "difference as data are added?",),
    "fails-on-what-it-sees": (
        "Case B: look at the training error first. How well does this model do on the very "
        "pictures that it was shown, and how well could it do?",),
    "near-what-people-reach": (
        "Case C: no model can agree with labels more often than careful people do. How far away "
        "from them is this one?",),
    "better-on-unseen": (
        "Case D: would you expect a student to do six times better in the exam than in the "
        "exercises that were solved in class?",
        "Before you explain such curves, ask how each of the two numbers was measured."),
    "never-above-chance": (
        "Case E: there are ten classes. Which error does somebody get who guesses blindly? "
        "And what does sixteen times the data change here?",),
    "people-disagree-too": (
        "Case F: high errors alone say little. Which error do careful people make on these "
        "labels, and how much room does that leave?",),
}

LINE_HINTS = {
    "not-a-line": (
        f"`leaking_line` should be the number of one line, from 1 to {LINES}.",),
    "line-1": (
        "Loading brings every picture once. Nothing has been mixed yet.",),
    "line-3": (
        "The split itself is fair: each row lands on one side. But what are the rows by then, and "
        "which of them resemble each other?",),
    "line-4": (
        "This line only creates a model. It has not seen any picture yet.",),
    "line-5": (
        "It learns from training rows only, as it should. Where do those rows come from?",),
    "line-6": (
        "Measuring on test rows is what test rows are for. What was done before, so that the model "
        "has already met their near twins?",),
}
