"""What follows from audits, and what does not."""

from course_utils.checks.choices import FOLLOWS_FORMS, Choices, choice
from course_utils.checks.slips import check, nothing, slip

SENTENCES = (
    choice("a", "does not follow", slip(
        "another-task", None,
        "Sentence A: what was measured there, and what is concluded about?")),
    choice("b", "does not follow", slip(
        "few-faces", None,
        "Sentence B: none of twelve. Put it into your interval of lab 06, part G: which rates does "
        "that fit?")),
    choice("c", "follows", slip(
        "paired-is-enough", None,
        "Sentence C: one attribute was changed, the same people were compared, the interval "
        "leaves out 0, and the sentence speaks of these drawn people and this system only. What "
        "is missing?")),
    choice("d", "does not follow", slip(
        "one-error-only", None,
        "Sentence D: equal false matches. What about the other kind of error?")),
    choice("e", "does not follow", slip(
        "cause-and-person", None,
        "Sentence E: groups of different people differ in more than one thing, and a gate has a "
        "lamp. Is the difference there, and is its *cause* known?")),
)
CHECK = check("lab08", "what_follows", 2, nothing, Choices(SENTENCES, FOLLOWS_FORMS),
              needs=("follows",))
