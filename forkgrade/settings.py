"""nbgrader's configuration of a course: loaded by nbgrader itself, and refused where not obeyed."""

import contextlib
import logging
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from inspect import isclass
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader import preprocessors as theirs
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from course_utils.errors import CourseError
from course_utils.paths import CONFIGURATIONS
from forkgrade.steps.execute_submission import ExecuteSubmission
from forkgrade.steps.exporter import SubmissionExporter
from forkgrade.steps.gradebook import STEPS
from forkgrade.steps.marks import TidyMarks
from forkgrade.steps.misnamed import adopt_misnamed
from forkgrade.steps.overwrite import OverwriteReleased
from forkgrade.steps.points import ReadPoints

# What is done always and in its own way, by nbgrader's names; each may be one of ours.
SANITIZE = (theirs.ClearOutput, theirs.DeduplicateIds, theirs.OverwriteKernelspec,
            theirs.OverwriteCells, theirs.CheckCellMetadata)
EXECUTE = (theirs.Execute, theirs.SaveAutoGrades)
# What is done if the list of `Autograde.autograde_preprocessors` has it.
OPTIONAL = (theirs.IgnorePattern, ClearMetadataPreprocessor, theirs.LimitOutput,
            theirs.AssignLatePenalties, theirs.CheckCellMetadata)
OURS = (ExecuteSubmission, OverwriteReleased, ReadPoints, TidyMarks)
IN_PLACE_OF = {theirs.DeduplicateIds: TidyMarks}

# Arguments of a kernel that change nothing here: they keep a real one quiet.
QUIET_ARGUMENTS = (
    "--log-level=", "--Application.log_level=", "--IPKernelApp.log_level=", "--quiet", "--debug",
    "--HistoryManager.", "--IPKernelApp.exec_lines=__import__('sys').stderr = "
                         "__import__('sys').stdout")

OBEYED = {
    "CourseDirectory": (
        "autograded_directory", "course_id", "db_url", "directory_structure", "groupshared",
        "ignore", "root", "source_directory", "student_id", "student_id_exclude",
        "submitted_directory"),
    "Autograde": ("create_student", "exclude_overwriting", "force", "permissions"),
    "Execute": ("skip_cells_with_tag", "timeout"),
}
# Settings that make no difference, whatever their value, and why.
HARMLESS = {
    "CourseDirectory": {
        "feedback_directory": "grading does not touch it",
        "include": "nbgrader reads it where the exchange copies folders",
        "max_dir_size": "nbgrader reads it where the exchange copies folders",
        "max_file_size": "nbgrader reads it where the exchange copies folders",
        "release_directory": "grading does not touch it",
        "solution_directory": "grading does not touch it",
        "source_with_tests_directory": "grading does not touch it"},
    "Autograde": {},
    "Execute": {
        "allow_error_names": "nbgrader lets every error pass in a submission anyway",
        "execute_retries": "nbgrader declares it and reads it nowhere",
        "iopub_timeout": "outputs come with the reply, so nothing is waited for",
        "kernel_manager_class": "nbgrader sets it itself, whatever the configuration says",
        "ipython_hist_file": "these kernels keep no history",
        "raise_on_iopub_timeout": "outputs come with the reply, so nothing is waited for",
        "record_timing": "it decides metadata of the graded notebook that nothing reads",
        "shell_timeout_interval": "a kernel's end is noticed at once",
        "shutdown_kernel": "a kernel's end is waited for by nobody",
        "startup_timeout": "a kernel is forked, which takes some hundredths of a second",
        "store_widget_state": "no widgets are drawn while grading"},
}
# Settings of which only the default, or what `ACCEPTED` says, can be obeyed; and why.
REFUSED = {
    "CourseDirectory": {
        "assignment_id": "the command names its lab itself",
        "notebook_id": "all notebooks of a lab are graded together"},
    "Autograde": {
        "autograde_preprocessors": "only nbgrader's own steps and those of this grader are run, "
                                   "and executing and saving cannot be left out",
        "exporter_class": "graded submissions are always notebooks",
        "post_convert_hook": "hooks are not called",
        "pre_convert_hook": "hooks are not called, except this grader's own adopt_misnamed",
        "sanitize_preprocessors": "submissions are made whole by nbgrader's own steps, all of "
                                  "them, and no others"},
    "Execute": {
        "enabled": "what is not run cannot be graded",
        "error_on_timeout": "a cell that was interrupted always says how long it took",
        "extra_arguments": "kernels are forked, and read no arguments",
        "force_raise_errors": "an error costs its cell, never the submission",
        "interrupt_on_timeout": "a cell that takes too long is always interrupted, and those after "
                                "it are run",
        "kernel_name": "only Python of this environment is run",
        **dict.fromkeys(("on_cell_complete", "on_cell_error", "on_cell_execute", "on_cell_start",
                         "on_notebook_complete", "on_notebook_error", "on_notebook_start"),
                        "hooks are not called"),
        "timeout_func": "there is one limit for all cells; set Execute.timeout"},
}


@dataclass(frozen=True)
class Settings:
    """What a course has set, as `nbgrader autograde` understands it.

    Attributes
    ----------
    config : traitlets.config.Config
        All files together.
    coursedir : nbgrader.coursedir.CourseDirectory
    autograde : nbgrader.converters.Autograde
    warnings : tuple of str
        What nbgrader said about the configuration, such as a name that it does not know.
    """

    config: object
    coursedir: CourseDirectory
    autograde: Autograde
    warnings: tuple = ()

    @cached_property
    def exporter(self):
        """nbgrader's exporter, the parent of each of its steps."""
        return NotebookExporter(parent=self.autograde, config=self.autograde.config)

    @cached_property
    def execute(self):
        """The step that would run the cells, for its settings."""
        classes = self._classes("autograde_preprocessors")
        fitting = (each for each in classes if issubclass(each, theirs.Execute))
        return next(fitting, ExecuteSubmission)(parent=self.exporter)

    @property
    def timeout(self):
        """Seconds for a cell; None if there is no limit."""
        seconds = self.execute.timeout
        return seconds if seconds and seconds > 0 else None

    @property
    def permissions(self):
        """The mode of the files of a graded submission."""
        return int(str(self.autograde.permissions), 8)

    def steps(self):
        """Return the steps that give points to an executed notebook, as nbgrader makes them."""
        wanted = {*self._classes("autograde_preprocessors"), ReadPoints}
        return [step(parent=self.exporter) for step in STEPS if step in wanted]

    def _classes(self, name):
        """Return the classes in one of the lists of steps."""
        return [each if isclass(each) else type(each)
                for each in map(_imported, getattr(self.autograde, name))]

    def check(self, lab):
        """Raise unless everything that is set can be obeyed.

        Parameters
        ----------
        lab : str
            What is to be graded.

        Raises
        ------
        CourseError
            Names each setting and says why.
        """
        reasons = [*self._refusals(lab), *self._switched_off()]
        if reasons:
            raise CourseError("nbgrader's configuration has what `course grade` does not obey:\n"
                              + "".join(f"  {reason}\n" for reason in reasons)
                              + "Remove these settings, or use: nbgrader autograde " + lab)

    def _refusals(self, lab):
        accepted = {
            ("CourseDirectory", "assignment_id"): lambda value: value in ("", lab),
            ("Autograde", "pre_convert_hook"): lambda value: value in (None, adopt_misnamed),
            ("Autograde", "exporter_class"): lambda value: _imported(value) is SubmissionExporter,
            ("Autograde", "sanitize_preprocessors"): lambda _: self._sanitizes(),
            ("Autograde", "autograde_preprocessors"): lambda _: self._grades(),
            ("Execute", "extra_arguments"): lambda value: all(map(_is_quiet, value)),
            ("Execute", "kernel_name"): _is_this_python}
        for name, thing, default in self._things():
            known = {*OBEYED[name], *HARMLESS[name]}
            for trait in sorted(set(thing.class_trait_names(config=True)) - known):
                value = getattr(thing, trait)
                accept = accepted.get((name, trait), lambda _: False)
                if value != getattr(default, trait) and not accept(value):
                    reason = REFUSED[name].get(trait, "`course grade` does not know it")
                    yield f"{_where_set(self.config, thing, name, trait)}: {reason}."

    def _things(self):
        """Yield the name of each class with settings, an object of it, and an unconfigured one."""
        yield "CourseDirectory", self.coursedir, CourseDirectory()
        yield "Autograde", self.autograde, Autograde(coursedir=CourseDirectory())
        yield "Execute", self.execute, type(self.execute)()

    def _sanitizes(self):
        classes = self._classes("sanitize_preprocessors")
        return _all_known(classes, SANITIZE) and _none_missing(classes, SANITIZE)

    def _grades(self):
        classes = self._classes("autograde_preprocessors")
        return _all_known(classes, (*EXECUTE, *OPTIONAL)) and _none_missing(classes, EXECUTE)

    def _switched_off(self):
        """Yield a sentence for each step that is not to be run, though it always is."""
        for step in (*SANITIZE[:-1], theirs.SaveAutoGrades):
            if not step(parent=self.exporter).enabled:
                yield f"{step.__name__}.enabled: this step is always run."


def load(root):
    """Return what a course has set: for the system, for the user, and in its own folder.

    Parameters
    ----------
    root : path-like
        The course's folder, in which `nbgrader autograde` would be typed.

    Returns
    -------
    Settings

    Raises
    ------
    CourseError
        If there is no `nbgrader_config.py`, a file cannot be read, or a value is none that nbgrader
        accepts.
    """
    root = Path(root)
    if not any((root / name).is_file() for name in CONFIGURATIONS):
        raise CourseError(f"There is no nbgrader_config.py in {root}; it says where things are.")
    said = _Said()
    with contextlib.chdir(root):
        try:
            app = _Application(log=said.logger)
            app.initialize([])
            said.check()
            autograde = Autograde(coursedir=app.coursedir, parent=app)
            settings = Settings(app.config, app.coursedir, autograde)
            settings.coursedir.db_url = _absolute(settings.coursedir)
            settings.execute  # noqa: B018  (says which of its settings nbgrader does not know)
        except CourseError:
            raise
        except (Exception, SystemExit) as error:  # whatever a configuration makes nbgrader raise
            raise CourseError("nbgrader cannot use the configuration of this course "
                              f"({said.last() or type(error).__name__}: {error}). Fix it in "
                              f"{root / 'nbgrader_config.py'} or in your own, which "
                              "`jupyter --paths` finds.") from error
    return Settings(app.config, app.coursedir, autograde, said.warnings())


class _Application(AutogradeApp):
    """`nbgrader autograde`, as far as it reads its configuration."""

    def migrate_config(self):
        """Leave the user's old files as they are."""

    def init_syspath(self):
        """Import what lies beside the configuration, as nbgrader does."""
        if os.getcwd() not in sys.path:
            super().init_syspath()

    def exit(self, exit_status=0):
        """Leave it to the caller to say what is wrong."""
        raise SystemExit(exit_status)


class _Said(logging.Handler):
    """What nbgrader says while it reads its configuration."""

    def __init__(self):
        super().__init__(level=logging.WARNING)
        self._records = []
        self.logger = logging.Logger("forkgrade.settings")
        self.logger.addHandler(self)

    def emit(self, record):
        self._records.append(record)

    def check(self):
        """Raise if a file could not be read: nbgrader would go on without it."""
        for record in self._records:
            if record.exc_info and record.levelno >= logging.ERROR:
                error = record.exc_info[1]
                raise CourseError(f"{record.args[0] if record.args else 'A configuration file'} "
                                  f"cannot be read ({type(error).__name__}: {error}). Fix it: "
                                  "without it the settings of the course would be others.")

    def last(self):
        """Return the last thing that nbgrader said, or an empty text."""
        return self._records[-1].getMessage() if self._records else ""

    def warnings(self):
        """Return everything that nbgrader said, each sentence once."""
        return tuple(dict.fromkeys(record.getMessage() for record in self._records))


def _absolute(coursedir):
    """Return the address of the gradebook, which nbgrader opens from within the course's folder."""
    kind, slashes, path = coursedir.db_url.partition("sqlite:///")
    if kind or not slashes or not path or path.startswith(":memory:"):
        return coursedir.db_url
    return slashes + os.path.join(coursedir.root, path)


def _imported(name):
    """Return what a dotted name stands for, and anything else as it is."""
    if not isinstance(name, str):
        return name
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)


def _all_known(classes, known):
    return all(each in (*known, *OURS) for each in classes)


def _none_missing(classes, wanted):
    return all(any(issubclass(each, (step, IN_PLACE_OF.get(step, step))) for each in classes)
               for step in wanted)


def _is_quiet(argument):
    return argument.startswith(QUIET_ARGUMENTS)


def _is_this_python(kernel_name):
    """Say whether a kernel is a Python of this environment."""
    if kernel_name in ("", "python", "python3"):
        return True
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return False
    with contextlib.suppress(OSError):
        return spec.language.lower() == "python" and os.path.samefile(spec.argv[0], sys.executable)
    return False


def _where_set(config, thing, name, trait):
    """Return the name under which a trait was set, which may be that of a base class."""
    sections = (each.__name__ for each in type(thing).__mro__)
    section = next((each for each in sections if trait in config.get(each, {})), name)
    return f"{section}.{trait}"
