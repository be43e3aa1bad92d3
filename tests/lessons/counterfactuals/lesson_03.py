"""For every claim of lesson 03: a change that removes the effect, so that it must fail."""

SLOW = True  # the lesson trains for half a minute

# (how the claim begins, old source, new source)
CASES = [
    ("The network gets every training label right",  # too small to learn by heart
     "network, curve = train(build(), X_train, y_train)",
     "network, curve = train(build(hidden=(4,)), X_train, y_train)"),
    ("With shuffled labels",  # not shuffled
     "rng.permutation(y_train)",
     "y_train"),
    ("The validation loss of the large network",  # stopped before it turns
     "network, curve = train(build(), X_train, y_train)",
     "network, curve = train(build(), X_train, y_train, epochs=20)"),
    ("The small network gets",  # not small
     "build(hidden=(2,))",
     "build(hidden=(64,))"),
    ("Fifteen times the labels",  # always the same forty
     "X[pool[:n]], hurried[:n], rate=rate",
     "X[pool[:40]], hurried[:40], rate=rate"),
    ("For the linear model, a penalty",  # the same penalty twice
     "weak, strong = ridge(0.001, 150)[1]",
     "weak, strong = ridge(10, 150)[1]"),
    ("The best of 300",  # the winner is not chosen by what it promises
     "winner = networks[promised.argmin()]\n    return promised.min()",
     "winner = networks[0]\n    return promised[0]"),
    ("Without a choice there is no such gap",  # a choice among all of them
     "rng.choice(300, k, replace=False)",
     "np.arange(300)"),
    ("For every way, this run's test error",  # one way learns nothing
     "train(build(dropout=share), X_train, y_train)",
     "train(build(dropout=share), X_train, rng.permutation(y_train))"),
    ("Six ways beat the baseline",  # where the labels are right
     "careless, correct = measured.loc[0.2], measured.loc[0.0]",
     "careless, correct = measured.loc[0.0], measured.loc[0.0]"),
    ("With all labels right",  # where they are not
     "careless, correct = measured.loc[0.2], measured.loc[0.0]",
     "careless, correct = measured.loc[0.2], measured.loc[0.2]"),
]
