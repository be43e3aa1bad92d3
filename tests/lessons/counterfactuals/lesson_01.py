"""For every claim of lesson 01: a change that removes the effect, so that it must fail."""

# (how the claim begins, old source, new source)
CASES = [
    ("The distance puts Bo nearer",  # salaries in thousands
     "(30, 40_000), (62, 40_100), (31, 42_000)",
     "(30, 40), (62, 40.1), (31, 42)"),
    ("As z-scores the hundred lie",  # the founder earns like the others
     'np.append(workers["salary"], 100_000_000)',
     'np.append(workers["salary"], 100_000)'),
    ("Counts find the other short text",  # a long note on the election
     "[0, 1, 3]]",
     "[0, 100, 300]]"),
    ("In raw units salary alone",  # salary in units that spread like years
     'workers = data.make_workers(rng)',
     'workers = data.make_workers(rng) / [1, 1800]'),
    ("After standardizing, neither",  # centred, but not divided
     "z_scores = (workers - workers.mean()) / workers.std(ddof=0)",
     "z_scores = workers - workers.mean()"),
    ("One founder squeezes",  # the founder earns like the others
     'np.append(workers["salary"], 100_000_000)',
     'np.append(workers["salary"], 100_000)'),
    ("Robust scaling gives them the same room",  # mean and deviation instead of quartiles
     '"robust": (salary - middle) / (high - low)',
     '"robust": (salary - salary.mean()) / salary.std()'),
    ("Standardizing lifts k-NN on wine",  # no scaling
     '"standardized": accuracy(make_pipeline(StandardScaler(), knn), X)',
     '"standardized": accuracy(knn, X)'),
    ("Raw k-NN does better without proline",  # proline in a unit like the others'
     "X, y = data.load_wine()",
     "X, y = data.load_wine(); X = X / X.std()"),
    ("Scaling changes the tree's answer",  # a model that measures distances
     "DecisionTreeClassifier(random_state=0)",
     "KNeighborsClassifier(3)"),
    ("With salary spread ten times as far",  # the spread never changes
     "z_scores.to_numpy() * [1, spread]",
     "z_scores.to_numpy() * [1, 1]"),
    ("For wine, scaling before the split",  # what leaks is the label
     "StandardScaler().fit_transform(X)\nleaky",
     "StandardScaler().fit_transform(np.column_stack([X] + [y] * 5))\nleaky"),
    ("Choosing features before the split",  # chosen without looking at the labels
     "SelectKBest(k=20).fit_transform(noise, labels)",
     "noise[:, :20]"),
    ("At unit length all workers",  # columns that weigh the same
     "normalize(workers)",
     "normalize(z_scores)"),
]
