"""Run one submission in a kernel, cell by cell, judging from outside."""

import contextlib
import time
import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_output

from forkgrade.conversation import Conversation, NotebookStop, ServerLost
from forkgrade.credit import Credit, read_result
from forkgrade.examination import Examination, can_be_examined, definitions_of, names_elsewhere
from forkgrade.examiner.values import NOTE
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.job import Job
from forkgrade.judge import Judge
from forkgrade.outcome import NotebookOutcome, Outcome
from forkgrade.steps.points import error_output
from forkgrade.steps.restore import restore
from forkgrade.steps.sanitize import clean_outputs
from forkgrade.steps.submission import parts
from forkgrade.suite import RECORD_TYPE, libraries, suite_for

MOST_SHOWN, SHORT = 40_000_000, 10_000  # characters of all outputs; and of one that stays anyway
EXAMINER, FRAME = str(Path("forkgrade", "examiner")), "\x1b[36mFile"
QUICK, MOST_QUESTIONS = 60, 5000  # seconds of a cell without a limit; for one test
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
    return _rehearse(job, address, kernels) if job.is_rehearsal else _run(job, address, kernels)


def _rehearse(job, address, kernels):
    """Run the instructor's own solution; first find out which tests can be judged outside."""
    examined = find_examined(job, address, kernels)
    outcome = _run(_examining(job, examined), address, kernels)
    lost = {name: _failed(outcome.notebooks[name].text) & set(tests)
            for name, tests in examined.items()}
    if any(lost.values()):  # they held only while others were judged outside too
        examined = {name: {test: each for test, each in tests.items() if test not in lost[name]}
                    for name, tests in examined.items()}
        outcome = _run(_examining(job, examined), address, kernels)
    return replace(outcome, examined=examined)


def _examining(job, examined):
    return replace(job, released={
        name: replace(released, examined=examined.get(name, {}))
        for name, released in job.released.items()})


def _failed(text):
    """Return the names of the cells of a notebook that show an error."""
    return {cell.metadata.get("nbgrader", {}).get("grade_id")
            for cell in nbformat.reads(text, as_version=4).cells
            if any(output.output_type == "error" for output in cell.get("outputs", ()))}


@dataclass
class Seen:
    """What a rehearsal has seen besides the points.

    Attributes
    ----------
    modules : set of str
        What the notebooks have loaded.
    methods : set of str
        Special methods of the classes that they made.
    """

    modules: set = field(default_factory=set)
    methods: set = field(default_factory=set)


def _run(job, address, kernels):
    begin, notebooks, flags, seen = time.monotonic(), {}, [], Seen()
    for name, released in job.released.items():
        try:
            notebooks[name] = _run_twice(
                job, name, lambda: kernels.kernel(address, job.limits), flags, seen)
        except (ServerLost, Closed):
            raise
        except Exception as error:  # a fault of the grader's own costs one notebook, not the class
            reason = _fault(error)
            flags.append(f"stopped: {reason}")
            notebooks[name] = NotebookOutcome.unreadable(released, reason)
    outcome = Outcome.of(job, notebooks, flags, time.monotonic() - begin)
    return replace(outcome, modules=tuple(sorted(seen.modules)),
                   usual_methods=tuple(sorted(seen.methods)))


def find_examined(job, address, kernels):
    """Return which tests can be judged outside the learner's process, by the sample solution.

    Parameters
    ----------
    job : forkgrade.job.Job
        Of the instructor's own solution.
    address, kernels
        As for `run_job`.

    Returns
    -------
    dict
        For each notebook, the tests as in `forkgrade.job.Released`.

    Raises
    ------
    ServerLost, forkgrade.forkserver.messages.Closed
        If it is to be run again.
    """
    found = {}
    for name, released in job.released.items():
        def lend():
            return kernels.kernel(address, job.limits)

        submitted = job.notebooks[name]
        nb, _, reason = restore(submitted.text, released, submitted.reason)
        if reason is None and Run(nb, None, job, released, is_trial=True).has_assertions():
            with lend() as kernel:
                conversation = Conversation(kernel, job)
                conversation.greet()
                run = Run(nb, conversation, job, released, lend, is_trial=True)
                run.all_cells()
                found[name] = run.examined
    return found


def _run_twice(job, name, lend, flags, seen):
    """Run a notebook; once more without what is not needed for the points, if that fails."""
    found = []
    try:
        outcome = _run_notebook(job, name, lend, found, seen)
    except (ServerLost, Closed):
        raise
    except Exception as error:
        found = []
        outcome = _run_notebook(job, name, lend, found, seen, is_bare=True)
        found.append(f"look: the grader failed on it at first ({_where(error)}), and then graded "
                     "it without looking for what was replaced")
    flags += found
    return outcome


def _run_notebook(job, name, lend, flags, seen, is_bare=False):
    submitted, released = job.notebooks[name], job.released[name]
    nb, changes, reason = restore(submitted.text, released, submitted.reason)
    flags += changes
    if reason is not None:
        return NotebookOutcome.of(nb, released, reason, read=False)
    with lend() as kernel:
        conversation = Conversation(kernel, job)
        conversation.greet()
        run = Run(nb, conversation, job, released, lend, is_bare=is_bare)
        reason = run.all_cells()
        if job.is_rehearsal:
            seen.modules |= _loaded_modules(kernel) | run.examiners_modules
            seen.methods |= run.methods
    flags += run.flags
    return NotebookOutcome.of(nb, released, reason)


def _loaded_modules(kernel):
    """Return the names of the modules that a kernel has loaded; none if it has ended."""
    with contextlib.suppress(Closed, NotPlain, TimeoutError):
        names = kernel.ask({"do": "modules"}, timeout=PATIENCE).get("modules")
        return {name for name in names if isinstance(name, str)}
    return set()


def _fault(error):
    return f"The grader failed on it; look at it by hand ({_where(error)})."


def _where(error):
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}: "
            f"{error}")[:200]


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
    lend : callable, optional
        Returns another kernel for a `with` block, for the examiner.
    is_trial : bool
        Whether to try for each test if it can be judged outside, as for the instructor's solution.
    is_bare : bool
        Whether to leave out what is not needed for the points.

    Attributes
    ----------
    flags : list of str
    methods : set of str
        Special methods of the learner's classes, where tests were watched.
    examiners_modules : set of str
        Of a rehearsal: what the tests loaded that were judged outside.
    examined : dict of str to list of str
        The tests that could be judged outside, see `forkgrade.job.Released`.
    """

    def __init__(self, nb, conversation, job, released, lend=None, is_trial=False,
                 is_bare=False):
        self.nb, self.flags, self.examined = nb, [], {}
        self.methods, self.examiners_modules = set(), set()
        self._conversation, self._job, self._released = conversation, job, released
        self._judge = Judge(suite_for(released.imports), job.seed)
        self._credit, self._output_size = Credit(job, released), 0
        self._is_trial, self._is_bare = is_trial, is_bare
        self._examination = Examination(lend, conversation, job, released)
        self._later, self._words = names_elsewhere(nb.cells, self._is_test, self._is_examined) \
            if is_trial or released.examined and not is_bare else ([set()] * len(nb.cells), set())

    def all_cells(self):
        """Run every cell; return why it stopped early, or None."""
        cell = reason = None
        try:
            self._bring_files()
            for number, cell in enumerate(self.nb.cells):
                if cell.cell_type == "code" and cell.source.strip() \
                        and not self._is_skipped(cell):
                    self._cell(cell, number)
        except NotebookStop as stop:
            reason = str(stop)
            self._tell(cell, stop)
        finally:
            if self._job.is_rehearsal:
                self.examiners_modules = self._examination.modules()
            self._examination.close()
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
        if any(map(self._runs_inside, self.nb.cells)):
            modules = sorted({module for module, _ in self._released.imports.values()})
            self._conversation.ask({"do": "watch", "modules": modules, "libraries": libraries()})

    def _is_test(self, cell):
        marks = cell.metadata.get("nbgrader", {})
        return bool(marks.get("grade")) and marks.get("grade_id") in self._released.locked

    def has_assertions(self):
        """Say whether there is a test that is not a check of the course alone."""
        return any(cell.cell_type == "code" and self._is_test(cell)
                   and self._judge.check_of(cell.source)[1] is None for cell in self.nb.cells)

    def _is_examined(self, cell):
        return cell.metadata.get("nbgrader", {}).get("grade_id") in self._released.examined

    def _runs_inside(self, cell):
        """Say whether a cell is a test of assertions that runs in the learner's process."""
        return cell.cell_type == "code" and self._is_test(cell) \
            and not (self._is_trial or self._is_bare or self._is_examined(cell)) \
            and _has_code(self._judge.check_of(cell.source)[0])

    def _cell(self, cell, number):
        is_test = self._is_test(cell)
        before, exercise = self._judge.check_of(cell.source) if is_test else (cell.source, None)
        if not is_test and not self._is_bare:
            self._credit.note_cell(number + 1, cell.source)
        if self._judge.is_summary(cell.source):
            self._table(cell)
        elif exercise is None:
            self._test(cell, number) if is_test else self._execute(cell, cell.source, False)
        elif not _has_code(before) or self._execute(cell, before, True):
            self._check(cell, exercise)

    def _test(self, cell, number):
        """Run a test of assertions, outside the learner's process if that is possible."""
        name = cell.metadata["nbgrader"]["grade_id"]
        if self._is_trial:
            if can_be_examined(cell.source):
                begin = time.monotonic()
                reply = self._examine(cell, None, number)
                is_quick = time.monotonic() - begin < (self._job.timeout or QUICK) / 8 \
                    and (reply.examined["questions"] or 0) < MOST_QUESTIONS
                if _passed(cell, reply) and is_quick and reply.examined["answers"] \
                        and not reply.examined["odd"]:
                    self.examined[name] = reply.examined["verdicts"]
                    return
            self._execute(cell, cell.source, True)  # later cells may need what it does
        elif name in self._released.examined:
            self._examine(cell, self._released.examined[name], number)
        else:
            self._execute(cell, cell.source, True)

    def _examine(self, cell, allowed, number):
        """Have the examiner run a test, and return its reply."""
        later = self._later[number]
        reply = self._examination.examine(cell.source, allowed, sorted(later | self._words))
        if definitions := definitions_of(cell.source, later):
            self._conversation.ask({"do": "execute", "code": definitions})
        self._take_outputs(cell, reply)
        _hide_examiner(cell)
        read_result(cell, reply)
        if reply.examined.get("odd"):
            name = cell.metadata["nbgrader"]["grade_id"]
            self.flags.append(f"odd answer: {name} earns nothing, because of an answer that it "
                              f"cannot compare: {reply.examined['odd']}")
        return reply

    def _execute(self, cell, code, is_test):
        """Run code in place of a cell's; return whether it passed."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        request = {"do": "execute", "code": code, "is_test": is_test,
                   "is_learners": name not in self._released.locked}
        if is_test and not self._is_bare:
            request |= self._credit.request(code)
        reply = self._conversation.ask(request)
        self._take_outputs(cell, reply)
        self.methods |= {name.rpartition(".")[2] for name in reply.classes}
        if is_test:
            read_result(cell, reply) if self._is_bare else self._credit.settle(cell, reply)
        if reply.exited:
            raise NotebookStop("The notebook left its kernel (exit or quit)", "exit")
        return _passed(cell, reply)

    def _take_outputs(self, cell, reply):
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


def _hide_examiner(cell):
    """Show of an error in a test what is the test's and the learner's, not how it was judged."""
    for output in cell.outputs:
        if output.output_type == "error":
            whole, mark, note = "\n".join(output.traceback).partition(NOTE)
            first, *frames = whole.split(FRAME)
            shown = [frame for frame in frames if EXAMINER not in frame]
            if len(shown) < len(frames):
                output.traceback = [FRAME.join([first.rstrip(), *shown]),
                                    f"{output.ename}: {output.evalue}", *[mark + note] * bool(mark)]


def _passed(cell, reply):
    return reply.ok and not any(output.output_type == "error" for output in cell.outputs)


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
