"""The checks of our labs as the grader asks for them, see `forkgrade.suite.CheckSuite`."""

import ast
from importlib import import_module
from pathlib import Path

from course_utils.checks import load
from course_utils.paths import is_litter

HERE = Path(__file__).parent
SECONDS = 60  # for a judgement
LARGE = ("tensorflow", "keras")  # no judgement needs them so far, and they take seconds


def called_check(code, *, arguments=False):
    """Split the code of a test cell at its last statement, `check.NAME()`.

    Parameters
    ----------
    code : str
        Plain Python: magics must have been translated (see `course_utils.notebooks.source`).
    arguments : bool
        Whether the call may have arguments; the grader judges only calls that have none.

    Returns
    -------
    before, name : str, str or None
        The lines above the call and the check's name; (code, None) if the last statement is
        anything else, or the code is not valid Python.
    """
    try:
        last = ast.parse(code).body[-1]
    except (SyntaxError, IndexError, ValueError):
        return code, None
    match last:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("check"), name), words, keywords)) if (
                arguments or not (words or keywords)):
            return "\n".join(code.splitlines()[:last.lineno - 1]), name
    return code, None


class LabSuite:
    """The checks of one lab.

    Parameters
    ----------
    lab : str
        For example ``lab01``.
    """

    packages = (HERE.parent,)
    hidden = {f"{__package__}.{path.name}": path for path in sorted(HERE.glob("lab*"))}
    stand_in = f"from {__package__}.remote import stand_in as __getattr__  # noqa: F401\n"
    preload = (f"{__package__}.remote", "course_utils.progress_file")
    environment = {"PLAIN_SIGHT_PROGRESS": "off"}  # a learner's progress is their own
    call_pattern = r"^check\.\w+\("
    summary = "check.points_so_far()"

    def __init__(self, lab):
        self._module = load(lab)
        self._checks = {check.exercise: check for check in self._module.CHECKS}
        self.exercises = {name: check.points for name, check in self._checks.items()}

    @classmethod
    def serving(cls, imports):
        """Return the suite of the lab that a notebook imports as `check`, or None.

        Parameters
        ----------
        imports : dict
            For each name ``[module, attribute or None]``.
        """
        module, lab = imports.get("check", (None, None))
        return cls(lab) if module == __package__ and lab else None

    def prepare(self):
        """Import what the checks import only when they are used."""
        for path in sorted(Path(self._module.__file__).parent.glob("*.py")):
            if is_litter(path.name):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level \
                    else [alias.name for alias in node.names] if isinstance(node, ast.Import) \
                    else []
                for name in names:
                    if name.split(".")[0] not in LARGE:
                        import_module(name)

    def split_at_check(self, code):
        """Split the code of a test cell at its last statement, `check.NAME()`.

        Parameters
        ----------
        code : str

        Returns
        -------
        before, exercise : str, str or None
            The lines above the call and what it checks; (code, None) if it is no such cell.
        """
        before, name = called_check(code)
        return (before, name) if name in self.exercises else (code, None)

    def draw(self, exercise, rng):
        """Return inputs of a check.

        Parameters
        ----------
        exercise : str
        rng : numpy.random.Generator
        """
        return self._checks[exercise].draw(rng)

    def recipe(self, exercise):
        """Return what the learner's process may know of a check.

        Parameters
        ----------
        exercise : str
        """
        from course_utils.checks.remote import recipe

        return {**recipe(self._checks[exercise]), "answer": f"{__package__}.remote:answer"}

    def grade(self, exercise, inputs, answer):
        """Return the result for an answer.

        Parameters
        ----------
        exercise : str
        inputs : list
            What `draw` returned.
        answer : object
            What came back, which cannot be trusted.

        Raises
        ------
        Exception
            Of any kind, if it cannot be an answer to this check.
        """
        from course_utils.checks.answer_schema import checked
        from course_utils.checks.calling import TooSlow, time_limit

        check = self._checks[exercise]
        cases = None if check.build is None else len(inputs)
        try:
            with time_limit(SECONDS):
                return check.grade(inputs, checked(answer, check.needs, cases))
        except TooSlow as error:
            raise TimeoutError(str(error)) from None

    def misconceptions(self, exercise):
        """Return the misconceptions that a check can name, with the first hint of each.

        Parameters
        ----------
        exercise : str

        Returns
        -------
        dict of str to str
        """
        hints = self._checks[exercise].hints
        return {name: texts[0] if texts else "" for name, texts in hints.items()}

    def unjudged(self, exercise):
        """Return the result for something that cannot be judged as an answer.

        Parameters
        ----------
        exercise : str
        """
        from course_utils.checks.result import Result

        check = self._checks[exercise]
        return Result(f"{check.lab}.{check.exercise}", "wrong", 0, check.points,
                      headline="What came back could not be judged.")

    def table(self, results):
        """Return the table of points so far.

        Parameters
        ----------
        results : dict
            By exercise.
        """
        from course_utils.checks.summary import Points

        rows = [(check, results.get(check.exercise)) for check in self._module.CHECKS]
        return Points(rows, self._module.WRITTEN)
