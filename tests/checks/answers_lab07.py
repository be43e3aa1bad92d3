"""Answers to lab 07 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import math, statistics
import numpy as np
import pandas as pd
def false_alarms(f, n, passers_by):
    return passers_by * (1 - (1 - f) ** n)
"""


def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _alarms(body):
    return _function("false_alarms(f, n, passers_by)", body)


def _precision(body):
    return _function("precision(passers_by, wanted, hit_rate, false_alarm_rate)",
                     "right = hit_rate * wanted\n"
                     "false = false_alarm_rate * (passers_by - wanted)\n" + body)


def _report(**said):
    says = {"precision": 0.15, "false alarm rate": 102 / 48_000,
            "false match rate": 102 / 48_000 / 800, "hit rate": "unknown"}
    return f"report_says = {says | {name.replace('_', ' '): it for name, it in said.items()}!r}"


def _longest(body):
    return _function("longest_list(f, passers_by, most)", body)


def _repeats(body):
    return _function("repeats_of(alarm)", "first = alarm[:, 0]\n" + body)


def _choose(body):
    return _function(
        "choose_threshold(thresholds, genuine, impostors, wanted, cost_missed, cost_alarm)",
        "missed = np.array([np.mean(genuine > t) for t in thresholds])\n"
        "alarm = np.array([np.mean(impostors <= t) for t in thresholds])\n"
        "cost = wanted * cost_missed * missed + (1 - wanted) * cost_alarm * alarm\n" + body)


WRONG = {
    "false_alarms": [
        ("no list", _alarms("return passers_by * f"), 0.5, "list-forgotten"),
        ("chances added up", _alarms("return passers_by * n * f"), 1.0,
         "more-alarms-than-people"),
        ("added up and capped", _alarms("return min(passers_by, passers_by * n * f)"), 1.0,
         "more-alarms-than-people"),
        ("for one passer-by", _alarms("return 1 - (1 - f) ** n"), 1.0, "chance-for-one"),
        ("who gets through", _alarms("return passers_by * (1 - f) ** n"), 0.5, "who-escapes"),
        ("any alarm", _alarms("return 1 - (1 - f) ** (n * passers_by)"), 0.0, "whole-day"),
        ("list and crowd", _alarms("return n * (1 - (1 - f) ** passers_by)"), 0.5,
         "list-and-crowd-swapped"),
        ("all at once", _alarms("return passers_by * (1 - f ** n)"), 0.0, "power-of-the-rate"),
        ("whole people", _alarms("return round(passers_by * (1 - (1 - f) ** n))"), 1.5,
         "rounded"),
        ("cut off", _alarms("return int(passers_by * (1 - (1 - f) ** n))"), 1.5, "rounded"),
        ("percent", _alarms("return 100 * passers_by * (1 - (1 - f) ** n)"), 1.5, "percent"),
        ("no return", _alarms("passers_by * f"), 0.0, "returns-nothing"),
        ("text", _alarms("return f'{passers_by * f} alarms'"), 0.0, "not-one-number"),
        ("both numbers", _alarms("return f, n"), 0.0, "not-one-number"),
        ("NaN", _alarms("return float('nan')"), 0.0, "not-finite"),
        ("one less", _alarms("return passers_by * (1 - (1 - f) ** n) - 1"), 0.0, "unknown"),
    ],
    "precision": [
        ("wanted among the strangers",
         _precision("return right / (right + false_alarm_rate * passers_by)"), 1.5,
         "wanted-counted-twice"),
        ("share of wrong alerts", _precision("return false / (right + false)"), 1.0,
         "wrong-share"),
        ("everybody found", _precision("return wanted / (wanted + false)"), 1.0, "all-found"),
        ("two rates only", _precision("return hit_rate / (hit_rate + false_alarm_rate)"), 0.5,
         "base-rate-forgotten"),
        ("the hit rate", _precision("return hit_rate"), 0.0, "hit-rate"),
        ("one minus false alarms", _precision("return 1 - false_alarm_rate"), 0.0,
         "one-minus-false-alarm"),
        ("the base rate", _precision("return wanted / passers_by"), 0.0, "share-of-wanted"),
        ("accuracy", _precision("return (right + (passers_by - wanted) - false) / passers_by"),
         0.0, "accuracy"),
        ("a count", _precision("return right"), 0.5, "count-of-right"),
        ("alerts for each face", _precision("return (right + false) / passers_by"), 0.0,
         "alert-rate"),
        ("odds", _precision("return right / false"), 1.0, "right-for-each-false"),
        ("percent", _precision("return 100 * right / (right + false)"), 1.5, "percent"),
        ("nothing for nobody", _precision("return right / (right + false) if wanted else None"),
         0.0, "returns-nothing"),
        ("a sum of rates", _precision("return hit_rate - false_alarm_rate"), 0.0, "unknown"),
    ],
    "read_report": [
        ("wrong alerts", _report(precision=102 / 120), 1.5, "share-of-false-alerts"),
        ("of the list", _report(precision=18 / 800), 1.5, "of-the-list"),
        ("of all faces", _report(precision=18 / 48_000), 1.5, "of-all-faces"),
        ("of those stopped", _report(precision=15 / 60), 1.5, "of-those-stopped"),
        ("percent", _report(precision=15), 1.5, "percent"),
        ("false alerts of alerts", _report(false_alarm_rate=102 / 120), 1.5,
         "share-of-false-alerts"),
        ("every alert is false", _report(false_alarm_rate=120 / 48_000), 1.5, "all-alerts"),
        ("wrong stops", _report(false_alarm_rate=45 / 48_000), 1.5, "stops-for-alarms"),
        ("each comparison", _report(false_alarm_rate=102 / 48_000 / 800), 1.5, "one-comparison"),
        ("each face", _report(false_match_rate=102 / 48_000), 1.5, "list-forgotten"),
        ("each name", _report(false_match_rate=102 / 800), 1.5, "crowd-forgotten"),
        ("hits of the list", _report(hit_rate=18 / 800), 1.5, "invented-hit-rate"),
        ("hits of the alerts", _report(hit_rate=0.15), 1.5, "invented-hit-rate"),
        ("a hit rate from nowhere", _report(hit_rate=0.9), 1.5, "invented-hit-rate"),
        ("nothing is known", _report(false_match_rate="unknown"), 1.5, "it-does-say"),
        ("left as it was", _report(precision="..."), 1.5, "not-a-number"),
        ("another precision", _report(precision=0.4), 1.5, "wrong-precision"),
        ("another alarm rate", _report(false_alarm_rate=0.4), 1.5, "wrong-alarm"),
        ("another match rate", _report(false_match_rate=0.4), 1.5, "wrong-match"),
        ("three entries", "report_says = {'precision': 0.15}", 0.5, "entry-missing"),
        ("a list", "report_says = [0.15, 0.002]", 0.0, "not-a-dictionary"),
    ],
    "longest_list": [
        ("one too many", _longest("n = 0\nwhile false_alarms(f, n, passers_by) <= most:\n"
                                  "    n += 1\nreturn n"), 1.5, "one-too-long"),
        ("one too few", _longest("return max(0, math.floor(math.log(1 - most / passers_by)"
                                 " / math.log(1 - f)) - 1)"), 1.5, "one-too-short"),
        ("a fraction", _longest("return math.log(1 - most / passers_by) / math.log(1 - f)"), 1.5,
         "not-whole"),
        ("to the nearest", _longest("return round(math.log(1 - most / passers_by)"
                                    " / math.log(1 - f))"), 1.5, "to-the-nearest"),
        ("in proportion", _longest("return int(most / (passers_by * f))"), 1.0, "in-proportion"),
        ("in proportion, not whole", _longest("return most / (passers_by * f)"), 1.0,
         "in-proportion"),
        ("no crowd", _longest("return int(most / f)"), 0.0, "crowd-forgotten"),
        ("the alarms", _longest(
            "n = math.floor(math.log(1 - most / passers_by) / math.log(1 - f))\n"
            "return false_alarms(f, n, passers_by)"), 0.5, "alarms-instead"),
        ("no return", _longest("most / (passers_by * f)"), 0.0, "returns-nothing"),
        ("two numbers", _longest("return most, f"), 0.0, "not-one-number"),
        ("infinite", _longest("return math.inf"), 0.0, "not-finite"),
        ("the limit", _longest("return most"), 0.0, "unknown"),
    ],
    "repeats_of": [
        ("people", _repeats("return alarm.any(axis=1).mean(), alarm[first, 1:].mean()"), 1.0,
         "people-instead-of-pictures"),
        ("first pictures", _repeats("return first.mean(), alarm[first, 1:].mean()"), 1.0,
         "first-pictures-only"),
        ("a count", _repeats("return alarm.sum(), alarm[first, 1:].mean()"), 1.0, "count"),
        ("first counted too", _repeats("return alarm.mean(), alarm[first].mean()"), 1.0,
         "first-counted-again"),
        ("both at once", _repeats("return alarm.mean(), (alarm[:, :1] & alarm[:, 1:]).mean()"),
         1.0, "both-at-once"),
        ("any later one", _repeats("return alarm.mean(), alarm[first, 1:].any(axis=1).mean()"),
         1.0, "any-later-picture"),
        ("the second", _repeats("return alarm.mean(), alarm[first, 1].mean()"), 1.0,
         "second-only"),
        ("backwards", _repeats("return alarm.mean(), first[alarm[:, 1:].any(axis=1)].mean()"),
         1.0, "other-way-round"),
        ("everybody", _repeats("return alarm.mean(), alarm[:, 1:].mean()"), 1.0,
         "everybody-later"),
        ("a row", _repeats("return alarm.mean(), alarm[0].mean()"), 1.0, "one-person"),
        ("swapped", _repeats("return alarm[first, 1:].mean(), alarm.mean()"), 1.5, "swapped"),
        ("twice the same", _repeats("return alarm.mean(), alarm.mean()"), 1.0, "again"),
        ("a wrong first", _repeats("return alarm.mean() / 2, alarm[first, 1:].mean()"), 1.0,
         "once"),
        ("writes into the table", _repeats(
            "once = alarm.mean()\nalarm[:, 0] = False\n"
            "return once, alarm[kept, 1:].mean()").replace(
            "first = alarm[:, 0]", "kept = alarm[:, 0].copy()"), 1.5, "changes-input"),
        ("one number", _repeats("return alarm.mean()"), 0.0, "not-two-numbers"),
        ("nobody", _repeats("return alarm.mean(), float('nan')"), 0.0, "not-finite"),
        ("no return", _repeats("alarm.mean()"), 0.0, "returns-nothing"),
    ],
    "choose_threshold": [
        ("no prices", _choose("return thresholds[np.argmin(wanted * missed"
                              " + (1 - wanted) * alarm)]"), 1.0, "prices-ignored"),
        ("no share", _choose("return thresholds[np.argmin(cost_missed * missed"
                             " + cost_alarm * alarm)]"), 1.0, "share-ignored"),
        ("fewest errors", _choose("return thresholds[np.argmin(missed + alarm)]"), 0.5,
         "both-ignored"),
        ("equal errors", _choose("return thresholds[np.argmin(abs(missed - alarm))]"), 0.5,
         "equal-errors"),
        ("prices swapped", _choose("return thresholds[np.argmin(wanted * cost_alarm * missed"
                                   " + (1 - wanted) * cost_missed * alarm)]"), 1.5,
         "prices-swapped"),
        ("shares swapped", _choose("return thresholds[np.argmin((1 - wanted) * cost_missed"
                                   " * missed + wanted * cost_alarm * alarm)]"), 1.5,
         "shares-swapped"),
        ("below", _choose("below = np.array([np.mean(impostors < t) for t in thresholds])\n"
                          "beyond = np.array([np.mean(genuine >= t) for t in thresholds])\n"
                          "return thresholds[np.argmin(wanted * cost_missed * beyond"
                          " + (1 - wanted) * cost_alarm * below)]"), 2.5,
         "below-instead-of-at-most"),
        ("the dearest", _choose("return thresholds[cost.argmax()]"), 0.0, "most-expensive"),
        ("nobody is missed", _choose("return thresholds[missed.argmin()]"), 0.0, "only-missed"),
        ("no alarms", _choose("return thresholds[alarm.argmin()]"), 0.0, "only-alarms"),
        ("a position", _choose("return cost.argmin()"), 2.0, "position"),
        ("the cost", _choose("return cost.min()"), 2.0, "the-cost"),
        ("sorts in place", _choose("best = thresholds[cost.argmin()]\ngenuine.sort()\n"
                                   "return best"), 2.5, "changes-input"),
        ("the tolerance of the library", _choose("return 0.61"), 0.0, "not-a-threshold"),
        ("the middle", _choose("return thresholds[len(thresholds) // 2]"), 0.0, "unknown"),
        ("all costs", _choose("return cost"), 0.0, "not-one-number"),
        ("no return", _choose("thresholds[cost.argmin()]"), 0.0, "returns-nothing"),
    ],
}

RIGHT = {
    "false_alarms": [
        ("with logarithms", _alarms("return -passers_by * math.expm1(n * math.log1p(-f))")),
        ("a loop", _alarms("escapes = 1.0\nfor _ in range(n):\n    escapes *= 1 - f\n"
                           "return passers_by - passers_by * escapes")),
        ("an array of one", _alarms("return np.array([passers_by * (1 - np.power(1 - f, n))])")),
        ("binomial", _alarms("from scipy.stats import binom\n"
                             "return passers_by * binom.sf(0, n, f)")),
    ],
    "precision": [
        ("Bayes", _precision("prior = wanted / passers_by\n"
                             "return prior * hit_rate / (prior * hit_rate"
                             " + (1 - prior) * false_alarm_rate)")),
        ("one over one plus", _precision("return 1 / (1 + false / right) if wanted else 0")),
        ("a table", _precision("table = pd.Series({'right': right, 'false': false})\n"
                               "return table['right'] / table.sum()")),
    ],
    "read_report": [
        ("other words", _report(hit_rate="not known")),
        ("nothing at all", _report(hit_rate=None)),
        ("without the right ones", _report(false_alarm_rate=102 / (48_000 - 18))),
        ("rounded", _report(false_alarm_rate=0.0021, false_match_rate=2.66e-6)),
        ("names with lines", "report_says = {'Precision': 18 / 120, 'false_alarm_rate': 0.002125,"
                             " 'false-match-rate': 2.65625e-06, 'hit_rate': 'Unknown'}"),
    ],
    "longest_list": [
        ("logarithms", _longest("return math.floor(math.log(1 - most / passers_by)"
                                " / math.log(1 - f))")),
        ("halving", _longest("low, high = 0, 10**7\nwhile high - low > 1:\n"
                             "    middle = (low + high) // 2\n"
                             "    if false_alarms(f, middle, passers_by) <= most:\n"
                             "        low = middle\n    else:\n        high = middle\n"
                             "return low")),
        ("a table of lengths", _longest("n = np.arange(20_000)\n"
                                        "return n[false_alarms(f, n, passers_by) <= most].max()")),
        ("a float", _longest("return np.floor(np.log1p(-most / passers_by) / np.log1p(-f))")),
    ],
    "repeats_of": [
        ("loops", _repeats("others = [x for row in alarm if row[0] for x in row[1:]]\n"
                           "return np.mean(alarm), sum(others) / len(others)")),
        ("where", _repeats("rows = np.flatnonzero(first)\n"
                           "return alarm.mean(), alarm[rows][:, 1:].mean()")),
        ("pandas", _repeats("table = pd.DataFrame(alarm)\n"
                            "return {'once': table.stack().mean(),"
                            " 'again': table[table[0]].drop(columns=0).stack().mean()}")),
        ("weights", _repeats("return alarm.mean(), (alarm[:, 1:] * first[:, None]).sum()"
                             " / (first.sum() * (alarm.shape[1] - 1))")),
    ],
    "choose_threshold": [
        ("argmin", _choose("return thresholds[cost.argmin()]")),
        ("sorted distances", _choose(
            "g, i = np.sort(genuine), np.sort(impostors)\n"
            "hit = np.searchsorted(g, thresholds, 'right') / len(g)\n"
            "false = np.searchsorted(i, thresholds, 'right') / len(i)\n"
            "return float(thresholds[np.argmin(wanted * cost_missed * (1 - hit)"
            " + (1 - wanted) * cost_alarm * false)])")),
        ("a dictionary", _choose("table = dict(zip(thresholds, cost))\n"
                                 "return min(table, key=table.get)")),
        ("tables", _choose("G = (genuine[:, None] > thresholds).mean(axis=0)\n"
                           "I = (impostors[:, None] <= thresholds).mean(axis=0)\n"
                           "return thresholds[np.argmin(wanted * cost_missed * G"
                           " + (1 - wanted) * cost_alarm * I)]")),
    ],
}
