"""A graded course in a folder, made without nbgrader's commands: quick to make and to copy."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from forkgrade.course import course
from forkgrade.outcome import NotebookOutcome, Outcome
from forkgrade.record import Record
from forkgrade.steps.gradebook import Writer

LAB = "lab01_trial"
RUBRIC = """### BEGIN SOLUTION
A sample answer.

**Rubric.** Half a point for each:

| half a point for | for example |
|---|---|
| the cause: it is set by extremes | "300 visits" |
| a question to the clinic | |
### END SOLUTION"""
MADE = []  # the gradebook, once it is made
CONFIG = "c = get_config()\nc.CourseDirectory.source_directory = 'solutions'\n"


def marked(name, **marks):
    """Return the metadata of a cell that nbgrader knows."""
    return {"nbgrader": {"grade_id": name, "schema_version": 3, "task": False, "locked": False,
                         "solution": False, "grade": False, **marks}}


def notebook(points=None, why="Because."):
    """Return the lab as somebody handed it in and it was run; `points` by test."""
    points = points or {}
    cells = [new_markdown_cell("# A lab"), new_markdown_cell("## A · Double it (2 points)"),
             new_code_cell("def double(x): ...", metadata=marked("double", solution=True))]
    for name in ("test_double", "test_halve"):
        if name == "test_halve":
            cells += [new_markdown_cell("## B · Halve it"),
                      new_code_cell("def halve(x): ...", metadata=marked("halve", solution=True))]
        shown = new_output("execute_result", data={"text/plain": str(points.get(name, 2.0))},
                           execution_count=1)
        cells.append(new_code_cell("assert True", outputs=[shown], execution_count=1,
                                   metadata=marked(name, grade=True, points=2, locked=True)))
    cells.append(new_markdown_cell(why, metadata=marked("why", grade=True, solution=True,
                                                        points=1)))
    for cell in cells:
        if "nbgrader" in cell.metadata:
            cell.id = cell.metadata["nbgrader"]["grade_id"]
            cell.metadata["nbgrader"]["checksum"] = "0" * 32
    return new_notebook(cells=cells)


def make(root):
    """Make a course whose gradebook knows the lab."""
    (root / f"solutions/{LAB}").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG)
    nb = notebook(why=RUBRIC)
    nbformat.write(nb, root / f"solutions/{LAB}/{LAB}.ipynb")
    if not MADE:  # nbgrader takes seconds to make the tables of a gradebook
        _make_gradebook(root, nb)
        MADE.append((root / "gradebook.db").read_bytes())
    (root / "gradebook.db").write_bytes(MADE[0])


def _make_gradebook(root, nb):
    with Gradebook(course(root).coursedir.db_url) as gradebook:
        gradebook.add_assignment(LAB)
        gradebook.add_notebook(LAB, LAB)
        for cell in nb.cells:
            marks = cell.metadata.get("nbgrader")
            if not marks:
                continue
            name = marks["grade_id"]
            gradebook.add_source_cell(name, LAB, LAB, cell_type=cell.cell_type,
                                      locked=marks["locked"], source=cell.source,
                                      checksum=compute_checksum(cell))
            if marks["grade"]:
                gradebook.add_grade_cell(name, LAB, LAB, max_score=marks["points"],
                                         cell_type=cell.cell_type)
            if marks["solution"]:
                gradebook.add_solution_cell(name, LAB, LAB)


def save(root, student, points=None, *, regrade=False, because="", comments=None, nb=None):
    """Write the result of one submission as `course grade` does."""
    opened = course(root)
    record = Record(opened, LAB, "course grade", because, comments)
    record.catch_up()
    if regrade:
        record.open_regrade()
    writer = Writer(opened.coursedir, opened.settings.steps(), LAB,
                    root / ".plain-sight/grading/aside", record)
    text = nbformat.writes(nb or notebook(points))
    try:
        writer.save(Outcome(student, LAB, {LAB: NotebookOutcome(text)}), {}, is_regrade=regrade)
    finally:
        writer.close()


def in_formgrader(root, student, part, **fields):
    """Change a mark as the Formgrader does."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        grade = gradebook.find_grade(part, LAB, LAB, student)
        for name, value in fields.items():
            setattr(grade, name, value)
        grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
        gradebook.db.commit()


def grade_of(root, student, part):
    """Return (auto score, manual score, whether somebody has to look, the submission's total)."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        grade = gradebook.find_grade(part, LAB, LAB, student)
        return (grade.auto_score, grade.manual_score, grade.needs_manual_grade,
                gradebook.find_submission(LAB, student).score)


def comment_of(root, student, cell):
    """Return the automatic comment and that by hand."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        comment = gradebook.find_comment(cell, LAB, LAB, student)
        return comment.auto_comment, comment.manual_comment


def write_by_hand(root, student, cell, text):
    """Write a comment as the Formgrader does."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        gradebook.find_comment(cell, LAB, LAB, student).manual_comment = text
        gradebook.db.commit()


def first_cell(root, student):
    """Return the text of the first cell of a graded notebook."""
    return nbformat.read(root / f"autograded/{student}/{LAB}/{LAB}.ipynb", 4).cells[0].source


def give_feedback(root, student):
    """Put a feedback page where nbgrader does."""
    page = root / f"feedback/{student}/{LAB}/{LAB}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("<p>A page.</p>")
