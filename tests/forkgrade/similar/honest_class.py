"""A class that works honestly: the same lab, solved by each in a way of their own.

A grammar of variants: approaches of unequal popularity, in each of which statements, names,
comments and habits vary. Many of a class write the same lines, as real classes do.
"""

import random

TEMPLATE = {
    "standardize": 'def standardize(X):\n    """Return the z-scores of each column."""\n'
                   "    # One mean and one standard deviation for each column.\n",
    "min_max": 'def min_max(X):\n    """Return each column scaled to run from 0 to 1."""\n'
               "    # From where to where does each column reach?\n",
    "choose": "# Fill in one of the four words for each.\n",
    "smooth": 'def smooth(values, width):\n    """Return the moving averages of a list."""\n',
    "nearest": 'def nearest(rows, labels, query, k):\n    """Return the commonest label of the k '
               'nearest rows."""\n',
    "folds": 'def folds(n, k, seed):\n    """Return k lists of indices that part n rows."""\n',
    "measure": 'def measure(X, y, seed):\n    """Return the scores without and with scaling."""\n',
}
SOLUTION = {
    "standardize": "    centred = X - X.mean(axis=0)\n    spread = X.std(axis=0)\n"
                   "    return centred / np.where(spread == 0, 1, spread)\n",
    "min_max": "    low = X.min(axis=0)\n    reach = X.max(axis=0) - low\n"
               "    return (X - low) / np.where(reach == 0, 1, reach)\n",
    "choose": 'scaling_for = {"income": "robust", "pixel": "min-max", "height": "z-score", '
              '"none": "none"}\n',
    "smooth": "    sums = np.cumsum(np.concatenate([[0], values]))\n"
              "    return (sums[width:] - sums[:-width]) / width\n",
    "nearest": "    distances = np.linalg.norm(rows - query, axis=1)\n"
               "    order = np.argsort(distances, kind='stable')[:k]\n"
               "    names, counts = np.unique(labels[order], return_counts=True)\n"
               "    return names[np.argmax(counts)]\n",
    "folds": "    order = np.random.default_rng(seed).permutation(n)\n"
             "    return [part.tolist() for part in np.array_split(order, k)]\n",
    "measure": "    model = KNeighborsClassifier()\n"
               "    bare = cross_val_score(model, X, y, cv=5).mean()\n"
               "    scaled = make_pipeline(StandardScaler(), model)\n"
               "    return bare, cross_val_score(scaled, X, y, cv=5).mean()\n",
}
SETUP = ("import numpy as np\nfrom sklearn.model_selection import cross_val_score\n"
         "from sklearn.neighbors import KNeighborsClassifier\n"
         "from sklearn.pipeline import make_pipeline\n"
         "from sklearn.preprocessing import StandardScaler\n")
SAMPLE = ("Scale the table, because the distance adds up squares of all columns, and a salary is "
          "a thousand times an age. A few customers earn far more than all others, so take the "
          "median and the quartiles, which they do not move. Fit the scaler on the training rows "
          "only.")
COMMENTS = ("first the averages", "avoid dividing by zero", "now the result", "see the lesson",
            "loop over all", "sort them", "helper", "not sure about this", "as in the lecture",
            "this works", "columns", "done", "copy so that the input stays", "check later")
NAMES = {
    "mean": "mean m mu avg means average mean_col col_mean centre Xm".split(),
    "spread": "std s sd sigma stds deviation scale sd_col spread st".split(),
    "low": "low lo mn minimum min_col mins smallest a lower xmin".split(),
    "high": "high hi mx maximum max_col maxs largest b upper xmax".split(),
    "out": "out result res Z answer ret scaled new final output".split(),
    "i": "i j col c idx column k pos".split(),
    "n": "n length size N count num rows total".split(),
    "part": "part window chunk w piece sl sub block".split(),
    "d": "d dist distances dists D diff gaps".split(),
    "order": "order idx near best indices closest inds perm".split(),
    "votes": "votes counts counter tally c hits freq".split(),
    "model": "model knn clf m classifier est".split(),
    "pipe": "pipe pipeline scaled_model p piped model2".split(),
    "one": "raw bare plain s1 first without score1 acc".split(),
    "two": "scaled with_scaling s2 second score2 better acc2".split(),
    "rng": "rng r gen generator random_state".split(),
}


class Writer:
    """One learner: names, habits and choices are drawn once and kept.

    Parameters
    ----------
    rng : random.Random
    """

    def __init__(self, rng):
        self.rng = rng
        self.names = {role: rng.choice(names) for role, names in NAMES.items()}
        self.talks = rng.choice([0, 0, 0.15, 0.3])
        self.methods = rng.random() < 0.6  # X.mean(axis=0) rather than np.mean(X, axis=0)
        self.temporary = rng.random() < 0.5

    def often(self, *options):
        """Return one of some options, each half as popular as the one before."""
        return self.rng.choices(options, [0.62 ** n for n in range(len(options))])[0]

    def stat(self, name, of):
        """Return a statistic of each column."""
        axis = self.often("axis=0", "axis=0", "0")
        return f"{of}.{name}({axis})" if self.methods else f"np.{name}({of}, {axis})"

    def guard(self, name):
        """Return the lines that replace zeros in a spread, and how it is then called."""
        return self.often(
            ([], f"np.where({name} == 0, 1, {name})"),
            ([f"{name}[{name} == 0] = 1"], name),
            ([f"{name} = np.where({name} == 0, 1, {name})"], name),
            ([f"safe = {name}.copy()", "safe[safe == 0] = 1.0"], "safe"),
            ([f"{name} = np.where({name} > 0, {name}, 1)"], name),
            ([f"{name} = {name} + ({name} == 0)"], name),
            ([f"zero = {name} == 0", f"{name} = np.where(zero, 1.0, {name})"], name),
            ([f"np.putmask({name}, {name} == 0, 1)"], name))

    def give(self, expression):
        """Return the lines that return something."""
        if self.temporary and self.rng.random() < 0.6:
            return [f"{self.names['out']} = {expression}", f"return {self.names['out']}"]
        return [f"return {expression}"]

    def code(self, part):
        """Return a filled-in cell."""
        lines = getattr(self, part)()
        if part == "choose":
            return TEMPLATE[part] + "\n".join(lines) + "\n"
        head = TEMPLATE[part]
        if self.rng.random() < 0.2:
            head = head.splitlines()[0] + "\n"
        body = []
        for line in lines:
            if self.rng.random() < self.talks:
                body.append(line[:len(line) - len(line.lstrip())]
                            + f"# {self.rng.choice(COMMENTS)}")
            body.append(line)
        return head + "".join(f"    {line}\n" for line in body)

    def standardize(self):
        n = self.names
        m, s, o, i = n["mean"], n["spread"], n["out"], n["i"]
        first = self.often([], [], ["X = np.asarray(X, dtype=float)"], ["X = X.astype(float)"])
        guard, safe = self.guard(s)
        columns = [f"{m} = {self.stat('mean', 'X')}", f"{s} = {self.stat('std', 'X')}"]
        loop = [f"{o} = np.zeros(X.shape)", f"for {i} in range(X.shape[1]):",
                f"    {m} = X[:, {i}].mean()", f"    {s} = X[:, {i}].std()"]
        return first + self.often(
            [*columns, *guard, *self.give(f"(X - {m}) / {safe}")],
            [columns[1], *guard, *self.give(f"(X - {self.stat('mean', 'X')}) / {safe}")],
            [f"centred = X - {self.stat('mean', 'X')}", columns[1], *guard,
             *self.give(f"centred / {safe}")],
            [*loop, f"    if {s} == 0:", f"        {o}[:, {i}] = 0", "    else:",
             f"        {o}[:, {i}] = (X[:, {i}] - {m}) / {s}", f"return {o}"],
            [*loop, f"    if {s} > 0:", f"        {o}[:, {i}] = (X[:, {i}] - {m}) / {s}",
             f"return {o}"],
            [f"{o} = []", f"for {i} in X.T:", f"    {s} = {i}.std() or 1",
             f"    {o}.append(({i} - {i}.mean()) / {s})", f"return np.array({o}).T"],
            [*columns, f"return np.divide(X - {m}, {s}, out=np.zeros(X.shape), where={s} != 0)"],
            [*columns, f"{o} = (X - {m}) / {s}", f"{o}[np.isnan({o})] = 0", f"return {o}"])

    def min_max(self):
        n = self.names
        lo, hi, o, i = n["low"], n["high"], n["out"], n["i"]
        ends = [f"{lo} = {self.stat('min', 'X')}", f"{hi} = {self.stat('max', 'X')}"]
        if self.rng.random() < 0.2:
            ends.reverse()
        reach = self.often("span", "reach", "r", "diff", "width")
        guard, safe = self.guard(reach)
        return self.often(
            [*ends, f"{reach} = {hi} - {lo}", *guard, *self.give(f"(X - {lo}) / {safe}")],
            [f"{reach} = {self.stat('max', 'X')} - {self.stat('min', 'X')}", *guard,
             *self.give(f"(X - {self.stat('min', 'X')}) / {safe}")],
            [f"{reach} = np.ptp(X, axis=0)", *guard,
             *self.give(f"(X - {self.stat('min', 'X')}) / {safe}")],
            [*ends, f"{o} = np.zeros(X.shape)", f"for {i} in range(X.shape[1]):",
             f"    if {hi}[{i}] != {lo}[{i}]:",
             f"        {o}[:, {i}] = (X[:, {i}] - {lo}[{i}]) / ({hi}[{i}] - {lo}[{i}])",
             f"return {o}"],
            [f"{o} = X.astype(float).copy()", f"for {i} in range({o}.shape[1]):",
             f"    column = {o}[:, {i}]", f"    {lo}, {hi} = column.min(), column.max()",
             f"    {o}[:, {i}] = 0 if {hi} == {lo} else (column - {lo}) / ({hi} - {lo})",
             f"return {o}"],
            [*ends, f"return np.nan_to_num((X - {lo}) / ({hi} - {lo}))"],
            [*ends, f"return (X - {lo}) / np.maximum({hi} - {lo}, 1e-12)"])

    def choose(self):
        words = ["robust", "min-max", "z-score", "none"]
        if self.rng.random() < 0.3:
            self.rng.shuffle(words)
        pairs = zip(("income", "pixel", "height", "none"), words, strict=True)
        return ["scaling_for = {" + ", ".join(f'"{k}": "{v}"' for k, v in pairs) + "}"]

    def smooth(self):
        n = self.names
        o, i, w, k = n["out"], n["i"], n["part"], n["n"]
        count = self.often("len(values) - width + 1", "len(values) - (width - 1)",
                           "len(values) + 1 - width")
        mean = self.often(f"sum({w}) / width", f"np.mean({w})", f"sum({w}) / len({w})",
                          f"{w}.mean()")
        return self.often(
            [f"{o} = []", f"for {i} in range({count}):", f"    {w} = values[{i}:{i} + width]",
             f"    {o}.append({mean})", f"return {o}"],
            [f"return [sum(values[{i}:{i} + width]) / width for {i} in range({count})]"],
            [f"return np.convolve(values, np.ones(width) / width, "
             f"mode={self.often(repr('valid'), repr('valid'))})"],
            [f"{k} = {count}",
             f"return np.array([np.mean(values[{i}:{i} + width]) for {i} in range({k})])"],
            [f"{o} = np.zeros({count})", f"for {i} in range(len({o})):",
             f"    {o}[{i}] = np.mean(values[{i}:{i} + width])", f"return {o}"],
            ["total = sum(values[:width])", f"{o} = [total / width]",
             f"for {i} in range(width, len(values)):",
             f"    total += values[{i}] - values[{i} - width]",
             f"    {o}.append(total / width)", f"return {o}"],
            ["sums = np.cumsum(values)", "sums = np.insert(sums, 0, 0)",
             "return (sums[width:] - sums[:-width]) / width"],
            [f"{i} = 0", f"{o} = []", f"while {i} + width <= len(values):",
             f"    {o}.append(sum(values[{i}:{i} + width]) / width)", f"    {i} += 1",
             f"return {o}"])

    def nearest(self):
        n = self.names
        d, order, votes, i = n["d"], n["order"], n["votes"], n["i"]
        far = self.often(
            [f"{d} = np.linalg.norm(rows - query, axis=1)"],
            [f"{d} = np.sqrt(((rows - query) ** 2).sum(axis=1))"],
            [f"{d} = np.sqrt(np.sum((rows - query) ** 2, axis=1))"],
            [f"{d} = ((rows - query) ** 2).sum(axis=1)"],
            [f"{d} = []", f"for {i} in rows:", f"    {d}.append(np.linalg.norm({i} - query))"],
            [f"{d} = np.array([np.sqrt(sum(({i} - query) ** 2)) for {i} in rows])"],
            [f"{d} = [math.dist({i}, query) for {i} in rows]"])
        near = self.often(f"{order} = np.argsort({d})[:k]",
                          f"{order} = np.argsort({d}, kind='stable')[:k]",
                          f"{order} = sorted(range(len({d})), key=lambda q: {d}[q])[:k]",
                          f"{order} = np.argpartition({d}, k)[:k]")
        vote = self.often(
            [f"{votes} = Counter(labels[{order}])", f"return {votes}.most_common(1)[0][0]"],
            [f"names, {votes} = np.unique(labels[{order}], return_counts=True)",
             f"return names[{votes}.argmax()]"],
            [f"names, {votes} = np.unique(labels[{order}], return_counts=True)",
             f"return names[np.argmax({votes})]"],
            [f"{votes} = {{}}", f"for {i} in {order}:",
             f"    {votes}[labels[{i}]] = {votes}.get(labels[{i}], 0) + 1",
             f"return max({votes}, key={votes}.get)"],
            [f"chosen = [labels[{i}] for {i} in {order}]",
             "return max(set(chosen), key=chosen.count)"],
            [f"return statistics.mode(labels[{order}])"],
            [f"chosen = list(labels[{order}])", "best = None", "most = 0",
             f"for {i} in chosen:", f"    if chosen.count({i}) > most:",
             f"        best, most = {i}, chosen.count({i})", "return best"])
        return [*far, near, *vote]

    def folds(self):
        n = self.names
        rng, order, i, o = n["rng"], n["order"], n["i"], n["out"]
        if rng == order or order == i:
            order = "shuffled"
        drawn = self.often([f"{rng} = np.random.default_rng(seed)",
                            f"{order} = {rng}.permutation(n)"],
                           [f"{order} = np.random.default_rng(seed).permutation(n)"],
                           [f"{rng} = np.random.default_rng(seed)", f"{order} = np.arange(n)",
                            f"{rng}.shuffle({order})"],
                           [f"{order} = list(range(n))", f"random.Random(seed).shuffle({order})"],
                           ["np.random.seed(seed)", f"{order} = np.random.permutation(n)"])
        return drawn + self.often(
            [f"return np.array_split({order}, k)"],
            [f"return [list({i}) for {i} in np.array_split({order}, k)]"],
            [f"return [{order}[{i}::k] for {i} in range(k)]"],
            [f"{o} = []", f"for {i} in range(k):", f"    {o}.append({order}[{i}::k])",
             f"return {o}"],
            ["size = n // k", f"{o} = []", f"for {i} in range(k):",
             f"    end = n if {i} == k - 1 else ({i} + 1) * size",
             f"    {o}.append({order}[{i} * size:end])", f"return {o}"],
            [f"{o} = [[] for _ in range(k)]", f"for {i}, row in enumerate({order}):",
             f"    {o}[{i} % k].append(row)", f"return {o}"],
            [f"edges = [round({i} * n / k) for {i} in range(k + 1)]",
             f"return [{order}[a:b] for a, b in zip(edges, edges[1:])]"])

    def measure(self):
        n = self.names
        m, p, one, two = n["model"], n["pipe"], n["one"], n["two"]
        cv = self.often("cv=5", "cv=5", "cv=10", "5")
        model = self.often([f"{m} = KNeighborsClassifier()"],
                           [f"{m} = KNeighborsClassifier(n_neighbors=5)"], [])
        used = m if model else "KNeighborsClassifier()"

        def score(of):
            return self.often(f"cross_val_score({of}, X, y, {cv}).mean()",
                              f"np.mean(cross_val_score({of}, X, y, {cv}))")
        bare, scaled = f"{one} = {score(used)}", f"{two} = {score(p)}"
        pipe = f"{p} = make_pipeline(StandardScaler(), {used})"
        return self.often(
            [*model, bare, pipe, scaled, f"return {one}, {two}"],
            [*model, pipe, bare, scaled, f"return {one}, {two}"],
            [*model, pipe, bare, scaled, f"return ({one}, {two})"],
            [*model, bare, f"{two} = {score(f'make_pipeline(StandardScaler(), {used})')}",
             f"return {one}, {two}"],
            [*model, "Z = StandardScaler().fit_transform(X)", bare,
             f"{two} = cross_val_score({used}, Z, y, {cv}).mean()", f"return {one}, {two}"],
            [*model, "results = []", f"for each in [{used}, make_pipeline(StandardScaler(), "
             f"{used})]:", f"    results.append(cross_val_score(each, X, y, {cv}).mean())",
             "return tuple(results)"],
            [*model, "X_train, X_test, y_train, y_test = train_test_split(X, y, "
             "random_state=seed)", f"{one} = {used}.fit(X_train, y_train).score(X_test, y_test)",
             pipe, f"{two} = {p}.fit(X_train, y_train).score(X_test, y_test)",
             f"return {one}, {two}"])

    def advice(self):
        """Return a written answer."""
        pick = self.rng.choice
        return " ".join((
            pick(("I would scale the table", "The table should be scaled", "Scaling is needed here",
                  "First I look at the units", "We have to rescale everything first")),
            pick(("because salary counts in thousands and age in years.",
                  "since otherwise the largest unit decides who is near.",
                  "so that no column is louder than another.",
                  "as the distance adds up squares of all columns.")),
            pick(("For the outliers a robust scaling is better:", "The few rich customers matter:",
                  "One millionaire changes a lot here:", "With outliers I would be careful:")),
            pick(("the median does not move when one value is huge.",
                  "min-max would squeeze everybody else into a corner.",
                  "a standard deviation grows with every extreme value.",
                  "they stretch the range and the others become equal.")),
            pick(("The scaler must be fitted on the training rows only,",
                  "It is important to fit after the split,",
                  "Never let the test rows into the mean,")),
            pick(("or else the score is too good.", "because the test set should stay unseen.",
                  "otherwise information leaks.", "as we saw in part D of the lab.")),
            pick(("Trees need none of it.", "A forest would not care.",
                  "I would still compare with the raw table.", "In the end I would measure both.",
                  "My bank would not notice, I think.", "That is my recommendation."))))


def honest(seed):
    """Return the answers of one learner: for each part its cell.

    Parameters
    ----------
    seed : int or str
    """
    writer = Writer(random.Random(seed))
    return {**{part: writer.code(part) for part in TEMPLATE}, "advice": writer.advice()}
