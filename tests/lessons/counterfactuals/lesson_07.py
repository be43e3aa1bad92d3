"""For every claim of lesson 07: a change that removes the effect, so that it must fail."""

SLOW = True

# (how the claim begins, old source, new source)
CASES = [
    ("Each step to ten times fewer",  # errors that the threshold does not trade
     "np.nanquantile(distances[~same], false_match_rate)",
     "np.nanquantile(distances[~same], 0.01)"),
    ("With about 500 people on the list",  # a list of one
     "some = enrolled[:size]",
     "some = enrolled[:1]"),
    ("With ten wanted people in 100,000",  # a crowd that is wanted
     "precision(10, CARDIFF) < 0.01 and precision(10, CARDIFF / 100)",
     "precision(10_000, CARDIFF) < 0.01 and precision(10_000, CARDIFF / 100)"),
    ("A list of one person gives",  # a list whose length does not count
     "faces.false_alarm_chance(f, int(length))",
     "faces.false_alarm_chance(f, 500)"),
    ("One false alarm in 1,000 passages",  # one day instead of a year
     "at_least_once(0.001, 4 * 365)",
     "at_least_once(0.001, 4)"),
    ("After one false alarm, the same",  # alarms dealt out at random
     ".any(axis=1).reshape(-1, 4)",
     ".any(axis=1)[rng.permutation(passing.sum())].reshape(-1, 4)"),
    ("Ten times fewer false matches and ten times the list",  # the list stays as it was
     "faces.false_alarm_chance(1e-6, 10_000)",
     "faces.false_alarm_chance(1e-6, 1_000)"),
]
