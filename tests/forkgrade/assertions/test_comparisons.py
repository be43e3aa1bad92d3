"""Which special methods a test meets, and which are the learner's own business."""

import base64

import pytest

from forkgrade.assertions.source_scan import ALL_MAGIC
from forkgrade.credit import Credit
from forkgrade.job import Released
from tests.forkgrade.kernels import needs_bubblewrap

pytestmark = needs_bubblewrap
CLASS = """
import heapq


class Node:
    def __init__(self, x):
        self.x = x

    def __lt__(self, other):
        return self.x < other.x

    def __eq__(self, other):
        return True

    def __bool__(self):
        return True

    def __hash__(self):
        return 1


def smallest(numbers):
    nodes = [Node(x) for x in numbers]
    heapq.heapify(nodes)
    assert len(set(nodes)) == 1 and nodes[0] == nodes[1]
    return list(heapq.merge(nodes, [Node(10)]))[0].x
"""
TIMED = """
def timed(numbers):
    return min(Node(x) for x in numbers).x
"""
HELPER = b"""
import sys


class Yes:
    def __ne__(self, other):
        return False


def right():
    return not Yes() != Yes()


def off():
    sys.setprofile(None)
"""


@pytest.mark.parametrize("test, met", [
    ("assert smallest([3, 1, 2]) == 1", []),
    ("assert Node(1) == 5", ["__eq__"]),
    ("assert Node(0)", ["__bool__"]),
    ("assert 7 in [Node(1)]", ["__eq__"]),
    ("import unittest\nunittest.TestCase().assertEqual(Node(1), 5)", ["__eq__"]),
    ("def same(a, b):\n    return a == b\nassert same(5, Node(1))", ["__eq__"]),
    ("assert sorted([Node(2), Node(1)])[0].x == 1", ["__lt__"]),
    ("assert len({Node(1), Node(2)}) == 1", ["__eq__", "__hash__"]),
    ("import helper\nassert helper.right()", []),
    ("import helper\nassert not helper.Yes() != 3", ["__ne__"]),
    ("import shutil, sys\nshutil.copy('helper.py', '/tmp/other.py')\nsys.path.append('/tmp')\n"
     "import other\nassert not other.Yes() != 3", ["__ne__"]),
    ("assert timed([3, 1, 2]) == 1", []),
    ("import helper\nhelper.off()\nassert Node(1) == 5", ["sys.setprofile"]),
])
def test_a_test_meets_what_it_or_a_library_compares(kernel, test, met):
    kernel.ask({"do": "file", "name": "helper.py", "begins": True,
                "content": base64.b64encode(HELPER).decode()}, timeout=60)
    assert kernel.ask({"do": "execute", "code": CLASS, "is_learners": True}, timeout=60)["ok"]
    kernel.ask({"do": "execute", "code": "%%time\n" + TIMED, "is_learners": True}, timeout=60)
    reply = kernel.ask({"do": "execute", "code": test, "is_learners": False, "watch": True,
                        "magic": ["__lt__", "__eq__", "__ne__", "__bool__", "__hash__"],
                        "lab": {"imports": {}, "assigned": []}}, timeout=60)
    assert reply["ok"], reply["outputs"]
    assert set(met) <= set(reply["met"]) and bool(met) == bool(reply["met"])
    assert reply["changed"] == []
    after = kernel.ask({"do": "execute", "code": "import sys\nsys.getprofile()"}, timeout=60)
    assert after["outputs"] == []


def test_a_copy_of_the_test_hides_nothing(kernel):
    kernel.ask({"do": "execute", "code": CLASS, "is_learners": True}, timeout=60)
    test = "assert Node(1) == 5"
    kernel.ask({"do": "execute", "code": test, "is_learners": True}, timeout=60)
    kernel.ask({"do": "execute", "code": "get_ipython().execution_count -= 2", "is_learners": True},
               timeout=60)
    reply = kernel.ask({"do": "execute", "code": test, "watch": True, "magic": ["__eq__"],
                        "lab": {"imports": {}, "assigned": []}}, timeout=60)
    assert reply["met"] == ["__eq__"]


LIAR = """
class Liar:
    def __ge__(self, other):
        return True

    def __le__(self, other):
        return True
"""
RATE = """
from course_utils.faces.metrics import rate
try:
    rate(Liar(), 10)
except TypeError:
    pass  # it has compared by then
"""
GALLERY = """
from course_utils.faces.gallery import Gallery
assert "Ada" not in Gallery()
"""
HOOK = """
import course_utils.data.arguments as ours
get_ipython().events.register("post_run_cell", ours._describe)
"""


@pytest.mark.parametrize("source, test, met", [
    # a comparison that a course's helper makes decides what the test sees
    (LIAR, RATE, {"__ge__", "__le__"}),
    # one that a course's class answers is not the learner's
    ("x = getattr(int, 'real')", GALLERY, set()),
    (HOOK, "assert 1 < 2", set()),
])
def test_a_courses_own_package_is_a_library(kernel, source, test, met):
    watch = Credit(Released(), [source], ()).watch
    assert met <= set(watch["magic"]) <= ALL_MAGIC
    kernel.ask({"do": "execute", "code": source, "is_learners": True}, timeout=60)
    reply = kernel.ask({"do": "execute", "code": test, "is_learners": False, **watch}, timeout=60)
    assert reply["ok"], reply["outputs"]
    assert set(reply["met"]) == met and reply["changed"] == []
