"""Answers to lab 06 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import copy, math, statistics
import numpy as np
import pandas as pd
def rates_at(d, s, t):
    m = d <= t
    return m[~s].mean(), (~m[s]).mean()
"""


def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _rates(body):
    return _function("error_rates(d, s, t)", "m = d <= t\n" + body)


def _equal(body):
    return _function("equal_error_rate(d, s)", """\
ts = np.unique(d[~np.isnan(d)])
r = np.array([rates_at(d, s, t) for t in ts])
at = np.abs(r[:, 0] - r[:, 1]).argmin()
""" + body)


def _honest(body):
    return _function("honest_threshold(d, a, b, choosers, target)", """\
x, y, apart = np.isin(a, choosers), np.isin(b, choosers), a != b
def pick(rows):
    z = np.sort(d[rows])
    return z[int(target * len(z)) - 1]
t = pick(x & y & apart)
others = ~x & ~y & apart
""" + body)


def _search(body):
    return _function("search(probe, gallery, names, threshold)",
                     "far = np.linalg.norm(gallery - probe, axis=1)\nat = far.argmin()\n" + body)


def _enrol(rule, body="    g['names'].append(name)\n    g['embeddings'].append(e)\n"):
    return _function("enrol(g, name, e, c, today)", f"if {rule}:\n{body}return g")


def _erase(body):
    return _function("erase(g, name)", body)


ROWS = "keep = [k for k, n in enumerate(g['names']) if n != name]\n"
NEW = ("g['names'] = [g['names'][k] for k in keep]\n"
       "g['embeddings'] = [g['embeddings'][k] for k in keep]\n")
LOG = "g['log'] = [x for x in g['log'] if x['found'] != name]\n"
CONSENT = "c and c['purpose'] == g['purpose'] and c['start'] <= today <= c['until']"


def _interval(body):
    return "from statsmodels.stats.proportion import proportion_confint as ci\n" + _function(
        "rate_interval(k, n)", "p = k / n\n" + body)


WRONG = {
    "error_rates": [
        ("below the threshold only", _rates("m = d < t\nreturn m[~s].mean(), (~m[s]).mean()"),
         1.5, "strict"),
        ("NaN is not above", _rates("return m[~s].mean(), (d[s] > t).mean()"),
         1.0, "missing-matches"),
        ("missing faces left out", _rates(
            "f = ~np.isnan(d)\nreturn m[f & ~s].mean(), (~m[f & s]).mean()"),
         1.0, "missing-left-out"),
        ("of all pairs", _rates("return (m & ~s).mean(), (~m & s).mean()"), 0.5, "of-all-pairs"),
        ("of the matches", _rates("return (~s[m]).mean(), s[~m].mean()"), 0.5, "of-matches"),
        ("the other way round", _rates("return (~m[s]).mean(), m[~s].mean()"), 1.0, "swapped"),
        ("the share that matches", _rates("return m[~s].mean(), m[s].mean()"), 1.0, "complement"),
        ("percent", _rates("return 100 * m[~s].mean(), 100 * (~m[s]).mean()"), 1.5, "percent"),
        ("counts", _rates("return (m & ~s).sum(), (~m & s).sum()"), 0.0, "counts"),
        ("one number", _rates("return (m != s).mean()"), 0.0, "not-two-numbers"),
        ("no return", _rates("print(m[~s].mean())"), 0.0, "returns-nothing"),
        ("matches for errors", _rates("return m[s].mean(), (~m[~s]).mean()"), 0.0, "unknown"),
    ],
    "equal_error_rate": [
        ("the threshold", _equal("return ts[at]"), 1.0, "threshold"),
        ("fewest wrong pairs", _equal(
            "wrong = [((d <= t) != s).mean() for t in ts]\nreturn min(wrong)"),
         0.5, "fewest-wrong"),
        ("at 0.6", _equal("return sum(rates_at(d, s, 0.6)) / 2"), 0.0, "at-0.6"),
        ("the sum", _equal("return r[at].sum()"), 1.0, "sum"),
        ("the share right", _equal("return 1 - r[at].mean()"), 1.0, "share-right"),
        ("percent", _equal("return 100 * r[at].mean()"), 1.5, "percent"),
        ("missing faces left out", _equal(
            "f = ~np.isnan(d)\nr = np.array([rates_at(d[f], s[f], t) for t in ts])\n"
            "return r[np.abs(r[:, 0] - r[:, 1]).argmin()].mean()"), 1.0, "missing-left-out"),
        ("rate and threshold", _equal("return r[at].mean(), ts[at]"), 0.0, "not-one-number"),
        ("no return", _equal("print(r[at])"), 0.0, "returns-nothing"),
        ("the largest of both", _equal("return r.max(axis=1).max() / 3"), 0.0, "unknown"),
    ],
    "honest_threshold": [
        ("chosen on everybody", _honest("t = pick(apart)\nreturn t, (d[others] <= t).mean()"),
         1.5, "chosen-on-all"),
        ("chosen on the others", _honest("t = pick(others)\nreturn t, (d[others] <= t).mean()"),
         1.5, "chosen-on-others"),
        ("own pairs among them", _honest("t = pick(x & y)\nreturn t, (d[others] <= t).mean()"),
         1.5, "own-pairs"),
        ("one side only", _honest("t = pick(x & apart)\nreturn t, (d[others] <= t).mean()"),
         1.5, "one-side"),
        ("the smallest distance", _honest(
            "t = d[x & y & apart].min()\nreturn t, (d[others] <= t).mean()"), 1.5, "too-strict"),
        ("target of everybody's count", _honest(
            "z = np.sort(d[x & y & apart])\nt = z[int(target * len(d)) - 1]\n"
            "return t, (d[others] <= t).mean()"), 1.5, "too-loose"),
        ("told on the choosers", _honest("return t, (d[x & y & apart] <= t).mean()"),
         1.5, "told-on-choosers"),
        ("told on everybody", _honest("return t, (d[apart] <= t).mean()"), 1.5, "told-on-all"),
        ("not both choosers", _honest("return t, (d[~(x & y) & apart] <= t).mean()"),
         1.5, "half-held-out"),
        ("percent", _honest("return t, 100 * (d[others] <= t).mean()"), 2.25, "percent"),
        ("own pairs in the rate", _honest("return t, (d[~x & ~y] <= t).mean()"),
         1.5, "rate-unknown"),
        ("both wrong", _honest("t = pick(apart)\nreturn t, (d[apart] <= t).mean()"),
         0.0, "chosen-on-all"),
        ("threshold only", _honest("return t"), 0.0, "not-two-numbers"),
        ("no return", _honest("print(t)"), 0.0, "returns-nothing"),
    ],
    "search": [
        ("always somebody", _search("return names[at]"), 1.0, "always-somebody"),
        ("the first within", _search(
            "for n, f in zip(names, far):\n    if f <= threshold:\n        return n"),
         1.0, "first-within"),
        ("squared distances", _search("return names[at] if far[at] ** 2 <= threshold else None"),
         1.0, "squared"),
        ("a position", _search("return int(at) if far[at] <= threshold else None"),
         1.0, "position"),
        ("mean faces", _search(
            "m = pd.DataFrame(gallery).groupby(names).mean()\n"
            "f = np.linalg.norm(m.to_numpy() - probe, axis=1)\n"
            "return m.index[f.argmin()] if f.min() <= threshold else None"), 1.0, "mean-faces"),
        ("most matches", _search(
            "near = [n for n, f in zip(names, far) if f <= threshold]\n"
            "return max(near, key=near.count) if near else None"), 1.0, "most-matches"),
        ("the farthest", _search("return names[far.argmax()]"), 0.0, "farthest"),
        ("everybody within", _search("return [n for n, f in zip(names, far) if f <= threshold]"),
         0.0, "not-one-name"),
        ("name and distance", _search("return names[at], far[at]"), 0.0, "not-one-name"),
        ("a word", _search("return names[at] if far[at] <= threshold else 'stranger'"),
         0.0, "not-a-name"),
        ("no return", _search("print(names[at])"), 0.0, "returns-nothing"),
        ("one coordinate", _search(
            "far = np.abs(gallery[:, 0] - probe[0])\n"
            "return names[far.argmin()] if far.min() <= threshold else None"), 0.0, "unknown"),
    ],
    "enrol": [
        ("everybody", _enrol("True"), 0.0, "no-consent-needed"),
        ("any consent", _enrol("c is not None"), 0.5, "any-consent"),
        ("any purpose", _enrol("c and c['start'] <= today <= c['until']"),
         1.0, "purpose-ignored"),
        ("no end", _enrol("c and c['purpose'] == g['purpose'] and c['start'] <= today"),
         1.0, "end-ignored"),
        ("no beginning", _enrol("c and c['purpose'] == g['purpose'] and today <= c['until']"),
         1.0, "start-ignored"),
        ("no days", _enrol("c and c['purpose'] == g['purpose']"), 1.0, "dates-ignored"),
        ("before the last day", _enrol(CONSENT.replace("today <= c", "today < c")),
         1.5, "last-day-refused"),
        ("once only", _enrol(CONSENT + " and name not in g['names']"), 1.5, "once-only"),
        ("replaces", _enrol(CONSENT, "    g['embeddings'] = [x for n, x in zip(g['names'], "
                            "g['embeddings']) if n != name] + [e]\n    g['names'] = [n for n in "
                            "g['names'] if n != name] + [name]\n"), 1.5, "replaces"),
        ("name without numbers", _enrol(CONSENT, "    g['names'].append(name)\n"),
         0.0, "not-aligned"),
        ("yes or no", _function("enrol(g, name, e, c, today)", f"return bool({CONSENT})"),
         0.0, "not-a-gallery"),
        ("no return", _function("enrol(g, name, e, c, today)",
                                f"if {CONSENT}:\n    g['names'].append(name)"),
         0.0, "returns-nothing"),
        ("nobody", _enrol("False"), 0.0, "unknown"),
    ],
    "erase": [
        ("the log stays", _erase(ROWS + NEW + "return g"), 1.0, "log-kept"),
        ("log without name", _erase(
            ROWS + NEW + "for x in g['log']:\n    if x['found'] == name:\n"
            "        x['found'] = None\nreturn g"), 1.5, "log-anonymous"),
        ("log emptied", _erase(ROWS + NEW + "g['log'] = []\nreturn g"), 1.0, "log-emptied"),
        ("log of the first day lost", _erase(ROWS + NEW + LOG + "g['log'] = g['log'][1:]\n"
                                             "return g"), 1.0, "log-unknown"),
        ("the first row only", _erase(
            "if name in g['names']:\n    k = g['names'].index(name)\n    del g['names'][k]\n"
            "    del g['embeddings'][k]\n" + LOG + "return g"), 0.0, "first-only"),
        ("a part of a name", _erase(
            "keep = [k for k, n in enumerate(g['names']) if name not in n]\n" + NEW
            + "g['log'] = [x for x in g['log'] if not x['found'] or name not in x['found']]\n"
            "return g"), 0.0, "part-of-a-name"),
        ("only the log", _erase(LOG + "return g"), 0.0, "rows-kept"),
        ("names without rows", _erase(
            "g['names'] = [n for n in g['names'] if n != name]\n" + LOG + "return g"),
         0.0, "not-aligned"),
        ("log lost", _erase(ROWS + NEW + "del g['log']\nreturn g"), 0.0, "no-log"),
        ("renamed", _erase("g['names'] = ['erased' if n == name else n for n in g['names']]\n"
                           + LOG + "return g"), 0.0, "unknown"),
        ("a pair of lists", _erase(ROWS + NEW + "return g['names'], g['embeddings']"),
         0.0, "not-a-gallery"),
        ("no return", _erase(ROWS + NEW + LOG), 0.0, "returns-nothing"),
    ],
    "rate_interval": [
        ("square root formula", _interval(
            "r = 1.96 * math.sqrt(p * (1 - p) / n)\nreturn p - r, p + r"), 1.0, "no-width"),
        ("cut at 0 and 1", _interval(
            "r = 1.96 * math.sqrt(p * (1 - p) / n)\nreturn max(0, p - r), min(1, p + r)"),
         1.0, "no-width"),
        ("one standard error", _interval("return ci(k, n, 0.3173, 'wilson')"),
         0.0, "one-standard-error"),
        ("ninety", _interval("return ci(k, n, 0.10, 'wilson')"), 0.0, "ninety"),
        ("ninety-nine", _interval("return ci(k, n, 0.01, 'wilson')"), 0.0, "ninety-nine"),
        ("upper end first", _interval("return ci(k, n, 0.05, 'wilson')[::-1]"),
         1.5, "ends-swapped"),
        ("percent", _interval("a, b = ci(k, n, 0.05, 'beta')\nreturn 100 * a, 100 * b"),
         1.5, "percent"),
        ("of what went right", _interval("return ci(n - k, n, 0.05, 'wilson')"),
         1.0, "of-success"),
        ("the rate", _interval("return p"), 0.0, "not-two-numbers"),
        ("no return", _interval("print(ci(k, n))"), 0.0, "returns-nothing"),
        ("ten points each way", _interval("return p - 0.1, p + 0.1"), 0.0, "unknown"),
    ],
}

RIGHT = {
    "error_rates": [
        ("not above", _rates("return np.mean(d[~s] <= t), 1 - np.mean(d[s] <= t)")),
        ("a loop", _function("error_rates(d, s, t)", """\
fm = fn = own = strangers = 0
for x, y in zip(d.tolist(), s.tolist()):
    if y:
        own += 1
        fn += not x <= t
    else:
        strangers += 1
        fm += x <= t
return fm / strangers, fn / own""")),
        ("missing is infinite", _rates(
            "d = np.nan_to_num(d, nan=np.inf)\nreturn [np.mean(d[~s] <= t), np.mean(d[s] > t)]")),
        ("pandas", _rates("g = pd.Series(m).groupby(s).mean()\nreturn g[False], 1 - g[True]")),
        ("a dictionary", _rates("return {'fmr': m[~s].mean(), 'fnmr': (~m[s]).mean()}")),
    ],
    "equal_error_rate": [
        ("mean at the nearest", _equal("return r[at].mean()")),
        ("a fine grid", _equal("g = np.linspace(0, 1, 2001)\n"
                               "q = np.array([rates_at(d, s, t) for t in g])\n"
                               "return q[np.abs(q[:, 0] - q[:, 1]).argmin()].mean()")),
        ("sorted and searched", _equal(
            "a, b = np.sort(d[~s]), np.sort(d[s])\n"
            "f = np.searchsorted(a, ts, 'right') / len(a)\n"
            "n = 1 - np.searchsorted(b, ts, 'right') / len(b)\n"
            "return float(max(f[np.argmax(f >= n)], n[np.argmax(f >= n)]))")),
        ("the smaller maximum", _equal("return r.max(axis=1).min()")),
        ("bisection", _equal(
            "lo, hi = 0.0, 2.0\nfor _ in range(50):\n    t = (lo + hi) / 2\n"
            "    f, n = rates_at(d, s, t)\n    lo, hi = (t, hi) if f < n else (lo, t)\n"
            "return (rates_at(d, s, lo)[1] + rates_at(d, s, hi)[0]) / 2")),
    ],
    "honest_threshold": [
        ("sorted", _honest("return t, (d[others] <= t).mean()")),
        ("a quantile", _honest(
            "t = np.quantile(d[x & y & apart], target)\nreturn t, np.mean(d[others] <= t)")),
        ("just below the next", _honest(
            "z = np.sort(d[x & y & apart])\nt = np.nextafter(z[int(target * len(z))], 0)\n"
            "return {'threshold': t, 'rate': (d[others] <= t).mean()}")),
        ("sets and a loop", _honest(
            "c = set(choosers)\n"
            "own = sorted(v for v, i, j in zip(d, a, b) if i != j and i in c and j in c)\n"
            "rest = [v for v, i, j in zip(d, a, b) if i != j and i not in c and j not in c]\n"
            "t = own[math.floor(target * len(own)) - 1]\n"
            "return t, sum(v <= t for v in rest) / len(rest)")),
        ("pandas", _honest(
            "f = pd.DataFrame(dict(d=d, x=x, y=y))[apart]\n"
            "t = f[f.x & f.y].d.quantile(target, interpolation='lower')\n"
            "return t, (f[~f.x & ~f.y].d <= t).mean()")),
    ],
    "search": [
        ("plain", _search("return names[at] if far[at] <= threshold else None")),
        ("a loop", _search(
            "best, who = math.inf, None\nfor row, n in zip(gallery, names):\n"
            "    f = math.dist(row, probe)\n    if f < best:\n        best, who = f, n\n"
            "return who if best <= threshold else None")),
        ("pandas", _search(
            "f = pd.Series(far).groupby(names).min()\nf = f[f <= threshold]\n"
            "return f.idxmin() if len(f) else 'nobody'")),
        ("sorted", _search(
            "f, n = sorted(zip(far, names))[0]\nif f <= threshold:\n    return n")),
        ("an empty text", _search("return np.str_(names[at]) if far[at] <= threshold else ''")),
    ],
    "enrol": [
        ("one condition", _enrol(CONSENT)),
        ("a new dictionary", _function("enrol(g, name, e, c, today)", f"""\
if not ({CONSENT}):
    return g
return dict(g, names=[*g['names'], name], embeddings=[*g['embeddings'], e])""")),
        ("early returns", _function("enrol(g, name, e, c, today)", """\
if c is None:
    return g
if c['purpose'] != g['purpose']:
    return g
if today < c['start'] or today > c['until']:
    return g
g = copy.deepcopy(g)
g['names'] += [name]
g['embeddings'] += [e]
return g""")),
        ("NumPy rows", _function("enrol(g, name, e, c, today)", f"""\
if {CONSENT}:
    g['embeddings'] = np.vstack([g['embeddings'], e])
    g['names'].insert(len(g['names']), name)
return g""")),
    ],
    "erase": [
        ("kept rows", _erase(ROWS + NEW + LOG + "return g")),
        ("a loop backwards", _erase(
            "for k in reversed(range(len(g['names']))):\n    if g['names'][k] == name:\n"
            "        del g['names'][k], g['embeddings'][k]\n" + LOG + "return g")),
        ("while", _erase(
            "while name in g['names']:\n    g['embeddings'].pop(g['names'].index(name))\n"
            "    g['names'].remove(name)\n" + LOG + "return g")),
        ("NumPy", _erase(
            "keep = np.array(g['names']) != name\n"
            "return {**g, 'names': list(np.array(g['names'])[keep]),\n"
            "        'embeddings': np.array(g['embeddings'])[keep],\n"
            "        'log': list(filter(lambda x: x['found'] != name, g['log']))}")),
        ("pandas", _erase(
            "t = pd.DataFrame({'n': g['names'], 'e': g['embeddings']})\nt = t[t.n != name]\n"
            "g['names'], g['embeddings'] = t.n.tolist(), t.e.tolist()\n" + LOG + "return g")),
    ],
    "rate_interval": [
        ("Wilson", _interval("return ci(k, n, 0.05, 'wilson')")),
        ("exact", _interval("return ci(k, n, method='beta')")),
        ("Jeffreys", _interval("return list(ci(k, n, method='jeffreys'))")),
        ("Wilson by hand", _interval(
            "z = 1.96\nm = (p + z * z / 2 / n) / (1 + z * z / n)\n"
            "r = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)\n"
            "return m - r, m + r")),
        ("scipy", "from scipy.stats import binomtest\n" + _interval(
            "r = binomtest(k, n).proportion_ci(method='wilson')\nreturn r.low, r.high")),
        ("the course's own", "from course_utils.faces import rate\n" + _interval(
            "r = rate(k, n)\nreturn r.low, r.high")),
    ],
}
