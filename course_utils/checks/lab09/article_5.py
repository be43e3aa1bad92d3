"""Which of six proposals Article 5 of the European AI Act bans."""

import re

from course_utils.checks.choices import Choices, choice, one_of
from course_utils.checks.slips import check, nothing, slip

WORDS = {
    "banned": ("bannedwithoutexception", "bannedwithoutexceptions", "forbidden", "prohibited",
               "ban", "yes", "illegal"),
    "not banned": ("notbannedbyarticle5", "isnotbanned", "no", "noban", "notbannedbyit",
                   "article5doesnotbanit", "notprohibited", "notforbidden"),
    "allowed": ("permitted", "legal", "fine", "ok", "lawful"),
}
ALLOWED = slip(
    "not-banned-is-not-allowed", None,
    "You call one of them allowed. What one article does not ban, another law may: data "
    "protection, labour law, a court. Article 5 can only say `not banned`.")


def proposal(letter, right, name, hint):
    """Return the row of a proposal, with the slip of calling it something else."""
    return choice(letter, right, slip(name, None, hint), {"allowed": ALLOWED})


PROPOSALS = (
    proposal("a", "banned", "public-is-not-free",
             "Proposal A: that the pictures are public does not matter here. Are they collected "
             "with a target, or whatever is found? For what?"),
    proposal("b", "banned", "emotion-at-work",
             "Proposal B: what is inferred about whom, and where? Is it for a medical or safety "
             "reason?"),
    proposal("c", "not banned", "fatigue-is-no-emotion",
             "Proposal C: is tiredness an emotion, in the words of recital 18?"),
    proposal("d", "exception", "exceptions-exist",
             "Proposal D: police, in public, in real time. Is the ban of that one without "
             "exceptions? Is there none at all?"),
    proposal("e", "not banned", "later-is-not-real-time",
             "Proposal E: which word of the ban on identification does not fit a search a week "
             "later?"),
    proposal("f", "banned", "sorting-names-nobody",
             "Proposal F: nobody is named. Is naming what this ban is about?"),
)
FORMS = (
    slip("not-a-dictionary", None,
         "`article_5` should stay a dictionary: a letter for each proposal, then one of the three "
         "answers."),
    slip("word-unknown", None,
         "One of the proposals has no entry, or another answer than `banned`, `exception` or "
         "`not banned`."),
)


def meaning(item):
    """Return one of the words, or ``"exception"`` for a text that speaks of some, or None."""
    text = item["value"].lower() if item["kind"] == "text" else ""
    if "exception" in text and not re.search(r"\b(no|without)\b[^,;]*exception", text):
        return "exception"
    return one_of(WORDS, item)


CHECK = check("lab09", "article_5", 3, nothing, Choices(
    PROPOSALS, FORMS, reader=meaning, foremost=(ALLOWED.name, "word-unknown")))
