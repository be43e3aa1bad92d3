"""What in a learner's code answers comparisons, and what could hide that it does."""

import base64

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.assertions import source_scan


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
    assert source_scan.is_plain(_sources("x = 1", source)) is plain
    assert not source_scan.is_plain(_sources(CLASS, "import ctypes"))


def test_what_decorators_of_the_solution_make_a_student_may_write():
    assert source_scan.generated(_sources("@dataclass\nclass A: pass")) >= {"__eq__", "__lt__"}
    assert source_scan.generated(_sources("class A: pass")) == set()
