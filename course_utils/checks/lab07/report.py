"""Judging what a learner reads out of a report, and what the report does not say."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.choices import one_of

FACES, ALERTS, RIGHT, LIST, STOPPED, WRONGLY = 48_000, 120, 18, 800, 60, 45
FALSE = ALERTS - RIGHT
UNKNOWN = {"unknown": ("notknown", "unclear", "notstated", "notsaid", "notgiven", "nobodyknows",
                       "cannotsay", "cannottell", "missing", "na", "notinthereport", "idontknow",
                       "cannotbeknown", "nodata", "nan", "none")}

# For each entry the numbers that are right (None: the report does not say it), and slips
SAYS = {
    "precision": ((RIGHT / ALERTS,), {
        "share-of-false-alerts": (FALSE / ALERTS,), "of-the-list": (RIGHT / LIST,),
        "of-all-faces": (RIGHT / FACES,),
        "of-those-stopped": (RIGHT / STOPPED, (STOPPED - WRONGLY) / STOPPED)}),
    "false alarm rate": ((FALSE / FACES, FALSE / (FACES - RIGHT)), {
        "share-of-false-alerts": (FALSE / ALERTS,), "all-alerts": (ALERTS / FACES,),
        "stops-for-alarms": (WRONGLY / FACES,), "one-comparison": (FALSE / FACES / LIST,)}),
    "false match rate": ((FALSE / FACES / LIST, FALSE / (FACES - RIGHT) / LIST), {
        "list-forgotten": (FALSE / FACES, FALSE / (FACES - RIGHT)),
        "crowd-forgotten": (FALSE / LIST,)}),
    "hit rate": (None, {
        "invented-hit-rate": (RIGHT / LIST, RIGHT / ALERTS, RIGHT / STOPPED, 1.0)}),
}

OTHERWISE = {"precision": "wrong-precision", "false alarm rate": "wrong-alarm",
             "false match rate": "wrong-match", "hit rate": "invented-hit-rate"}


def draw(rng):
    """Nothing varies: the report stands in the lab."""
    return None


def judge(_, values):
    """Judge the dictionary `report_says`: a quarter of the points for each entry."""
    found = values["report_says"]
    if found["kind"] != "mapping":
        return Verdict(0.0, "not-a-dictionary")
    said = {name.strip().lower().replace("_", " ").replace("-", " "): item
            for name, item in found["value"].items()}
    slips = [slip for name in SAYS if (slip := _slip(name, said.get(name)))]
    return Verdict(1 - len(slips) / len(SAYS), slips[0] if slips else None)


def _slip(name, item):
    """Name what is wrong with an entry, or return None."""
    right, slips = SAYS[name]
    if item is None:
        return "entry-missing"
    if one_of(UNKNOWN, item) or item["kind"] == "none":
        return None if right is None else "it-does-say"
    if item["kind"] != "number":
        return "not-a-number"
    value = item["value"]
    if right is not None and _near(value, right):
        return None
    if right is not None and _near(value / 100, right):
        return "percent"
    named = (slip for slip, numbers in slips.items() if _near(value, numbers))
    return next(named, OTHERWISE[name])


def _near(value, numbers):
    return any(bool(np.isclose(value, number, rtol=0.02, atol=0)) for number in numbers)


HINTS = {
    "not-a-dictionary": (
        "This should stay a dictionary with its four entries.",),
    "entry-missing": (
        "An entry is missing. The four names are in the text above.",),
    "not-a-number": (
        "Each entry should be a number, or the word `\"unknown\"`.",),
    "percent": (
        "One of your numbers is a hundred times too large: give shares, as 0.5 for 50 %.",),
    "it-does-say": (
        "One of those that you call unknown can be worked out from the report.",),
    "share-of-false-alerts": (
        "102 of 120 is the share of alerts that are false. Precision is the share that is right; "
        "the false alarm rate asks which share of the *faces* were stopped for nothing.",),
    "of-the-list": (
        "You divide by the list. Of what is precision a share?",),
    "of-all-faces": (
        "You divide by all faces. Of what is precision a share?",),
    "of-those-stopped": (
        "People were stopped after some of the alerts only. Precision is about the alerts.",),
    "all-alerts": (
        "Not all alerts are false ones.",),
    "stops-for-alarms": (
        "A false alarm happened even where nobody was stopped for it. Count alerts.",),
    "one-comparison": (
        "The false alarm rate is about a face that passes; you went one step further and divided "
        "by the list.",),
    "list-forgotten": (
        "That is the rate for a face that passes. How many comparisons is each face in?",),
    "crowd-forgotten": (
        "How many comparisons were there in all? Each face with each person on the list.",),
    "invented-hit-rate": (
        "The hit rate is a share of the *wanted people who passed*. Who counted those that the "
        "system did not see?",
        "If the report does not say it, say so."),
    "wrong-precision": (
        "Precision: of the alerts, which share was right?",),
    "wrong-alarm": (
        "The false alarm rate: of the faces that passed, which share set off a false alert?",),
    "wrong-match": (
        "The false match rate: of all comparisons of a face with a person on the list, which "
        "share was a false match?",),
}
