"""What in a learner's code answers comparisons, and what could hide that it does."""

import base64

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.assertions import source_scan
from forkgrade.assertions.rules import HIDING, UNREAD, UNREAD_FILE
from forkgrade.steps.instructor_notebook import code_without_answers


@pytest.mark.parametrize("source, found", [
    ("class A:\n    def __eq__(self, other): return True", {"__eq__"}),
    ("class A:\n    __eq__ = lambda *_: True", {"__eq__"}),
    ("A.__bool__ = lambda *_: True", {"__bool__"}),
    ("setattr(A, '__lt__', f)", {"__lt__"}),
    ("exec('class A:\\n def __eq__(s, o): return True')", {"__eq__"}),
    ("from unittest.mock import ANY", {"unittest.mock.ANY"}),
    ("import unittest.mock as m\nx = m.ANY", {"unittest.mock.ANY"}),
    ("class Yes:\n    class __eq__: pass", {"__eq__"}),
    ("from helper import true as __eq__", {"__eq__"}),
    ("type('Y', (), dict(__eq__=f))", {"__eq__"}), ("m.__eq__.return_value = True", {"__eq__"}),
    ("%time A.__eq__ = f", {"__eq__"}), ("!pip list", set()),
    ("from unittest.mock import *", {"unittest.mock.ANY"}),
    ("__hash__ = None", set()), ("print('it calls __gt__ here')", set()),
    ("# without __eq__", set()), ("'''Has no __eq__.'''", set()),
    ("print(self.__class__.__name__)", set()), ("a == b", set()),
])
def test_what_answers_comparisons_is_found_where_it_is_made(source, found):
    assert source_scan.magic(_sources(source)) == found
    in_a_file = {"yes.py": base64.b64encode(source.encode()).decode()}
    assert source_scan.magic(source_scan.sources(new_notebook(), files=in_a_file)) == found


def _sources(*cells):
    return source_scan.sources(new_notebook(cells=[new_code_cell(each) for each in cells]))


CLASS = "class A:\n    def __eq__(self, other): return self.x == other.x\n"


@pytest.mark.parametrize("source, plain", [
    (CLASS, True), (CLASS + "    def __lt__(self, other):\n        return self.x < other.x", True),
    ("if True:\n    class A:\n        'Has __eq__.'\n        def __eq__(s, o): return 1", True),
    (CLASS + "import sys\nsys.setprofile(None)", False),
    (CLASS + "A.__eq__.__code__ = f.__code__", False),
    (CLASS + "for n in vars(A): setattr(A, n, f)", False),
    (CLASS.replace("A:", "A(metaclass=M):"), False), (CLASS + "# not with sys or exec", True),
    (CLASS + "    __eq__ = list.__ne__", False), (CLASS + "A.__eq__ = list.__ne__", False),
    (CLASS.replace("    def", "    @swap\n    def"), False),
    (CLASS.replace("return", "yield"), False),
    (CLASS.replace("    def", "    async def"), False),
    ("%%time\n" + CLASS, True), (CLASS + "%matplotlib inline", True),
    (CLASS + "%time A.__eq__ = f", False), (CLASS + "%time exec(code)", False),
    ("exec('''" + CLASS + "''')", False), (CLASS + "(", False),
    ("def __eq__(self, other): return True\nA = type('A', (), {'__eq__': __eq__})", False),
])
def test_methods_whose_calls_can_be_seen_are_told_from_others(source, plain):
    assert (source_scan.hiding_rule(_sources("x = 1", source)) is None) is plain
    assert source_scan.hiding_rule(_sources(CLASS, "import ctypes"))


def test_what_decorators_of_the_solution_make_a_student_may_write():
    assert source_scan.generated(_sources("@dataclass\nclass A: pass")) >= {"__eq__", "__lt__"}
    assert source_scan.generated(_sources("class A: pass")) == set()


BY_ITSELF = "class P:\n    def __eq__(self, other):\n        return {}\n"


@pytest.mark.parametrize("code", [
    "kind = 'ANY'",
    "import sys\nsys.setrecursionlimit(5000)", "import sys\nprint('x', file=sys.stderr)",
    BY_ITSELF.format("self.__dict__ == other.__dict__"),
    BY_ITSELF.format("vars(self) == vars(other)"),
    BY_ITSELF.format("all(getattr(self, n) == getattr(other, n) for n in 'xy')"),
    BY_ITSELF.format("self.same(other=1)"),
    "from functools import total_ordering\n@total_ordering\n" + BY_ITSELF.format("True")])
def test_usual_code_hides_no_comparison(code):
    assert source_scan.hiding_rule([code]) is None


@pytest.mark.parametrize("code", [
    "import sys as s", "s = sys", "sys.setprofile(None)", "sys.modules", "exec('a = 1')",
    "import warnings as self\nself.__dict__", "self = warnings\nvars(self)", "getattr(f, 'x')",
    "P.__eq__ = f", "from sys import self"])
def test_code_that_could_hide_one_is_seen(code):
    assert source_scan.hiding_rule([code])


def test_what_the_instructor_wrote_is_not_the_learners_code():
    answer = new_code_cell("import gc", metadata={"nbgrader": {"solution": True}})
    lab = new_notebook(cells=[new_code_cell("import sys as s\n"), answer])
    mine = new_notebook(cells=[new_code_cell("import sys as s"), new_code_cell("import gc")])
    assert source_scan.sources(mine, instructor_cells=code_without_answers(lab)) == ["import gc"]


HIDES = {"interpreter": "s = sys", "text as code": "exec('a = 1')", "IPython": "get_ipython()",
         "attributes by name": "getattr(f, 'x')", "posed": "import warnings as self",
         "no Python": "class A: def __eq__", "in a command": "%time A.__eq__ = f",
         "decorated": CLASS.replace("    def", "    @swap\n    def"),
         "from outside": CLASS + "A.__eq__ = f"}


@pytest.mark.parametrize("rule", HIDING, ids=lambda rule: rule.name)
def test_each_rule_is_the_one_that_its_example_breaks(rule):
    assert source_scan.hiding_rule(["x = 1", HIDES[rule.name]]) is rule
    assert source_scan.hiding_rule([CLASS]) is None


ELSEWHERE = {"stored": "import pickle", "mock": "import unittest.mock", "%run": "x = 1\n%run a.py"}


@pytest.mark.parametrize("rule", UNREAD, ids=lambda rule: rule.name)
def test_classes_from_elsewhere_are_not_read(rule):
    assert source_scan.unread_rule(["x = 1", ELSEWHERE[rule.name]], []) is rule


def test_only_source_beside_the_notebook_is_read():
    assert source_scan.unread_rule(["x = 1"], ["a.py", "data.csv"]) is None
    assert source_scan.unread_rule(["x = 1"], ["a.pyc"]) is UNREAD_FILE
