"""One notebook against a kernel that says what it likes: odd replies harm nobody but itself."""

import ast
import contextlib
import json
import time
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from forkgrade.conversation import Conversation, ServerLost
from forkgrade.credit import Credit
from forkgrade.forkserver.client import LIMITS
from forkgrade.forkserver.kernel import Exit
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.job import Cell, GradedCell, Job, Released, Submitted
from forkgrade.run import MOST_SHOWN, Run, _hide_examiner, run_job, run_plain

TEST = {"grade_id": "test_x", "grade": True, "locked": True, "points": 2}
RELEASED = Released(cells=(Cell("test_x", "code", True, "assert x", ""),),
                    graded={"test_x": GradedCell(2, "grade", "code")})
JOB = Job("ann", "lab", {}, {}, seed="s", timeout=5, limits=LIMITS)
GOOD = {"outputs": [], "count": 1, "ok": True, "changed": [], "classes": [], "left": False,
        "result": {"learner_class": False}}


class Liar:
    """A kernel with prepared replies; an exception among them is raised."""

    def __init__(self, *replies, end=None):
        self.replies, self.asked, self._end = list(replies), [], end

    def tell(self, request):
        self.asked.append(request)

    def hear(self, **_):
        if self.asked and self.asked[-1]["do"] == "watch":
            return {}
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return json.loads(json.dumps(self.mark(reply)))  # as it comes over the wire

    def mark(self, reply):
        """Add what the mark of the test holds in a kernel that runs it."""
        lines = self.asked[-1].get("code", "").split("\n") if self.asked else []
        values = [line.split(" = ")[1] for line in lines if line.startswith("_ran_")]
        return {"ran": ast.literal_eval(values[0]), **reply} if values else reply

    def interrupt(self):
        pass

    def exit_reason(self):
        return self._end


def run(kernel, *sources, limits=LIMITS):
    """Run a notebook whose last cell is a test; return the run and why it stopped."""
    nb = new_notebook(cells=[*(new_code_cell(source) for source in sources),
                             new_code_cell("assert x", metadata={"nbgrader": TEST})])
    job = replace(JOB, limits=limits, attempt=2)
    found = Run(nb, Conversation(kernel, job), job, RELEASED)
    return found, found.all_cells()


def failed(found):
    """Say whether the test shows an error, and so earns nothing."""
    return any(output.output_type == "error" for output in found.nb.cells[-1].outputs)


def test_a_good_reply_passes():
    found, reason = run(Liar(GOOD), "x = 1")
    assert reason is None and not failed(found) and not found.flags


@pytest.mark.parametrize("odd", [
    {"outputs": 5}, {"outputs": {"a": 1}}, {"outputs": [5, None, [], {"output_type": "x"}]},
    {"outputs": [{"output_type": "display_data", "data": 5}]}, {"count": True}, {"count": "1"},
    {"changed": 5}, {"changed": None}, {"changed": {"a": 1}}, {"classes": 7}, {"left": 0},
    {"result": 5}, {"result": {"number": [1]}}, {"result": {"number": "nan; 1"}},
])
def test_an_odd_part_of_a_reply_stops_nothing(odd):
    found, reason = run(Liar({**GOOD, **odd}), "x = 1")
    assert reason is None and not failed(found)
    count = found.nb.cells[-1].execution_count
    assert count is None or type(count) is int


@pytest.mark.parametrize("reply", [{}, {**GOOD, "ok": 1}, {**GOOD, "ok": "yes"}, {"failed": "E"}])
def test_only_a_reply_that_says_so_passes(reply):
    assert failed(run(Liar(reply))[0])


@pytest.mark.parametrize("part, said", [
    ({"changed": ["numpy.abs"]},
     "look: test_x passed in the learner's own process, where numpy.abs is not what it was (last "
     "cells before it: cell 1: x = 1). If that is why: course grade lab --zero ann test_x"),
    ({"classes": ["A.__eq__"]}, "a class of the notebook answers comparisons (A.__eq__)"),
    ({"result": {"number": "1.5", "learner_class": True}}, None),
])
def test_what_the_kernel_admits_is_flagged_and_costs_nothing(part, said):
    found, _ = run(Liar({**GOOD, **part}), "x = 1")
    assert not failed(found)
    assert (said in " ".join(found.flags)) if said else not found.flags


def test_an_error_in_a_test_shows_nothing_of_how_it_was_judged():
    cell = new_code_cell("assert f(1)", outputs=[new_output(
        "error", ename="ValueError", evalue="no", traceback=[
            "ValueError\n\x1b[36mCell In[1]\n----> 1 assert f(1)",
            "\x1b[36mFile /x/forkgrade/examiner/links.py:9\n  ask()\nValueError: no\n"
            "In the notebook:\nFile cell 1, line 3, in f"])])
    _hide_examiner(cell)
    shown = "\n".join(cell.outputs[0].traceback)
    assert "links.py" not in shown and "assert f(1)" in shown and "line 3, in f" in shown


def test_a_test_whose_code_was_left_out_earns_nothing():
    found, _ = run(Liar({**GOOD, "ran": "anything"}))
    assert failed(found) and found.flags == [
        "did not run: test_x earns nothing, because its code was not run"]


@pytest.mark.parametrize("code, last", [
    ("assert f(1)", None), ("x = f(1)\nx", "x"), ("2 if f(1) else 1", "2 if f(1) else 1"),
    ("if f(1):\n    3", None), ("# nothing", False), ("%time f(1)", False), ("a = 1; a", False),
    ("f('''\n1\n''')", "f('''\n1\n''')")])
def test_the_mark_of_a_test_leaves_its_last_expression_last(code, last):
    request = Credit(JOB, RELEASED).request(code)
    assert ("mark" in request) == (last is not False)
    if last is False:
        assert request["code"] == code
        return
    names, body = {"f": lambda x: x}, ast.parse(request["code"]).body
    assert not last or ast.unparse(body[-1]) == ast.unparse(ast.parse(last))
    exec(request["code"], names)
    assert len(names[request["mark"]]) == 24


@pytest.mark.parametrize("error, end, said", [
    (Closed("gone"), Exit("exit", code=3), "ended itself (code 3)"),
    (Closed("gone"), Exit("signal", signal="SIGKILL"), "killed by SIGKILL"),
    (Closed("gone"), Exit("fault", fault="KeyError in x.py, line 3"),
     "own runner failed in the kernel; look at it by hand (KeyError in x.py, line 3)"),
    (Closed("gone"), Exit("processes"), "more processes and threads than allowed (256; "
                                        "--processes sets the number)"),
    (Closed("gone"), Exit("memory"), "more memory than allowed (2048 MiB; --memory sets"),
    (Closed("gone"), Exit("cpu"), "more computing time than allowed (900 s)"),
    (Closed("gone"), Exit("sockets"), "more sockets than allowed (256)"),
    (Closed("gone"), None, "stopped answering"),  # it lives, and has closed its connection
    (NotPlain("too much"), None, "too much"),
    (TimeoutError(), None, "ignored its interruption"),
])
def test_a_kernel_that_answers_no_more_has_a_reason(error, end, said):
    found, reason = run(Liar(GOOD, error, end=end), "x = 1", "y = 1")
    assert said in reason and any(flag.startswith("stopped") for flag in found.flags)
    assert found.nb.cells[1].outputs[-1].output_type == "error"
    assert "outputs" not in found.nb.cells[2] or not found.nb.cells[2].outputs


def test_all_outputs_together_are_bounded():
    picture = {"output_type": "display_data", "metadata": {},
               "data": {"image/png": "A" * (MOST_SHOWN // 12)}}
    short = {"output_type": "stream", "name": "stdout", "text": "short"}
    found, _ = run(Liar({**GOOD, "outputs": [picture, short]}), *["x = 1"] * 16)
    kinds = [[output.output_type for output in cell.outputs] for cell in found.nb.cells]
    assert kinds[0] == ["display_data", "stream"]
    assert kinds[-1] == ["stream"], "what is short stays"
    assert len(json.dumps(found.nb)) < MOST_SHOWN + 100_000


def test_a_notebook_has_an_end_as_a_cell_has():
    class Slow(Liar):
        def hear(self, **more):
            time.sleep(0.02)
            return super().hear(**more)

    found, reason = run(Slow(GOOD), *["x = 1"] * 20, limits={**LIMITS, "wall": 0.1})
    assert "All its cells together took more than 0.1 s" in reason
    assert 0 < len([cell for cell in found.nb.cells if cell.execution_count]) < 20


class Kernels:
    """Lends a prepared kernel, or fails to."""

    def __init__(self, prepared):
        self.prepared = prepared

    def kernel(self, *_):
        if isinstance(self.prepared, Exception):
            raise self.prepared
        return contextlib.nullcontext(self.prepared)


def job(attempt=1):
    """Return a job with one notebook of one released test."""
    text = nbformat.writes(new_notebook(cells=[new_code_cell("x = 1")]))
    return Job("ann", "lab", {"lab": Submitted(text)}, {"lab": RELEASED}, seed="s", timeout=5,
               limits=LIMITS, attempt=attempt)


def test_a_fault_of_the_grader_costs_one_notebook_and_says_so():
    outcome = run_job(job(), {}, Kernels(KeyError("oh")))
    notebook = outcome.notebooks["lab"]
    assert notebook.reason.startswith("The grader failed on it")
    assert "KeyError in test_run.py" in notebook.reason
    assert not notebook.read and "assert x" in notebook.text
    assert outcome.flags[-1] == f"stopped: {notebook.reason}"


def test_a_step_that_is_not_needed_for_the_points_costs_none(monkeypatch):
    def fail(*_):
        raise RecursionError("too deep")

    kernel = Liar(GOOD)
    kernel.ask = lambda *_, **__: {}
    monkeypatch.setattr(Credit, "note_cell", fail)
    outcome = run_job(job(), {}, Kernels(kernel))
    assert outcome.notebooks["lab"].read and outcome.notebooks["lab"].reason is None
    assert "RecursionError" in outcome.flags[-1] and outcome.flags[-1].startswith("look: ")
    assert "NoPoints" not in outcome.notebooks["lab"].text


def test_a_lost_fork_server_is_for_the_worker_to_replace():
    with pytest.raises(ServerLost):
        run_job(job(), {}, Kernels(ServerLost()))


def test_a_kernel_that_was_killed_from_outside_is_run_once_more_on_every_wire():
    def outcome(attempt):
        kernel = Liar(GOOD, Closed("gone"), end=Exit("signal", signal="SIGKILL"))
        kernel.ask = lambda *_, **__: {}
        return run_plain(job(attempt).to_plain(), {}, Kernels(kernel))

    assert outcome(1) is None
    assert "killed by SIGKILL" in outcome(2)["notebooks"]["lab"]["reason"]
