"""Run one submission in a kernel, cell by cell, judging from outside."""

import contextlib
import time
import traceback
from dataclasses import replace
from pathlib import Path

from nbformat.v4 import new_output

from forkgrade.assertions import source_scan
from forkgrade.conversation import Conversation, NotebookStop, ServerLost
from forkgrade.credit import Credit
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.job import Job
from forkgrade.judge import Judge
from forkgrade.outcome import NotebookOutcome, Outcome
from forkgrade.steps.points import error_output
from forkgrade.steps.restore import restore
from forkgrade.steps.sanitize import clean_outputs
from forkgrade.steps.submission import parts
from forkgrade.suite import RECORD_TYPE, suite_for

MOST_SHOWN, SHORT = 40_000_000, 10_000  # characters of all outputs; and of one that stays anyway
PATIENCE = 10.0  # seconds for a kernel to name its modules


def run_plain(data, address, kernels):
    """Run a job that came as plain data; return its outcome as plain data.

    Parameters
    ----------
    data : dict
        A `Job` as plain data.
    address, kernels
        As for `run_job`.

    Returns
    -------
    dict or None
        An `Outcome` as plain data; None if the kernel or its fork server was lost.
    """
    try:
        return run_job(Job.from_plain(data), address, kernels).to_plain()
    except (ServerLost, Closed):
        return None


def run_job(job, address, kernels):
    """Run one submission and return its outcome.

    Parameters
    ----------
    job : forkgrade.job.Job
    address : dict
        Of a fork server.
    kernels : forkgrade.forkserver.pool.KernelPool
        Where kernels of that server come from.

    Returns
    -------
    forkgrade.outcome.Outcome

    Raises
    ------
    ServerLost, forkgrade.forkserver.messages.Closed
        If it is to be run again.
    """
    begin, notebooks, flags, modules = time.monotonic(), {}, [], set()
    for name, released in job.released.items():
        try:
            kernel = kernels.kernel(address, job.limits)
            notebooks[name] = _run_notebook(job, name, kernel, flags, modules)
        except (ServerLost, Closed):
            raise
        except Exception as error:  # a fault of the grader's own costs one notebook, not the class
            reason = _fault(error)
            flags.append(f"stopped: {reason}")
            notebooks[name] = NotebookOutcome.unreadable(released, reason)
    outcome = Outcome.of(job, notebooks, flags, time.monotonic() - begin)
    return replace(outcome, modules=tuple(sorted(modules)))


def _run_notebook(job, name, lent, flags, modules):
    submitted, released = job.notebooks[name], job.released[name]
    nb, changes, reason = restore(submitted.text, released, submitted.reason)
    flags += changes
    if reason is not None:
        return NotebookOutcome.of(nb, released, reason, read=False)
    with lent as kernel:
        conversation = Conversation(kernel, job)
        conversation.greet()
        run = Run(nb, conversation, job, released)
        reason = run.all_cells()
        if job.is_rehearsal:
            modules |= _loaded_modules(kernel)
    flags += run.flags
    return NotebookOutcome.of(nb, released, reason)


def _loaded_modules(kernel):
    """Return the names of the modules that a kernel has loaded; none if it has ended."""
    with contextlib.suppress(Closed, NotPlain, TimeoutError):
        names = kernel.ask({"do": "modules"}, timeout=PATIENCE).get("modules")
        return {name for name in names if isinstance(name, str)}
    return set()


def _fault(error):
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (f"The grader failed on it; look at it by hand ({type(error).__name__} in "
            f"{Path(where.filename).name}, line {where.lineno}: {error}"[:200] + ").")


class Run:
    """One notebook in one kernel.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        Gets its outputs in place.
    conversation : forkgrade.conversation.Conversation
    job : forkgrade.job.Job
    released : forkgrade.job.Released
        The part of the job that belongs to this notebook.
    """

    def __init__(self, nb, conversation, job, released):
        self.nb, self.flags = nb, []
        self._conversation, self._job, self._released = conversation, job, released
        self._judge = Judge(suite_for(released.imports), job.seed)
        files = {name: content for name, content in job.files.items()
                 if name not in job.instructor_files}
        sources = source_scan.sources(nb, released.locked, files, released.instructor_cells)
        self._credit = Credit(released, sources, files)
        self._output_size = 0

    def all_cells(self):
        """Run every cell; return why it stopped early, or None."""
        cell = reason = None
        try:
            self._bring_files()
            for cell in self.nb.cells:
                if cell.cell_type == "code" and cell.source.strip() \
                        and not self._is_skipped(cell):
                    self._cell(cell)
        except NotebookStop as stop:
            reason = str(stop)
            self._tell(cell, stop)
        self.flags += self._credit.flags
        return reason

    def _is_skipped(self, cell):
        return self._job.skip_tag and self._job.skip_tag in cell.metadata.get("tags", [])

    def _bring_files(self):
        for part in parts(self._job.files):
            failed = self._conversation.ask(part).failed
            if failed and not any(flag.startswith("not used") for flag in self.flags):
                self.flags.append(f"not used: {part['name']} cannot be written ({failed})")
        if self._job.instructor_files:
            self._conversation.ask({"do": "import", "modules": self._job.instructor_modules,
                                    "files": self._job.instructor_files})

    def _cell(self, cell):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        is_test = name in self._released.locked and cell.metadata["nbgrader"]["grade"]
        before, exercise = self._judge.check_of(cell.source) if is_test else (cell.source, None)
        if self._judge.is_summary(cell.source):
            self._table(cell)
        elif exercise is None:
            self._execute(cell, cell.source, is_test)
        elif not _has_code(before) or self._execute(cell, before, True):
            self._check(cell, exercise)

    def _execute(self, cell, code, is_test):
        """Run code in place of a cell's; return whether it passed."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        reply = self._conversation.ask({"do": "execute", "code": code,
                                        "is_learners": name not in self._released.locked,
                                        **(self._credit.watch if is_test else {})})
        cell.outputs, forged = clean_outputs(reply.outputs)
        self._bound(cell)
        cell.execution_count = reply.count
        if forged:
            self.flags.append("forged: an output posed as a check's record; it counts for nothing")
        if reply.late:
            timeout = self._job.timeout
            cell.outputs.append(error_output("CellTimeoutError", f"It took more than {timeout} s "
                                                                 "and was interrupted."))
            self.flags.append(f"timeout: a cell was interrupted after {timeout} s")
        if is_test:
            self._credit.settle(cell, reply)
        if reply.exited:
            raise NotebookStop("The notebook left its kernel (exit or quit)", "exit")
        return reply.ok and not any(output.output_type == "error" for output in cell.outputs)

    def _bound(self, cell):
        """Drop long outputs once the whole notebook has too many."""
        sizes = [sum(len(str(part)) for part in (*output.get("data", {}).values(),
                                                 output.get("text", "")))
                 for output in cell.outputs]
        self._output_size += sum(sizes)
        if self._output_size > MOST_SHOWN:
            cell.outputs = [output for output, size in zip(cell.outputs, sizes, strict=True)
                            if size < SHORT]

    def _check(self, cell, exercise):
        reply = self._conversation.ask(self._judge.question(exercise))
        result, flag = self._judge.judge(exercise, reply.answer)
        if flag and not reply.late:
            self.flags.append(flag)
        bundle = {**result._repr_mimebundle_(), "text/plain": repr(float(result.points)),
                  RECORD_TYPE: result.record}
        self._show(cell, reply, bundle, cell.outputs)

    def _table(self, cell):
        reply = self._conversation.ask({"do": "execute", "code": "None"})
        table = self._judge.table()
        self._show(cell, reply, {"text/plain": repr(table), "text/html": table._repr_html_()})

    def _show(self, cell, reply, bundle, outputs=()):
        cell.execution_count = reply.count
        cell.outputs = [new_output("execute_result", execution_count=reply.count, data=bundle),
                        *outputs]

    def _tell(self, cell, stop):
        """Say in the cell at which the notebook stopped why nothing after it earned points."""
        self.flags.append(f"stopped: {stop}")
        if cell is not None:
            cell.outputs = [*cell.get("outputs", []), error_output(stop.name, str(stop))]


def _has_code(source):
    return any(line.strip() and not line.strip().startswith("#") for line in source.splitlines())


def records(nb):
    """Return the records that the judge wrote into a graded notebook, by name of the test cell.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    """
    entries = {}
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            record = output.get("data", {}).get(RECORD_TYPE)
            if record:
                entries[cell.metadata.nbgrader.grade_id] = record
    return entries
