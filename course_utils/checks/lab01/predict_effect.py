"""A guess at what scaling does to a model's accuracy."""

from course_utils.checks.choices import Choices, choice
from course_utils.checks.slips import check, nothing, slip

WORDS = {
    "rises": ("rise", "increase", "increases", "improve", "improves", "up", "goesup", "better",
              "higher", "jumps"),
    "falls": ("fall", "decrease", "decreases", "drop", "drops", "down", "goesdown", "worse",
              "lower"),
    "stays": ("stay", "staysthesame", "same", "unchanged", "nochange", "noeffect", "nothing",
              "equal"),
}
SITUATIONS = (
    choice("a", "rises", slip(
        "noise-in-large-units", None,
        "Situation A: the feature with the largest numbers decides who is near whom. Is it one "
        "that tells the classes apart?")),
    choice("b", "falls", slip(
        "scaling-always-helps", None,
        "Situation B: scaling gives every feature the same say. What if the one with the large "
        "numbers was right and the others know nothing?")),
    choice("c", "stays", slip(
        "units-already-equal", None,
        "Situation C: all columns already have the same unit and about the same spread. What is "
        "left to even out?")),
    choice("d", "stays", slip(
        "trees-compare-within", None,
        "Situation D: the model is no longer k-NN. Does a tree ever compare one feature with "
        "another?")),
)
FORMS = (
    slip("not-a-dictionary", None,
         "`accuracy_will` should stay a dictionary: A to D, then one of the three words."),
    slip("word-unknown", None,
         "One of A to D has no entry, or another word than `rises`, `falls` or `stays`."),
)
CHECK = check("lab01", "predict_effect", 2, nothing, Choices(SITUATIONS, FORMS, words=WORDS),
              needs=("accuracy_will",))
