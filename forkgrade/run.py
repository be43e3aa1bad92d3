"""Run one submission in a kernel, cell by cell, judging from outside. A job and its result are
plain data, so that both can travel to another machine and back."""

import time
import traceback
from pathlib import Path

import nbformat
from nbformat.v4 import new_output

from course_utils.checks.result import RECORD_TYPE
from forkgrade.assertions import source_scan
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.judge import Judge
from forkgrade.steps.points import NO_POINTS, NUMBER
from forkgrade.steps.restore import restore
from forkgrade.steps.sanitize import clean_cells, clean_outputs, printable
from forkgrade.steps.submission import parts

GRACE = 3.0  # seconds that a cell has to end after its interruption
BEGIN = 60.0  # seconds for a kernel to begin, on a machine with too much to do
MOST_REPLY = 32 * 2**20
MOST_SHOWN, SHORT = 40_000_000, 10_000  # characters of all outputs; and of one that stays anyway
LATE = object()  # in a reply; nothing that a kernel sends can be it
ENDS = {"memory": "it took more memory than allowed", "cpu": "it took more computing time than "
        "allowed", "processes": "it started more processes than allowed",
        "sockets": "it opened more sockets than allowed",
        "finished": "it stopped answering", "parent": "its kernel was lost"}
KILLED = {"end": "signal", "signal": "SIGKILL"}


class ParentLost(Exception):
    """The warm parent is gone; the job is to be run again with another one."""


def run_job(job, address, kernels):
    """Run one submission and return its result.

    Parameters
    ----------
    job : dict
        `student`, `lab`, `notebooks`, `flags` and `files` (see `intake.take`), `released` (see
        `locked.read`), `seed`, `timeout` and `limits`.
    address : dict
        Of a warm parent.
    kernels : forkgrade.forkserver.pool.KernelPool
        Where kernels of that parent come from.

    Returns
    -------
    dict
        `student`, `lab`, `notebooks` (JSON text of each), `reasons` (for each that did not run to
        its end), `unread` (names of those that could not be read), `flags` and `seconds`.
    """
    begin = time.monotonic()
    result = {"student": job["student"], "lab": job["lab"], "notebooks": {}, "reasons": {},
              "unread": [], "flags": list(job["flags"])}
    for name, released in job["released"].items():
        try:
            _run_notebook(name, released, job, kernels.kernel(address, job["limits"]), result)
        except (ParentLost, Closed):
            raise
        except Exception as error:  # a fault of the grader's own costs one notebook, not the class
            _give_up(name, released, error, result)
    result["flags"] = list(dict.fromkeys(map(printable, result["flags"])))[:50]
    result["reasons"] = {name: printable(reason) for name, reason in result["reasons"].items()}
    return {**result, "seconds": round(time.monotonic() - begin, 3)}


def _run_notebook(name, released, job, lent, result):
    nb, flags, reason = restore(**job["notebooks"][name], released=released)
    result["flags"] += flags
    if reason is not None:
        result["unread"].append(name)
    else:
        with lent as kernel:
            _greet(kernel)
            run = Run(nb, kernel, job, released)
            reason = run.all_cells()
        result["flags"] += run.flags
    if reason is not None:
        result["reasons"][name] = reason
    _keep(nb, name, released, result)


def _greet(kernel):
    """Make sure that a kernel is there: that of one that never was is nobody's fault."""
    try:
        kernel.ask({"do": "nothing"}, timeout=BEGIN)
    except (Closed, NotPlain, TimeoutError):
        raise ParentLost from None


def _give_up(name, released, error, result):
    where = traceback.extract_tb(error.__traceback__)[-1]
    reason = (f"The grader failed on it; look at it by hand ({type(error).__name__} in "
              f"{Path(where.filename).name}, line {where.lineno}: {error}"[:200] + ").")
    result["flags"].append(f"stopped: {reason}")
    result["unread"].append(name)
    nb, _, result["reasons"][name] = restore(None, released, reason)
    _keep(nb, name, released, result)


def _keep(nb, name, released, result):
    clean_cells(nb, {cell["name"] for cell in released["cells"] if cell["locked"]})
    # half a sign, as broken text has it, cannot be written to a file
    result["notebooks"][name] = nbformat.writes(nb).encode("utf-8", "replace").decode()


class Run:
    """One notebook in one kernel.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        Gets its outputs in place.
    kernel : forkgrade.forkserver.client.Kernel
    job, released : dict
        The job, and the part of it that belongs to this notebook.
    """

    def __init__(self, nb, kernel, job, released):
        self.nb, self.kernel, self.job, self.released = nb, kernel, job, released
        self.judge, self.flags = Judge(released["checks"], job["seed"]), []
        self._distrusted = {}  # tests that earn nothing, by the reason
        self._locked = {cell["name"] for cell in released["cells"] if cell["locked"]}
        self._timeout, self._shown = job["timeout"], 0
        self._end = time.monotonic() + job["limits"]["wall"]

    def all_cells(self):
        """Run every cell; return why it stopped early, or None."""
        reason = self._all_cells()
        self.flags += [f"tampering: {', '.join(names)} earn{'' if names[1:] else 's'} nothing, "
                       f"because {said}" for said, names in self._distrusted.items()]
        return reason

    def _all_cells(self):
        given = set(self.job.get("given", ()))
        theirs = {name: self.job["files"][name] for name in set(self.job["files"]) - given}
        sources = source_scan.sources(self.nb, self._locked, theirs, self.released["given"])
        self._magic = sorted(source_scan.magic(sources) - set(self.released["own_magic"]))
        self._rule = source_scan.hiding_rule(sources)
        self._is_plain = self._rule is None
        self._watched, self._executes = self._magic, False
        if not (self._is_plain and source_scan.is_read(sources, theirs)):
            # what cannot be read can still be seen when a test meets it
            self._watched = sorted(source_scan.ALL_MAGIC - set(self.released["own_magic"]))
            self._executes = not source_scan.generated(sources)
        cell = None
        try:
            for part in parts(self.job["files"]):
                failed = self._ask(part).get("failed")
                if failed and not any(flag.startswith("not used") for flag in self.flags):
                    self.flags.append(f"not used: {part['name']} cannot be written ({failed})")
            if given:
                self._ask({"do": "import", "modules": self.job["modules"],
                           "files": sorted(given)})
            for cell in self.nb.cells:
                if cell.cell_type == "code" and cell.source.strip() \
                        and "skip-execution" not in cell.metadata.get("tags", []):
                    self._cell(cell)
        except _Stopped as stop:
            self._tell(cell, stop)
            return str(stop)
        return None

    def _cell(self, cell):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        is_test = name in self._locked and cell.metadata["nbgrader"]["grade"]
        before, check = self.judge.check_of(cell.source) if is_test else (cell.source, None)
        if cell.source.strip() == "check.points_so_far()" and self.released["checks"]:
            self._table(cell)
        elif check is None:
            self._execute(cell, cell.source, is_test)
        else:
            passed = not _has_code(before) or self._execute(cell, before, True)
            if passed:
                self._check(cell, check)

    def _execute(self, cell, code, is_test):
        own = cell.metadata.get("nbgrader", {}).get("grade_id") not in self._locked
        request = {"do": "execute", "code": code, "own": own}
        if is_test:
            request |= {"watch": True, "magic": self._watched, "executed": self._executes,
                        "lab": {name: self.released[name] for name in ("imports", "assigned")}}
        reply = self._ask(request, cell)
        cell.outputs, forged = clean_outputs(reply.get("outputs"))
        self._bound(cell)
        cell.execution_count = _whole(reply.get("count"))
        if forged:
            self.flags.append("forged: an output posed as a check's record; it counts for nothing")
        if reply.get("timeout") is LATE:
            cell.outputs.append(_error("CellTimeoutError", f"It took more than {self._timeout} s "
                                                           "and was interrupted."))
            self.flags.append(f"timeout: a cell was interrupted after {self._timeout} s")
        if is_test:
            self._distrust(cell, reply)
            self._read_result(cell, reply)
        if reply.get("left"):
            raise _Stopped("The notebook left its kernel (exit or quit)", "exit")
        return reply.get("ok") is True and not any(output.output_type == "error"
                                                   for output in cell.outputs)

    def _bound(self, cell):
        """Leave out what is beyond a bound for the whole notebook."""
        sizes = [sum(len(str(part)) for part in (*output.get("data", {}).values(),
                                                 output.get("text", "")))
                 for output in cell.outputs]
        self._shown += sum(sizes)
        if self._shown > MOST_SHOWN:
            cell.outputs = [output for output, size in zip(cell.outputs, sizes, strict=True)
                            if size < SHORT]

    def _read_result(self, cell, reply):
        """Make a test's outputs say what became of it, not what the learner's code shows of it."""
        errors = any(output.output_type == "error" for output in cell.outputs)
        if reply.get("ok") is not True and not errors:
            cell.outputs.insert(0, _error(NO_POINTS, "This test failed without showing why."))
        result = reply.get("result")
        if not isinstance(result, dict) or cell.source.rstrip().endswith(";"):
            return
        shown = [output for output in cell.outputs if output.output_type == "execute_result"]
        if NUMBER.match(str(result.get("number"))):
            data = {"text/plain": str(result["number"])}
            cell.outputs = [each for each in cell.outputs if each not in shown]
            cell.outputs.append(new_output("execute_result", data=data,
                                           execution_count=cell.execution_count))
        elif result.get("own") and any(NUMBER.match(output.data.get("text/plain", "").strip())
                                       for output in shown):
            cell.outputs.insert(0, _error(NO_POINTS, "The number that this test showed is an "
                                                     "object of a class that the learner made."))

    def _distrust(self, cell, reply):
        """Give nothing for a test of assertions that the learner's code could have bent."""
        changed, met = ([str(each)[:80] for each in found[:5]] if isinstance(found, list) else []
                        for found in (reply.get("changed"), reply.get("met")))
        reasons = [f"{each} was replaced" for each in changed]
        hidden = f", beside code that {self._rule.because}" if self._rule else ""
        reasons += [f"the learner's {name} answers comparisons{hidden}"
                    for name in (met if self._is_plain else {*self._magic, *met})]
        if reasons:
            said = "; ".join(reasons)
            self._distrusted.setdefault(said, []).append(cell.metadata["nbgrader"]["grade_id"])
            cell.outputs.insert(0, _error(NO_POINTS, f"This test proves nothing: {said}."))

    def _check(self, cell, check):
        reply = self._ask(self.judge.question(check), cell)
        result, flag = self.judge.judge(check, reply.get("answer"))
        if flag and reply.get("timeout") is not LATE:
            self.flags.append(flag)
        cell.execution_count = _whole(reply.get("count"))
        bundle = result._repr_mimebundle_()
        shown = new_output("execute_result", execution_count=cell.execution_count, data=bundle)
        cell.outputs = [shown, *cell.outputs]

    def _table(self, cell):
        reply = self._ask({"do": "execute", "code": "None"}, cell)
        cell.execution_count, table = _whole(reply.get("count")), self.judge.table()
        cell.outputs = [new_output("execute_result", execution_count=cell.execution_count, data={
            "text/plain": repr(table), "text/html": table._repr_html_()})]

    def _ask(self, request, cell=None):
        """Ask the kernel; interrupt it when the time is up, give up when that does not help."""
        if time.monotonic() > self._end:
            raise _Stopped(f"All its cells together took more than {self.job['limits']['wall']} s",
                           "CellTimeoutError")
        try:
            self.kernel.tell(request)
            try:
                return self._dict(self.kernel.hear(timeout=self._timeout, most=MOST_REPLY))
            except TimeoutError:
                self.kernel.interrupt()
            try:
                reply = self._dict(self.kernel.hear(timeout=GRACE, most=MOST_REPLY))
                return {**reply, "timeout": LATE}
            except TimeoutError:
                raise _Stopped(f"A cell took more than {self._timeout} s and ignored its "
                               "interruption", "CellTimeoutError") from None
        except NotPlain as error:
            raise _Stopped(f"The kernel sent {error}", "NotPlain") from None
        except Closed:
            ended = self.kernel.ended()
            if ended == KILLED and self.job.get("attempts") == 1:
                raise ParentLost from None  # so does a machine that is short of memory: once more
            raise _Stopped(*_why(ended)) from None

    @staticmethod
    def _dict(reply):
        return reply if isinstance(reply, dict) else {}

    def _tell(self, cell, stop):
        """Show in the cell in which it stopped why nothing after it earned points."""
        self.flags.append(f"stopped: {stop}")
        if cell is not None:
            cell.outputs = [*cell.get("outputs", []), _error(stop.name, str(stop))]


class _Stopped(Exception):
    def __init__(self, message, name="DeadKernelError"):
        super().__init__(message)
        self.name = name


def _why(ended):
    if ended is None:  # it lives, and has closed its connection
        return (f"The kernel was ended: {ENDS['finished']}",)
    if ended.get("end") == "parent":
        raise ParentLost
    if ended["end"] == "signal":
        return (f"The kernel was killed by {ended['signal']}",)
    if ended["end"] == "exit":
        return (f"The kernel ended itself (code {ended['code']})",)
    return (f"The kernel was ended: {ENDS[ended['end']]}",)


def _error(name, text):
    return new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])


def _has_code(source):
    return any(line.strip() and not line.strip().startswith("#") for line in source.splitlines())


def _whole(value):
    return value if type(value) is int and 0 <= value < 10**9 else None


def records(nb):
    """Return the records that the judge wrote into a graded notebook, by name of the test cell."""
    found = {}
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            record = output.get("data", {}).get(RECORD_TYPE)
            if record:
                found[cell.metadata.nbgrader.grade_id] = record
    return found
