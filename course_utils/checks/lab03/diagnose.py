"""What a learner reads in six learning curves."""

from course_utils.checks.choices import Choices, choice
from course_utils.checks.slips import check, nothing, slip

WORDS = {
    "overfits": ("overfit", "overfitting", "overfitted", "highvariance", "memorises", "memorizes"),
    "underfits": ("underfit", "underfitting", "underfitted", "highbias", "toosimple"),
    "fits": ("fit", "fine", "good", "ok", "goodfit", "justright", "fitswell", "wellfitted"),
    "nothing to learn": ("nothing", "nosignal", "nothingtobelearned", "noise", "random",
                         "purenoise"),
    "suspicious": ("suspect", "leak", "dataleak", "bug", "error", "mistake",
                   "themeasurementissuspicious"),
}
CASES = (
    choice("a", "overfits", slip(
        "gap-is-overfitting", None,
        "Case A: how do the errors on seen and on unseen pictures compare, and what happens to the "
        "difference as data are added?")),
    choice("b", "underfits", slip(
        "fails-on-what-it-sees", None,
        "Case B: look at the training error first. How well does this model do on the very "
        "pictures that it was shown, and how well could it do?")),
    choice("c", "fits", slip(
        "near-what-people-reach", None,
        "Case C: no model can agree with labels more often than careful people do. How far away "
        "from them is this one?")),
    choice("d", "suspicious", slip(
        "better-on-unseen", None,
        "Case D: would you expect a student to do six times better in the exam than in the "
        "exercises that were solved in class?",
        "Before you explain such curves, ask how each of the two numbers was measured.")),
    choice("e", "nothing to learn", slip(
        "never-above-chance", None,
        "Case E: there are ten classes. Which error does somebody get who guesses blindly? "
        "And what does sixteen times the data change here?")),
    choice("f", "fits", slip(
        "people-disagree-too", None,
        "Case F: high errors alone say little. Which error do careful people make on these "
        "labels, and how much room does that leave?")),
)
FORMS = (
    slip("not-a-dictionary", None,
         "`diagnosis` should stay a dictionary: A to F, then one of the five words."),
    slip("word-unknown", None,
         "One of A to F has no entry, or another word than the five that the text offers."),
)
CHECK = check("lab03", "diagnose", 3, nothing, Choices(CASES, FORMS, words=WORDS),
              needs=("diagnosis",))
