"""Judging which scaling a learner chooses for which feature."""

from course_utils.checks.check import Verdict
from course_utils.checks.choices import one_of

WORDS = {
    "z-score": ("zscore", "zscores", "standard", "standardize", "standardise", "standardized",
                "standardised", "standardization", "standardisation", "standardscaler",
                "standardscaling"),
    "min-max": ("minmax", "minmaxscaler", "minmaxscaling"),
    "robust": ("robust", "robustscaler", "robustscaling", "median", "iqr"),
    "none": ("none", "no", "nothing", "noscaling", "raw", "leaveasis"),
}
RIGHT = {"income": "robust", "pixel": "min-max", "height": "z-score", "forest": "none"}

# For each feature, what a wrong choice overlooks.
SLIPS = {
    ("income", "min-max"): "outlier-sets-the-range",
    ("income", "z-score"): "outlier-inflates-spread",
    ("pixel", "z-score"): "ends-are-known",
    ("pixel", "robust"): "ends-are-known",
    ("height", "min-max"): "ends-are-not-known",
    ("height", "robust"): "nothing-to-be-robust-against",
    ("forest", "z-score"): "trees-compare-within",
    ("forest", "min-max"): "trees-compare-within",
    ("forest", "robust"): "trees-compare-within",
}


def draw(rng):
    """Nothing to draw: the four features are in the lab's text."""
    return []


def judge(_, values):
    """Judge the dictionary `scaling_for`: a quarter of the points for each feature."""
    found = values["scaling_for"]
    if found["kind"] != "mapping":
        return Verdict(0.0, "not-a-dictionary")
    words = {_key(name): one_of(WORDS, item) for name, item in found["value"].items()}
    slips = [_slip(feature, words.get(feature, "absent")) for feature in RIGHT]
    wrong = [slip for slip in slips if slip]
    return Verdict(1 - len(wrong) / len(RIGHT), wrong[0] if wrong else None)


def _key(name):
    return name.strip().lower()


def _slip(feature, word):
    if word == RIGHT[feature]:
        return None
    if word == "absent":
        return "feature-missing"
    if word is None:
        return "word-unknown"
    return SLIPS.get((feature, word), "unit-decides")


HINTS = {
    "not-a-dictionary": (
        "`scaling_for` should stay a dictionary: a feature's name, then one of the four words.",),
    "feature-missing": (
        "One of the four features has no entry. The keys are `income`, `pixel`, `height` and "
        "`forest`.",),
    "word-unknown": (
        "One entry is none of the four words. Accepted are `z-score`, `min-max`, `robust` and "
        "`none`.",),
    "outlier-sets-the-range": (
        "Income: one customer who earns a thousand times the rest becomes the 1 of your scale. "
        "Where do all the others end up?",),
    "outlier-inflates-spread": (
        "Income: a mean and a standard deviation listen to every value, squares of large ones "
        "most. How much would one billionaire change both?",),
    "ends-are-known": (
        "Pixel: the sensor cannot give less than 0 nor more than 255, and the network was built "
        "for a fixed interval. Does your choice keep fixed ends?",),
    "ends-are-not-known": (
        "Height: nobody knows the smallest and the tallest person to come. The two most extreme "
        "people of your sample would set the scale for everybody.",
        "The model's author names what the inputs must have. Which scaling delivers just that?"),
    "nothing-to-be-robust-against": (
        "Height: there are no outliers to protect from here, and the model's author names what the "
        "inputs must have. Does your choice deliver just that?",),
    "trees-compare-within": (
        "Forest: a tree asks whether one feature is above a threshold. What does the answer "
        "change when that feature is measured in another unit?",),
    "unit-decides": (
        "One feature is left as it is although the model measures distances, shares a penalty "
        "among the weights or expects a fixed interval. Then its unit decides.",),
}
