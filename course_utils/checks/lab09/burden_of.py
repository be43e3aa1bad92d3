"""On which group wrong stops fall, for one person and in all."""

import numpy as np

from course_utils.checks.slips import Number, Several, check, slip


def draw(rng):
    """Draw groups in which the highest rate, the most people and the most stops differ."""
    cases = []
    for groups in (2, 3, 4):
        rate = np.sort(rng.uniform(0.5, 1.0, size=groups)) * np.logspace(-4, -2.6, groups)
        people = rng.integers(1_000, 4_000, size=groups)
        # the last has the highest rate; another one is so large that it has the most stops
        people[0] = int(1.5 * (people * rate)[1:].max() / rate[0]) + 1_000
        order = rng.permutation(groups)
        cases.append({"people": people[order].tolist(), "rate": rate[order].tolist()})
    # and one in which the group with the highest rate also has the most stops
    cases.append({"people": [int(rng.integers(4_000, 9_000)), int(rng.integers(40_000, 90_000))],
                  "rate": [0.004, 0.0002]})
    return cases


def arguments(case):
    """Return two arrays: people in each group, and each group's rate of wrong stops."""
    return np.array(case["people"]), np.array(case["rate"])


def ratio(p, r):
    """Return the highest rate, divided by the lowest."""
    return r.max() / r.min()


def share_of_stops(p, r):
    """Return the share of all wrong stops that falls on the group with the highest rate."""
    return (p * r)[r.argmax()] / (p * r).sum()


def share_of_people(p, r):
    """Return the share of all people who are in that group."""
    return p[r.argmax()] / p.sum()


RATIO = Number(ratio, (
    slip("ratio-of-counts", (lambda p, r: (p * r).max() / (p * r).min(),
                             lambda p, r: (p * r)[r.argmax()] / (p * r)[r.argmin()]),
         "Your ratio compares numbers of stops. A larger group has more of everything; the ratio "
         "asks about the risk of *one* person."),
    slip("difference", lambda p, r: r.max() - r.min(),
         "You subtract one rate from the other. Both views are needed in a report, but the "
         "exercise asks how many *times* as likely."),
    slip("ratio-upside-down", lambda p, r: r.min() / r.max(),
         "Your ratio is below 1: you divide the lowest rate by the highest."),
    slip("against-all", lambda p, r: r.max() / np.average(r, weights=p),
         "You compare with the rate of everybody together, and the group itself is in there. "
         "Compare with the group that is stopped least."),
    slip("against-the-mean-rate", lambda p, r: r.max() / r.mean(),
         "You compare with the mean of the rates. Compare with the group that is stopped least."),
    slip("in-percent-more", lambda p, r: 100 * (ratio(p, r) - 1),
         "That is by how many percent the risk is higher. The exercise asks how many times as "
         "high it is."),
    slip("more-than-once", lambda p, r: ratio(p, r) - 1,
         "Twice as likely is a ratio of 2. Yours says 1: by how much *more*."),
), slip("wrong-ratio", None, "Your first number is not the highest rate, divided by the lowest."))

STOPS = Number(share_of_stops, (
    slip("most-stops", lambda p, r: (p * r).max() / (p * r).sum(),
         "You look at the group with the most stops: it may simply be large. The exercise asks "
         "about the group with the highest *rate*."),
    slip("sizes-forgotten", lambda p, r: r.max() / r.sum(),
         "Your share of the stops adds up rates as if all groups were of one size. How many people "
         "of each are stopped?"),
    slip("rate-of-the-group", lambda p, r: r.max(),
         "That is which share of the *group* is stopped. The exercise asks which share of the "
         "*stops* falls on the group."),
    slip("number-of-stops", lambda p, r: (p * r)[r.argmax()],
         "Your second number counts stops. Of how many in all?"),
), slip("wrong-stops", None,
        "Your second number is not the share of all wrong stops that falls on the group with the "
        "highest rate. Count the stops of each group first."))

PEOPLE = Number(share_of_people, (
    slip("largest-group", lambda p, r: p.max() / p.sum(),
         "Your third number is about the largest group. It should be about the group with the "
         "highest rate."),
    slip("groups-alike", lambda p, r: 1 / len(p),
         "Your third number takes all groups as equally large."),
    slip("number-of-people", lambda p, r: p[r.argmax()],
         "Your third number counts people. Of how many in all?"),
), slip("wrong-people", None,
        "Your third number is not the share of all people who are in the group with the highest "
        "rate."))

SLIPS = (
    slip("swapped", lambda *case: (ratio(*case), share_of_people(*case), share_of_stops(*case)),
         "All three are right, but the last two change places: the stops first, then the people.",
         earns=0.75),
    slip("percent", lambda *case: (ratio(*case), 100 * share_of_stops(*case),
                                   100 * share_of_people(*case)),
         "The two shares should lie between 0 and 1.", earns=0.75),
    slip("not-so-many-numbers", None,
         "Your function should give back three numbers: a ratio, a share of the stops, a share of "
         "the people."),
)
CHECK = check("lab09", "burden_of", 2, draw, Several((RATIO, STOPS, PEOPLE), SLIPS), arguments)
