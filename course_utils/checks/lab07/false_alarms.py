"""The expected number of false alarms in a crowd."""

from course_utils.checks.slips import Number, check, percent, rounded, slip


def draw(rng):
    """Draw short lists, a list so long that nearly everybody is stopped, and a flawless system."""
    return [
        {"f": float(rng.uniform(0.0005, 0.002)), "n": int(rng.integers(40, 80)),
         "passers": int(rng.integers(5_000, 20_000))},
        {"f": float(rng.uniform(0.002, 0.004)), "n": int(rng.integers(800, 1500)),
         "passers": int(rng.integers(300, 700))},
        {"f": float(rng.uniform(0.01, 0.03)), "n": 1, "passers": int(rng.integers(100, 900))},
        {"f": 0.0, "n": 100, "passers": 1000}]


def right(f, n, passers):
    """Return the expected number of passers-by with at least one false match."""
    return passers * (1 - (1 - f) ** n)


SLIPS = (
    slip("list-forgotten", lambda f, n, passers: passers * f,
         "Each passer-by is compared with one person in your formula. How many are on the list?",
         earns=0.25),
    slip("more-alarms-than-people", (lambda f, n, passers: passers * n * f,
                                     lambda f, n, passers: min(passers, passers * n * f)),
         "With a long list your formula stops more people than pass, or exactly all of them. It "
         "adds up chances; a face that matches twice is still one passer-by.",
         "What is the chance to escape *all* comparisons?", earns=0.5),
    slip("chance-for-one", lambda f, n, passers: 1 - (1 - f) ** n,
         "That is the chance that one passer-by sets off an alarm. How many pass?", earns=0.5),
    slip("who-escapes", lambda f, n, passers: passers * (1 - f) ** n,
         "You count those who set off no alarm.", earns=0.25),
    slip("whole-day", lambda f, n, passers: 1 - (1 - f) ** (n * passers),
         "That is the chance of any alarm at all during the day. The exercise asks how many there "
         "will be."),
    slip("list-and-crowd-swapped", lambda f, n, passers: n * (1 - (1 - f) ** passers),
         "List and crowd change places in your formula: you count people on the list.",
         earns=0.25),
    slip("power-of-the-rate", lambda f, n, passers: passers * (1 - f ** n),
         "`f` to the power of N is the chance that *all* N comparisons are wrong at once. One "
         "wrong comparison is enough for an alarm."),
    rounded(right, "You rounded. An expected number need not be whole: 0.4 alarms a day are two in "
                   "five days."),
    percent(right),
)
CHECK = check("lab07", "false_alarms", 2, draw, Number(
    right, SLIPS, "That is not the expected number of people with a false alarm. Take two people "
                  "on the list and a rate of one half: what share of passers-by escapes both?"),
    arguments=("f", "n", "passers"))
