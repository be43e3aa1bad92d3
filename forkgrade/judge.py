"""The judge: draws inputs, compares answers, decides points. No learner's code runs here.

Its inputs come from a secret seed, the same for a submission whenever it is graded. What it gets
from the learner's process is plain data, of which nothing is taken on trust.
"""

import ast
import contextlib
import hashlib
import hmac
import importlib
import math
from pathlib import Path

import numpy as np

from course_utils.checks import load
from course_utils.checks.calling import TooSlow, time_limit
from course_utils.checks.plain_data import MOST_NUMBERS
from course_utils.checks.remote import recipe
from course_utils.checks.result import Result
from course_utils.checks.summary import Points

SECONDS = 60
DEEP = 6
LARGE = ("tensorflow", "keras")  # no judgement needs them so far, and they take seconds
KINDS = {"none", "truth", "number", "text", "array", "mapping", "sequence", "other"}


class Judge:
    """Judges the checks of one lab for one submission.

    Parameters
    ----------
    lab : str or None
        Whose checks, for example ``lab01``; None if the lab has none of its own.
    seed : str
        Secret; decides the inputs.
    """

    def __init__(self, lab, seed):
        self._seed = seed
        module = load(lab) if lab else None
        self._checks = {name: check for name, check in vars(module).items()
                        if hasattr(check, "judge")} if lab else {}
        self._written = getattr(module, "WRITTEN", {})
        self._order = getattr(module, "CHECKS", ())
        self.results = {}

    def check_of(self, source):
        """Split a test cell into (code before the check, the check's name), or (source, None)."""
        try:
            last = ast.parse(source).body[-1]
        except (SyntaxError, IndexError, ValueError):
            return source, None
        call = last.value if isinstance(last, ast.Expr) else None
        name = getattr(getattr(call, "func", None), "attr", None)
        plain = isinstance(call, ast.Call) and not call.args and not call.keywords \
            and getattr(call.func, "value", None) is not None \
            and getattr(call.func.value, "id", None) == "check"
        if not plain or name not in self._checks:
            return source, None
        return "\n".join(source.splitlines()[:last.lineno - 1]), name

    def question(self, name):
        """Return what the kernel is asked for a check: inputs and how to apply them."""
        inputs = self._checks[name].draw(self._rng(name))
        return {"do": "call", "recipe": recipe(self._checks[name]), "inputs": inputs}

    def judge(self, name, answer):
        """Return the `Result` for an answer, and a flag if it was not one that a check gives."""
        check = self._checks[name]
        inputs = check.draw(self._rng(name))  # drawn again: the kernel never had these objects
        try:
            cases = len(inputs) if check.build is not None else None
            with _limited():
                answer = _sound(answer, check.needs, cases)
                result = check.grade(inputs, answer)
        except (Exception, TooSlow) as error:
            result = Result(f"{check.lab}.{check.exercise}", "wrong", 0, check.points,
                            headline="What came back could not be judged.")
            self.results[name] = result
            return result, f"odd answer: {name} could not be judged ({type(error).__name__})"
        self.results[name] = result
        return result, None

    def table(self):
        """Return the table that `check.points_so_far()` shows, from the results so far."""
        return Points([(check, self.results.get(check.exercise)) for check in self._order],
                      self._written)

    def _rng(self, name):
        digest = hmac.digest(self._seed.encode(), name.encode(), "sha256")
        return np.random.default_rng(list(digest))


def seed_for(secret, *names):
    """Return the seed of a submission, which nobody guesses who has not the secret.

    Parameters
    ----------
    secret : bytes
        The class's own.
    *names : str
        Lab and student.
    """
    return hmac.new(secret, "\0".join(names).encode(), hashlib.sha256).hexdigest()


def prepare(lab):
    """Import what the checks of a lab import only when they are used, before judges are forked.

    Parameters
    ----------
    lab : str or None
        As for `Judge`.
    """
    module = load(lab) if lab else None
    for path in sorted(Path(module.__file__).parent.glob("*.py")) if lab else ():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level \
                else [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.split(".")[0] not in LARGE:
                    importlib.import_module(name)


@contextlib.contextmanager
def _limited():
    with time_limit(SECONDS), contextlib.suppress(FloatingPointError):
        yield


def _sound(answer, needs, cases):
    """Return an answer rebuilt from the parts that `course_utils.checks.plain_data` makes."""
    kind = answer["kind"]
    if kind == "missing":
        names = [name for name in needs if name in answer["names"]]
        return {"kind": kind, "names": names or list(needs)}
    if kind == "values" and cases is None:
        return {"kind": kind, "value": {name: _value(answer["value"][name]) for name in needs}}
    if kind == "uncallable" and cases is not None:
        return {"kind": kind, "type": _text(answer.get("type"), 100)}
    if kind != "cases" or cases is None or len(answer["value"]) != cases:
        raise ValueError("not an answer to this check")
    return {"kind": kind, "value": [_case(each) for each in answer["value"]]}


def _case(found):
    if found["kind"] == "error":
        error = {name: _text(found["error"].get(name), most)
                 for name, most in (("type", 100), ("message", 500), ("traceback", 5000))}
        return {"kind": "error", "error": error}
    return {**_value(found), "changed_input": bool(found.get("changed_input"))}


def _value(found, depth=0):
    kind = found["kind"]
    if kind not in KINDS or depth > DEEP:
        raise ValueError("unknown kind")
    value, made = found.get("value"), {"type": _text(found.get("type"), 100), "kind": kind}
    if kind == "truth":
        made["value"] = bool(value)
    elif kind == "number":
        made["value"] = float(value)
    elif kind in ("text", "other"):
        made["value"] = _text(value, 1000)
    elif kind == "array":
        made.update(_array(found["shape"], value))
    elif kind == "mapping":
        made["value"] = {_text(name, 1000): _value(item, depth + 1)
                         for name, item in list(value.items())[:1000]}
    elif kind == "sequence":
        made["value"] = [_value(item, depth + 1) for item in list(value)[:1000]]
    return made


def _array(shape, value):
    shape = [int(length) for length in shape]
    # without a number in it an array can still have any number of rows, each a list
    if len(shape) > 32 or min(shape, default=0) < 0 \
            or math.prod(max(length, 1) for length in shape) > MOST_NUMBERS:
        raise ValueError("an impossible shape")
    numbers = np.array(value, dtype=float)
    if numbers.size != math.prod(shape):
        raise ValueError("a shape that does not fit")
    return {"shape": shape, "value": numbers.reshape(shape).tolist()}


def _text(value, most):
    return str(value if value is not None else "")[:most]
