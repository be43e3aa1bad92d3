"""What a learner's code does to its interpreter costs its own cell, and the notebook goes on."""

import pytest

from tests.forkgrade.kernels import echo, needs_bubblewrap

pytestmark = needs_bubblewrap

HARM = {
    "the interpreter": (
        "import sys\nsys.setrecursionlimit(50)", "import sys\nsys.setrecursionlimit(10**9)",
        "import gc\ngc.disable()", "import sys\nsys.modules.clear()",
        "import sys\nsys.modules = {}", "import sys\nsys.path.clear()",
        "import warnings\nwarnings.simplefilter('error')"),
    "names": (
        "import builtins\nvars(builtins).clear()",
        "import builtins\nbuiltins.len = None\ndel builtins.print\nbuiltins.__import__ = 5",
        "import json\njson.dumps = json.loads = json.JSONEncoder = json.encoder.c_make_encoder "
        "= None", "import json\nvars(json.encoder).clear()\nvars(json).clear()",
        "import numpy\nnumpy.array = numpy.ScalarType = None", "import numpy\nvars(numpy).clear()",
        "import os\nos.getpid = os._exit = os.fstat = os.pread = None",
        "import time\ntime.monotonic = time.time = None",
        "import struct\nstruct.Struct = None",
        "import socket\nsocket.socket.recv = socket.socket.sendall = lambda *_: b''"),
    "streams": (
        "import sys\nsys.stdout.close()\nsys.stderr.close()", "import sys\nsys.__stdout__.close()",
        "import sys\nsys.stdout = sys.stderr = None", "import sys\ndel sys.stdout",
        "import sys\nsys.stdout = open('log', 'w')\nsys.stdout.close()",
        "import sys\nsys.__stdout__ = None", "import os\nfor n in (0, 1, 2): os.close(n)",
        "import sys\nclass S:\n    closed = property(lambda self: 1 / 0)\nsys.stdout = S()"),
    "hooks": (
        "import sys\ndef hook(*_): raise ValueError\nsys.settrace(hook)",
        "import sys\ndef hook(*_): raise ValueError\nsys.setprofile(hook)",
        "import sys\nsys.settrace(lambda *_: None)",
        "import cProfile\nprofile = cProfile.Profile()\nprofile.enable()"),
    "errors": (
        "1" + "+1" * 2999, "(" * 300 + ")" * 300, "raise BaseException", "raise GeneratorExit",
        "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E",
        "class R:\n    def __repr__(self): raise BaseException\nR()",
        "from IPython.display import display\ndisplay({'text/plain': object()}, raw=True)",
        "from IPython.display import display\nx = []\nx.append(x)\n"
        "display({'a/json': x}, raw=True)"),
}


@pytest.mark.parametrize("harm", [code for codes in HARM.values() for code in codes],
                         ids=lambda code: code[:60].encode("unicode_escape").decode())
def test_harm_costs_its_cell_alone(kernel, harm):
    kernel.ask({"do": "execute", "code": harm}, timeout=30)
    for _ in range(2):
        reply = kernel.ask({"do": "execute", "code": "print('on', len([1]))\n2 + 3"}, timeout=30)
        seen = sorted(output.get("text") or output.get("evalue") or output["data"]["text/plain"]
                      for output in reply["outputs"])
        assert seen == ["5", "on 1\n"] and reply["ok"]
    number = {"do": "execute", "code": "0.5", "is_test": True,
              "lab": {"imports": {}, "assigned": []}}
    assert kernel.ask(number, timeout=30)["ok"]


@pytest.mark.parametrize("harm, name", [
    ("1" + "+1" * 2999, "RecursionError"),
    ("import builtins\nvars(builtins).clear()", "NameError"),
    ("from IPython.display import display\ndisplay({'a/json': object()}, raw=True)", "TypeError"),
])
def test_the_cell_says_what_it_was(kernel, harm, name):
    reply = kernel.ask({"do": "execute", "code": harm}, timeout=30)
    assert not reply["ok"] and reply["count"] == 1
    assert [output["ename"] for output in reply["outputs"]] == [name]
    assert kernel.ask({"do": "execute", "code": "1"})["count"] == 2


@pytest.mark.parametrize("change, ask, stays", [
    ("import builtins\nbuiltins.sum = max", "sum([1, 2])", "2"),
    ("import sys\nsys.setrecursionlimit(5000)", "sys.getrecursionlimit()", "5000"),
    ("import sys\nsys.setrecursionlimit(300)", "sys.getrecursionlimit()", "300"),
    ("import sys, fractions\ndel sys.modules['fractions']", "'fractions' in sys.modules", "False"),
    ("import sys, io\nsys.stdout = io.StringIO()\nprint('kept')",
     "text, sys.stdout = sys.stdout.getvalue(), sys.__stdout__\ntext", r"'kept\n'"),
    ("import sys\ncalls = []\nsys.setprofile(lambda *_: calls.append(1))", "len(calls) > 5",
     "True"),
])
def test_what_has_its_use_in_later_cells_stays_as_in_jupyter(kernel, change, ask, stays):
    echo(kernel, change)
    assert echo(kernel, ask) == stays


@pytest.mark.parametrize("cells", [("1 / 0", "%debug"), ("%pdb on", "1 / 0")])
def test_a_debugger_that_asks_for_commands_says_that_nobody_answers(kernel, cells):
    for cell in cells:
        said = echo(kernel, cell, timeout=60)
    assert "StdinNotImplementedError" in said
    assert echo(kernel, "1 + 1") == "2"


def test_a_function_of_a_check_that_ends_everything_costs_its_own_answer(kernel):
    echo(kernel, "def f(x): raise SystemExit")
    echo(kernel, "def g(x): return x")
    recipe = {"answer": "course_utils.checks.remote:answer"}
    reply = kernel.ask({"do": "call", "recipe": {**recipe, "name": "f"}, "inputs": []}, timeout=30)
    assert reply.get("answer") is None
    assert echo(kernel, "g(3)") == "3"
