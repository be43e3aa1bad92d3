"""Answers to lab 08 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import math, itertools
import numpy as np
import pandas as pd
from scipy import stats
"""


def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _size(body):
    return _function("audit_size(one, other)",
                     "a, b = 1.959964, 0.841621\n"
                     "v = one * (1 - one) + other * (1 - other)\nd = one - other\n" + body)


def _paired(body):
    return _function("paired_effect(plain, changed)",
                     "x = changed - plain\nx = x[~np.isnan(x)]\nm, n = x.mean(), len(x)\n"
                     "se = x.std(ddof=1) / np.sqrt(n)\n" + body)


def _worst(body):
    return _function("worst_group(tone, age, wrong, least)",
                     "t = pd.DataFrame({'tone': tone, 'age': age, 'wrong': wrong})\n"
                     "g = t.groupby(['tone', 'age'])['wrong'].agg(['mean', 'sum', 'size'])\n"
                     + body)


def _gates(body):
    return _function("same_gates(passed, missed)",
                     "rate = missed / passed\nw = passed.sum(axis=0) / passed.sum()\n" + body)


def _follows(**said):
    words = dict.fromkeys("ABDE", "does not follow") | {"C": "follows"} | said
    return f"follows = {words!r}"


WRONG = {
    "audit_size": [
        ("both groups", _size("return 2 * (a + b) ** 2 * v / d ** 2"), 1.5, "both-groups"),
        ("no power", _size("return a ** 2 * v / d ** 2"), 1.0, "no-power"),
        ("one-sided", _size("return (1.6449 + b) ** 2 * v / d ** 2"), 1.0, "one-sided"),
        ("against a known rate", _size(
            "h = 2 * np.arcsin(np.sqrt(one)) - 2 * np.arcsin(np.sqrt(other))\n"
            "return ((a + b) / h) ** 2"), 1.0, "one-sample"),
        ("90 percent power", _size("return (a + 1.2816) ** 2 * v / d ** 2"), 1.5,
         "ninety-percent-power"),
        ("not squared", _size("return abs((a + b) * math.sqrt(v) / d)"), 0.5, "not-squared"),
        ("rule of three", _size("return 3 / min(one, other)"), 0.0, "rule-of-three"),
        ("one over the difference", _size("return 1 / abs(d)"), 0.0, "unknown"),
        ("two numbers", _size("n = (a + b) ** 2 * v / d ** 2\nreturn n, n"), 0.0,
         "not-one-number"),
        ("NaN", _size("return math.nan"), 0.0, "not-finite"),
        ("no return", _size("(a + b) ** 2 * v / d ** 2"), 0.0, "returns-nothing"),
    ],
    "paired_effect": [
        ("not paired", _paired(
            "u = plain[~np.isnan(plain)]; w = changed[~np.isnan(changed)]\n"
            "s = np.hypot(u.std() / len(u) ** 0.5, w.std() / len(w) ** 0.5)\n"
            "return m, m - 1.96 * s, m + 1.96 * s"), 1.0, "not-paired"),
        ("spread of people", _paired("s = x.std()\nreturn m, m - 1.96 * s, m + 1.96 * s"), 1.0,
         "spread-of-people"),
        ("one standard error", _paired("return m, m - se, m + se"), 1.0, "one-standard-error"),
        ("ends swapped", _paired("return m, m + 1.96 * se, m - 1.96 * se"), 1.0, "ends-swapped"),
        ("the other sign", _paired("return -m, -m - 1.96 * se, -m + 1.96 * se"), 0.5, "sign"),
        ("percent", _paired("return 100 * m, 100 * (m - 2 * se), 100 * (m + 2 * se)"), 0.5,
         "percent"),
        ("nanmean of each", _paired("m = np.nanmean(changed) - np.nanmean(plain)\n"
                                    "return m, m - 1.96 * se, m + 1.96 * se"), 0.0,
         "means-of-others"),
        ("zero for missing", _paired("x = np.nan_to_num(changed) - np.nan_to_num(plain)\n"
                                     "m = x.mean()\nreturn m, m - 2 * se, m + 2 * se"), 0.0,
         "zero-for-missing"),
        ("missing as unchanged", _paired("m = np.nan_to_num(changed - plain).mean()\n"
                                         "return m, m - 2 * se, m + 2 * se"), 0.0,
         "no-change-for-missing"),
        ("a ratio", _paired("m = np.nanmean(changed / plain)\nreturn m, m - se, m + se"), 0.0,
         "ratio"),
        ("the median", _paired("m = np.median(x)\nreturn m, m - 2 * se, m + 2 * se"), 0.0,
         "median"),
        ("NaN stays", _paired("m = (changed - plain).mean()\nreturn m, m, m"), 0.0,
         "faces-not-found"),
        ("interval around zero", _paired("return m, -1.96 * se, 1.96 * se"), 1.0, "elsewhere"),
        ("99 percent", _paired("return m, m - 2.576 * se, m + 2.576 * se"), 1.0, "too-wide"),
        ("divided twice", _paired("s = se / 5\nreturn m, m - s, m + s"), 1.0, "too-narrow"),
        ("fills the caller's array", _paired("plain[np.isnan(plain)] = 0\n"
                                             "return m, m - 1.96 * se, m + 1.96 * se"), 1.5,
         "changes-input"),
        ("two numbers", _paired("return m - se, m + se"), 0.0, "not-three-numbers"),
        ("zero", _paired("return 0, -1, 1"), 0.0, "unknown"),
        ("no return", _paired("m"), 0.0, "returns-nothing"),
    ],
    "worst_group": [
        ("tiny groups too", _worst("return g['mean'].idxmax()"), 1.0, "small-group"),
        ("each by itself", _worst("return (t.groupby('tone')['wrong'].mean().idxmax(),"
                                  " t.groupby('age')['wrong'].mean().idxmax())"), 0.5,
         "each-by-itself"),
        ("counts", _worst("return g['sum'].idxmax()"), 0.5, "counts"),
        ("the best", _worst("return g[g['size'] >= least]['mean'].idxmin()"), 0.5, "best-group"),
        ("the largest", _worst("return g['size'].idxmax()"), 0.0, "largest-group"),
        ("the smallest", _worst("return g['size'].idxmin()"), 1.0, "small-group"),
        ("always the same", _worst("return 'dark', 'old'"), 0.0, "unknown"),
        ("a rate", _worst("return g['mean'].max()"), 0.0, "not-a-pair"),
        ("a tone only", _worst("return t.groupby('tone')['wrong'].mean().idxmax()"), 0.0,
         "not-a-pair"),
        ("no return", _worst("g['mean'].idxmax()"), 0.0, "returns-nothing"),
    ],
    "same_gates": [
        ("as they pass", _gates("return missed.sum(axis=1) / passed.sum(axis=1)"), 0.5,
         "own-gates"),
        ("the plain mean", _gates("return rate.mean(axis=1)"), 1.0, "gates-weigh-alike"),
        ("group A's mix", _gates("return rate @ (passed[0] / passed[0].sum())"), 1.0,
         "mix-of-one-group"),
        ("shares of the missed", _gates("return missed.sum(axis=1) / missed.sum()"), 0.0,
         "share-of-the-missed"),
        ("weights of missed", _gates("return rate @ (missed.sum(axis=0) / missed.sum())"), 0.5,
         "weights-of-missed"),
        ("people", _gates("return rate @ passed.sum(axis=0)"), 1.0, "counts"),
        ("percent", _gates("return 100 * rate @ w"), 1.5, "percent"),
        ("rates at the gates", _gates("return rate"), 0.0, "a-rate-for-each-gate"),
        ("one rate", _gates("return missed.sum() / passed.sum()"), 0.0, "one-for-each-group"),
        ("in place", _gates("answer = rate @ w\nmissed *= 0\nreturn answer"), 1.5,
         "changes-input"),
        ("the other way", _gates("return 1 - rate @ w"), 0.0, "unknown"),
        ("no return", _gates("rate @ w"), 0.0, "returns-nothing"),
    ],
    "what_follows": [
        ("gender is not recognition", _follows(A="follows"), 1.6, "another-task"),
        ("twelve people", _follows(B="follows"), 1.6, "few-faces"),
        ("drawn and therefore nothing", _follows(C="does not follow"), 1.6, "paired-is-enough"),
        ("one error equal", _follows(D="follows"), 1.6, "one-error-only"),
        ("the network is to blame", _follows(E="follows"), 1.6, "cause-and-person"),
        ("all follow", _follows(A="follows", B="follows", D="follows", E="follows"), 0.4,
         "another-task"),
        ("left as it was", _follows(A="..."), 1.6, "word-unknown"),
        ("a list", "follows = ['A', 'B']", 0.0, "not-a-dictionary"),
    ],
}

RIGHT = {
    "audit_size": [
        ("statsmodels", _size(
            "from statsmodels.stats.power import NormalIndPower\n"
            "from statsmodels.stats.proportion import proportion_effectsize\n"
            "return NormalIndPower().solve_power(proportion_effectsize(one, other), power=0.8,"
            " alpha=0.05)")),
        ("rounded up", _size("return math.ceil((a + b) ** 2 * v / d ** 2)")),
        ("pooled", _size("m = (one + other) / 2\n"
                         "return ((a * math.sqrt(2 * m * (1 - m)) + b * math.sqrt(v)) / d) ** 2")),
        ("a mean variance", _size("m = (one + other) / 2\n"
                                  "return 2 * (a + b) ** 2 * m * (1 - m) / d ** 2")),
        ("the table's 7.85", _size("return 7.85 * v / d ** 2")),
    ],
    "paired_effect": [
        ("normal", _paired("return m, m - 1.96 * se, m + 1.96 * se")),
        ("Student", _paired("return (m, *stats.t.interval(0.95, n - 1, m, se))")),
        ("bootstrap", _paired("rng = np.random.default_rng(3)\n"
                              "means = x[rng.integers(n, size=(3000, n))].mean(axis=1)\n"
                              "return (m, *np.percentile(means, [2.5, 97.5]))")),
        ("pandas", _paired("x = pd.Series(changed - plain).dropna()\n"
                           "return x.mean(), x.mean() - 2 * x.sem(), x.mean() + 2 * x.sem()")),
        ("a dictionary", _paired("return {'change': m, 'low': m - 2 * se, 'high': m + 2 * se}")),
    ],
    "worst_group": [
        ("pandas", _worst("return g[g['size'] >= least]['mean'].idxmax()")),
        ("a list", _worst("best = g.query('size >= @least').sort_values('mean').index[-1]\n"
                          "return list(best)")),
        ("age first", _worst("return g[g['size'] >= least]['mean'].idxmax()[::-1]")),
        ("loops", _worst(
            "best = None\nfor a in set(tone):\n    for b in set(age):\n"
            "        w = [bool(x) for x, i, j in zip(wrong, tone, age) if (i, j) == (a, b)]\n"
            "        if len(w) >= least and (best is None or sum(w) / len(w) > best[0]):\n"
            "            best = sum(w) / len(w), a, b\nreturn best[1:]")),
        ("one text", _worst("return ', '.join(g[g['size'] >= least]['mean'].idxmax())")),
    ],
    "same_gates": [
        ("weights", _gates("return rate @ w")),
        ("a sum", _gates("return (rate * w).sum(axis=1)")),
        ("average", _gates("return np.average(rate, axis=1, weights=passed.sum(axis=0))")),
        ("a list", _gates("return [sum(r * k for r, k in zip(row, w)) for row in rate]")),
        ("a column", _gates("return rate @ w[:, None]")),
        ("a table", _gates("return pd.DataFrame(rate).mul(w).sum(axis=1)")),
    ],
    "what_follows": [
        ("yes and no", "follows = {'A': 'no', 'B': 'no', 'C': 'yes', 'D': 'no', 'E': 'no'}"),
        ("truth values", "follows = {'A': False, 'B': False, 'C': True, 'D': False, 'E': False}"),
        ("small letters", "follows = {'a': 'does not follow', 'b': 'does not follow',"
                          " 'c': 'follows', 'd': 'does not follow', 'e': 'does not follow'}"),
    ],
}
