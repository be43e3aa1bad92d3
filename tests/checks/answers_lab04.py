"""Answers to lab 04 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import itertools, math, random, statistics
from itertools import combinations
import numpy as np
import pandas as pd
STAGES = ["find", "cut", "read", "add"]
"""

RUNS = 'runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]\n'


def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _share(body):
    return _function("share_right(said, truth)", body)


def _alone(body):
    return _function("one_at_a_time(log)", body)


def _front(body):
    return _function("from_the_front(log)", RUNS + body)


def _first(body):
    return _function("first_failure(ok)", body)


def _fixes(body):
    return _function("best_fixes(ok, hours, budget)", """\
def share(fixes):
    kept = [k for k, name in enumerate(STAGES) if name not in fixes]
    return ok[:, kept].all(axis=1).mean()
def cost(fixes):
    return sum(hours[name] for name in fixes)
every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
single = {name: share([name]) - share([]) for name in STAGES}
""" + body)


def _interval(body):
    return _function("gain_interval(before, after)", """\
rng = np.random.default_rng()
n, times = len(before), 2000
""" + body)


def _follows(**said):
    words = {"A": "does not follow", "B": "follows", "C": "does not follow",
             "D": "does not follow"} | said
    return f"follows = {words!r}"


WRONG = {
    "share_right": [
        ("silent pages left out", _share(
            "pairs = [(a, b) for a, b in zip(said, truth) if a is not None]\n"
            "return sum(a == b for a, b in pairs) / len(pairs)"), 0.0, "silent-left-out"),
        ("silent pages are right", _share(
            "return np.mean([a is None or a == b for a, b in zip(said, truth)])"),
         0.0, "silent-as-right"),
        ("a count", _share("return sum(a == b for a, b in zip(said, truth))"), 0.0, "count"),
        ("percent", _share("return 100 * np.mean([a == b for a, b in zip(said, truth)])"),
         0.5, "percent"),
        ("the share that is wrong", _share(
            "return np.mean([a != b for a, b in zip(said, truth)])"), 0.0, "share-wrong"),
        ("a list", _share("return [a == b for a, b in zip(said, truth)]"),
         0.0, "not-one-number"),
        ("no return", _share("np.mean([a == b for a, b in zip(said, truth)])"),
         0.0, "returns-nothing"),
        ("within ten", _share("return np.mean([a is not None and abs(a - b) < 10 "
                              "for a, b in zip(said, truth)])"), 0.0, "unknown"),
    ],
    "one_at_a_time": [
        ("steps from the front", _alone(RUNS + "return {s: log[b].mean() - log[a].mean() "
                                        "for s, a, b in zip(STAGES, runs, runs[1:])}"),
         0.0, "from-front"),
        ("shares, not gains", _alone("return {s: log[s].mean() for s in STAGES}"),
         0.5, "shares"),
        ("before minus after", _alone(
            "return {s: log[''].mean() - log[s].mean() for s in STAGES}"), 1.0, "sign"),
        ("percent", _alone(
            "return {s: 100 * (log[s].mean() - log[''].mean()) for s in STAGES}"),
         1.5, "percent"),
        ("relative", _alone("return {s: log[s].mean() / log[''].mean() - 1 for s in STAGES}"),
         0.0, "relative"),
        ("counts", _alone("return {s: int(log[s].sum() - log[''].sum()) for s in STAGES}"),
         1.0, "counts"),
        ("share of what is missing", _alone(
            "now = log[''].mean()\nreturn {s: (log[s].mean() - now) / (1 - now) for s in STAGES}"),
         0.0, "share-of-missing"),
        ("only the best", _alone("return max(STAGES, key=lambda s: log[s].mean())"),
         0.0, "not-a-table"),
        ("changes the log", _alone("now = log.pop('')\n"
                                   "return {s: log[s].mean() - now.mean() for s in STAGES}"),
         1.0, "changes-input"),
        ("no return", _alone("gains = {s: log[s].mean() - log[''].mean() for s in STAGES}"),
         0.0, "returns-nothing"),
        ("only rescued pages", _alone(
            "return {s: (log[s] & ~log['']).mean() / 2 for s in STAGES}"), 0.0, "unknown"),
    ],
    "from_the_front": [
        ("one at a time", _front("return {s: log[s].mean() - log[''].mean() for s in STAGES}"),
         0.0, "alone"),
        ("all against the start", _front("return {s: log[b].mean() - log[''].mean() "
                                         "for s, b in zip(STAGES, runs[1:])}"),
         0.5, "from-the-start"),
        ("shares", _front("return {s: log[b].mean() for s, b in zip(STAGES, runs[1:])}"),
         0.5, "shares"),
        ("one step short", _front("steps = np.diff([log[r].mean() for r in runs[:4]])\n"
                                  "return dict(zip(STAGES, [*steps, 0.0]))"),
         1.5, "last-step-lost"),
        ("first step lost", _front("steps = np.diff([log[r].mean() for r in runs])\n"
                                   "return dict(zip(STAGES, [0.0, *steps[1:]]))"),
         1.5, "first-step-lost"),
        ("backwards", _front("return {s: log[a].mean() - log[b].mean() "
                             "for s, a, b in zip(STAGES, runs, runs[1:])}"), 1.0, "sign"),
        ("percent", _front("return {s: 100 * (log[b].mean() - log[a].mean()) "
                           "for s, a, b in zip(STAGES, runs, runs[1:])}"), 1.5, "percent"),
        ("counts", _front("return {s: log[b].sum() - log[a].sum() "
                          "for s, a, b in zip(STAGES, runs, runs[1:])}"), 1.0, "counts"),
        ("three steps", _front("return np.diff([log[r].mean() for r in runs[1:]])"),
         0.0, "not-a-table"),
        ("no return", _front("np.diff([log[r].mean() for r in runs])"), 0.0, "returns-nothing"),
    ],
    "first_failure": [
        ("argmin of right pages", _first("return [STAGES[i] for i in ok.argmin(axis=1)]"),
         1.0, "right-pages-blamed"),
        ("the last failure", _first(
            "out = []\nfor row in ok:\n    word = 'none'\n    for s, fine in zip(STAGES, row):\n"
            "        if not fine:\n            word = s\n    out.append(word)\nreturn out"),
         0.5, "last-failure"),
        ("the first right one", _first(
            "return [STAGES[row.argmax()] if row.any() else 'none' for row in ok]"),
         0.0, "first-right"),
        ("positions", _first("return [list(row).index(False) if not row.all() else 4 "
                             "for row in ok]"), 1.0, "positions"),
        ("only wrong pages", _first("return [STAGES[row.argmin()] for row in ok "
                                    "if not row.all()]"), 0.0, "wrong-length"),
        ("counts", _first("return {s: int((~ok[:, k]).sum()) for k, s in enumerate(STAGES)}"),
         0.0, "not-a-list"),
        ("other words", _first("return [STAGES[row.argmin()] if not row.all() else 'right' "
                               "for row in ok]"), 0.0, "not-a-stage"),
        ("the weakest stage of all", _first("return [STAGES[ok.mean(axis=0).argmin()]] * len(ok)"),
         0.0, "unknown"),
        ("no return", _first("[STAGES[row.argmin()] for row in ok]"), 0.0, "returns-nothing"),
    ],
    "best_fixes": [
        ("adds up single gains", _fixes(
            "fit = [f for f in every if cost(f) <= budget]\n"
            "return max(fit, key=lambda f: sum(single[name] for name in f))"),
         2.0, "sums-single-gains"),
        ("largest gain first", _fixes(
            "out = []\nfor name in sorted(STAGES, key=lambda s: -single[s]):\n"
            "    if cost([*out, name]) <= budget:\n        out.append(name)\nreturn out"),
         1.0, "largest-gain-first"),
        ("gain per hour, once", _fixes(
            "out = []\nfor name in sorted(STAGES, key=lambda s: -single[s] / hours[s]):\n"
            "    if cost([*out, name]) <= budget:\n        out.append(name)\nreturn out"),
         1.0, "per-hour-once"),
        ("gain per hour, measured again", _fixes("""out = []
while True:
    left = [s for s in STAGES if s not in out and cost([*out, s]) <= budget]
    if not left:
        return out
    out.append(max(left, key=lambda s: (share([*out, s]) - share(out)) / hours[s]))"""),
         2.0, "per-hour-updated"),
        ("one fix", _fixes("fit = [[s] for s in STAGES if hours[s] <= budget]\n"
                           "return max(fit, key=share, default=[])"), 1.0, "one-fix-only"),
        ("everything", _fixes("return STAGES"), 0.0, "over-budget"),
        ("each within the budget", _fixes("return [s for s in STAGES if hours[s] <= budget]"),
         0.0, "over-budget"),
        ("positions", _fixes("return [k for k, s in enumerate(STAGES) if hours[s] <= budget][:1]"
                             " or [0]"), 0.0, "not-stages"),
        ("nothing if nothing fits", _fixes(
            "fit = [f for f in every if f and cost(f) <= budget]\n"
            "if fit:\n    return max(fit, key=share)"), 0.0, "returns-nothing"),
        ("the cheapest first", _fixes(
            "out = []\nfor name in sorted(STAGES, key=lambda s: hours[s]):\n"
            "    if cost([*out, name]) <= budget:\n        out.append(name)\nreturn out"),
         0.0, "unknown"),
    ],
    "gain_interval": [
        ("before and after apart", _interval(
            "a, b = rng.integers(n, size=(2, times, n))\n"
            "return np.percentile(after[a].mean(axis=1) - before[b].mean(axis=1), [2.5, 97.5])"),
         1.0, "apart"),
        ("one standard error", _interval(
            "d = after.astype(float) - before\n"
            "return d.mean() - d.std() / n ** 0.5, d.mean() + d.std() / n ** 0.5"),
         1.0, "one-standard-error"),
        ("ninety percent", _interval(
            "p = rng.integers(n, size=(20_000, n))\n"
            "return np.percentile((after.astype(float) - before)[p].mean(axis=1), [5, 95])"),
         1.0, "ninety"),
        ("ninety-nine percent", _interval(
            "p = rng.integers(n, size=(20_000, n))\n"
            "return np.percentile((after.astype(float) - before)[p].mean(axis=1), [0.5, 99.5])"),
         1.0, "ninety-nine"),
        ("percentiles of pages", _interval(
            "return np.percentile(after.astype(float) - before, [1, 99])"),
         0.0, "pages-not-means"),
        ("percent", _interval(
            "p = rng.integers(n, size=(times, n))\n"
            "return np.percentile(100 * (after.astype(float) - before)[p].mean(axis=1), "
            "[2.5, 97.5])"), 1.0, "percent"),
        ("before minus after", _interval(
            "p = rng.integers(n, size=(times, n))\n"
            "return np.percentile((before.astype(float) - after)[p].mean(axis=1), [2.5, 97.5])"),
         1.0, "sign"),
        ("of the share after", _interval(
            "p = rng.integers(n, size=(times, n))\n"
            "return np.percentile(after[p].mean(axis=1), [2.5, 97.5])"), 0.0, "elsewhere"),
        ("shuffled, not drawn", _interval(
            "d = [rng.permutation(after.astype(float) - before).mean() for _ in range(100)]\n"
            "return np.percentile(d, [2.5, 97.5])"), 0.0, "too-narrow"),
        ("smaller resamples", _interval(
            "p = rng.integers(n, size=(times, 50))\n"
            "return np.percentile((after.astype(float) - before)[p].mean(axis=1), [2.5, 97.5])"),
         0.0, "too-wide"),
        ("smallest and largest", _interval(
            "p = rng.integers(n, size=(times, n))\n"
            "d = (after.astype(float) - before)[p].mean(axis=1)\nreturn d.min(), d.max()"),
         0.0, "too-wide"),
        ("upper end first", _interval(
            "p = rng.integers(n, size=(times, n))\n"
            "return np.percentile((after.astype(float) - before)[p].mean(axis=1), [97.5, 2.5])"),
         0.5, "ends-swapped"),
        ("the gain only", _interval("return after.mean() - before.mean()"),
         0.0, "not-two-numbers"),
        ("no return", _interval("print(after.mean() - before.mean())"), 0.0, "returns-nothing"),
    ],
    "what_follows": [
        ("the hurried colleague", _follows(A="follows"), 1.5, "truth-at-the-end"),
        ("nothing follows", _follows(B="does not follow"), 1.5, "own-input-is-enough"),
        ("a step is a promise", _follows(C="follows"), 1.5, "step-is-not-a-promise"),
        ("gains add", _follows(D="follows"), 1.5, "gains-do-not-add"),
        ("everything follows", "follows = dict.fromkeys('ABCD', 'follows')",
         0.5, "truth-at-the-end"),
        ("one left open", "follows = {'A': 'does not follow', 'B': 'follows', "
         "'C': 'does not follow'}", 1.5, "word-unknown"),
        ("a list", "follows = ['no', 'yes', 'no', 'no']", 0.0, "not-a-dictionary"),
    ],
}

RIGHT = {
    "share_right": [
        ("NumPy", _share("return np.mean([a == b for a, b in zip(said, truth)])")),
        ("a loop", _share("hits = 0\nfor i in range(len(truth)):\n"
                          "    if said[i] is not None and said[i] == truth[i]:\n"
                          "        hits += 1\nreturn hits / len(said)")),
        ("pandas", _share("return (pd.Series(said, dtype=float) == pd.Series(truth)).mean()")),
        ("rounded", _share("return round(np.mean([a == b for a, b in zip(said, truth)]), 3)")),
        ("object arrays", _share("return (np.array(said, dtype=object) == np.array(truth)).mean()"
                                 )),
    ],
    "one_at_a_time": [
        ("a loop", _alone("gains = {}\nfor s in STAGES:\n"
                          "    gains[s] = (log[s].sum() - log[''].sum()) / len(log[s])\n"
                          "return gains")),
        ("pandas", _alone("t = pd.DataFrame(log)\nreturn t[STAGES].mean() - t[''].mean()")),
        ("an array in order", _alone(
            "return np.array([log[s].mean() - log[''].mean() for s in STAGES])")),
        ("mean of differences", _alone(
            "return {s.upper(): np.mean(log[s].astype(int) - log['']) for s in STAGES}")),
        ("pure Python", _alone(
            "mean = lambda a: sum(a.tolist()) / len(a)\n"
            "return [mean(log[s]) - mean(log['']) for s in STAGES]")),
    ],
    "from_the_front": [
        ("differences", _front(
            "return dict(zip(STAGES, np.diff([log[r].mean() for r in runs])))")),
        ("keys built", _front("gains, fixed = {}, []\nfor s in STAGES:\n"
                              "    before = log['+'.join(fixed)].mean()\n    fixed.append(s)\n"
                              "    gains[s] = log['+'.join(fixed)].mean() - before\n"
                              "return gains")),
        ("pandas", _front("d = pd.DataFrame(log)[runs].mean().diff().iloc[1:]\n"
                          "d.index = STAGES\nreturn d")),
        ("a list", _front("m = [statistics.fmean(log[r].tolist()) for r in runs]\n"
                          "return [b - a for a, b in zip(m, m[1:])]")),
    ],
    "first_failure": [
        ("argmin with a fifth column", _first(
            "full = np.column_stack([ok, np.zeros(len(ok), bool)])\n"
            "return np.array([*STAGES, 'none'])[full.argmin(axis=1)]")),
        ("a loop", _first(
            "out = []\nfor row in ok:\n    for s, fine in zip(STAGES, row):\n"
            "        if not fine:\n            out.append(s)\n            break\n"
            "    else:\n        out.append('none')\nreturn out")),
        ("next", _first("return tuple(next((s for s, f in zip(STAGES, r) if not f), 'None') "
                        "for r in ok)")),
        ("pandas", _first("t = pd.DataFrame(ok, columns=STAGES)\n"
                          "return t.idxmin(axis=1).where(~t.all(axis=1), 'none')")),
        ("select", _first("return np.select([~ok[:, k] for k in range(4)], STAGES, 'none')")),
    ],
    "best_fixes": [
        ("all sixteen", _fixes("return max((f for f in every if cost(f) <= budget), key=share)")),
        ("a tuple", _fixes("best = ()\nfor f in every:\n"
                           "    if cost(f) <= budget and share(f) > share(best):\n"
                           "        best = tuple(f)\nreturn best")),
        ("bits", _fixes("best, most = [], -1\nfor bits in range(16):\n"
                        "    f = [s for k, s in enumerate(STAGES) if bits >> k & 1]\n"
                        "    if cost(f) <= budget and share(f) > most:\n"
                        "        best, most = f, share(f)\nreturn best")),
        ("recursion", _fixes("def go(left, chosen):\n    options = [chosen]\n"
                             "    for k, s in enumerate(left):\n"
                             "        if cost([*chosen, s]) <= budget:\n"
                             "            options.append(go(left[k + 1:], [*chosen, s]))\n"
                             "    return max(options, key=share)\nreturn go(STAGES, [])")),
        ("a NumPy array", _fixes(
            "return np.array(max((f for f in every[::-1] if cost(f) <= budget), key=share))")),
    ],
    "gain_interval": [
        ("bootstrap of differences", _interval(
            "d = after.astype(float) - before\n"
            "return np.percentile(d[rng.integers(n, size=(times, n))].mean(axis=1), "
            "[2.5, 97.5])")),
        ("a loop of 1,000", _interval(
            "gains = []\nfor _ in range(1000):\n    p = rng.choice(n, n)\n"
            "    gains.append(after[p].mean() - before[p].mean())\n"
            "return [np.quantile(gains, 0.025), np.quantile(gains, 0.975)]")),
        ("the normal formula", _interval(
            "d = after.astype(float) - before\ne = 1.96 * d.std(ddof=1) / n ** 0.5\n"
            "return d.mean() - e, d.mean() + e")),
        ("pure Python", _interval(
            "pairs = list(zip(before.tolist(), after.tolist()))\n"
            "gains = sorted(sum(b - a for a, b in random.choices(pairs, k=n)) / n "
            "for _ in range(1000))\nreturn gains[25], gains[974]")),
        ("basic bootstrap", _interval(
            "d = after.astype(float) - before\n"
            "low, high = np.percentile(d[rng.integers(n, size=(times, n))].mean(axis=1), "
            "[2.5, 97.5])\nreturn 2 * d.mean() - high, 2 * d.mean() - low")),
        ("scipy", "from scipy.stats import bootstrap\n" + _interval(
            "r = bootstrap((after.astype(float) - before,), np.mean, n_resamples=2000, "
            "method='percentile').confidence_interval\nreturn r.low, r.high")),
    ],
    "what_follows": [
        ("yes and no", "follows = dict(A='no', B='yes', C='no', D='No')"),
        ("truth values", "follows = {'A': False, 'B': True, 'C': False, 'D': False}"),
        ("a Series", "follows = pd.Series(['does not follow', 'Follows', "
         "\"doesn't follow\", 'it does not follow'], index=list('abcd'))"),
    ],
}
