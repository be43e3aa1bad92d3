"""Every documented setting of nbgrader is obeyed, harmless, or refused by its name."""

import shutil
import sqlite3
import stat
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute

from course_utils.errors import CourseError
from course_utils.paths import grading_root
from forkgrade import settings as nbgrader_settings
from forkgrade.course import course, named
from forkgrade.grade import Grading, Options
from forkgrade.settings import HARMLESS, OBEYED, REFUSED
from tests.forkgrade.conftest import ClassRoom, copy_packages
from tests.forkgrade.kernels import needs_bubblewrap
from tests.forkgrade.test_grade import FINDS_ALEMBIC

CLASSES = {"CourseDirectory": CourseDirectory, "Autograde": Autograde, "Execute": Execute}
# For each documented setting a value that is not the default, as one writes it in the file.
VALUES = {
    "CourseDirectory": {
        "assignment_id": "'ps2'", "autograded_directory": "'marked'", "course_id": "'c101'",
        "db_url": "'sqlite:////nowhere/other.db'",
        "directory_structure": "'{nbgrader_step}/{assignment_id}/{student_id}'",
        "feedback_directory": "'told'", "groupshared": "True", "ignore": "['*.tmp']",
        "include": "['*.ipynb']", "max_dir_size": "1", "max_file_size": "1",
        "notebook_id": "'first*'", "release_directory": "'given'", "root": "'/tmp'",
        "solution_directory": "'solved'", "source_directory": "'made'",
        "source_with_tests_directory": "'tested'", "student_id": "'a*'",
        "student_id_exclude": "'ann,bo'", "submitted_directory": "'got'"},
    "Autograde": {
        "autograde_preprocessors": "['nbgrader.preprocessors.Execute', 'beside.Mine']",
        "create_student": "False", "exclude_overwriting": "{'ps1': ['mine.py']}",
        "exporter_class": "'nbconvert.exporters.ScriptExporter'", "force": "True",
        "permissions": "640", "post_convert_hook": "'beside.hook'",
        "pre_convert_hook": "'beside.hook'", "sanitize_preprocessors": "['beside.Mine']"},
    "Execute": {
        "allow_error_names": "['ValueError']", "enabled": "False", "error_on_timeout":
        "{'ename': 'Slow', 'evalue': '', 'traceback': []}", "execute_retries": "2",
        "extra_arguments": "['--IPKernelApp.exec_lines=x = 1']", "force_raise_errors": "True",
        "interrupt_on_timeout": "False", "iopub_timeout": "9", "ipython_hist_file": "'history.db'",
        "kernel_manager_class": "'jupyter_client.manager.KernelManager'", "kernel_name": "'ir'",
        "raise_on_iopub_timeout": "False", "record_timing": "False", "shell_timeout_interval": "9",
        "shutdown_kernel": "'immediate'", "skip_cells_with_tag": "'later'", "startup_timeout": "9",
        "store_widget_state": "False", "timeout": "7", "timeout_func": "lambda cell: 7",
        **dict.fromkeys(("on_cell_complete", "on_cell_error", "on_cell_execute", "on_cell_start",
                         "on_notebook_complete", "on_notebook_error", "on_notebook_start"),
                        "print")},
}
DOCUMENTED = [(name, trait) for name, each in CLASSES.items()
              for trait in sorted(each.class_traits(config=True))]
BESIDE = ("from nbgrader.preprocessors import NbGraderPreprocessor\n"
          "class Mine(NbGraderPreprocessor):\n    pass\n"
          "def hook(**_):\n    pass\n")


@pytest.fixture
def settings_of(tmp_path, monkeypatch):
    """Load the settings of a course with these lines: `settings_of(text)`."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("JUPYTER_CONFIG_DIR", raising=False)
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "home").mkdir()

    def load(text, user=""):
        root = tmp_path / "course"
        root.mkdir(exist_ok=True)
        (root / "beside.py").write_text(BESIDE)
        (root / "nbgrader_config.py").write_text("c = get_config()\n" + text)
        if user:
            (tmp_path / "home/.jupyter").mkdir(exist_ok=True)
            (tmp_path / "home/.jupyter/nbgrader_config.py").write_text("c = get_config()\n" + user)
        return nbgrader_settings.load(root)

    return load


@pytest.mark.parametrize("name, trait", DOCUMENTED)
def test_each_documented_setting_is_obeyed_harmless_or_refused(settings_of, name, trait):
    """A new one in a later nbgrader fails here: it needs its place in `forkgrade.settings`."""
    fates = [trait in each[name] for each in (OBEYED, HARMLESS, REFUSED)]
    assert sum(fates) == 1, f"{name}.{trait} has no place, or two, in forkgrade.settings"
    settings = settings_of(f"c.{name}.{trait} = {VALUES[name][trait]}\n")
    things = {each: (thing, bare) for each, thing, bare in settings._things()}
    thing, bare = things[name]
    assert (getattr(thing, trait) != getattr(bare, trait)) == (trait != "kernel_manager_class")
    if trait in REFUSED[name]:
        with pytest.raises(CourseError, match=rf"{name}\.{trait}: \w+"):
            settings.check("ps1")
    else:
        settings.check("ps1")


def test_no_setting_has_a_place_that_nbgrader_does_not_document():
    for fates in (OBEYED, HARMLESS, REFUSED):
        assert {(name, trait) for name in fates for trait in fates[name]} <= set(DOCUMENTED)


def test_a_setting_that_nobody_knows_is_refused_unless_it_is_the_default(settings_of, monkeypatch):
    monkeypatch.delitem(HARMLESS["Execute"], "startup_timeout")
    settings_of("").check("ps1")
    with pytest.raises(CourseError, match="Execute.startup_timeout: .* does not know it"):
        settings_of("c.Execute.startup_timeout = 9\n").check("ps1")


@pytest.mark.parametrize("text, seconds", [
    ("", 30), ("c.Execute.timeout = None", None), ("c.Execute.timeout = -1", None),
    ("c.Execute.timeout = 0", None), ("c.ExecutePreprocessor.timeout = 240", 240),
    ("c.NotebookClient.timeout = 50", 50),
    ("c.NotebookClient.timeout = 50\nc.ExecutePreprocessor.timeout = 240", 240),
    ("c.ExecutePreprocessor.timeout = 240\nc.Execute.timeout = 20", 20),
    ("c.Execute.timeout = 20\nc.NotebookExporter.Execute.timeout = 11", 11)])
def test_the_time_limit_of_a_cell_is_the_one_that_nbgrader_has(settings_of, text, seconds):
    assert settings_of(text).timeout == seconds


def test_files_of_the_system_the_user_and_the_course_are_read_in_nbgraders_order(settings_of,
                                                                                tmp_path):
    settings = settings_of("c.Execute.timeout = 20\n",
                           "c.Execute.timeout = 10\nc.LimitOutput.max_lines = 3\n")
    assert settings.timeout == 20
    limit = {type(step).__name__: step for step in settings.steps()}["LimitOutput"]
    assert limit.max_lines == 3
    (tmp_path / "course/nbgrader_config.json").write_text('{"Execute": {"timeout": 5}}')
    assert settings_of("c.Execute.timeout = 20\n").timeout == 5


@pytest.mark.parametrize("text", [
    "c.Autograde.pre_convert_hook = 'forkgrade.steps.misnamed.adopt_misnamed'",
    "c.Execute.kernel_name = 'python3'", "c.CourseDirectory.assignment_id = 'ps1'",
    "from nbgrader.preprocessors import *\nc.Autograde.autograde_preprocessors = ["
    "Execute, SaveAutoGrades]",
    "c.Autograde.autograde_preprocessors = ['forkgrade.steps.execute_submission.ExecuteSubmission',"
    " 'nbgrader.preprocessors.SaveAutoGrades', 'forkgrade.steps.points.ReadPoints']"])
def test_what_names_our_own_steps_or_changes_nothing_is_accepted(settings_of, text):
    settings_of(text).check("ps1")


def test_a_step_that_the_course_leaves_out_is_not_run(settings_of):
    settings = settings_of("c.Autograde.autograde_preprocessors = ["
                           "'nbgrader.preprocessors.Execute', "
                           "'nbgrader.preprocessors.SaveAutoGrades']")
    assert [type(step).__name__ for step in settings.steps()] == ["ReadPoints", "SaveAutoGrades"]
    with pytest.raises(CourseError, match="autograde_preprocessors: .* cannot be left out"):
        settings_of("c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Execute']"
                    ).check("ps1")
    with pytest.raises(CourseError, match="ClearOutput.enabled"):
        settings_of("c.ClearOutput.enabled = False").check("ps1")


def test_a_refusal_names_the_section_in_which_it_was_set(settings_of):
    with pytest.raises(CourseError, match=r"NotebookClient\.timeout_func: .*Execute.timeout"):
        settings_of("c.NotebookClient.timeout_func = lambda cell: 3\n").check("ps1")


@pytest.mark.parametrize("text, said", [
    ("c.Execute.timeout = (\n", r"nbgrader_config.py cannot be read \(SyntaxError"),
    ("import nowhere_to_be_found\n", "cannot be read.*nowhere_to_be_found"),
    ("c.Execute.timeout = 'long'\n", "cannot use the configuration.*timeout"),
    ("c.Autograde.pre_convert_hook = 'nowhere.hook'\n", "cannot use the configuration.*nowhere"),
    ("c.CourseDirectory.assignment_id = 'a+b'\n", "cannot use the configuration.*[+]")])
def test_a_configuration_that_cannot_be_read_is_a_sentence(settings_of, text, said):
    with pytest.raises(CourseError, match=said):
        settings_of(text)


def test_a_course_may_have_its_configuration_in_json_alone(settings_of, tmp_path):
    settings_of("")
    folder = tmp_path / "course/deeper"
    folder.mkdir()
    (tmp_path / "course/nbgrader_config.py").unlink()
    (tmp_path / "course/nbgrader_config.json").write_text('{"Execute": {"timeout": 5}}')
    root = grading_root(folder)
    assert root == tmp_path / "course" and nbgrader_settings.load(root).timeout == 5


def test_everything_that_is_not_obeyed_is_named_before_anything_is_graded(settings_of, tmp_path):
    settings_of("c.Execute.timeout_func = lambda cell: 3\nc.CourseDirectory.notebook_id = 'p*'\n")
    with pytest.raises(CourseError) as said:
        Grading(tmp_path / "course", "ps1", Options())
    assert "Execute.timeout_func: " in str(said.value)
    assert "CourseDirectory.notebook_id: " in str(said.value)
    assert [path.name for path in (tmp_path / "course").iterdir()
            if path.suffix != ".py" and path.name != "__pycache__"] == []


def test_a_misspelt_setting_is_said_as_nbgrader_says_it(settings_of):
    assert any("timout" in each for each in settings_of("c.Execute.timout = 3\n").warnings)
    assert settings_of("c.Execute.timeout = 3\n").warnings == ()


@pytest.mark.parametrize("structure, place", [
    ("{nbgrader_step}/{student_id}/{assignment_id}", "submitted/ann/ps1"),
    ("{nbgrader_step}/{assignment_id}/{student_id}", "submitted/ps1/ann"),
    ("all/{assignment_id}-{student_id}/{nbgrader_step}", "all/ps1-ann/submitted"),
    ("{nbgrader_step}/{student_id}_{assignment_id}_{student_id}", "submitted/ann_ps1_ann")])
def test_folders_are_found_in_any_structure(settings_of, tmp_path, structure, place):
    coursedir = settings_of(f"c.CourseDirectory.directory_structure = {structure!r}\n").coursedir
    (tmp_path / "course" / place).mkdir(parents=True)
    assert [name for name, _ in named(coursedir, "submitted", lab="ps1")] == ["ann"]
    assert [name for name, _ in named(coursedir, "submitted", student="ann")] == ["ps1"]


def test_a_structure_without_a_place_for_students_is_a_sentence(settings_of):
    coursedir = settings_of("c.CourseDirectory.directory_structure = '{nbgrader_step}'").coursedir
    with pytest.raises(CourseError, match="directory_structure"):
        list(named(coursedir, "submitted", lab="ps1"))


# Two small courses, graded by nbgrader and by `course grade`: what both leave behind is the same.
PLUGIN = ("from nbgrader.plugins import BasePlugin\n"
          "class Strict(BasePlugin):\n"
          "    def late_submission_penalty(self, student, score, seconds):\n"
          "        return 0.25 * score\n")
SETTINGS = {
    "folders": """
from lateness import Strict
c.AssignLatePenalties.plugin_class = Strict
c.CourseDirectory.root = 'inside'
c.CourseDirectory.directory_structure = '{nbgrader_step}/{assignment_id}/{student_id}'
c.CourseDirectory.source_directory = 'made'
c.CourseDirectory.submitted_directory = 'got'
c.CourseDirectory.autograded_directory = 'marked'
c.CourseDirectory.course_id = 'c101'
c.CourseDirectory.db_url = 'sqlite:///book.db'  # nbgrader opens it from within the root
c.CourseDirectory.ignore = ['*.tmp', 'scrap']
c.CourseDirectory.student_id = '?*n'
c.CourseDirectory.student_id_exclude = 'dan'
c.CourseDirectory.groupshared = True
c.Autograde.exclude_overwriting = {'ps1': ['own.txt']}
c.LimitOutput.max_lines = 3
""",
    "limits": """
c.ExecutePreprocessor.timeout = 3
c.Execute.skip_cells_with_tag = 'later'
c.Autograde.create_student = False
c.Autograde.permissions = 640
c.BaseConverter.force = True
c.LateSubmissionPlugin.penalty_method = 'zero'
""",
}
ANSWERS = {
    "ann": "print('line\\n' * 9)\ndef answer():\n    return 42",
    "ben": "def answer():\n    return 41", "dan": "def answer():\n    return 42",
    "eve": "import time\ntime.sleep(8)\ndef answer():\n    return 42",
}


def small_course(folder, text):
    """Make a course with two tests, in the folders that the settings name; return its room."""
    room = ClassRoom(folder / "course", folder / "home")
    (room.home / ".jupyter").mkdir(parents=True)
    copy_packages(room.root)
    (room.home / ".jupyter/nbgrader_config.py").write_text(
        "c = get_config()\nc.NotebookClient.timeout = 99\nc.Execute.shutdown_kernel = 'immediate'\n"
        "c.Execute.iopub_timeout = 20\n")
    (room.root / "lateness.py").write_text(PLUGIN)
    (room.root / "nbgrader_config.py").write_text("c = get_config()\n" + FINDS_ALEMBIC + text)
    (room.root / "inside").mkdir()
    here = course(room.root)
    make_notebook(here.source("ps1"), ANSWERS["dan"])
    (here.source("ps1") / "own.txt").write_text("the teacher's")
    (here.source("ps1") / "given.txt").write_text("given")
    room.nbgrader("generate_assignment", "ps1")
    for student, answer in ANSWERS.items():
        place = here.root / here.coursedir.format_path(
            here.coursedir.submitted_directory, student, "ps1")
        make_notebook(place, answer)
        for name in ("own.txt", "given.txt", "x.tmp", "scrap/y.txt", "more/x.txt"):
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(student)
        (place / "timestamp.txt").write_text("2026-01-02 10:00:00 UTC")
    with sqlite3.connect(database(here)) as book:
        book.execute("update assignment set duedate = '2026-01-01 10:00:00.000000'")
        book.execute("insert into student (id) values ('ben')")
        book.execute("insert into student (id) values ('eve')")
    return room, here


def make_notebook(folder, answer):
    def cell(name, source, tags=(), **marks):
        marks = {"grade_id": name, "schema_version": 3, "task": False, **marks}
        return new_code_cell(source, id=name, metadata={"nbgrader": marks, "tags": list(tags)})

    folder.mkdir(parents=True)
    source = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION" if "made" in folder.parts or \
        "source" in folder.parts else answer
    cells = [cell("answer", source, solution=True, locked=False, grade=False),
             new_code_cell("def answer():\n    return 42", metadata={"tags": ["later"]}),
             cell("test_answer", "assert answer() == 42", solution=False, locked=True, grade=True,
                  points=2),
             cell("test_more", "assert answer() > 40\n0.5 * 4", solution=False, locked=True,
                  grade=True, points=2)]
    nb = new_notebook(cells=cells, metadata={"kernelspec": {
        "name": "python3", "display_name": "Python 3", "language": "python"}})
    nbformat.write(nb, folder / "ps1.ipynb")


def database(here):
    return here.coursedir.db_url.removeprefix("sqlite:///")


def left_behind(here):
    """Return what a grading has left: the gradebook's entries, files with their modes, outputs."""
    with sqlite3.connect(database(here)) as book:
        grades = book.execute(
            "select s.student_id, g.cell_id, g.auto_score, g.needs_manual_grade, "
            "n.late_submission_penalty, a.course_id from grade g "
            "join submitted_notebook n on g.notebook_id = n.id "
            "join submitted_assignment s on n.assignment_id = s.id "
            "join assignment a on s.assignment_id = a.id order by 1, 2").fetchall()
        students = book.execute("select id from student order by 1").fetchall()
    top, files, streams = here.root / here.coursedir.autograded_directory, {}, {}
    for path in sorted(top.rglob("*")):
        if path.is_dir() and not list(path.iterdir()):
            continue  # nbgrader leaves one of each that it refuses
        text = path.suffix != ".ipynb" and path.is_file() and path.read_text()
        files[str(path.relative_to(top))] = (stat.filemode(path.stat().st_mode), text)
        if path.suffix == ".ipynb":
            streams[path.parent.relative_to(top)] = [
                [output.text.rstrip() for output in cell.outputs if output.output_type == "stream"]
                for cell in nbformat.read(path, 4).cells]
    return grades, students, files, streams


@needs_bubblewrap
@pytest.mark.slow  # nbgrader itself grades some submissions
@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_obeyed_as_by_nbgrader_itself(tmp_path, monkeypatch, name):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    room, here = small_course(tmp_path, SETTINGS[name])
    room.run("course", "grade", "ps1")
    ours = left_behind(here)
    room.nbgrader("autograde", "ps1", "--force", code=int(name == "limits"))  # for those it lacks
    theirs = left_behind(here)
    assert ours[0] and ours == theirs


@pytest.fixture(scope="module")
def room_with(tmp_path_factory):
    """Return what gives one small course these lines more and takes away what was graded."""
    room, here = small_course(tmp_path_factory.mktemp("small"), "")
    config = room.root / "nbgrader_config.py"
    text = config.read_text()

    def change(more):
        config.write_text(text + more)
        shutil.rmtree(here.root / "autograded", ignore_errors=True)
        return room

    return change


@needs_bubblewrap
@pytest.mark.slow
def test_who_is_left_out_by_a_setting_is_named(room_with):
    room = room_with("c.CourseDirectory.student_id_exclude = 'ann,ben,dan,eve'\n")
    said = room.run("course", "grade", "ps1")
    assert "not graded: submitted/dan: left out by CourseDirectory.student_id_exclude" in said
    assert "nothing to do." in said


@needs_bubblewrap
@pytest.mark.slow
def test_without_a_limit_for_a_cell_that_of_the_notebook_holds(room_with):
    room = room_with("c.Execute.timeout = None\nc.CourseDirectory.student_id = 'e*'\n")
    results, options = [], Options(limits={"wall": 4})
    assert Grading(room.root, "ps1", options, lambda *each: results.append(each)).run() == 1
    outcome = next(data for kind, data in results if kind == "result")
    assert outcome.reasons == ["All its cells together took more than 4 s"]


@needs_bubblewrap
@pytest.mark.slow
def test_a_lab_is_found_wherever_the_settings_put_it(room_with):
    room = room_with("where = 'source'\nc.CourseDirectory.source_directory = where\n"
                     "c.CourseDirectory.student_id = 'dan'\n# source_directory = 'elsewhere'\n")
    assert "1 graded" in room.run("course", "grade", "ps1")
