"""A test in the examiner's kernel, and what it names in the learner's: the same as in one process,
except that nothing in the learner's process decides it."""

import contextlib
import re

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.conversation import Conversation, NotebookStop
from forkgrade.examination import Examination, can_be_examined, names_elsewhere
from forkgrade.forkserver.client import LIMITS
from forkgrade.job import Job, Released
from forkgrade.steps.instructor_notebook import definitions
from tests.forkgrade.kernels import needs_bubblewrap

pytestmark = needs_bubblewrap
GIVEN = """\
import numpy as np
from unittest import TestCase
def check(function, pairs):
    for given, wanted in pairs:
        assert function(given) == wanted, given
"""


class Pair:
    """A learner's kernel and an examiner's.

    Parameters
    ----------
    server : forkgrade.forkserver.client.ForkServer
    timeout : float
        Seconds for a cell.
    """

    def __init__(self, server, timeout=20):
        self._stack = contextlib.ExitStack()
        kernel = self._stack.enter_context(server.kernel())
        given = definitions(new_notebook(cells=[new_code_cell(GIVEN)]))
        job = Job("ann", "lab", {}, {}, seed="", timeout=timeout, limits=LIMITS)
        self.conversation = Conversation(kernel, job)
        self.examination = Examination(server.kernel, self.conversation, job,
                                       Released(definitions=tuple(given), seeds=True))
        self.learn(GIVEN)

    def learn(self, code):
        """Run a learner's cell."""
        return self.conversation.ask({"do": "execute", "code": code, "is_learners": True})

    def examine(self, code, allowed=(), kept=()):
        """Run a test; return the reply."""
        return self.examination.examine(code, None if allowed is None else list(allowed),
                                        list(kept))

    def close(self):
        """End both kernels."""
        self.examination.close()
        self._stack.close()


@pytest.fixture(scope="module")
def shared(server):
    pair = Pair(server)
    yield pair
    pair.close()


@pytest.fixture
def pair(server):
    pair = Pair(server)
    yield pair
    pair.close()


def text(reply):
    return "".join(output.get("text") or output.get("evalue") or
                   output.get("data", {}).get("text/plain", "") for output in reply.outputs)


LEARNED = '''
import collections, math
def double(x): return 2 * x
def stats(values): return {"mean": sum(values) / len(values), "n": len(values)}
def fill(values): values.append(7)
def scale(array): array *= 2
def same(values): return values
def fail(x): raise ValueError(f"no {x}")
def say(x): print("hello", x)
def apply(function, x): return function(x)
def count():
    n = 0
    while True:
        yield n
        n += 1
class Point:
    """A point."""
    def __init__(self, x, y): self.x, self.y = x, y
    def norm(self): return math.hypot(self.x, self.y)
    def __add__(self, other): return Point(self.x + other.x, self.y + other.y)
    def __eq__(self, other): return (self.x, self.y) == (other.x, other.y)
    def __repr__(self): return f"Point({self.x}, {self.y})"
    def __len__(self): return 2
class Oops(ValueError): pass
def oops(): raise Oops("mine")
class Bag(list): pass
def bag(): return Bag([1, 2])
answer, table, model = 42, np.arange(6).reshape(2, 3), Point(3, 4)
mine = np.ones(2)
def max(x): return "mine"
def draw(): return np.random.rand(3)
'''
HOLD = [
    "assert double(3) == 6 and double('a') == 'aa' and double(2**80) == 2**81",
    "assert np.allclose(double(np.eye(2)), 2 * np.eye(2))",
    "np.testing.assert_array_equal(double(np.arange(3)), [0, 2, 4])",
    "TestCase().assertEqual(double(1.5), 3)\nTestCase().assertAlmostEqual(double(1.5), 3.0)",
    "check(double, [(1, 2), (2, 4)])",
    "for n in range(5):\n    assert double(n) == 2 * n, n",
    "assert all(double(n) == 2 * n for n in range(3)) and [double(n) for n in (1, 2)] == [2, 4]",
    "x = [1]\nfill(x)\nassert x == [1, 7]",
    "a = np.ones(3)\nscale(a)\nassert (a == 2).all()",
    "x = [1]\nassert same(x) is x and same(3) == 3",
    "before = mine.copy()\nscale(mine)\nassert (mine == 2 * before).all()\n"
    "t = mine\nt[0] = 7\nassert same(t)[0] == 7\nscale(t)\nassert t[0] == 14",
    "assert answer >= 42 and isinstance(answer, int)",
    "assert table.shape == (2, 3) and table[1, 2] == 5",
    "assert stats([1, 2]) == {'mean': 1.5, 'n': 2}",
    "try:\n    fail(3)\nexcept ValueError as error:\n    assert str(error) == 'no 3'\n"
    "else:\n    raise AssertionError('no error')",
    "with TestCase().assertRaises(ValueError):\n    fail(3)",
    "with TestCase().assertRaises(Oops):\n    oops()",
    "try:\n    oops()\nexcept Oops as error:\n    assert type(error).__name__ == 'Oops'",
    "import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()) as out:\n    say(1)\n"
    "assert out.getvalue() == 'hello 1\\n'",
    "assert apply(lambda x: x + 1, 2) == 3 and apply(len, 'abc') == 3",
    "assert apply(np.sum, [1, 2]) == 3",
    "calls = []\napply(calls.append, 5)\nassert calls == [5]",
    "import itertools\nassert list(itertools.islice(count(), 3)) == [0, 1, 2]\n"
    "g = count()\nassert next(g) == 0 and next(g) == 1",
    "p = Point(3, 4)\nassert p.x == 3 and p.norm() == 5",
    "assert repr(Point(3, 4)) == 'Point(3, 4)' and len(Point(3, 4)) == 2",
    "p = Point(1, 2)\np.x = 5\nassert p.x == 5 and hasattr(p, 'y') and not hasattr(p, 'z')",
    "assert (Point(1, 2) + Point(1, 2)).x == 2",
    "assert isinstance(bag(), list) and bag() == [1, 2] and bag()[0] == 1 and len(bag()) == 2",
    "assert model.norm() == 5.0",
    "assert callable(double) and not callable(model) and double.__name__ == 'double'",
    "assert Point.__doc__ == 'A point.'",
    "n = 0\nn += double(2)\nassert n == 4",
    "old = answer\nanswer += 1\nassert answer == old + 1",
    "def local(x):\n    y = double(x)\n    return y\nassert local(2) == 4",
    "class T(TestCase):\n    def test_it(self):\n        self.assertEqual(double(1), 2)\n"
    "T('test_it').debug()",
    "np.random.seed(0)\nhere = np.random.rand(3)\n"
    "np.random.seed(0)\nassert (draw() == here).all()\n"
    "np.random.seed(0)\ndraw()\nthere = np.random.rand(3)\nassert not (here == there).any()",
    "assert max([1]) == 1",  # the builtin: the lab gives the name no other meaning
    "assert same({1: (2, {3})}) == {1: (2, {3})} and same(None) is None and same(True) is True",
    "with TestCase().assertRaises(NameError):\n    there_is_no_such_name",
    "with TestCase().assertRaises(TypeError):\n    double()",
    "f = double\nassert f(2) == 4 and list(map(double, [1, 2])) == [2, 4]",
    "assert (lambda x: double(x))(4) == 8",
]
FAIL = [
    "assert double(3) == 7", "assert double(3) == 6\nassert double(3) == 5, 'not five'",
    "check(double, [(1, 3)])", "assert nothing == 1", "assert answer == 41", "double(", "fail(1)",
    "assert isinstance(answer, str)", "assert not callable(double)", "assert callable(model)",
    "with TestCase().assertRaises(KeyError):\n    fail(3)", "assert len(model) == 3",
    "np.testing.assert_allclose(table, 0)", "assert model.nothing == 1",
    "assert Point(1, 2).x is None",
]


@pytest.fixture(scope="module")
def learned(shared):
    shared.learn(LEARNED)
    return shared


@pytest.mark.parametrize("code", HOLD)
def test_what_holds_in_one_process_holds_between_two(learned, code):
    for allowed in (None, learned.examine(code, None, ["answer"]).examined["verdicts"]):
        reply = learned.examine(code, allowed, kept=["answer"])
        assert reply.ok, text(reply)
        assert reply.examined["odd"] is None


@pytest.mark.parametrize("code", FAIL)
def test_what_does_not_hold_fails(learned, code):
    assert not learned.examine(code).ok


@pytest.mark.parametrize("code", ["assert Point(1, 2) == Point(1, 2)", "assert model"])
def test_a_class_compares_itself_only_where_the_solutions_class_does(learned, code):
    trial = learned.examine(code, allowed=None)
    assert trial.ok and trial.examined["verdicts"]
    assert learned.examine(code, trial.examined["verdicts"]).ok
    refused = learned.examine(code)
    assert not refused.ok and "Point" in refused.examined["odd"]
    assert "compares plain data" in text(refused)


@pytest.mark.parametrize("made, code", [
    ("class S(str): pass\ndef f(): return S('abc')", "assert {'abc': 1}[f()] == 1 and 'x' + f()"),
    ("import enum\nclass E(str, enum.Enum):\n    A = 'abc'\ndef f(): return E.A",
     "assert ' '.join([f(), 'x']) == 'abc x' and f() in {'abc'}"),
    ("class L(list): pass\ndef f(): return L([1])", "import json\nassert json.dumps(f()) == '[1]'"),
    ("import http\ndef f(): return http.HTTPStatus.OK", "assert divmod(f(), 7) == (28, 4)"),
    ("def f(): return memoryview(b'ab')", "assert f() == b'ab'"),
])
def test_a_subclass_of_plain_data_is_plain_where_the_solution_gives_that(pair, made, code):
    pair.learn(made)
    reply = pair.examine(code)
    assert reply.ok, text(reply)


def test_the_latest_assignment_of_a_name_counts_as_in_one_process(pair):
    pair.learn("score, data = 2, 'mine'\ndef f(): return len(data)")
    assert pair.examine("score = 0\ndata = [1, 2]\nassert f() == 4", kept=["data"]).ok
    assert pair.examine("assert data == [1, 2] and f() == 2").ok
    assert pair.examine("assert score == 0").ok, "as if the test had covered the learner's"
    pair.learn("score = 5")
    assert pair.examine("assert score == 5").ok


def test_a_learners_exception_shows_where_it_was_raised(learned):
    reply = learned.examine("fail(8)")
    shown = "".join(map(str, reply.outputs))
    assert "no 8" in shown and "raise ValueError" in shown


def test_the_number_that_a_test_shows_is_its_own(learned):
    assert learned.examine("points = 0\npoints += double(1) == 2\npoints").result == {
        "number": "1.0"}


LIE = "from forkgrade.examiner import host\nhost.Host.{} = lambda self, *a: {}"


@pytest.mark.parametrize("attack", [
    "double = eval", "from builtins import eval as double",
    LIE.format("_encoded", "{'t': 'library', 'module': '__main__', 'name': 'want'}"),
    LIE.format("_encoded", "{'t': 'handle', 'id': 1, 'classes': [], 'callable': False, 'library': "
               "{'module': '__main__', 'name': 'want'}}"),
    LIE.format("_encoded", "{'t': 'handle', 'id': 1, 'classes': [], 'callable': True, 'library': "
               "{'module': 'builtins', 'name': 'eval'}}"),
    "class Z:\n    def __sub__(self, other): return 0.0\n    __rsub__ = __mul__ = __sub__\n"
    "    def __abs__(self): return 0.0\n    def equals(self, other): return True\n"
    "double = lambda x: Z()",
    "def double(x): raise StopIteration", "import unittest\ndef double(x): raise unittest.SkipTest",
    "import ast\nget_ipython().compile.ast_parse = lambda *a, **k: ast.Module([], [])",
    "type(get_ipython()).run_code.__code__ = (lambda self, *a, **k: False).__code__",
    "import types\nnp.testing = types.SimpleNamespace(assert_allclose=lambda *a, **k: None)",
    "import unittest\nunittest.TestCase.assertEqual = lambda *a, **k: None",
    "np.allclose = lambda *a, **k: True",
    "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.all = lambda *a: True",
    "A = type('A', (), {'__e' + 'q__': lambda s, o: True, '__bool__': lambda s: True})\n"
    "double = lambda x: A()",
    "class A(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n"
    "double = lambda x: A(-1)",
    "class A(np.ndarray):\n    def __eq__(self, other): return np.True_\n"
    "    def all(self): return True\n"
    "double = lambda x: np.zeros(3).view(A)",
    "double = lambda x: np.ma.masked_all(3)",
    "from unittest import mock\ndouble = lambda x: mock.ANY",
    "double = lambda x: mock.MagicMock()",
    "import sys\nfrom forkgrade.examiner import host\n"
    "host.Host.answer = lambda self, request: {'value': {'t': 'handle', 'id': 1, 'classes': "
    "[['builtins', 'int']], 'callable': False}}",
    "from forkgrade.examiner import host\nhost.Host.answer = lambda self, request: {}",
    "from forkgrade.examiner import host\nhost.Host.answer = lambda self, request: "
    "{'value': {'t': 'library', 'module': 'os', 'name': 'system'}}",
    "from forkgrade.examiner import host\nhost.Host.answer = lambda self, request: "
    "{'callback': 0, 'args': [], 'kwargs': {}}",
    "from forkgrade.examiner import host\nhost.Host.answer = lambda self, request: "
    "{'raised': {'classes': [['forkgrade.conversation', 'NotebookStop']], 'args': []}}",
    "from forkgrade.examiner import host\nhost.Host.answer = lambda self, request: "
    "{'value': {'t': 'array', 'dtype': '<f8', 'shape': [10**12], 'v': ''}}",
    "from forkgrade.examiner import host\nhost.Host.answer = lambda self, request: "
    "{'value': None, 'changed': {'0': 5, 'x': 7}}",
])
def test_nothing_in_the_learners_process_earns_a_point(server, attack):
    pair = Pair(server, timeout=2)
    with contextlib.suppress(NotebookStop):  # which ends the notebook
        pair.learn("def double(x):\n    return -1\n" + attack)
        for code in ("assert double(3) == 6", "np.testing.assert_allclose(double(3.0), 6)",
                     "assert np.allclose(double(3), 6)", "TestCase().assertEqual(double(3), 6)",
                     "assert isinstance(double(3), float) and double(3) > 5",
                     "assert all(double(n) == 2 * n for n in (1, 2))",
                     "want = [2, 4]\nassert [double(n) for n in (1, 2)] == want",
                     "want = 6\nassert double(3) == want", "assert abs(double(3) - 6) < 1e-9",
                     "assert all(map(lambda n: double(n) == 2 * n, range(1, 3)))",
                     "assert list(map(double, ['1'])) == ['11']"):
            assert not pair.examine(code).ok, code
    pair.close()


def test_the_learners_process_never_sees_the_test(pair):
    pair.learn("""
import sys, gc
def double(x):
    seen = []
    frame = sys._getframe()
    while frame:
        seen += [*map(repr, frame.f_code.co_consts), *map(repr, frame.f_locals.values())]
        frame = frame.f_back
    text = " ".join(seen) + repr(In) + "".join(map(repr, gc.get_objects()))
    return "".join(["4711", "12"]) in text
""")
    assert pair.examine("expected = 471112\nassert double(3) is False\nassert expected").ok


def test_names_that_a_test_assigns_reach_the_cells_that_read_them(pair):
    pair.learn("def double(x): return 2 * x")
    assert pair.examine("data = [1, 2]\nother = 5\nassert double(1) == 2", kept=["data"]).ok
    assert pair.learn("data.append(3)\nprint(data, 'other' in globals())").outputs[0][
        "text"] == "[1, 2, 3] False\n"
    assert pair.examine("assert data == [1, 2, 3]").ok
    assert pair.examine("assert other == 5").ok, "a later test reads what an earlier one assigned"


def test_a_function_of_a_test_can_be_called_only_while_it_runs(pair):
    pair.learn("def keep(f):\n    global kept\n    kept = f")
    assert pair.examine("def mine(): return 1\nkeep(mine)\nfrom random import sample",
                        kept=["mine", "sample"]).ok
    outputs = pair.learn("print(sample([1], 1), 'mine' in globals())\nkept()").outputs
    assert outputs[0]["text"] == "[1] False\n" and "has ended" in outputs[1]["evalue"]


@pytest.mark.parametrize("tests, kept", [
    (["x = 1\nassert f(x)", "assert f(x)"], {"x"}), (["x = 1", "x = 2\nassert f(x)"], set()),
    (["x = 1", "%magic x"], {"x"}), (["x = 1", "#examined\nassert f(x)"], set())])
def test_only_what_later_cells_read_is_kept(tests, kept):
    cells = [new_code_cell(source) for source in tests]
    found = names_elsewhere(cells, lambda cell: True, lambda cell: "#examined" in cell.source)
    assert found[0][0] & {"x"} == kept


@pytest.mark.parametrize("code, can", [
    ("assert f(1) == 2", True), ("p = P()\np.x = 1\nassert p.x == 1", True), ("f(", False),
    ("for _ in range(3):\n    assert f(1)", True), ("assert 'x' in globals()", False),
    ("np.linalg.solve = None\nassert f(1) == 2", False), ("%time f(1)", False),
    ("old = f\ndel f\ng()", False), ("with patch('builtins.input'):\n    f()", False),
    ("import inspect\nassert 'for' in inspect.getsource(f)", False), ("", False)])
def test_a_test_that_looks_at_or_changes_its_process_runs_in_it(code, can):
    assert can_be_examined(code) == can


def test_a_test_that_takes_too_long_is_interrupted_wherever_it_is(server):
    pair = Pair(server, timeout=1)
    pair.learn("def double(x):\n    while True: pass\ndef quick(x): return x")
    for code in ("assert double(3) == 6", "while True:\n    pass"):
        reply = pair.examine(code)
        assert not reply.ok and reply.late
    assert pair.examine("assert quick(1) == 1").ok
    pair.close()


@pytest.mark.parametrize("end, said", [("exit()", "left its kernel"), ("os._exit(3)", "code 3")])
def test_the_end_of_the_learners_kernel_is_told(pair, end, said):
    pair.learn(f"import os\ndef leave(): {end}")
    with pytest.raises(NotebookStop, match=re.escape(said)):
        pair.examine("leave()")


def test_a_test_that_ends_its_own_process_costs_only_itself(pair):
    pair.learn("def double(x): return 2 * x")
    assert "could not be finished" in text(pair.examine("import os\nos._exit(1)"))
    assert pair.examine("assert double(3) == 6").ok


def test_what_was_printed_is_an_answer_and_nothing_at_all_is_none(learned):
    assert learned.examine("say(1)").examined["answers"] == 1
    assert learned.examine("def f(): pass\nassert True").examined["answers"] == 0


def test_figures_and_texts_of_the_learners_code_are_outputs_of_the_test(pair):
    pair.learn("from IPython.display import HTML, display\ndef show():\n    print('text')\n"
               "    display(HTML('<b>x</b>'))")
    kinds = [output["output_type"] for output in pair.examine("show()").outputs]
    assert sorted(kinds) == ["display_data", "stream"]
