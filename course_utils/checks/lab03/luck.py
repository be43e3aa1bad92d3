"""Judging a learner's simulation of the best of many models against the exact expectation."""

import math

import numpy as np

from course_utils.checks.check import Verdict

TOLERANCE = 0.01  # more than six standard errors of 2,000 repeats


def draw(rng):
    """Draw how many models, how many validation rows and which true error; and one single model."""
    cases = [{"k": 1, "n": 50, "error": 0.3},
             {"k": int(rng.integers(15, 40)), "n": 100, "error": round(rng.uniform(0.2, 0.4), 2)},
             {"k": int(rng.integers(80, 200)), "n": 60, "error": round(rng.uniform(0.1, 0.3), 2)}]
    return [{**case, "seed": int(rng.integers(1_000_000))} for case in cases]


def build(case):
    """Return `k`, `n`, `error` and `rng`."""
    return case["k"], case["n"], case["error"], np.random.default_rng(case["seed"])


def judge(cases, answers):
    """Judge the mean optimism: the true error minus the lowest observed one."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    answers = [{"kind": "number", "value": np.ravel(answer["value"])[0]}
               if answer.get("shape") == [1] else answer for answer in answers]
    if any(answer["kind"] not in ("number", "error") for answer in answers):
        return Verdict(0.0, "not-one-number")
    said = np.array([answer.get("value", np.nan) for answer in answers])
    lowest = np.array([expected_extreme(case) for case in cases])
    highest = np.array([1 - expected_extreme({**case, "error": 1 - case["error"]})
                        for case in cases])
    true = np.array([case["error"] for case in cases])
    ways = {None: (true - lowest, 1.0), "sign": (lowest - true, 0.75),
            "promise-only": (lowest, 0.5), "percent": (100 * (true - lowest), 0.75),
            "no-choice": (0 * true, 0.0), "highest-error": (highest - true, 0.5),
            "promise-of-the-worst": (highest, 0.25), "true-error": (true, 0.0)}
    rows = np.array([case["n"] for case in cases])
    turned = np.array([expected_extreme({**case, "n": case["k"], "k": case["n"]})
                       for case in cases])
    ways |= {"counts-rows": (rows * (true - lowest), 0.75), "relative": (1 - lowest / true, 0.5),
             "k-and-n-swapped": (true - turned, 0.25),
             "error-and-accuracy": (1 - true - lowest, 0.25)}
    for way, (value, share) in ways.items():
        scale = {"percent": 100, "counts-rows": rows, "relative": 1 / true}.get(way, 1)
        if np.all(np.abs(said - value) <= scale * TOLERANCE):
            return Verdict(share, way)
    if _is_one_draw(cases, said) and np.isfinite(said).all():
        return Verdict(0.5, "one-simulation")
    return Verdict(0.0, "unknown")


def expected_extreme(case):
    """Return the expected lowest of `k` observed errors on `n` rows, from the binomial law."""
    n, p = case["n"], case["error"]
    chances = [math.comb(n, hits) * p**hits * (1 - p) ** (n - hits) for hits in range(n + 1)]
    above = np.clip(1 - np.cumsum(chances), 0, 1)  # the chance of more than `hits` errors
    return float(np.sum(above ** case["k"]) / n)


def _is_one_draw(cases, said):
    """Tell whether each answer is a whole number of rows away from the true error."""
    rows = [(case["error"] - value) * case["n"] for case, value in zip(cases, said, strict=True)]
    return all(abs(row - round(row)) < 1e-6 for row in rows if math.isfinite(row))


HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-one-number": (
        "Your function should give back one number: a mean over many repeats.",),
    "sign": (
        "The size is right, the sign is not. Optimism is positive when the promised error is lower "
        "than the true one.",),
    "promise-only": (
        "This is what the best model promises. The exercise asks how far the promise lies from "
        "the truth.",),
    "percent": (
        "Your numbers are a hundred times too large: errors are shares between 0 and 1 here.",),
    "no-choice": (
        "Your optimism is zero, whatever `k` is. A mean over all models is fair; what does "
        "somebody look at who picks one of them?",),
    "highest-error": (
        "You picked the model with the most errors. Whom would somebody pick who wants a good "
        "one?",),
    "promise-of-the-worst": (
        "You looked at the model with the most errors, and the truth is still to be compared.",),
    "true-error": (
        "You gave back the true error. Nothing was chosen, and nothing was observed.",),
    "counts-rows": (
        "You count rows. Errors are shares between 0 and 1 here.",),
    "relative": (
        "You divided by the true error. The exercise asks for a difference.",),
    "k-and-n-swapped": (
        "There are `k` models, and each is tried on `n` rows. Which of the two counts what in your "
        "simulation?",),
    "error-and-accuracy": (
        "You compare an accuracy with an error. Make both the same.",),
    "one-simulation": (
        "Your result jumps from call to call, by whole rows: it is one repeat. The exercise asks "
        "for the mean of many.",),
    "unknown": (
        "These are not the means that chance gives. Each of `k` models is wrong on each of `n` "
        "rows with the chance `error`; then the lowest share counts; then repeat, and take the "
        "mean.",
        "Try `k` = 1: what should your function give there?"),
}
