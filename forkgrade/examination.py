"""Have tests judged in a kernel of their own, which asks the learner's kernel for answers."""

import ast
import contextlib
import re
import time

from forkgrade.conversation import GRACE, MOST_REPLY, NotebookStop, Reply
from forkgrade.examiner.rewriting import bound_names, examines_itself, loaded_names
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.steps.instructor_notebook import nodes_of
from forkgrade.steps.points import error_output
from forkgrade.steps.submission import parts

COMMAND = re.compile(r"^\s*[%!]", re.MULTILINE)  # of IPython
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
WORD = re.compile(r"[^\W\d]\w*")


class Examination:
    """The examiner of one notebook.

    Parameters
    ----------
    lend : callable
        Returns a kernel for a `with` block.
    conversation : forkgrade.conversation.Conversation
        With the learner's kernel.
    job : forkgrade.job.Job
    released : forkgrade.job.Released
        The part of the job that belongs to this notebook.
    """

    def __init__(self, lend, conversation, job, released):
        self._lend, self._conversation = lend, conversation
        self._job, self._released = job, released
        self._stack, self._kernel, self._count = contextlib.ExitStack(), None, None

    def close(self):
        """End the examiner's kernel."""
        self._stack.close()
        self._kernel = None

    def modules(self):
        """Return the names of the modules that the examiner has loaded."""
        with contextlib.suppress(Closed, NotPlain, TimeoutError):
            if self._kernel:
                return set(self._kernel.ask({"do": "modules"}, timeout=GRACE)["modules"])
        return set()

    def examine(self, code, allowed, kept):
        """Return the reply to a test that was run by the examiner.

        Parameters
        ----------
        code : str
        allowed : list of str or None
            See `forkgrade.examiner.links.Link.begin_test`.
        kept : list of str
            Names that later cells read.

        Returns
        -------
        forkgrade.conversation.Reply

        Raises
        ------
        forkgrade.conversation.NotebookStop, forkgrade.conversation.ServerLost
            If the learner's kernel cannot go on.
        """
        self._count = None
        try:
            kernel = self._kernel or self._prepared()
            kernel.tell({"do": "examine", "code": code, "allowed": allowed, "kept": kept,
                         "shares_random": self._released.seeds})
            reply = self._relay(kernel)
        except (Closed, NotPlain, TimeoutError) as error:
            self.close()
            reply = _lost(kernel, error)
        except BaseException:
            self.close()
            raise
        return reply

    def _prepared(self):
        kernel = self._stack.enter_context(self._lend())
        given = {name: self._job.files[name] for name in self._job.instructor_files}
        for part in parts(given):
            kernel.ask(part, timeout=self._seconds())
        kernel.ask({"do": "prepare", "definitions": list(self._released.definitions),
                    "assigned": list(self._released.assigned)}, timeout=self._seconds())
        self._kernel = kernel
        return kernel

    def _seconds(self):
        return self._job.timeout or self._conversation.remaining()

    def _relay(self, kernel):
        """Pass the examiner's questions on until it is done."""
        late, deadline = False, time.monotonic() + self._seconds()
        while True:
            try:
                message = kernel.hear(timeout=max(deadline - time.monotonic(), 0.01),
                                      most=2 * MOST_REPLY)
            except TimeoutError:
                if late:
                    raise
                kernel.interrupt()
                late, deadline = True, time.monotonic() + GRACE
                continue
            if "remote" not in message:
                return Reply.from_plain({**message, "count": self._count}, late)
            if time.monotonic() > deadline:  # quick questions without end
                raise NotebookStop(f"A test took more than {self._job.timeout} s, asking and "
                                   "answering without end", "CellTimeoutError")
            answer, slow = self._conversation.exchange(
                message["remote"], max(deadline - time.monotonic(), 0.01))
            if slow:
                late, deadline = True, time.monotonic() + GRACE
            if answer.get("left"):
                raise NotebookStop("The notebook left its kernel (exit or quit)", "exit")
            self._count = answer.get("count")
            kernel.tell(answer)


def can_be_examined(code):
    """Say whether it is worth trying to judge a test outside the learner's process.

    Parameters
    ----------
    code : str
    """
    nodes = nodes_of(code)
    return bool(nodes and nodes[0].body) and not examines_itself(nodes[0]) \
        and not COMMAND.search(code)


def definitions_of(code, names):
    """Return the functions, classes and imports of a test that have one of some names.

    Parameters
    ----------
    code : str
    names : set of str

    Returns
    -------
    str
        Their source.
    """
    body = (nodes_of(code) or [ast.Module([])])[0].body
    wanted = [node for node in body
              if isinstance(node, DEFINITIONS) and bound_names([node]) & names]
    return "\n".join(map(ast.unparse, wanted))


def names_elsewhere(cells, is_test, is_examined=lambda cell: False):
    """Return for each cell the names that are read in the learner's process.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
    is_test : callable
        Says whether a cell is a test, whose text is the instructor's.
    is_examined : callable, optional
        Says whether a test is judged outside.

    Returns
    -------
    tests : list of set of str
        By later tests.
    cells : set of str
        By the learner's cells, earlier ones too: their functions may be called later.
    """
    later, names, words = [], set(), set()
    for cell in reversed(cells):
        later.append(set(names))
        if cell.cell_type != "code":
            continue
        if not is_test(cell):
            words |= set(WORD.findall(cell.source))
        elif not is_examined(cell):
            read, bound = _reads(cell.source)
            names = names - bound | read
    return later[::-1], words


def _reads(code):
    """Return the names that a test reads, and those that it only assigns."""
    nodes = nodes_of(code)
    if not nodes or COMMAND.search(code):
        return set(WORD.findall(code)), set()
    bound = bound_names(nodes[0].body)
    return loaded_names(nodes[0]) - bound, bound


def _lost(kernel, error):
    """Return the reply in place of one that an examiner could not give."""
    reason = kernel.exit_reason() if isinstance(error, Closed) else None
    why = "it took too long" if isinstance(error, TimeoutError) else (
        f"its process ended ({reason.end})" if reason else f"its process sent {error}")
    return Reply.from_plain({"outputs": [error_output("TestStopped", "This test could not be "
                                                      f"finished: {why}.")]})
