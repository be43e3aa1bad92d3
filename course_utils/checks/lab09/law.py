"""Judging which of six proposals Article 5 of the European AI Act bans."""

import re

from course_utils.checks.check import Verdict
from course_utils.checks.choices import entries
from course_utils.checks.conclusions import judge_conclusions

WORDS = {
    "banned": ("bannedwithoutexception", "bannedwithoutexceptions", "forbidden", "prohibited",
               "ban", "yes", "illegal"),
    "exception": (),
    "not banned": ("notbannedbyarticle5", "isnotbanned", "no", "noban", "notbannedbyit",
                   "article5doesnotbanit", "notprohibited", "notforbidden"),
    "allowed": ("permitted", "legal", "fine", "ok", "lawful"),
}
RIGHT = {"a": "banned", "b": "banned", "c": "not banned", "d": "exception", "e": "not banned",
         "f": "banned"}
SLIPS = {"a": "public-is-not-free", "b": "emotion-at-work", "c": "fatigue-is-no-emotion",
         "d": "exceptions-exist", "e": "later-is-not-real-time", "f": "sorting-names-nobody"}


def draw(rng):
    """Nothing to draw: the six proposals are in the lab's text."""
    return []


def judge(_, values):
    """Judge the dictionary `article_5`: a sixth of the points for each proposal."""
    found = _shorter(values["article_5"])
    verdict = judge_conclusions(found, RIGHT, SLIPS, words=WORDS)
    if "allowed" in (entries(found, WORDS) or {}).values():
        return Verdict(verdict.share, "not-banned-is-not-allowed")
    return verdict


def _shorter(found):
    """Return the answers, those that speak of exceptions as the one word."""
    if found["kind"] != "mapping":
        return found
    return {"kind": "mapping", "value": {
        name: {"kind": "text", "value": "exception"} if item["kind"] == "text"
        and "exception" in item["value"].lower()
        and not re.search(r"\b(no|without)\b[^,;]*exception", item["value"].lower()) else item
        for name, item in found["value"].items()}}


HINTS = {
    "not-a-dictionary": (
        "`article_5` should stay a dictionary: a letter for each proposal, then one of the three "
        "answers.",),
    "word-unknown": (
        "One of the proposals has no entry, or another answer than `banned`, `exception` or "
        "`not banned`.",),
    "not-banned-is-not-allowed": (
        "You call one of them allowed. What one article does not ban, another law may: data "
        "protection, labour law, a court. Article 5 can only say `not banned`.",),
    "public-is-not-free": (
        "Proposal A: that the pictures are public does not matter here. Are they collected with a "
        "target, or whatever is found? For what?",),
    "emotion-at-work": (
        "Proposal B: what is inferred about whom, and where? Is it for a medical or safety "
        "reason?",),
    "fatigue-is-no-emotion": (
        "Proposal C: is tiredness an emotion, in the words of recital 18?",),
    "exceptions-exist": (
        "Proposal D: police, in public, in real time. Is the ban of that one without exceptions? "
        "Is there none at all?",),
    "later-is-not-real-time": (
        "Proposal E: which word of the ban on identification does not fit a search a week later?",
    ),
    "sorting-names-nobody": (
        "Proposal F: nobody is named. Is naming what this ban is about?",),
}
