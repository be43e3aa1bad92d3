"""What a learner reads out of a report, and what the report does not say."""

from typing import NamedTuple

import numpy as np

from course_utils.checks.choices import Choices, one_of
from course_utils.checks.slips import check, nothing, slip

FACES, ALERTS, RIGHT, LIST, STOPPED, WRONGLY = 48_000, 120, 18, 800, 60, 45
FALSE = ALERTS - RIGHT
UNKNOWN = {"unknown": ("notknown", "unclear", "notstated", "notsaid", "notgiven", "nobodyknows",
                       "cannotsay", "cannottell", "missing", "na", "notinthereport", "idontknow",
                       "cannotbeknown", "nodata", "nan", "none")}


class Figure(NamedTuple):
    """An entry: the numbers that are right (none: the report does not say it), and its slips."""

    key: str
    right: tuple
    slips: tuple  # their ways are numbers; the last stands for any other number

    def slip_in(self, value):
        """Return the name of the slip in a number or in ``"unknown"``, or None if it is right."""
        if value == "unknown":
            return "it-does-say" if self.right else None
        if _near(value, self.right):
            return None
        if _near(value / 100, self.right):
            return "percent"
        return next((each.name for each in self.slips if _near(value, each.ways)),
                    self.slips[-1].name)


def _near(value, numbers):
    return any(bool(np.isclose(value, number, rtol=0.02, atol=0)) for number in numbers)


def meaning(item):
    """Return the number in an entry, or ``"unknown"``, or None if it is neither."""
    if one_of(UNKNOWN, item) or item["kind"] == "none":
        return "unknown"
    return item["value"] if item["kind"] == "number" else None


SHARE_OF_FALSE_ALERTS = slip(
    "share-of-false-alerts", FALSE / ALERTS,
    "102 of 120 is the share of alerts that are false. Precision is the share that is right; "
    "the false alarm rate asks which share of the *faces* were stopped for nothing.")
FIGURES = (
    Figure("precision", (RIGHT / ALERTS,), (
        SHARE_OF_FALSE_ALERTS,
        slip("of-the-list", RIGHT / LIST,
             "You divide by the list. Of what is precision a share?"),
        slip("of-all-faces", RIGHT / FACES,
             "You divide by all faces. Of what is precision a share?"),
        slip("of-those-stopped", (RIGHT / STOPPED, (STOPPED - WRONGLY) / STOPPED),
             "People were stopped after some of the alerts only. Precision is about the alerts."),
        slip("wrong-precision", None, "Precision: of the alerts, which share was right?"))),
    Figure("false alarm rate", (FALSE / FACES, FALSE / (FACES - RIGHT)), (
        SHARE_OF_FALSE_ALERTS,
        slip("all-alerts", ALERTS / FACES, "Not all alerts are false ones."),
        slip("stops-for-alarms", WRONGLY / FACES,
             "A false alarm happened even where nobody was stopped for it. Count alerts."),
        slip("one-comparison", FALSE / FACES / LIST,
             "The false alarm rate is about a face that passes; you went one step further and "
             "divided by the list."),
        slip("wrong-alarm", None,
             "The false alarm rate: of the faces that passed, which share set off a false "
             "alert?"))),
    Figure("false match rate", (FALSE / FACES / LIST, FALSE / (FACES - RIGHT) / LIST), (
        slip("list-forgotten", (FALSE / FACES, FALSE / (FACES - RIGHT)),
             "That is the rate for a face that passes. How many comparisons is each face in?"),
        slip("crowd-forgotten", FALSE / LIST,
             "How many comparisons were there in all? Each face with each person on the list."),
        slip("wrong-match", None,
             "The false match rate: of all comparisons of a face with a person on the list, which "
             "share was a false match?"))),
    Figure("hit rate", (), (
        slip("invented-hit-rate", None,
             "The hit rate is a share of the *wanted people who passed*. Who counted those that "
             "the system did not see?",
             "If the report does not say it, say so."),)),
)
FORMS = (
    slip("not-a-dictionary", None, "This should stay a dictionary with its four entries."),
    slip("entry-missing", None,
         "An entry is missing. The four names are in the text above."),
    slip("not-a-number", None, "Each entry should be a number, or the word `\"unknown\"`."),
    slip("percent", None,
         "One of your numbers is a hundred times too large: give shares, as 0.5 for 50 %."),
    slip("it-does-say", None,
         "One of those that you call unknown can be worked out from the report."),
)
CHECK = check("lab07", "read_report", 2, nothing,
              Choices(FIGURES, FORMS, reader=meaning, missing="entry-missing",
                      unreadable="not-a-number", foremost=()), needs=("report_says",))
