"""Who is enrolled in a gallery: whoever has a consent that holds."""

import copy
import datetime
import operator

from course_utils.checks.lab06 import galleries
from course_utils.checks.slips import Judged, check, outcome_of, slip

OTHER = "counting who comes late"


def draw(rng):
    """Draw people at the door: with a consent that holds, without one, and the cases between."""
    days = rng.integers(10, 60, size=8).tolist()
    members, guest = rng.permutation(galleries.NAMES)[:3].tolist(), "P30"
    plain = {"purpose": galleries.PURPOSE, "start": -days[0], "until": days[1]}
    visits = [
        (guest, plain), (members[0], plain), (guest, None), (members[1], None),
        (guest, plain | {"until": 0}), (guest, plain | {"start": 0}),
        (guest, plain | {"until": -days[2]}), (guest, plain | {"start": days[3], "until": 99}),
        (guest, plain | {"purpose": OTHER}), (members[2], plain | {"purpose": OTHER}),
    ]
    return [{"gallery": galleries.draw_gallery(rng, [*members, members[0]]), "name": name,
             "consent": consent, "embedding": rng.normal(size=galleries.SIZE).round(3).tolist(),
             "today": int(rng.integers(730_000, 740_000))} for name, consent in visits]


def arguments(case):
    """Return the gallery, a name, an embedding, the consent (or None) and the day."""
    today = datetime.date.fromordinal(case["today"])
    consent = case["consent"] and case["consent"] | {
        name: today + datetime.timedelta(days=case["consent"][name]) for name in ("start", "until")}
    return (copy.deepcopy(case["gallery"]), case["name"], list(case["embedding"]), consent, today)


def consent_if(*, start=True, until=True, purpose=True, inclusive=True, members=True):
    """Return a rule that looks at some parts of the consent; days count from today."""
    def allowed(case):
        consent = case["consent"]
        if consent is None or (not members and case["name"] in case["gallery"]["names"]):
            return False
        ends = 0 if inclusive else 1
        return ((not start or consent["start"] <= 0) and (not until or consent["until"] >= ends)
                and (not purpose or consent["purpose"] == case["gallery"]["purpose"]))
    return allowed


def by(allowed):
    """Return two ways to enrol whom a rule allows: adding a row, and replacing the earlier ones."""
    def adding(case, replace=False):
        rows = galleries.rows_of(case["gallery"])
        if not allowed(case):
            return sorted(rows)
        return sorted([*(row for row in rows if not replace or row[0] != case["name"]),
                       (case["name"], case["embedding"])])
    return adding, lambda case: adding(case, replace=True)


right, replacing = by(consent_if())
SLIPS = (
    slip("replaces", replacing,
         "You throw away the earlier embeddings of the person. Several pictures may be enrolled.",
         earns=0.75),
    slip("no-consent-needed", by(lambda case: True),
         "You enrol everybody. Where do you ask whether the person agreed?"),
    slip("any-consent", by(consent_if(start=False, until=False, purpose=False)),
         "You enrol whoever has a consent, whatever it says. To what did they agree, and for "
         "when?", earns=0.25),
    slip("purpose-ignored", by(consent_if(purpose=False)),
         "You enrol people who agreed to something else. The gallery says what it is for, and so "
         "does each consent.",
         "Using faces for a purpose that nobody agreed to has a name: function creep.", earns=0.5),
    slip("end-ignored", by(consent_if(until=False)),
         "You enrol people whose consent is over.", earns=0.5),
    slip("start-ignored", by(consent_if(start=False)),
         "You enrol people whose consent has not begun.", earns=0.5),
    slip("dates-ignored", by(consent_if(start=False, until=False)),
         "You do not look at the days. A consent holds from one day to another.", earns=0.5),
    slip("last-day-refused", by(consent_if(inclusive=False)),
         "Nearly: a consent still holds on its last day.", earns=0.75),
    slip("once-only", by(consent_if(members=False)),
         "You refuse a second picture of somebody who is enrolled. They agreed to it, and it helps "
         "to recognise them.", earns=0.75),
    *galleries.FORMS,
)


def judge(cases, answers):
    """Judge the gallery after each visit."""
    rows = galleries.read_rows(answers)
    return outcome_of(right, SLIPS, [(case,) for case in cases], rows, operator.eq)


CHECK = check("lab06", "enrol", 2, draw, Judged(judge, SLIPS), arguments)
