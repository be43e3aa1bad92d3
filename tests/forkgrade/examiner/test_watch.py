"""What counts as a change where a test has to run in the learner's process, and what does not."""

import math

import numpy as np
import numpy.testing  # a name is compared with what its module holds, once that is loaded
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.examiner.watch import shadowed_names
from forkgrade.steps import instructor_notebook
from tests.forkgrade.kernels import needs_bubblewrap


def lab(*sources):
    nb = new_notebook(cells=[new_code_cell(source) for source in sources])
    return {"imports": instructor_notebook.imports(nb),
            "assigned": instructor_notebook.assigned_names(nb)}


def other(*_):
    return 0


@pytest.mark.parametrize("test, names, instructor", [
    ("assert open('data.txt').read()", {"open": other}, ()),  # IPython's own, see `before` below
    ("assert sum(total) == 6", {"sum": np.sum, "total": [1, 2, 3]}, ()),
    ("assert abs(f(2) - 1) < 1e-9", {"abs": np.abs, "f": other}, ()),
    ("assert pow(f(2), 2) == 0", {"pow": math.pow, "f": other}, ()),
    ("assert all(f([1]))", {"all": np.all, "f": other}, ("from numpy import *",)),
    ("max = f(3)\nassert max == 0", {"max": 0, "f": other}, ("max = f(3)\nassert max == 0",)),
    ("assert round(2.5) == 3", {"round": other}, ("def round(x):\n    return int(x + 0.5)",)),
    ("assert filter(f) == 0", {"filter": other, "f": other}, ("class filter:\n    pass",)),
    ("%timeit f(1)\nassert f(1) == 0", {"f": other}, ()),
    ("assert np.abs(f(1)) == 0", {"np": np, "f": other}, ("import numpy as np",)),
])
def test_what_honest_notebooks_do_is_not_reported(test, names, instructor):
    assert shadowed_names(test, names, lab(*instructor), {"open": other}) == []


@pytest.mark.parametrize("test, names, instructor", [
    ("assert abs(f(2) - 1) < 1e-9", {"abs": other}, ()),
    ("assert abs(f(2) - 1) < 1e-9", {"abs": np.zeros_like}, ()),
    ("assert all(x == y for x, y in pairs)", {"all": np.all}, ()),  # true of every generator
    ("assert open('data.txt').read()", {"open": np.abs}, ()),
    ("assert abs(np.sum(f(1))) == 0", {"np": other}, ("import numpy as np",)),
    ("assert_allclose(f(1), 0)", {"assert_allclose": other},
     ("from numpy.testing import assert_allclose",)),
    # a name of a function's own is no meaning for the notebook
    ("assert sum(f(2)) == 3", {"sum": other}, ("def f(x):\n    sum = 0\n    return [sum, 3]",)),
])
def test_a_name_that_a_test_relies_on_is_reported(test, names, instructor):
    found = shadowed_names(test, names, lab(*instructor), {"open": other})
    assert found and set(found) <= set(names)



TEST = {"do": "execute", "is_test": True, "usual_methods": [],
        "lab": {"imports": {"np": ["numpy", None]}, "assigned": []}}


def watched(kernel, learned, test="assert np.testing.assert_allclose(1, 1) is None", **more):
    """Run a test after a learner's cell; return the reply."""
    kernel.ask({"do": "execute", "code": "import numpy as np, numpy.testing"})
    kernel.ask({"do": "watch", "modules": ["numpy", "statistics"], "libraries": []})
    kernel.ask({"do": "execute", "code": learned, "is_learners": True})
    return kernel.ask({**TEST, "code": test, **more})


@needs_bubblewrap
@pytest.mark.parametrize("learned, named", [
    ("import types\nnp.testing = types.SimpleNamespace(assert_allclose=print)", "numpy.testing"),
    ("np.testing.assert_allclose = print", "assert_allclose"),
    ("np.testing.assert_allclose.__code__ = (lambda *a, **k: None).__code__", "assert_allclose"),
    ("del np.testing\nimport sys, types\nsys.modules['numpy.testing'] = np.testing = "
     "types.SimpleNamespace(assert_allclose=print)", "numpy.testing"),
    ("get_ipython().compile.ast_parse = get_ipython().compile.ast_parse", "ast_parse"),
    ("type(get_ipython().compile).ast_parse = lambda *a, **k: None", "ast_parse"),
    ("type(get_ipython().input_transformer_manager).transform_cell = lambda s, c: ''",
     "transform_cell"),
    ("f = type(get_ipython()).run_code\nf.__code__ = f.__code__.replace(co_name='x')", "run_code"),
    ("from IPython.core.interactiveshell import ExecutionResult as E\n"
     "E.success = property(lambda self: True)", "ExecutionResult"),
    ("import sys\nsys.settrace(lambda *a: None)", "sys.settrace"),
    ("get_ipython().events.register('pre_run_cell', lambda *a: None)", "hook"),
])
def test_what_could_decide_a_test_is_reported(server, learned, named):
    with server.kernel() as kernel:
        assert named in " ".join(watched(kernel, learned)["changed"])


@needs_bubblewrap
@pytest.mark.parametrize("learned", [
    "from math import sqrt\nsqrt", "print('__eq__')", "np.bool = bool", "import statistics",
    "import importlib\nimportlib.reload(statistics) if 0 else None", "x = {'__class__': 1}",
    "import warnings\nwarnings.simplefilter('ignore')", "np.set_printoptions(precision=3)",
    "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int",
    "class P:\n    def norm(self): return 1", "%matplotlib inline", "np.seterr(all='raise')",
])
def test_what_no_test_relies_on_is_not_reported(server, learned):
    with server.kernel() as kernel:
        reply = watched(kernel, learned)
        assert reply["changed"] == reply["classes"] == []


@needs_bubblewrap
@pytest.mark.parametrize("learned", [
    "class A:\n    def __eq__(self, other): return True",
    "A = type('A', (), {'__e' + 'q__': lambda s, o: True})",
    "open('evil.py', 'w').write('class A:\\n  def __e' + 'q__(self, o): return True')\nimport evil",
    "exec('class A(int):\\n    def __eq__(self, o): return True')",
])
def test_a_class_that_answers_comparisons_is_reported_however_it_was_made(server, learned):
    with server.kernel() as kernel:
        assert watched(kernel, learned)["classes"] == ["A.__eq__"]
        reply = kernel.ask({**TEST, "code": "1", "usual_methods": ["__eq__"]})
        assert reply["classes"] == [], "the instructor's own classes have it too"
