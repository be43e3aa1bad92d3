"""Loss and gradient of ridge regression, component by component."""

from functools import partial

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.lab03.parts import separate_arrays
from course_utils.checks.slips import Judged, Stop, check, close, match, read, slip

NEARLY = close(1e-6, 1e-6)


def draw(rng):
    """Draw tables, weights and strengths; the last one has a strength of 0."""
    return [{"X": rng.normal(size=(rows, columns)).tolist(),
             "y": (rng.normal(size=rows) + 3).tolist(), "w": rng.normal(size=columns).tolist(),
             "b": float(rng.uniform(0.5, 2)), "strength": strength}
            for rows, columns, strength in ((6, 3, 0.5), (9, 4, 2.0), (5, 3, 0.0))]


def arguments(case):
    """Return `w`, `b`, `X`, `y` and `strength`."""
    return (np.array(case["w"]), case["b"], np.array(case["X"]), np.array(case["y"]),
            case["strength"])


def right(w, b, X, y, strength, *, bias=0, data=1.0, in_loss=1.0, in_gradient=1.0, total=False):
    """Return mean squared error plus `strength` times the squared weights, then both gradients."""
    residual = X @ w + b - y
    rows = 1 if total else len(y)
    loss = np.sum(residual**2) / rows + in_loss * strength * (np.sum(w**2) + bias * b**2)
    grad_w = data * 2 * X.T @ residual / rows + in_gradient * 2 * strength * w
    grad_b = data * 2 * np.sum(residual) / rows + bias * 2 * strength * b
    return np.array([loss, *grad_w, grad_b])


SMALL_STEPS = ("Compare with small steps: change one weight by 0.0001 and see how much your own "
               "loss changes. By which factor is your gradient off?")
PARTS = (  # their ways are places in the results
    slip("loss-differs", slice(1),
         "The loss is not that of the formula. Set `strength` to 0 first: is it the *mean of the "
         "squared* residuals? Then look at what `strength` multiplies."),
    slip("weights-gradient-differs", slice(1, -1),
         "The loss is right, the gradient with respect to `w` is not.", SMALL_STEPS),
    slip("bias-gradient-differs", slice(-1, None),
         "Loss and gradient of `w` are right. The derivative with respect to `b` is not: raise `b` "
         "by 0.0001 and see how much your own loss changes."),
)
SLIPS = (  # each of them earns the parts that it leaves right
    slip("all-halved", lambda *case: right(*case) / 2,
         "Everything is half of what the formula says. Some books put ½ in front of the squares, "
         "so that the 2 of the derivative goes away. This formula has none."),
    slip("bias-forgotten", lambda w, b, *case: right(w, 0.0, *case),
         "Your results do not change with `b`. What does the model predict when all weights are "
         "0?"),
    slip("penalty-subtracted", lambda *case: right(*case[:4], -case[4]),
         "The penalty makes your loss smaller: large weights would be a bargain."),
    slip("bias-penalised", partial(right, bias=1),
         "Your penalty pulls at the bias too. It only says how large `y` is on average, which is "
         "not a way to memorise anything.",
         "Add 1,000 to every `y`: your model would now pay for a fact that is no complexity."),
    slip("gradient-forgets-penalty", partial(right, in_gradient=0),
         "Your loss contains the penalty, your gradient does not: descent would walk as if there "
         "were none."),
    slip("loss-forgets-penalty", partial(right, in_loss=0),
         "Your gradient contains the penalty, your loss does not. They belong to different hills."),
    slip("no-penalty", partial(right, in_loss=0, in_gradient=0),
         "Change `strength`: nothing in your result moves."),
    slip("penalty-lacks-two", partial(right, in_gradient=0.5), SMALL_STEPS),
    slip("data-lacks-two", partial(right, data=0.5), SMALL_STEPS),
    slip("both-lack-two", partial(right, data=0.5, in_gradient=0.5), SMALL_STEPS),
    slip("sum-not-mean", partial(right, total=True),
         "Give every row twice: your first term doubles. Then the same strength means less, the "
         "more rows there are. The exercise asks for a mean."),
    slip("penalty-divided", lambda *case: right(*case[:4], case[4] / len(case[3])),
         "Your penalty was divided by the number of rows. In the formula above, the mean is taken "
         "of the squared residuals only."),
    slip("absolute-weights", lambda w, b, X, y, strength: (
         right(w, b, X, y, 0.0) + strength * np.array([np.abs(w).sum(), *np.sign(w), 0])),
         "That is the other penalty, with the sizes of the weights. Which of the two squares "
         "them?"),
    slip("sign", partial(right, data=-1, in_gradient=-1),
         "Your gradients point downhill. A gradient points to where the loss grows; descent takes "
         "the step against it."),
    slip("residual-sign", partial(right, data=-1),
         "The penalty's part of the gradient is right, the other part points the wrong way. What "
         "stands in front of the prediction inside the square?"),
    slip("only-the-loss", None,
         "Your function gives back one number. Three things are asked for: the loss and both "
         "gradients."),
    slip("not-three", None, "Give back three things: a number, an array, a number."),
    slip("wrong-shape", None,
         "A gradient holds one number for each weight, and one for the bias. Print the shapes of "
         "yours."),
    slip("changes-input", None,
         "The numbers are right, but one of the caller's arrays changed on the way.", earns=0.75),
    slip("unknown", None,
         "The three results do not fit the formula. Take two rows, one feature and strength 0, and "
         "do it by hand; then add the penalty.", SMALL_STEPS),
)


def judge(cases, answers):
    """Judge (loss, gradient of w, gradient of b): a third of the points for each."""
    results, inputs = read_results(cases, answers), [arguments(case) for case in cases]
    wrong = [part.name for part in PARTS for place in part.ways if not all(
        NEARLY(right(*case)[place], result[place])
        for case, result in zip(inputs, results, strict=True))]
    if not wrong:
        return None
    matched = match(SLIPS, inputs, results, NEARLY)
    differs = "unknown" if len(wrong) == len(PARTS) else wrong[0]
    return Verdict(1 - len(wrong) / len(PARTS), matched.name if matched else differs)


def read_results(cases, answers):
    """Return the three parts of each answer one after the other, or end the judgement."""
    alone = any(answer["kind"] == "number" for answer in answers)
    results = read(answers, partial(separate_arrays, count=3),
                   "only-the-loss" if alone else "not-three")
    for case, parts in zip(cases, results, strict=True):
        if [part.size for part in parts] != [1, len(case["w"]), 1]:
            raise Stop("wrong-shape")
    return [np.concatenate([part.ravel() for part in parts]) for parts in results]


CHECK = check("lab03", "ridge", 3, draw, Judged(judge, (*SLIPS, *PARTS)), arguments)
