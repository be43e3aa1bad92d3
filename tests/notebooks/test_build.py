"""`course build`: deterministic, nbgrader's own bytes, and nobody's work is overwritten."""

import json
import os
import shutil
import subprocess
import sys
import time

import nbformat
import pytest

from course_utils.cli import build as cli
from course_utils.errors import CourseError
from course_utils.notebooks.build import build, check, generate
from course_utils.notebooks.manifest import MANIFEST

LESSON = "lessons/01_counting.ipynb"
ANSWERS = "solutions/lab01_doubling/lab01_doubling.ipynb"
LAB = "labs/lab01_doubling/lab01_doubling.ipynb"
SOURCE = "source/labs/lab01_doubling.py"


class Args:
    """What argparse hands to the verb."""

    def __init__(self, check=False):
        self.check = check


def contents(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def work_in(path):
    notebook = nbformat.read(path, 4)
    notebook.cells[1].source += "\n# my own line"
    nbformat.write(notebook, path)
    return path.read_bytes()


def change_source(root, old="Return twice", new="Return two times"):
    path = root / SOURCE
    path.write_text(path.read_text().replace(old, new))


def test_writes_three_kinds(course):
    assert sorted(build(course).written_paths) == sorted([LESSON, ANSWERS, LAB])
    assert "the secret" in (course / ANSWERS).read_text()
    released = (course / LAB).read_text()
    assert "secret" not in released and "HIDDEN" not in released and "42" not in released
    assert "YOUR CODE HERE" in released and "YOUR ANSWER HERE" in released


def test_twice_gives_the_same_bytes_and_writes_nothing(course):
    build(course)
    before = contents(course)
    times = {path: path.stat().st_mtime_ns for path in before}
    report = build(course)
    assert contents(course) == before and not report.written_paths
    assert {path: path.stat().st_mtime_ns for path in before} == times


def test_another_folder_gives_the_same_bytes(course, tmp_path):
    shutil.copytree(course, tmp_path / "other place")
    assert generate(course) == generate(tmp_path / "other place")


def test_only_a_kernelspec_and_no_outputs(course):
    for path, content in generate(course).items():
        notebook = json.loads(content)
        assert notebook["metadata"] == {"kernelspec": {
            "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}, path
        for cell in notebook["cells"]:
            assert cell.get("outputs", []) == [] and cell.get("execution_count") is None
        nbformat.validate(nbformat.reads(content.decode(), 4))


def test_pairing_of_jupytext_does_not_reach_a_notebook(course):
    header = "# ---\n# jupyter:\n#   jupytext:\n#     formats: ipynb,py:percent\n# ---\n\n"
    (course / SOURCE).write_text(header + (course / SOURCE).read_text())
    assert b"jupytext" not in b"".join(generate(course).values())


def cell_ids(content):
    return [cell["id"] for cell in json.loads(content)["cells"]]


def test_ids_are_grade_ids_and_stay_when_a_cell_is_inserted(course):
    before = generate(course)
    assert cell_ids(before[LAB])[2:] == ["double", "test_double", "why"]
    assert cell_ids(before[LAB]) == cell_ids(before[ANSWERS])
    path = course / "source/lessons/01_counting.py"
    path.write_text("# %%\nnew = 1\n\n" + path.read_text())
    assert cell_ids(generate(course)[LESSON])[1:] == cell_ids(before[LESSON])


def test_repeated_cells_get_different_ids(course):
    (course / "source/lessons/01_counting.py").write_text("# %%\n1\n" * 3)
    first, second, third = cell_ids(generate(course)[LESSON])
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_labs_are_what_nbgrader_writes(course, tmp_path):
    build(course)
    built = (course / LAB).read_bytes()
    shutil.rmtree(course / "labs")
    env = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-m", "nbgrader", "generate_assignment", "lab01_doubling"],
                   cwd=course, check=True, capture_output=True, env=env)
    assert (course / LAB).read_bytes() == built
    assert check(course) == []


def test_building_leaves_no_gradebook(course):
    build(course)
    assert not list(course.rglob("*.db"))


def test_work_is_kept_and_the_message_says_how_to_get_the_original(course, capsys):
    build(course)
    mine = work_in(course / LAB)
    change_source(course)
    assert cli.run(Args()) in (None, 0)
    assert (course / LAB).read_bytes() == mine
    said = capsys.readouterr().out
    assert f"kept {LAB}" in said and "course reset lab01_doubling" in said
    assert f"wrote {ANSWERS}" in said
    build(course)
    assert (course / LAB).read_bytes() == mine


def test_a_run_alone_is_work_too(course):
    build(course)
    notebook = nbformat.read(course / LESSON, 4)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="1\n")]
    nbformat.write(notebook, course / LESSON)
    assert LESSON in build(course).edited_paths


def test_untouched_notebooks_follow_their_source(course):
    build(course)
    change_source(course)
    assert sorted(build(course).written_paths) == sorted([ANSWERS, LAB])
    assert "two times" in (course / LAB).read_text()


@pytest.mark.parametrize("manifest", [None, b"", b"{", b"[1]", b'{"labs/x": 3}', b"\xff\xfe"])
def test_without_a_sound_manifest_nothing_is_overwritten(course, manifest):
    build(course)
    old = (course / LAB).read_bytes()
    change_source(course)
    if manifest is None:
        (course / MANIFEST).unlink()
    else:
        (course / MANIFEST).write_bytes(manifest)
    report = build(course)
    assert LAB in report.edited_paths and (course / LAB).read_bytes() == old
    assert LESSON in report.unchanged_paths


def test_line_ends_of_windows_are_no_work(course):
    build(course)
    (course / LAB).write_bytes((course / LAB).read_bytes().replace(b"\n", b"\r\n"))
    assert check(course) == []


def test_opening_and_saving_is_no_work(course):
    build(course)
    before = (course / LAB).read_bytes()
    notebook = nbformat.read(course / LAB, 4)
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    nbformat.write(notebook, course / LAB)
    assert check(course) == [(LAB, "stale")]
    assert build(course).written_paths == [LAB] and (course / LAB).read_bytes() == before


def test_orphans_go_unless_someone_worked_in_them(course):
    build(course)
    mine = work_in(course / LAB)
    (course / SOURCE).unlink()
    report = build(course)
    assert report.removed_paths == [ANSWERS] and not (course / ANSWERS).parent.exists()
    assert report.edited_paths == [LAB] and (course / LAB).read_bytes() == mine


def test_own_notebooks_are_left_alone(course):
    build(course)
    own = course / "lessons/my notes.ipynb"
    own.write_text("{}")
    build(course)
    assert own.read_text() == "{}"
    assert check(course) == [("lessons/my notes.ipynb", "extra")]


def test_check_names_each_difference_and_writes_nothing(course, capsys):
    build(course)
    assert cli.run(Args(check=True)) == 0
    assert "as built" in capsys.readouterr().out
    work_in(course / LESSON)
    change_source(course)
    (course / ANSWERS).unlink()
    before = contents(course)
    assert cli.run(Args(check=True)) == 1
    assert contents(course) == before
    said = capsys.readouterr().out
    for reason, path in [("edited", LESSON), ("missing", ANSWERS), ("stale", LAB)]:
        assert any(line.replace(":", "").split()[:2] == [reason, path]
                   for line in said.splitlines()), said


def test_check_misses_no_manifest(course):
    build(course)
    (course / MANIFEST).unlink()
    assert check(course) == [(MANIFEST, "missing")]


def test_a_fault_in_one_source_changes_nothing(course):
    build(course)
    change_source(course)
    (course / "source/lessons/02_broken.py").write_text("# %%\n\nx = (\n")
    before = contents(course)
    with pytest.raises(CourseError, match=r"source/lessons/02_broken.py, line 3"):
        build(course)
    assert contents(course) == before


def test_the_command_says_one_sentence_without_a_traceback(course, capsys):
    from course_utils.cli import main

    (course / "source/lessons/02_broken.py").write_text("# %%\n\nx = (\n")
    for words in (["build"], ["build", "--check"], ["reset", "lab01"], ["bundle", "x.zip"]):
        assert main(words) == 1
        said = capsys.readouterr()
        assert said.err.startswith("course: ") and said.err.count("\n") == 1, said.err
        assert not said.out
    assert sorted(path.name for path in course.iterdir()) == [
        "course_utils", "nbgrader_config.py", "source"]


def test_nbgraders_refusal_is_one_sentence(course, monkeypatch):
    from nbgrader.preprocessors import LockCells

    def refuse(*_):
        raise RuntimeError("no good")

    monkeypatch.setattr(LockCells, "preprocess", refuse)
    with pytest.raises(CourseError, match="student version of lab01_doubling: .*no good") as caught:
        build(course)
    assert "\n" not in str(caught.value)


def test_a_copy_for_students_has_nothing_to_build(course):
    shutil.rmtree(course / "source")
    with pytest.raises(CourseError, match="no folder source/"):
        build(course)


def test_invalid_metadata_is_refused(course):
    (course / "source/lessons/01_counting.py").write_text('# %% tags="a"\n1\n')
    with pytest.raises(CourseError, match="no valid notebook"):
        build(course)


def test_checks_that_do_not_exist(course):
    change_source(course, "from types import SimpleNamespace",
                  "from course_utils.checks import lab98 as check")
    with pytest.raises(CourseError, match="line 4: There are no checks for 'lab98'"):
        build(course)


def test_new_files_are_readable_by_others(course):
    build(course)
    mask = os.umask(0)
    os.umask(mask)
    assert (course / LAB).stat().st_mode & 0o777 == 0o666 & ~mask


def test_speed(course):
    build(course)
    start = time.perf_counter()
    check(course)
    assert time.perf_counter() - start < 10
