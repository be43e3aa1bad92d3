"""What a learner lets follow from somebody's ceiling analysis."""

from course_utils.checks.choices import FOLLOWS_FORMS, Choices, choice
from course_utils.checks.slips import check, nothing, slip

SENTENCES = (
    choice("a", "does not follow", slip(
        "truth-at-the-end", None,
        "Sentence A: would the same number come out if the last stage were flawless already?",
        "Whatever the earlier stages did wrong, where has it gone once the truth is put in "
        "last?")),
    choice("b", "follows", slip(
        "own-input-is-enough", None,
        "Sentence B: here the stage was perfect on what it really got, and the rest stayed as it "
        "is. Is that not just what an hour on this stage could change at most?")),
    choice("c", "does not follow", slip(
        "step-is-not-a-promise", None,
        "Sentence C: in which condition was the rest of the machine when these points were "
        "gained? Is it in that condition today?")),
    choice("d", "does not follow", slip(
        "gains-do-not-add", None,
        "Sentence D: think of a page that two stages spoil. What does it count for, one at a time? "
        "And when both are mended?")),
)
CHECK = check("lab04", "what_follows", 2, nothing, Choices(SENTENCES, FOLLOWS_FORMS),
              needs=("follows",))
