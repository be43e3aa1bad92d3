"""The checks of our labs as the grader asks for them, see `forkgrade.suite.CheckSuite`."""

import ast
from importlib import import_module
from pathlib import Path

from course_utils.checks import load

HERE = Path(__file__).parent
SECONDS = 60  # for a judgement
LARGE = ("tensorflow", "keras")  # no judgement needs them so far, and they take seconds


def called_check(statement):
    """Return NAME of a statement ``check.NAME(...)``, or None of another one.

    Parameters
    ----------
    statement : ast.stmt
    """
    call = statement.value if isinstance(statement, ast.Expr) else None
    function = call.func if isinstance(call, ast.Call) else None
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.attr if function.value.id == "check" else None
    return None


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
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level \
                    else [alias.name for alias in node.names] if isinstance(node, ast.Import) \
                    else []
                for name in names:
                    if name.split(".")[0] not in LARGE:
                        import_module(name)

    def called(self, statement):
        """Return the exercise that a statement checks by the learner's names alone, or None.

        Parameters
        ----------
        statement : ast.stmt
        """
        name = called_check(statement)
        return None if name and (statement.value.args or statement.value.keywords) else name

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
            What came back; nothing about it is certain.

        Raises
        ------
        Exception
            Of any kind, if it is no answer to this check.
        """
        from course_utils.checks.calling import TooSlow, time_limit
        from course_utils.checks.plain_data import checked

        check = self._checks[exercise]
        cases = None if check.build is None else len(inputs)
        try:
            with time_limit(SECONDS):
                return check.grade(inputs, checked(answer, check.needs, cases))
        except TooSlow as error:
            raise TimeoutError(str(error)) from None

    def unjudged(self, exercise):
        """Return the result for what is no answer.

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
