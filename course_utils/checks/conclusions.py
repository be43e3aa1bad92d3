"""Judging which of some sentences a learner lets follow."""

from course_utils.checks.check import Verdict
from course_utils.checks.choices import entries

WORDS = {
    "follows": ("yes", "true", "itfollows", "correct", "right", "valid", "ok"),
    "does not follow": ("no", "false", "doesntfollow", "notfollows", "wrong", "invalid", "not",
                        "itdoesnotfollow", "doesnot"),
}
FORM_HINTS = {
    "not-a-dictionary": (
        "`follows` should stay a dictionary: a letter for each sentence, then one of the two "
        "answers.",),
    "word-unknown": (
        "One of the sentences has no entry, or another answer than `follows` or `does not "
        "follow`.",),
}


def judge_conclusions(found, right, slips, *, words=WORDS):
    """Return a verdict on the dictionary `found`: a part of the points for each sentence.

    Parameters
    ----------
    found : dict
        Plain data, as `course_utils.checks.plain_data.encode` makes it.
    right : dict of str to str
        For each letter (lower case) a key of `words`.
    slips : dict of str to str
        For each letter what a wrong answer overlooks.
    words : dict of str to tuple of str
        The answers that may be given, each with its synonyms.
    """
    said = entries(found, words)
    if said is None:
        return Verdict(0.0, "not-a-dictionary")
    share = sum(said.get(name) == word for name, word in right.items()) / len(right)
    if any(said.get(name) is None for name in right):
        return Verdict(share, "word-unknown")
    return Verdict(share, next((slips[n] for n in right if said[n] != right[n]), None))
