"""Which scaling a learner chooses for which feature."""

from course_utils.checks.choices import Choices, choice
from course_utils.checks.slips import check, nothing, slip

WORDS = {
    "z-score": ("zscore", "zscores", "standard", "standardize", "standardise", "standardized",
                "standardised", "standardization", "standardisation", "standardscaler",
                "standardscaling"),
    "min-max": ("minmax", "minmaxscaler", "minmaxscaling"),
    "robust": ("robust", "robustscaler", "robustscaling", "median", "iqr"),
    "none": ("none", "no", "nothing", "noscaling", "raw", "leaveasis"),
}
UNIT_DECIDES = slip(
    "unit-decides", None,
    "One feature is left as it is although the model measures distances, shares a penalty among "
    "the weights or expects a fixed interval. Then its unit decides.")
FEATURES = (
    choice("income", "robust", UNIT_DECIDES, {
        "min-max": slip(
            "outlier-sets-the-range", None,
            "Income: one customer who earns a thousand times the rest becomes the 1 of your scale. "
            "Where do all the others end up?"),
        "z-score": slip(
            "outlier-inflates-spread", None,
            "Income: a mean and a standard deviation listen to every value, squares of large ones "
            "most. How much would one billionaire change both?")}),
    choice("pixel", "min-max", slip(
        "ends-are-known", None,
        "Pixel: the sensor cannot give less than 0 nor more than 255, and the network was built "
        "for a fixed interval. Does your choice keep fixed ends?"), {"none": UNIT_DECIDES}),
    choice("height", "z-score", UNIT_DECIDES, {
        "min-max": slip(
            "ends-are-not-known", None,
            "Height: nobody knows the smallest and the tallest person to come. The two most "
            "extreme people of your sample would set the scale for everybody.",
            "The model's author names what the inputs must have. Which scaling delivers just "
            "that?"),
        "robust": slip(
            "nothing-to-be-robust-against", None,
            "Height: there are no outliers to protect from here, and the model's author names what "
            "the inputs must have. Does your choice deliver just that?")}),
    choice("forest", "none", slip(
        "trees-compare-within", None,
        "Forest: a tree asks whether one feature is above a threshold. What does the answer change "
        "when that feature is measured in another unit?")),
)
FORMS = (
    slip("not-a-dictionary", None,
         "`scaling_for` should stay a dictionary: a feature's name, then one of the four words."),
    slip("feature-missing", None,
         "One of the four features has no entry. The keys are `income`, `pixel`, `height` and "
         "`forest`."),
    slip("word-unknown", None,
         "One entry is none of the four words. Accepted are `z-score`, `min-max`, `robust` and "
         "`none`."),
)
CHECK = check("lab01", "choose", 2, nothing,
              Choices(FEATURES, FORMS, words=WORDS, missing="feature-missing", foremost=()),
              needs=("scaling_for",))
