"""Judging a learner's loss and gradient of ridge regression, component by component."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of

TOLERANCE = 1e-6


def draw(rng):
    """Draw tables, weights and strengths; the last one has a strength of 0."""
    cases = []
    for rows, columns, strength in ((6, 3, 0.5), (9, 4, 2.0), (5, 3, 0.0)):
        cases.append({"X": rng.normal(size=(rows, columns)).tolist(),
                      "y": (rng.normal(size=rows) + 3).tolist(),
                      "w": rng.normal(size=columns).tolist(),
                      "b": float(rng.uniform(0.5, 2)), "strength": strength})
    return cases


def build(case):
    """Return `w`, `b`, `X`, `y` and `strength`."""
    return (np.array(case["w"]), case["b"], np.array(case["X"]), np.array(case["y"]),
            case["strength"])


def judge(cases, answers):
    """Judge (loss, gradient of w, gradient of b): a third of the points for each."""
    slip = _form_slip(cases, answers)
    if slip:
        return Verdict(0.0, slip)
    said = [_three(answer) for answer in answers]
    right = [_matches(cases, said, part, ridge) for part in range(3)]
    if all(right):
        changed = any(answer["changed_input"] for answer in answers)
        return Verdict(0.75, "changes-input") if changed else Verdict(1.0)
    share = sum(right) / 3
    for way, rule in WAYS.items():
        if all(_matches(cases, said, part, rule) for part in range(3)):
            return Verdict(share, way)
    return Verdict(share, _first_wrong(right))


def _first_wrong(right):
    """Name the part to look at, where the others are right."""
    if not any(right):
        return "unknown"
    names = ("loss-differs", "weights-gradient-differs", "bias-gradient-differs")
    return next(name for name, fine in zip(names, right, strict=True) if not fine)


def _form_slip(cases, answers):
    for case, answer in zip(cases, answers, strict=True):
        if answer["kind"] == "none":
            return "returns-nothing"
        if answer["kind"] == "number":
            return "only-the-loss"
        parts = _three(answer)
        if answer["kind"] != "error" and parts is None:
            return "not-three"
        if parts is not None and [part.size for part in parts] != [1, len(case["w"]), 1]:
            return "wrong-shape"
    return None


def _three(answer):
    if answer["kind"] == "mapping":
        answer = {"kind": "sequence", "value": list(answer["value"].values())}
    if answer["kind"] != "sequence" or len(answer["value"]) != 3:
        return None
    parts = [np.array(item["value"]) if item["kind"] == "number" else array_of(item)
             for item in answer["value"]]
    return None if any(part is None for part in parts) else [part.ravel() for part in parts]


def _matches(cases, said, part, rule):
    return all(parts is not None and np.allclose(rule(*build(case))[part], parts[part],
                                                 rtol=TOLERANCE, atol=TOLERANCE)
               for case, parts in zip(cases, said, strict=True))


def ridge(w, b, X, y, strength, *, bias=0, data=1.0, in_loss=1.0, in_gradient=1.0, total=False):
    """Return loss and gradients: mean squared error plus `strength` times the squared weights."""
    residual = X @ w + b - y
    rows = 1 if total else len(y)
    loss = np.sum(residual**2) / rows + in_loss * strength * (np.sum(w**2) + bias * b**2)
    grad_w = data * 2 * X.T @ residual / rows + in_gradient * 2 * strength * w
    grad_b = data * 2 * np.sum(residual) / rows + bias * 2 * strength * b
    return np.array([loss]), grad_w, np.array([grad_b])


def _with(**slip):
    return lambda *case: ridge(*case, **slip)


def _size(w, b, X, y, strength):
    loss, grad_w, grad_b = ridge(w, b, X, y, 0.0)
    return loss + strength * np.abs(w).sum(), grad_w + strength * np.sign(w), grad_b


def _divided(w, b, X, y, strength):
    return ridge(w, b, X, y, strength / len(y))


def _uphill(*case):
    loss, grad_w, grad_b = ridge(*case)
    return loss, -grad_w, -grad_b


def _residual_turned(w, b, X, y, strength):
    loss, _, _ = ridge(w, b, X, y, strength)
    _, data_w, data_b = ridge(w, b, X, y, 0.0)
    return loss, -data_w + 2 * strength * w, -data_b


def _halved(w, b, X, y, strength):
    return [part / 2 for part in ridge(w, b, X, y, strength)]


def _without_bias(w, b, X, y, strength):
    return ridge(w, 0.0, X, y, strength)


def _subtracted(w, b, X, y, strength):
    return ridge(w, b, X, y, -strength)


WAYS = {
    "all-halved": _halved,
    "bias-forgotten": _without_bias,
    "penalty-subtracted": _subtracted,
    "bias-penalised": _with(bias=1),
    "gradient-forgets-penalty": _with(in_gradient=0),
    "loss-forgets-penalty": _with(in_loss=0),
    "no-penalty": _with(in_loss=0, in_gradient=0),
    "penalty-lacks-two": _with(in_gradient=0.5),
    "data-lacks-two": _with(data=0.5),
    "both-lack-two": _with(data=0.5, in_gradient=0.5),
    "sum-not-mean": _with(total=True),
    "penalty-divided": _divided,
    "absolute-weights": _size,
    "sign": _uphill,
    "residual-sign": _residual_turned,
}

_NUMERICAL = ("Compare with small steps: change one weight by 0.0001 and see how much your own "
              "loss changes. By which factor is your gradient off?",)
HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "only-the-loss": (
        "Your function gives back one number. Three things are asked for: the loss and both "
        "gradients.",),
    "not-three": (
        "Give back three things: a number, an array, a number.",),
    "wrong-shape": (
        "A gradient holds one number for each weight, and one for the bias. Print the shapes of "
        "yours.",),
    "bias-penalised": (
        "Your penalty pulls at the bias too. It only says how large `y` is on average, which is "
        "not a way to memorise anything.",
        "Add 1,000 to every `y`: your model would now pay for a fact that is no complexity."),
    "gradient-forgets-penalty": (
        "Your loss contains the penalty, your gradient does not: descent would walk as if there "
        "were none.",),
    "loss-forgets-penalty": (
        "Your gradient contains the penalty, your loss does not. They belong to different hills.",),
    "no-penalty": (
        "Change `strength`: nothing in your result moves.",),
    "penalty-lacks-two": _NUMERICAL,
    "data-lacks-two": _NUMERICAL,
    "both-lack-two": _NUMERICAL,
    "sum-not-mean": (
        "Give every row twice: your first term doubles. Then the same strength means less, the "
        "more rows there are. The exercise asks for a mean.",),
    "penalty-divided": (
        "Your penalty was divided by the number of rows. In the formula above, the mean is taken "
        "of the squared residuals only.",),
    "absolute-weights": (
        "That is the other penalty, with the sizes of the weights. Which of the two squares "
        "them?",),
    "sign": (
        "Your gradients point downhill. A gradient points to where the loss grows; descent takes "
        "the step against it.",),
    "residual-sign": (
        "The penalty's part of the gradient is right, the other part points the wrong way. What "
        "stands in front of the prediction inside the square?",),
    "all-halved": (
        "Everything is half of what the formula says. Some books put ½ in front of the squares, so "
        "that the 2 of the derivative goes away. This formula has none.",),
    "bias-forgotten": (
        "Your results do not change with `b`. What does the model predict when all weights are "
        "0?",),
    "penalty-subtracted": (
        "The penalty makes your loss smaller: large weights would be a bargain.",),
    "loss-differs": (
        "The loss is not that of the formula. Set `strength` to 0 first: is it the *mean of the "
        "squared* residuals? Then look at what `strength` multiplies.",),
    "weights-gradient-differs": (
        "The loss is right, the gradient with respect to `w` is not.",) + _NUMERICAL,
    "bias-gradient-differs": (
        "Loss and gradient of `w` are right. The derivative with respect to `b` is not: raise `b` "
        "by 0.0001 and see how much your own loss changes.",),
    "changes-input": (
        "The numbers are right, but one of the caller's arrays changed on the way.",),
    "unknown": (
        "The three results do not fit the formula. Take two rows, one feature and strength 0, and "
        "do it by hand; then add the penalty.",) + _NUMERICAL,
}
