"""In the examiner's kernel: run the instructor's definitions, and tests."""

import ast
import contextlib

from forkgrade.examiner.links import Link, Names
from forkgrade.examiner.rewriting import NAMES, Rewriter, bound_names
from forkgrade.examiner.values import library_reference


class Examiner:
    """Runs tests in a kernel that no learner's code enters.

    Parameters
    ----------
    shell : forkgrade.forkserver.shell.Shell
    recorder : forkgrade.forkserver.outputs.Recorder
    exchange : callable
        Sends a message to the grader in the middle of a request, and returns the answer.
    """

    def __init__(self, shell, recorder, exchange):
        self._shell, self._names = shell, shell.user_ns
        self._link = Link(exchange, recorder)
        self._learners = Names(self._link, shell.user_ns)
        self._rewriter = None

    def prepare(self, statements, assigned):
        """Run the instructor's imports and definitions, as far as they can be run here.

        Parameters
        ----------
        statements : list of str
        assigned : list of str
            See `forkgrade.examiner.rewriting.Rewriter`.
        """
        self._names[NAMES] = self._learners
        self._rewriter = Rewriter(assigned)
        self._shell.ast_transformers.append(self._rewriter)
        for statement in statements:
            before = dict(self._names)
            if self._shell.run_cell(statement, store_history=False, silent=True).success:
                self._rewriter.own |= {name for name in bound_names(ast.parse(statement).body)
                                       if name in self._names}
            else:
                self._names.clear()
                self._names.update(before)

    @contextlib.contextmanager
    def test(self, code, allowed, kept, shares_random=True):
        """Have names mean what they mean in a test, within a `with` block.

        Parameters
        ----------
        code : str
        allowed : list of str or None
            See `forkgrade.examiner.links.Link.begin_test`.
        kept : list of str
            Names that other cells of the notebook read, if the test assigns them.
        shares_random : bool
            Whether it goes on with the learner's random numbers, as where the lab sets a seed.

        Yields
        ------
        dict
            To which it adds what was found: `answers`, `questions`, `verdicts` and `odd`.
        """
        found = {}
        assigned = bound_names(_body(code))
        self._link.begin_test(allowed)
        self._learners.begin_test(assigned)
        self._link.begin_random(shares_random)
        yield found
        found |= {"answers": self._link.answers, "questions": self._link.questions,
                  "verdicts": sorted(self._link.verdicts), "odd": self._link.odd}
        self._leave(assigned & set(self._names), set(kept))
        self._learners.end_test()

    def _leave(self, names, kept):
        """Give the learner's kernel what other cells read of a test's names.

        The others mean nothing there any more, as if the test had covered them.
        """
        for name in sorted(names & kept):
            if callable(self._names[name]) and library_reference(self._names[name]) is None:
                continue  # a function of the examiner's can be called only while a test runs
            with contextlib.suppress(Exception):  # what cannot travel is missing there
                self._link.ask("set", **{name: self._names[name]})
        self._link.ask("done", *sorted(names - kept))


def _body(code):
    try:
        return ast.parse(code).body
    except SyntaxError:  # a magic command
        return []
