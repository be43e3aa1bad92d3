"""What models suffer from, read off their learning curves."""

from course_utils.checks.choices import Choices, choice
from course_utils.checks.lab02.forms import FORMS
from course_utils.checks.slips import check, nothing, slip

WORDS = {
    "bias": ("highbias", "underfitting", "underfits", "underfit", "toosimple"),
    "variance": ("highvariance", "overfitting", "overfits", "overfit", "toowild", "toocomplex"),
    "both": ("biasandvariance", "biasvariance", "varianceandbias"),
    "fine": ("good", "ok", "okay", "healthy", "allfine", "noise", "noisy", "onlynoise",
             "irreducible", "goodfit", "finenoise"),
}
FAR_FROM_BEST = slip(
    "far-from-the-best", None,
    "A model that misses even its training rows by far, while others reach a much smaller error, "
    "has a trouble of its own. Which of the two distances is large: training to best known, or "
    "test to training?")
NOT_BIAS = {
    "variance": slip(
        "high-error-is-not-overfitting", None,
        "A model among your answers is called overfitting because its test error is high. Look at "
        "its training error: has it learned its own rows by heart?"),
    "fine": slip(
        "close-together-is-not-fine", None,
        "Two curves that lie close together may both lie too high. Too high compared with what?",
        "What somebody else has already beaten is not noise. Which column tells you that?"),
}
SMALL_GAP = slip(
    "small-gap-is-normal", None,
    "Test errors are nearly always a little above training errors. A small gap that has almost "
    "closed needs no cure.")
MODELS = (
    choice("1", "bias", FAR_FROM_BEST, NOT_BIAS),
    choice("2", "variance", slip(
        "training-is-low", None,
        "Model 2: training error near 0, test error far above it. Which of the two distances is "
        "large: training to best known, or test to training?"), {
        "fine": slip(
            "training-error-deceives", None,
            "A small training error says little. Look at what the same model does on test rows."),
        "bias": slip(
            "gap-is-not-bias", None,
            "A model that fits its training rows nearly perfectly is not too simple for them. What "
            "does the gap to the test rows tell?")}),
    choice("3", "fine", SMALL_GAP),
    choice("4", "fine", slip(
        "unreachable-error", None,
        "You send somebody to improve a model that is about as good as the best that anybody "
        "reached. Compare with that column, not with 0."), {"variance": SMALL_GAP}),
    choice("5", "both", slip(
        "two-distances", None,
        "Model 5: look at both distances, from the best known error to the training error, and "
        "from there to the test error."), {
        "variance": slip(
            "training-error-too-high", None,
            "Model 5: you saw the gap. But suppose it closed completely: would the error then be "
            "as good as the best known?"),
        "bias": slip(
            "gap-as-well", None,
            "Model 5: you saw that it misses its own training rows. But its test error is twice as "
            "large as that. Is one word enough?")}),
    choice("6", "bias", FAR_FROM_BEST, NOT_BIAS),
)
CHECK = check("lab02", "diagnose", 3, nothing, Choices(MODELS, FORMS, words=WORDS, foremost=()),
              needs=("diagnosis",))
