"""What counts as a change under a test of plain assertions, and what honest notebooks do."""

import math

import numpy as np
import numpy.testing  # a name is compared with what its module holds, once that is loaded
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.assertions.tampering import shadowed_names
from forkgrade.steps import instructor_notebook
from tests.forkgrade.kernels import echo, needs_bubblewrap


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
def test_what_honest_notebooks_do_is_no_tampering(test, names, instructor):
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


@needs_bubblewrap
def test_a_function_as_the_last_result_is_no_tampering(kernel):
    echo(kernel, "from math import sqrt\nsqrt")
    reply = kernel.ask({"do": "execute", "code": "assert sqrt(4) == 2", "watch": True,
                        "lab": {"imports": {}, "assigned": []}})
    assert reply["ok"] and reply["changed"] == []
