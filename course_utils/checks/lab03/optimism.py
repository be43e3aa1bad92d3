"""How much better the best of many models looks than it is: a simulation against the exact law."""

import math

import numpy as np

from course_utils.checks.slips import Judged, check, close, match, numbers, outcome_of, slip

NEARLY = close(0, 0.01)  # more than six standard errors of 2,000 repeats


def draw(rng):
    """Draw how many models, how many validation rows and which true error; and one single model."""
    cases = [{"k": 1, "n": 50, "error": 0.3},
             {"k": int(rng.integers(15, 40)), "n": 100, "error": round(rng.uniform(0.2, 0.4), 2)},
             {"k": int(rng.integers(80, 200)), "n": 60, "error": round(rng.uniform(0.1, 0.3), 2)}]
    return [{**case, "seed": int(rng.integers(1_000_000))} for case in cases]


def arguments(case):
    """Return `k`, `n`, `error` and `rng`."""
    return case["k"], case["n"], case["error"], np.random.default_rng(case["seed"])


def lowest(k, n, error):
    """Return the expected lowest of `k` observed errors on `n` rows, from the binomial law."""
    chances = [math.comb(n, hits) * error**hits * (1 - error) ** (n - hits)
               for hits in range(n + 1)]
    above = np.clip(1 - np.cumsum(chances), 0, 1)  # the chance of more than `hits` errors
    return float(np.sum(above**k) / n)


def right(k, n, error):
    """Return the mean optimism: the true error minus the lowest observed one."""
    return error - lowest(k, n, error)


SLIPS = (
    slip("promise-only", lowest,
         "This is what the best model promises. The exercise asks how far the promise lies from "
         "the truth.", earns=0.5),
    slip("no-choice", lambda k, n, error: 0,
         "Your optimism is zero, whatever `k` is. A mean over all models is fair; what does "
         "somebody look at who picks one of them?"),
    slip("highest-error", lambda k, n, error: right(k, n, 1 - error),
         "You picked the model with the most errors. Whom would somebody pick who wants a good "
         "one?", earns=0.5),
    slip("promise-of-the-worst", lambda k, n, error: 1 - lowest(k, n, 1 - error),
         "You looked at the model with the most errors, and the truth is still to be compared.",
         earns=0.25),
    slip("true-error", lambda k, n, error: error,
         "You gave back the true error. Nothing was chosen, and nothing was observed."),
    slip("k-and-n-swapped", lambda k, n, error: right(n, k, error),
         "There are `k` models, and each is tried on `n` rows. Which of the two counts what in "
         "your simulation?", earns=0.25),
    slip("error-and-accuracy", lambda k, n, error: 1 - error - lowest(k, n, error),
         "You compare an accuracy with an error. Make both the same.", earns=0.25),
    slip("one-simulation", None,
         "Your result jumps from call to call, by whole rows: it is one repeat. The exercise asks "
         "for the mean of many.", earns=0.5),
    slip("not-one-number", None,
         "Your function should give back one number: a mean over many repeats."),
    slip("unknown", None,
         "These are not the means that chance gives. Each of `k` models is wrong on each of `n` "
         "rows with the chance `error`; then the lowest share counts; then repeat, and take the "
         "mean.",
         "Try `k` = 1: what should your function give there?"),
)
FORMS = (  # their ways turn such numbers into right ones
    slip("sign", lambda value, n, error: -value,
         "The size is right, the sign is not. Optimism is positive when the promised error is "
         "lower than the true one.", earns=0.75),
    slip("percent", lambda value, n, error: value / 100,
         "Your numbers are a hundred times too large: errors are shares between 0 and 1 here.",
         earns=0.75),
    slip("counts-rows", lambda value, n, error: value / n,
         "You count rows. Errors are shares between 0 and 1 here.", earns=0.75),
    slip("relative", lambda value, n, error: value * error,
         "You divided by the true error. The exercise asks for a difference.", earns=0.5),
)


def judge(cases, answers):
    """Judge the mean optimism in each case."""
    values = numbers(answers, infinite=None)
    laws = [(case["k"], case["n"], case["error"]) for case in cases]
    outcome = outcome_of(right, SLIPS, laws, values, NEARLY)
    if outcome != "unknown":
        return outcome
    _, n, error = np.transpose(laws)
    form = match(FORMS, [(values, n, error)], [[right(*law) for law in laws]], NEARLY)
    if form:
        return form.name
    rows = (error - values) * n
    return "one-simulation" if np.abs(rows - rows.round()).max() < 1e-6 else outcome


CHECK = check("lab03", "optimism", 2, draw, Judged(judge, (*SLIPS, *FORMS)), arguments)
