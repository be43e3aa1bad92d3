"""Answers to lab 09 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import math, datetime, itertools
import numpy as np
import pandas as pd
"""


def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _claim(on="(h * w + (1 - f) * (p - w)) / p", off="1 - w / p", each="f * (p - w) / (h * w)"):
    return _function("accuracies(passers_by, wanted, hit_rate, false_alarm_rate)",
                     "p, w, h, f = passers_by, wanted, hit_rate, false_alarm_rate\n"
                     f"return {on}, {off}, {each}")


def _stops(body):
    return _function("wrong_stops(false_alerts, notices, follows)",
                     "n, q, s = false_alerts, notices, follows\nrng = np.random\n" + body)


def _burden(ratio="rate.max() / rate.min()", stops="(people * rate)[k] / (people * rate).sum()",
            people="people[k] / people.sum()", k="rate.argmax()"):
    return _function("burden_of(people, rate)", f"k = {k}\nreturn {ratio}, {stops}, {people}")


def _grown(body, start="dict(policy)"):
    return _function("comparisons(policy, steps)",
                     f"now = {start}\nfound = []\n"
                     "first = policy['names'] * policy['passers_by'] * policy['days']\n"
                     "for step in steps:\n"
                     "    now[step['what']] += step['more']\n"
                     "    found.append(now['names'] * now['passers_by'] * now['days'])\n" + body)


def _gone(test="old and not held", body="", result="gone"):
    return _function("must_be_gone(log, today, days, holds)", f"""gone = []
for p in log:
    mine = [h['until'] for h in holds if h['number'] == p['number']]
    age = (today - p['seen']).days
    old, held = age > days, any(until >= today for until in mine)
    {body or 'pass'}
    if {test}:
        gone.append(p['number'])
return {result}""")


def _law(**said):
    words = {"A": "banned", "B": "banned", "C": "not banned", "D": "exception",
             "E": "not banned", "F": "banned"} | said
    return f"article_5 = {words!r}"


WRONG = {
    "accuracies": [
        ("strangers only", _claim(on="1 - f"), 1.33, "one-minus-false-alarm"),
        ("the mean of two rates", _claim(on="(h + 1 - f) / 2"), 1.33, "rates-averaged"),
        ("the errors", _claim(on="((1 - h) * w + f * (p - w)) / p"), 1.33, "errors-instead"),
        ("precision", _claim(on="h * w / (h * w + f * (p - w))"), 1.33, "share-of-alerts"),
        ("the hits", _claim(on="h * w / p"), 1.33, "hits-only"),
        ("the hit rate", _claim(on="h"), 1.33, "hits-only"),
        ("the silent", _claim(on="(1 - f) * (p - w) / p"), 1.33, "strangers-only"),
        ("a number of people", _claim(on="h * w + (1 - f) * (p - w)"), 1.33, "count"),
        ("wanted as strangers", _claim(on="1 - (f * p + (1 - h) * w) / p"), 1.33,
         "wanted-among-strangers"),
        ("two digits", _claim(on="round((h * w + (1 - f) * (p - w)) / p, 2)"), 1.33, "rounded"),
        ("two digits, off", _claim(off="round(1 - w / p, 2)"), 1.33, "rounded"),
        ("whole alerts", _claim(each="round(f * (p - w) / (h * w))"), 1.33, "rounded"),
        ("whole alerts, cut", _claim(each="int(f * (p - w) / (h * w))"), 1.33, "rounded"),
        ("alerts, one digit", _claim(each="round(f * (p - w) / (h * w), 1)"), 1.33, "rounded"),
        ("off, a rate", _claim(off="1 - f"), 1.33, "off-still-alerts"),
        ("another accuracy", _claim(on="1 - f * h"), 1.33, "wrong-switched-on"),
        ("off is useless", _claim(off="0"), 1.33, "off-is-never-right"),
        ("off is harmless", _claim(off="1"), 1.33, "off-is-always-right"),
        ("off guesses", _claim(off="0.5"), 1.33, "off-by-chance"),
        ("the wanted", _claim(off="w / p"), 1.33, "off-share-of-wanted"),
        ("half off", _claim(off="(1 - f) * (p - w) / p"), 1.33, "off-still-alerts"),
        ("off, people", _claim(off="p - w"), 1.33, "off-count"),
        ("off, odd", _claim(off="1 - h"), 1.33, "wrong-switched-off"),
        ("right for each wrong", _claim(each="h * w / (f * (p - w))"), 1.33, "upside-down"),
        ("share of wrong alerts", _claim(each="f * (p - w) / (f * (p - w) + h * w)"), 1.33,
         "share-that-is-wrong"),
        ("all are found", _claim(each="f * (p - w) / w"), 1.33, "all-found"),
        ("rates only", _claim(each="f / h"), 1.33, "base-rate-forgotten"),
        ("wrong alerts", _claim(each="f * (p - w)"), 1.33, "wrong-alone"),
        ("alerts for each right one", _claim(each="(f * (p - w) + h * w) / (h * w)"), 1.33,
         "all-alerts-for-each-right"),
        ("strangers and wanted", _claim(each="f * p / (h * w)"), 1.33, "wanted-counted-twice"),
        ("something else", _claim(each="p / w"), 1.33, "wrong-wrong-for-each-right"),
        ("two slips", _claim(on="1 - f", off="0"), 0.67, "one-minus-false-alarm"),
        ("percent", _claim(on="100 * (h * w + (1 - f) * (p - w)) / p", off="100 - 100 * w / p"),
         1.5, "percent"),
        ("one number", "def accuracies(p, w, h, f):\n    return 1 - f", 0.0,
         "not-so-many-numbers"),
        ("infinite", _claim(each="math.inf"), 0.0, "not-finite"),
        ("no return", "def accuracies(p, w, h, f):\n    1 - f", 0.0, "returns-nothing"),
    ],
    "wrong_stops": [
        ("two independent looks", _stops("return n * (1 - q) ** 2"), 1.0, "independent"),
        ("one look", _stops("return n * (1 - q)"), 0.5, "one-look"),
        ("those noticed", _stops("return n - n * (1 - q) * (s + (1 - s) * (1 - q))"), 1.0,
         "caught"),
        ("added up", _stops("return n * (1 - 2 * q)"), 0.0, "added-up"),
        ("added up, at least none", _stops("return max(0, n * (1 - 2 * q))"), 0.0, "added-up"),
        ("following is a check", _stops("return n * (1 - q) * (1 - s) * (1 - q)"), 1.0,
         "following-catches"),
        ("nobody looks", _stops("return s * n + (1 - s) * n * (1 - q) ** 2"), 1.0,
         "nobody-looks"),
        ("only the signed ones", _stops("return n * (1 - q) * s"), 0.5,
         "following-stops-nothing"),
        ("both must notice", _stops("return n * (1 - q * q)"), 0.5, "both-must-notice"),
        ("both must notice or follow", _stops("return n * (1 - q * (s + (1 - s) * q))"), 0.5,
         "both-must-notice"),
        ("the second look", _stops("return n * (1 - q * (1 - s))"), 0.5, "second-look-only"),
        ("noticed ones pass", _stops("return n * q * (s + (1 - s) * q)"), 1.0, "noticed-passes"),
        ("added up, following", _stops("return n * (1 - (q + q * (1 - s)))"), 0.0, "added-up"),
        ("added up, following, at least none", _stops("return max(0, n * (1 - q - q * (1 - s)))"),
         0.0, "added-up"),
        ("follows and looks swapped", _stops("return n * (1 - q) * (1 - s + s * (1 - q))"), 1.5,
         "the-other-way"),
        ("whole people", _stops("return round(n * (1 - q) * (s + (1 - s) * (1 - q)))"), 1.5,
         "rounded"),
        ("cut off", _stops("return int(n * (1 - q) * (s + (1 - s) * (1 - q)))"), 1.5, "rounded"),
        ("a share", _stops("return (1 - q) * (s + (1 - s) * (1 - q))"), 1.5, "share"),
        ("their mean", _stops("return n * (1 - (q + s) / 2)"), 0.0, "unknown"),
        ("two numbers", _stops("return n * (1 - q), n * (1 - q) ** 2"), 0.0, "not-one-number"),
        ("NaN", _stops("return math.nan"), 0.0, "not-finite"),
        ("no return", _stops("n * (1 - q)"), 0.0, "returns-nothing"),
    ],
    "burden_of": [
        ("ratio of counts", _burden(ratio="(people * rate).max() / (people * rate).min()"), 1.33,
         "ratio-of-counts"),
        ("ratio of counts of the two", _burden(
            ratio="(people * rate)[k] / (people * rate)[rate.argmin()]"), 1.33,
         "ratio-of-counts"),
        ("a difference", _burden(ratio="rate.max() - rate.min()"), 1.33, "difference"),
        ("upside down", _burden(ratio="rate.min() / rate.max()"), 1.33, "ratio-upside-down"),
        ("against everybody", _burden(
            ratio="rate.max() / ((people * rate).sum() / people.sum())"), 1.33, "against-all"),
        ("against the mean", _burden(ratio="rate.max() / rate.mean()"), 1.33,
         "against-the-mean-rate"),
        ("percent more", _burden(ratio="100 * (rate.max() / rate.min() - 1)"), 1.33,
         "in-percent-more"),
        ("times more", _burden(ratio="rate.max() / rate.min() - 1"), 1.33, "more-than-once"),
        ("another ratio", _burden(ratio="rate.max() * 3"), 1.33, "wrong-ratio"),
        ("the most stops", _burden(k="(people * rate).argmax()"), 0.67, "most-stops"),
        ("the most stops, one share", _burden(
            stops="(people * rate).max() / (people * rate).sum()"), 1.33, "most-stops"),
        ("no sizes", _burden(stops="rate[k] / rate.sum()"), 1.33, "sizes-forgotten"),
        ("of the group", _burden(stops="rate[k]"), 1.33, "rate-of-the-group"),
        ("stops", _burden(stops="(people * rate)[k]"), 1.33, "number-of-stops"),
        ("other stops", _burden(stops="(people * rate)[k] / people.sum()"), 1.33, "wrong-stops"),
        ("the largest group", _burden(people="people.max() / people.sum()"), 1.33,
         "largest-group"),
        ("groups alike", _burden(people="1 / len(people)"), 1.33, "groups-alike"),
        ("people", _burden(people="people[k]"), 1.33, "number-of-people"),
        ("other people", _burden(people="people[k] / people.max()"), 1.33, "wrong-people"),
        ("swapped", _burden(stops="people[k] / people.sum()",
                            people="(people * rate)[k] / (people * rate).sum()"), 1.5, "swapped"),
        ("percent", _burden(stops="100 * (people * rate)[k] / (people * rate).sum()",
                            people="100 * people[k] / people.sum()"), 1.5, "percent"),
        ("the ratio only", "def burden_of(people, rate):\n    return rate.max() / rate.min()",
         0.0, "not-so-many-numbers"),
        ("NaN", _burden(people="math.nan"), 0.0, "not-finite"),
        ("no return", "def burden_of(people, rate):\n    rate.max() / rate.min()", 0.0,
         "returns-nothing"),
    ],
    "comparisons": [
        ("each by itself", _function(
            "comparisons(policy, steps)",
            "found = []\nfor step in steps:\n    now = dict(policy)\n"
            "    now[step['what']] += step['more']\n"
            "    found.append(math.prod(now.values()))\nreturn found"), 1.0, "each-step-alone"),
        ("in place of", _function(
            "comparisons(policy, steps)",
            "now, found = dict(policy), []\nfor step in steps:\n"
            "    now[step['what']] = step['more']\n"
            "    found.append(math.prod(now.values()))\nreturn found"), 1.0, "replaced"),
        ("shares added", _function(
            "comparisons(policy, steps)",
            "share, found = 1, []\nfor step in steps:\n"
            "    share += step['more'] / policy[step['what']]\n"
            "    found.append(share * math.prod(policy.values()))\nreturn found"), 0.5,
         "shares-added"),
        ("what is new", _grown("return np.diff([first, *found])"), 1.0, "what-is-new"),
        ("a running total", _grown("return np.cumsum(found)"), 1.0, "running-total"),
        ("times as many", _grown("return [x / first for x in found]"), 1.5, "times-as-many"),
        ("a day", _function(
            "comparisons(policy, steps)",
            "now, found = dict(policy), []\nfor step in steps:\n"
            "    now[step['what']] += step['more']\n"
            "    found.append(now['names'] * now['passers_by'])\nreturn found"), 1.0, "one-day"),
        ("faces", _function(
            "comparisons(policy, steps)",
            "now, found = dict(policy), []\nfor step in steps:\n"
            "    now[step['what']] += step['more']\n"
            "    found.append(now['days'] * now['passers_by'])\nreturn found"), 1.0,
         "list-forgotten"),
        ("names and days", _function(
            "comparisons(policy, steps)",
            "now, found = dict(policy), []\nfor step in steps:\n"
            "    now[step['what']] += step['more']\n"
            "    found.append(now['days'] * now['names'])\nreturn found"), 1.0,
         "crowd-forgotten"),
        ("twice from the first", _function(
            "comparisons(policy, steps)",
            "now, found = dict(policy), []\nfor step in steps:\n"
            "    now[step['what']] = policy[step['what']] + step['more']\n"
            "    found.append(math.prod(now.values()))\nreturn found"), 1.5, "same-thing-twice"),
        ("times the step", _function(
            "comparisons(policy, steps)",
            "now, found = dict(policy), []\nfor step in steps:\n"
            "    now[step['what']] *= step['more']\n"
            "    found.append(math.prod(now.values()))\nreturn found"), 0.0, "multiplied"),
        ("a sum", _function(
            "comparisons(policy, steps)",
            "now, found = dict(policy), []\nfor step in steps:\n"
            "    now[step['what']] += step['more']\n"
            "    found.append(sum(now.values()))\nreturn found"), 0.0, "added-instead"),
        ("added to the comparisons", _function(
            "comparisons(policy, steps)",
            "n, found = math.prod(policy.values()), []\nfor step in steps:\n"
            "    n += step['more']\n    found.append(n)\nreturn found"), 0.0, "nothing-grows"),
        ("percent", _grown("return [100 * x / first for x in found]"), 1.0, "in-percent"),
        ("percent more", _grown("return [100 * x / first - 100 for x in found]"), 1.0,
         "in-percent"),
        ("nothing grows", _grown("return [first] * len(found)"), 0.0, "nothing-grows"),
        ("the beginning too", _grown("return [first, *found]"), 1.5, "beginning-included"),
        ("the end", _grown("return found[-1]"), 1.0, "only-the-end"),
        ("another end", _grown("return first"), 0.0, "only-the-end"),
        ("too few", _grown("return found[1:] + [1] * 9"), 0.0, "one-for-each-step"),
        ("texts", _grown("return [f'{x:,}' for x in found]"), 0.0, "not-a-list"),
        ("halves", _grown("return [x / 2 for x in found]"), 0.0, "unknown"),
        ("no return", _grown("found"), 0.0, "returns-nothing"),
    ],
    "must_be_gone": [
        ("a day early", _gone(body="old = age >= days"), 1.5, "a-day-early"),
        ("a day late", _gone(body="old = age > days + 1"), 1.5, "a-day-late"),
        ("that day only", _gone(body="old = age == days + 1"), 0.5, "only-that-day"),
        ("hold ends a day early", _gone(body="held = any(until > today for until in mine)"), 1.5,
         "last-day-of-hold"),
        ("no holds", _gone("old"), 1.0, "holds-ignored"),
        ("held once, kept for ever", _gone("old and not mine"), 1.0, "held-for-ever"),
        ("a dictionary of holds", _gone(
            body="mine = {h['number']: h['until'] for h in holds}\n"
                 "    held = p['number'] in mine and mine[p['number']] >= today"), 1.5,
         "one-hold-only"),
        ("the first hold", _gone(body="held = bool(mine) and mine[0] >= today"), 1.5,
         "one-hold-only"),
        ("all holds must run", _gone(body="held = bool(mine) and min(mine) >= today"), 1.5,
         "one-hold-only"),
        ("one hold stops all", _gone("old and not any(h['until'] >= today for h in holds)"), 0.5,
         "hold-keeps-all"),
        ("copies are young", _gone(body="old = (today - (p['copied'] or p['seen'])).days > days"),
         1.0, "copy-is-new"),
        ("copies only", _gone("p['copied'] and (today - p['copied']).days > days and not held"),
         0.0, "copies-only"),
        ("days again after a hold", _gone(
            "old and not (mine and (today - max(mine)).days <= days)"), 1.0,
         "clock-starts-again"),
        ("gone when the hold ends", _gone("max(mine) < today if mine else old"), 1.0,
         "end-of-hold-erases"),
        ("held means gone", _gone("old or held"), 0.0, "held-is-gone"),
        ("what stays", _gone("not (old and not held)"), 1.0, "what-may-stay"),
        ("all", _gone("True"), 0.0, "everything"),
        ("none", _gone("False"), 0.0, "nothing"),
        ("a set", _gone(result="set(gone) or {0}"), 0.0, "not-numbers"),
        ("truth in words", _gone(result="[str(x) for x in gone] or ['none']"), 0.0,
         "not-numbers"),
        ("how many", _gone(result="len(gone)"), 0.0, "not-numbers"),
        ("a day early, no holds", _gone("old", body="old = age >= days"), 0.5, "a-day-early"),
        ("copies are young, no holds", _gone(
            "old", body="old = (today - (p['copied'] or p['seen'])).days > days"), 0.0,
         "copy-is-new"),
        ("a day late, held for ever", _gone("old and not mine", body="old = age > days + 1"), 0.5,
         "a-day-late"),
        ("a month", _gone(body="old = age > 45"), 0.0, "unknown"),
        ("places", _gone(result="[k for k, p in enumerate(log) if p['number'] in gone]"), 1.5,
         "positions"),
        ("removed while walking", "def must_be_gone(log, today, days, holds):\n"
                                  "    held = [h['number'] for h in holds if today <= h['until']]\n"
                                  "    gone = []\n"
                                  "    for p in log:\n"
                                  "        if (today - p['seen']).days > days"
                                  " and p['number'] not in held:\n"
                                  "            log.remove(p); gone.append(p['number'])\n"
                                  "    return gone", 1.5, "removed-while-walking"),
        ("no return", _gone(result="None"), 0.0, "returns-nothing"),
    ],
    "article_5": [
        ("public is free", _law(A="not banned"), 2.5, "public-is-not-free"),
        ("work may ask", _law(B="not banned"), 2.5, "emotion-at-work"),
        ("with an exception at work", _law(B="exception"), 2.5, "emotion-at-work"),
        ("tired is an emotion", _law(C="banned"), 2.5, "fatigue-is-no-emotion"),
        ("banned without exceptions", _law(D="banned"), 2.5, "exceptions-exist"),
        ("police may", _law(D="not banned"), 2.5, "exceptions-exist"),
        ("later is the same", _law(E="exception"), 2.5, "later-is-not-real-time"),
        ("without exception", _law(D="banned, without exceptions"), 2.5, "exceptions-exist"),
        ("no exception", _law(D="banned without exception"), 2.5, "exceptions-exist"),
        ("no names, no harm", _law(F="not banned"), 2.5, "sorting-names-nobody"),
        ("allowed", _law(C="allowed"), 2.5, "not-banned-is-not-allowed"),
        ("all allowed", _law(C="allowed", E="legal", A="allowed"), 1.5,
         "not-banned-is-not-allowed"),
        ("all banned", _law(C="banned", D="banned", E="banned"), 1.5, "fatigue-is-no-emotion"),
        ("left as it was", _law(A="..."), 2.5, "word-unknown"),
        ("a list", "article_5 = ['banned'] * 6", 0.0, "not-a-dictionary"),
    ],
}

RIGHT = {
    "accuracies": [
        ("errors taken away", _claim(on="1 - ((1 - h) * w + f * (p - w)) / p",
                                     off="(p - w) / p")),
        ("a table", "def accuracies(p, w, h, f):\n"
                    "    t = pd.DataFrame([[h * w, w - h * w], [f * (p - w), (1 - f) * (p - w)]])\n"
                    "    return [(t[0][0] + t[1][1]) / t.values.sum(), t.loc[1].sum() / p,"
                    " t[0][1] / t[0][0]]"),
        ("a dictionary", "def accuracies(p, w, h, f):\n"
                         "    b = w / p\n"
                         "    return {'on': b * h + (1 - b) * (1 - f), 'off': 1 - b,"
                         " 'each': (1 - b) * f / (b * h)}"),
        ("through precision", _claim(each="1 / (h * w / (h * w + f * (p - w))) - 1")),
    ],
    "wrong_stops": [
        ("in one line", _stops("return n * (1 - q) * (1 - q * (1 - s))")),
        ("what is noticed", _stops("return n - n * q - n * (1 - q) * (1 - s) * q")),
        ("a loop", _stops("left = n * (1 - q)\nreturn sum(share * left * passes for share, passes"
                          " in ((s, 1), (1 - s, 1 - q)))")),
        ("an array of one", _stops("return np.array([n * (1 - q) * (s + (1 - s) * (1 - q))])")),
    ],
    "burden_of": [
        ("pandas", "def burden_of(people, rate):\n"
                   "    t = pd.DataFrame({'n': people, 'r': rate})\n"
                   "    t['stops'] = t.n * t.r\n"
                   "    t = t.sort_values('r')\n"
                   "    share = t / t.sum()\n"
                   "    return t.r.iloc[-1] / t.r.iloc[0], share.stops.iloc[-1], share.n.iloc[-1]"),
        ("loops", "def burden_of(people, rate):\n"
                  "    stops = [a * b for a, b in zip(people, rate)]\n"
                  "    k = list(rate).index(max(rate))\n"
                  "    return [max(rate) / min(rate), stops[k] / sum(stops),"
                  " people[k] / sum(people)]"),
        ("sorted", "def burden_of(people, rate):\n"
                   "    order = np.argsort(rate)\n    p, r = people[order], rate[order]\n"
                   "    return np.array([r[-1] / r[0], p[-1] * r[-1] / (p @ r),"
                   " p[-1] / p.sum()])"),
        ("a dictionary", "def burden_of(people, rate):\n"
                         "    k = max(range(len(rate)), key=lambda i: rate[i])\n"
                         "    return {'times': rate[k] / min(rate),"
                         " 'stops': people[k] * rate[k] / np.dot(people, rate),"
                         " 'people': people[k] / np.sum(people)}"),
    ],
    "comparisons": [
        ("in the caller's policy", _grown("return found", start="policy")),
        ("an array", _grown("return np.array(found, dtype=float)")),
        ("accumulate", "def comparisons(policy, steps):\n"
                       "    add = lambda now, s: now | {s['what']: now[s['what']] + s['more']}\n"
                       "    return [math.prod(now.values()) for now in"
                       " list(itertools.accumulate(steps, add, initial=policy))[1:]]"),
        ("pandas", "def comparisons(policy, steps):\n"
                   "    t = pd.DataFrame([policy] + [{s['what']: s['more']} for s in steps])\n"
                   "    return t.fillna(0).cumsum().prod(axis=1)[1:]"),
        ("a dictionary", _grown("return {f'step {k}': x for k, x in enumerate(found)}")),
        ("sums of steps", "def comparisons(policy, steps):\n"
                          "    def total(key, k):\n"
                          "        return policy[key] + sum(s['more'] for s in steps[:k + 1]"
                          " if s['what'] == key)\n"
                          "    return tuple(total('names', k) * total('passers_by', k)"
                          " * total('days', k) for k in range(len(steps)))"),
    ],
    "must_be_gone": [
        ("a loop", _gone()),
        ("a last day", _gone(body="old = p['seen'] + datetime.timedelta(days=days) < today")),
        ("latest hold", _gone(body="held = max(mine, default=datetime.date.min) >= today")),
        ("sorted, an array", _gone(result="np.array(sorted(gone), dtype=int)")),
        ("backwards, twice", _gone(result="gone[::-1] + gone")),
        ("whole entries", _gone(result="[p for p in log if p['number'] in gone]")),
        ("pandas", "def must_be_gone(log, today, days, holds):\n"
                   "    t = pd.DataFrame(log).set_index('number')\n"
                   "    age = pd.to_datetime(t['seen']).rsub(pd.Timestamp(today)).dt.days\n"
                   "    h = pd.DataFrame(holds, columns=['number', 'until'])\n"
                   "    running = h.number[np.array([u >= today for u in h.until], dtype=bool)]\n"
                   "    return age[(age > days) & ~t.index.isin(running)].index"),
        ("erases in the log", "def must_be_gone(log, today, days, holds):\n"
                              "    held = [h['number'] for h in holds if today <= h['until']]\n"
                              "    gone = []\n"
                              "    for p in list(log):\n"
                              "        if p['number'] in held: continue\n"
                              "        if today.toordinal() - p['seen'].toordinal() > days:\n"
                              "            log.remove(p); gone.append(p['number'])\n"
                              "    return gone"),
    ],
    "article_5": [
        ("capitals", _law(A="Banned", D="Exception", E="Not banned")),
        ("longer words", _law(A="prohibited", D="Banned, but for narrow exceptions",
                              C="not banned by Article 5")),
        ("small letters", "article_5 = dict(a='banned', b='banned', c='not_banned',"
                          " d='needs an exception', e='not-banned', f='banned')"),
        ("a Series", "article_5 = pd.Series(['banned', 'banned', 'not banned', 'exception',"
                     " 'not banned', 'banned'], index=list('ABCDEF'))"),
    ],
}
