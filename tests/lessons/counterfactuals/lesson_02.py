"""For every claim of lesson 02: a change that removes the effect, so that it must fail."""

# (how the claim begins, old source, new source)
CASES = [
    ("From training to test",  # model B bends as little as the readings allow
     'DEGREE = {"model A": 1, "model B": 11}',
     'DEGREE = {"model A": 1, "model B": 2}'),
    ("Model A has at least ten times",  # twice the same model
     'DEGREE = {"model A": 1, "model B": 11}',
     'DEGREE = {"model A": 1, "model B": 1}'),
    ("For both models the three parts",  # one of the three parts forgotten
     '"noise": noise ** 2}',
     '"noise": 0.0}'),
    ("The training error falls with every degree",  # a thermometer without errors: no variance
     "u = u_curve(hours, data.read_thermometer(rng, hours, days=2000, noise=NOISE), NOISE)",
     "u = u_curve(hours, data.read_thermometer(rng, hours, days=2000, noise=0.0), NOISE)"),
    ("Of the error above the noise",  # the number of readings never changes
     "at = data.reading_hours(n)",
     "at = data.reading_hours(13)"),
    ("Each of the three remedies",  # weights cost nothing
     "price=0.03",
     "price=0.0"),
    ("With 100 blocks of falling size",  # small weights no longer prefer smooth curves
     "parts_by_count(lambda k: 1), ",
     "parts_by_count(lambda k: np.sqrt(2 * k + 1)), "),
    ("With blocks of one size",  # blocks of falling size here too
     "parts_by_count(lambda k: np.sqrt(2 * k + 1))",
     "parts_by_count(lambda k: 1)"),
    ("Neither kind of blocks beats the bottom",  # a U without its bottom
     "counts = [1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 13,",
     "counts = [1, 2, 12, 13,"),
]
