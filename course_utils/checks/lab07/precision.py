"""The share of alerts that are right."""

from course_utils.checks.slips import Number, check, percent, slip


def draw(rng):
    """Draw crowds with few wanted people, with many, and with none."""
    cases = []
    for share in (0.0002, 0.02, 0.3, 0.0):
        passers = int(rng.integers(20_000, 90_000))
        cases.append({"passers": passers, "wanted": round(share * passers),
                      "hit": float(rng.uniform(0.6, 0.95)),
                      "false": float(rng.uniform(0.005, 0.04))})
    return cases


def right(passers, wanted, hit, false):
    """Return the share of alerts that show somebody who is wanted."""
    hits = hit * wanted
    return hits / (hits + false * (passers - wanted))


SLIPS = (
    slip("wanted-counted-twice", lambda p, w, h, f: h * w / (h * w + f * p),
         "Nearly. Whose false alarms do you count? Somebody who is wanted cannot set off a false "
         "one here.", earns=0.75),
    slip("wrong-share", lambda *case: 1 - right(*case),
         "That is the share of alerts that are *wrong*.", earns=0.5),
    slip("all-found", lambda p, w, h, f: w / (w + f * (p - w)),
         "In your formula every wanted person who passes gives an alert. What does the hit rate "
         "say?", earns=0.5),
    slip("base-rate-forgotten", lambda p, w, h, f: h / (h + f),
         "Your formula does not ask how many people are wanted: it is right for a crowd in which "
         "every other person is.",
         "Count people first: how many right alerts, how many false ones?", earns=0.25),
    slip("hit-rate", lambda p, w, h, f: h,
         "That is which share of the *wanted* is found. The exercise asks which share of the "
         "*alerts* is right."),
    slip("one-minus-false-alarm", lambda p, w, h, f: 1 - f,
         "That is the share of strangers who are left alone. The exercise asks about alerts."),
    slip("share-of-wanted", lambda p, w, h, f: w / p,
         "That is how many are wanted, whatever the system does."),
    slip("accuracy", lambda p, w, h, f: (h * w + (1 - f) * (p - w)) / p,
         "That is the share of all faces about which the system is right. Nearly all of them are "
         "strangers without an alert. How many alerts are there, and how many are right?"),
    slip("count-of-right", lambda p, w, h, f: h * w,
         "That is how many alerts are right. Of how many?", earns=0.25),
    slip("alert-rate", lambda p, w, h, f: (h * w + f * (p - w)) / p,
         "That is the share of faces that give an alert, right or wrong."),
    slip("right-for-each-false", lambda p, w, h, f: h * w / (f * (p - w)),
         "You compare right alerts with false ones. The exercise asks for their share of all "
         "alerts.", earns=0.5),
    percent(right, "Your number is a hundred times too large: shares run from 0 to 1 here."),
)
CHECK = check("lab07", "precision", 2, draw, Number(
    right, SLIPS, "That is not the share of alerts that are right. Take 100 people, 10 of them "
                  "wanted, half of these found, and one false alarm in ten strangers: count the "
                  "alerts."),
    arguments=("passers", "wanted", "hit", "false"))
