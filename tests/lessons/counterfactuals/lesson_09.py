"""For every claim of lesson 09: a change that removes the effect, so that it must fail."""

SLOW = True

# (how the claim begins, old source, new source)
CASES = [
    ("With 20 public pictures",  # hardly any pictures collected
     "in_collection(20, 0.1) > 0.5",
     "in_collection(20, 0.01) > 0.5"),
    ("In this city four points",  # everybody goes everywhere at the same hour
     "rng.integers(14, size=(PEOPLE, n)) * 24 + rng.integers(7, 22, (PEOPLE, n))",
     "np.full((PEOPLE, n), 12)"),
    ("When each person wants to see 50 others more",  # nobody is more careful
     "joined(wanted + 50)",
     "joined(wanted)"),
    ("Most of the people whom such a classifier picks",  # the group is half of the people
     "0.95 * 0.02, 0.05 * 0.98",
     "0.95 * 0.5, 0.05 * 0.5"),
    ("A tenth of the people, at ten times",  # no group fares worse
     "share_of_stops(0.1, 10) > 0.5",
     "share_of_stops(0.1, 1) > 0.5"),
    ("At the same threshold a watch list",  # a list of one
     'board = {use: follows(use, "station", 500,',
     'board = {use: follows(use, "station", 1,'),
    ("After erasing a person",  # she is not erased
     'gallery.erase("Ada")',
     "pass"),
]
