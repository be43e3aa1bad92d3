"""Judging how a learner reads learning curves, and what more data would do."""

from course_utils.checks.check import Verdict
from course_utils.checks.choices import entries

DIAGNOSES = {
    "bias": ("highbias", "underfitting", "underfits", "underfit", "toosimple"),
    "variance": ("highvariance", "overfitting", "overfits", "overfit", "toowild", "toocomplex"),
    "both": ("biasandvariance", "biasvariance", "varianceandbias"),
    "fine": ("good", "ok", "okay", "healthy", "allfine", "noise", "noisy", "onlynoise",
             "irreducible", "goodfit", "finenoise"),
}
RIGHT = {"1": "bias", "2": "variance", "3": "fine", "4": "fine", "5": "both", "6": "bias"}
# For each model, what a wrong word overlooks; None stands for any other word.
SLIPS = {
    "1": {"variance": "high-error-is-not-overfitting", "fine": "close-together-is-not-fine",
          None: "far-from-the-best"},
    "2": {"fine": "training-error-deceives", "bias": "gap-is-not-bias", None: "training-is-low"},
    "3": {None: "small-gap-is-normal"},
    "4": {"bias": "unreachable-error", "variance": "small-gap-is-normal",
          None: "unreachable-error"},
    "5": {"variance": "training-error-too-high", "bias": "gap-as-well", None: "two-distances"},
    "6": {"variance": "high-error-is-not-overfitting", "fine": "close-together-is-not-fine",
          None: "far-from-the-best"},
}

CHANGES = {
    "rises": ("rise", "up", "goesup", "increases", "grows", "higher", "worse",
              "increase"),
    "falls": ("fall", "down", "goesdown", "decreases", "drops", "lower", "shrinks", "better",
              "decrease", "drop"),
    "stays": ("stay", "same", "staysthesame", "unchanged", "nochange", "hardlychanges", "equal",
              "constant", "doesnotchange", "staysaboutthesame", "aboutthesame"),
}
CHANGE = {"a": "stays", "b": "falls", "c": "rises", "d": "stays"}
CHANGE_SLIPS = {"a": "data-cannot-bend-a-line", "b": "variance-shrinks",
                "c": "harder-to-memorise", "d": "price-is-bias"}


def draw_nothing(rng):
    """Nothing to draw: the models are in the lab's text."""
    return []


def judge_diagnosis(_, values):
    """Judge the dictionary `diagnosis`: a sixth of the points for each model."""
    said = entries(values["diagnosis"], DIAGNOSES)
    if said is None:
        return Verdict(0.0, "not-a-dictionary")
    wrong = [model for model in RIGHT if said.get(model) != RIGHT[model]]
    if not wrong:
        return Verdict(1.0)
    word = said.get(wrong[0])
    slips = SLIPS[wrong[0]]
    slip = "word-unknown" if word is None else slips.get(word, slips[None])
    return Verdict(1 - len(wrong) / len(RIGHT), slip)


def judge_guess(_, values):
    """Judge the dictionary `error_will`: a quarter of the points for each situation."""
    said = entries(values["error_will"], CHANGES)
    if said is None:
        return Verdict(0.0, "not-a-dictionary")
    wrong = [name for name in CHANGE if said.get(name) != CHANGE[name]]
    if not wrong:
        return Verdict(1.0)
    slip = "word-unknown" if said.get(wrong[0]) is None else CHANGE_SLIPS[wrong[0]]
    return Verdict(1 - len(wrong) / len(CHANGE), slip)


_NOT_A_DICTIONARY = {
    "not-a-dictionary": (
        "This should stay a dictionary, with one of the words for each entry.",),
    "word-unknown": (
        "One entry is missing, or holds none of the words that the text offers.",),
}
DIAGNOSIS_HINTS = _NOT_A_DICTIONARY | {
    "high-error-is-not-overfitting": (
        "A model among your answers is called overfitting because its test error is high. Look at "
        "its training error: has it learned its own rows by heart?",),
    "far-from-the-best": (
        "A model that misses even its training rows by far, while others reach a much smaller "
        "error, has a trouble of its own. Which of the two distances is large: training to best "
        "known, or test to training?",),
    "unreachable-error": (
        "You send somebody to improve a model that is about as good as the best that "
        "anybody reached. Compare with that column, not with 0.",),
    "training-error-deceives": (
        "A small training error says little. Look at what the same model does on test rows.",),
    "gap-is-not-bias": (
        "A model that fits its training rows nearly perfectly is not too simple for them. What "
        "does the gap to the test rows tell?",),
    "training-is-low": (
        "Model 2: training error near 0, test error far above it. Which of the two distances is "
        "large: training to best known, or test to training?",),
    "small-gap-is-normal": (
        "Test errors are nearly always a little above training errors. A small gap that has "
        "almost closed needs no cure.",),
    "training-error-too-high": (
        "Model 5: you saw the gap. But suppose it closed completely: would the error then be as "
        "good as the best known?",),
    "gap-as-well": (
        "Model 5: you saw that it misses its own training rows. But its test error is twice as "
        "large as that. Is one word enough?",),
    "two-distances": (
        "Model 5: look at both distances, from the best known error to the training error, and "
        "from there to the test error.",),
    "close-together-is-not-fine": (
        "Two curves that lie close together may both lie too high. Too high compared with what?",
        "What somebody else has already beaten is not noise. Which column tells you that?"),
}
GUESS_HINTS = _NOT_A_DICTIONARY | {
    "data-cannot-bend-a-line": (
        "Situation A: the line's position becomes more certain with each reading. Its shape?",
        "Which chart of the lesson is this?"),
    "variance-shrinks": (
        "Situation B: with ten times the rows, how far can one odd row still pull the curve?",),
    "harder-to-memorise": (
        "Situation C asks for the *training* error. Twelve weights can almost pass through 13 "
        "readings. Can they pass through 130?",),
    "price-is-bias": (
        "Situation D: what keeps this curve flat is not a lack of data. The colleague raises the "
        "price together with the rows, so does more data ever outweigh it?",),
}
