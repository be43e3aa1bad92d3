"""nbgrader's settings for this course. Each line that differs from the default says why."""

import os
import shutil
import sys
from pathlib import Path

from course_utils.notebooks.manifest import edited_files

c = get_config()  # noqa: F821  (nbgrader gives this name to the file)
root = Path(__file__).resolve().parent

# solutions/ → generate_assignment → labs/, from whatever folder the command is typed in
c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "plain-sight"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "labs"
# copies that `course reset` saves are the learner's own business
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback",
                            "*.before-reset-*", "__MACOSX", "._*", ".DS_Store", "Thumbs.db",
                            "desktop.ini"]

# The labs are there already, and nbgrader skips what is there, gradebook included. Making them
# anew removes their folders, so it happens only while nobody has worked in them.
touched_labs = edited_files(root, "labs")
c.GenerateAssignment.force = not touched_labs
if touched_labs and "generate_assignment" in sys.argv:
    print("Kept, as someone worked there or put it there: " + ", ".join(touched_labs) + ". To "
          "make these labs anew, restore them with `course reset LAB` and move other files away.",
          file=sys.stderr)

# nbgrader's own folder for hand-in, /usr/local/share/nbgrader/exchange, needs an administrator.
# A class on a shared machine names its folder in NBGRADER_EXCHANGE.
exchange = Path(os.environ.get("NBGRADER_EXCHANGE", root / "exchange"))
try:
    exchange.mkdir(parents=True, exist_ok=True)
except OSError:
    pass  # read-only course folder: all but the exchange works, and nbgrader names the folder
c.Exchange.root = str(exchange)
# where one person plays the whole class, every owner is the same: no sign of cheating
c.ExchangeCollect.check_owner = "NBGRADER_EXCHANGE" in os.environ
c.Exchange.assignment_dir = str(root / "labs")  # fetch puts labs there, submit finds them there

# nbgrader calls `alembic` by name, which fails as long as the environment is not activated
if not shutil.which("alembic"):
    os.environ["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

# no state to save in a kernel that ends: saves 0.5 to 1.7 s for each submission
c.Execute.shutdown_kernel = "immediate"
# an endless loop costs its cell; 30 s (the default) is short for training on a slow machine
c.Execute.timeout = 60
c.Execute.interrupt_on_timeout = True
c.Execute.iopub_timeout = 10
# a notebook that was saved by VS Code, Colab or in a conda environment names a kernel of its own,
# which is not here: Validate would stop
c.Execute.kernel_name = "python3"
c.Execute.extra_arguments = [
    "--log-level=ERROR",  # else each kernel greets the terminal with a warning
    # nbgrader takes a line on stderr for a failed test; in autograde ReadPoints sees to that, and
    # Validate, whose steps no setting can change, only has the kernel
    "--IPKernelApp.exec_lines=__import__('sys').stderr = __import__('sys').stdout",
]
# TensorFlow's start-up lines do not pass through Python
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# a test cell that a learner deleted comes back, and earns what it earns
c.OverwriteCells.add_missing_cells = True
# a notebook under another name is graded under the right one; where no name ends in .ipynb,
# nbgrader asks nobody, and it has to be found before nbgrader looks
c.Autograde.pre_convert_hook = "forkgrade.steps.misnamed.adopt_misnamed"
if "autograde" in sys.argv[1:]:
    from forkgrade.steps.misnamed import adopt_all

    adopt_all(root, tuple(sys.argv[1:]))
# one that another program or an older Jupyter saved is read as it was meant
c.Autograde.exporter_class = "forkgrade.steps.exporter.SubmissionExporter"
# nbgrader's own lists, with four steps of ours: TidyMarks puts copied and split cells right,
# OverwriteReleased does not warn of an honest submission, ExecuteSubmission outlives a dead kernel,
# ReadPoints reads a check's points as meant
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "forkgrade.steps.marks.TidyMarks",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "forkgrade.steps.overwrite.OverwriteReleased",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "forkgrade.steps.execute_submission.ExecuteSubmission",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "forkgrade.steps.points.ReadPoints",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# an installation that is older than this folder does not know its checks, and must not grade
c.ReadPoints.course_root = str(root)
