"""How many wrong alerts end in a stop when two people look, and the second may follow."""

from course_utils.checks.slips import Number, check, rounded, slip


def draw(rng):
    """Draw second lookers who mostly follow, who never do, who always do, and sharp eyes."""
    follows = (float(rng.uniform(0.3, 0.6)), 0.0, 1.0, float(rng.uniform(0.1, 0.3)))
    return [{"alerts": int(rng.integers(60, 300)), "notices": float(rng.uniform(0.3, 0.8)),
             "follows": share} for share in follows]


def right(n, q, s):
    """Return the expected number of wrong stops: alerts, share noticed, share followed."""
    return n * (1 - q) * (s + (1 - s) * (1 - q))


SLIPS = (
    slip("independent", lambda n, q, s: n * (1 - q) ** 2,
         "You take the two looks as independent. In a share `follows` of cases the second person "
         "does not look.",
         "Two signatures are two looks only as far as the second person would dare to disagree.",
         earns=0.5),
    slip("one-look", lambda n, q, s: n * (1 - q),
         "Only one of the two looks counts in your formula. What does the second person do when "
         "they do not follow?", earns=0.25),
    slip("caught", lambda n, q, s: n - right(n, q, s),
         "You count the wrong alerts that are noticed. The exercise asks for those that end in a "
         "stop.", earns=0.5),
    slip("added-up", (lambda n, q, s: n * (1 - 2 * q),
                      lambda n, q, s: n * max(1 - 2 * q, 0),
                      lambda n, q, s: n * (1 - q - q * (1 - s)),
                      lambda n, q, s: n * max(1 - q - q * (1 - s), 0)),
         "You add the two shares. Two people who notice six in ten each do not notice twelve in "
         "ten: how many does the first leave for the second?"),
    slip("following-catches", lambda n, q, s: n * (1 - q) * (1 - s) * (1 - q),
         "When the second person only follows, you count the alert as stopped in time. They "
         "follow the first, who let it through.", earns=0.5),
    slip("nobody-looks", lambda n, q, s: n * (s + (1 - s) * (1 - q) ** 2),
         "In your formula nobody looks when the second person follows. The first one did look.",
         earns=0.5),
    slip("following-stops-nothing", lambda n, q, s: n * (1 - q) * s,
         "You count only alerts in which the second person follows. When they do look, they do not "
         "notice everything.", earns=0.25),
    slip("both-must-notice", (lambda n, q, s: n * (1 - q ** 2),
                              lambda n, q, s: n * (1 - q * (s + (1 - s) * q))),
         "In your formula an alert is dropped only when *both* notice. One of them is enough.",
         earns=0.25),
    slip("second-look-only", lambda n, q, s: n * (1 - q * (1 - s)),
         "Only the second look counts in your formula. The first officer notices some as well.",
         earns=0.25),
    slip("noticed-passes", lambda n, q, s: right(n, 1 - q, s),
         "You let through what an officer notices, and drop what they overlook.", earns=0.5),
    slip("the-other-way", lambda n, q, s: right(n, q, 1 - s),
         "Your second person looks in the share of cases in which they should follow.",
         earns=0.75),
    rounded(right, "You rounded. An expected number need not be whole."),
    slip("share", lambda n, q, s: right(1, q, s),
         "That is the share of wrong alerts that end in a stop. How many are there?", earns=0.75),
)
CHECK = check("lab09", "wrong_stops", 2, draw, Number(
    right, SLIPS, "That is not the expected number of wrong stops. Take 100 wrong alerts: how many "
                  "does the first leave? In how many of these does the second look, and what do "
                  "they notice?"),
    arguments=("alerts", "notices", "follows"))
