"""What a test is worth that has to run in the learner's own process."""

import ast
import contextlib
import secrets
import shlex

from nbformat.v4 import new_output

from forkgrade.steps.points import NO_POINTS, NUMBER, error_output

MOST_SHOWN = 60  # characters of a cell that a flag shows


class Credit:
    """The tests of one notebook that run in the learner's process.

    Their score is nbgrader's. What a test relies on and the learner's code changed is a reason to
    look, and costs nothing; only a test that did not run at all earns nothing.

    Parameters
    ----------
    job : forkgrade.job.Job
    released : forkgrade.job.Released
    """

    def __init__(self, job, released):
        self._job, self._released = job, released
        self._mark = self._nonce = None
        self._to_look_at, self._not_run = {}, []  # names of tests, by the reason
        self._recent = []

    @property
    def flags(self):
        """What a person should look at."""
        lab, student = shlex.quote(self._job.lab), shlex.quote(self._job.student)
        command = f"course grade {lab} --zero {student}"
        return [*(f"did not run: {name} earns nothing, because its code was not run"
                  for name in self._not_run),
                *(f"look: {', '.join(names)} passed in the learner's own process, where {reason}. "
                  f"If that is why: {command} {' '.join(map(shlex.quote, names))}"
                  for reason, names in self._to_look_at.items())]

    def note_cell(self, number, source):
        """Note that a cell of the learner's was run.

        Parameters
        ----------
        number : int
            Of the cell in the notebook, from 1.
        source : str
        """
        self._recent = [*self._recent[-2:], (number, source)]

    def request(self, code):
        """Return what to ask a kernel for a test.

        Parameters
        ----------
        code : str

        Returns
        -------
        dict
        """
        self._nonce = secrets.token_hex(12)
        self._mark = f"_ran_{self._nonce[:8]}"
        marked = _marked(code, f"{self._mark} = {self._nonce!r}")
        if marked is None:
            self._mark = None
        return {"do": "execute", "code": marked or code, "is_test": True, "is_learners": False,
                "usual_methods": list(self._released.usual_methods),
                "lab": {"imports": self._released.imports, "assigned": self._released.assigned},
                **({"mark": self._mark} if self._mark else {})}

    def settle(self, cell, reply):
        """Make the outputs of a test say what it is worth.

        Parameters
        ----------
        cell : nbformat.NotebookNode
            A test that was run; its outputs are changed in place.
        reply : forkgrade.conversation.Reply
        """
        name = cell.metadata["nbgrader"]["grade_id"]
        self._hide_mark(cell)
        read_result(cell, reply)
        if any(output.output_type == "error" for output in cell.outputs):
            return
        if self._mark and reply.ran != self._nonce:
            self._not_run.append(name)
            cell.outputs.insert(0, error_output(NO_POINTS, "This test did not run: what runs cells "
                                                "was replaced, and left it out."))
            return
        reasons = [*(f"{each} is not what it was" for each in reply.changes)]
        if reply.classes:
            reasons.append(f"a class of the notebook answers comparisons "
                           f"({', '.join(reply.classes)})")
        if reasons:
            self._to_look_at.setdefault("; ".join(reasons) + self._where(), []).append(name)

    def _where(self):
        shown = [f"cell {number}: {_first_line(source)}" for number, source in self._recent]
        return f" (last cells before it: {'; '.join(shown)})" if shown else ""

    def _hide_mark(self, cell):
        for output in cell.outputs if self._mark else ():
            if output.output_type == "error":
                output.traceback = ["\n".join(line for line in text.split("\n")
                                              if self._mark not in line)
                                    for text in output.traceback]


def read_result(cell, reply):
    """Make the outputs show a test's real result, not what learners' code displays.

    Parameters
    ----------
    cell : nbformat.NotebookNode
    reply : forkgrade.conversation.Reply
    """
    errors = any(output.output_type == "error" for output in cell.outputs)
    if not reply.ok and not errors:
        cell.outputs.insert(0, error_output(NO_POINTS, "This test failed without showing why."))
    if reply.result is None or cell.source.rstrip().endswith(";"):
        return
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    if NUMBER.match(str(reply.result.get("number"))):
        data = {"text/plain": str(reply.result["number"])}
        cell.outputs = [output for output in cell.outputs if output not in results]
        cell.outputs.append(new_output("execute_result", data=data,
                                       execution_count=cell.execution_count))
    elif reply.result.get("learner_class") and any(
            NUMBER.match(output.data.get("text/plain", "").strip()) for output in results):
        cell.outputs.insert(0, error_output(NO_POINTS, "The number that this test showed is an "
                                            "object of a class that the learner made."))


def _marked(code, statement):
    """Return a test's code with a statement at its end; None if it is not plain Python.

    A last expression stays last, because its value is shown.
    """
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        body = ast.parse(code).body
        lines = code.split("\n")
        if body and isinstance(body[-1], ast.Expr):
            place = body[-1].lineno - 1
            if lines[place][:body[-1].col_offset].strip() or "\f" in code:
                return None
            return "\n".join([*lines[:place], statement, *lines[place:]])
        return "\n".join([*lines, statement]) if body else None
    return None


def _first_line(source):
    line = next((line for line in source.splitlines() if line.strip()), "")
    return line if len(line) <= MOST_SHOWN else line[:MOST_SHOWN] + "…"
