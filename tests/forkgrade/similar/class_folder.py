"""A course's folder with labs in its gradebook and what a class handed in, made without nbgrader's
commands, which take seconds."""

import json
import shutil

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from forkgrade.course import course
from forkgrade.similar.answers import Answer, of_code
from forkgrade.similar.likeness import Class
from tests.forkgrade.similar import honest_class


class ClassFolder:
    """A course with labs of the parts of `honest_class`.

    Parameters
    ----------
    root : pathlib.Path
        An empty folder.
    labs : tuple of str, optional
    """

    def __init__(self, root, labs=("lab01_scaling",)):
        self.root = root
        (root / "nbgrader_config.py").write_text("c = get_config()\n")
        self.course = course(root)
        with Gradebook(self.course.coursedir.db_url, "") as gradebook:
            for lab in labs:
                self._release(gradebook, lab)

    def _release(self, gradebook, lab):
        notebook = new_notebook(cells=[new_code_cell(honest_class.SETUP), *_cells(
            {part: filled(part, honest_class.SOLUTION[part]) for part in honest_class.TEMPLATE}
            | {"advice": honest_class.SAMPLE})])
        folder = self.root / "source" / lab
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{lab}.ipynb")
        gradebook.add_assignment(lab)
        gradebook.add_notebook(lab, lab)
        for part in (*honest_class.TEMPLATE, "advice"):
            kind = "markdown" if part == "advice" else "code"
            gradebook.add_source_cell(part, lab, lab, cell_type=kind, locked=False,
                                      source=stub(part))
            gradebook.add_solution_cell(part, lab, lab)

    def copy(self, root):
        """Return a course with the same labs in an empty folder: to make a gradebook takes long."""
        for name in ("nbgrader_config.py", "gradebook.db"):
            shutil.copy(self.root / name, root)
        shutil.copytree(self.root / "source", root / "source")
        other = object.__new__(ClassFolder)
        other.root, other.course = root, course(root)
        return other

    def hand_in(self, student, answers, lab="lab01_scaling"):
        """Write a submission: for each part its cell; what is missing stays as released."""
        cells = {part: stub(part) for part in (*honest_class.TEMPLATE, "advice")} | answers
        notebook = new_notebook(cells=[new_code_cell(honest_class.SETUP), *_cells(cells)])
        self.write(student, json.dumps(notebook), lab)

    def write(self, student, text, lab="lab01_scaling"):
        """Write a submission as it is, text or bytes."""
        folder = self.root / "submitted" / student / lab
        folder.mkdir(parents=True)
        (folder / f"{lab}.ipynb").write_bytes(text if isinstance(text, bytes) else text.encode())


def stub(part):
    """Return what learners find in a part."""
    if part == "advice":
        return "YOUR ANSWER HERE"
    return filled(part, "    # YOUR CODE HERE\n    raise NotImplementedError()\n")


def filled(part, code):
    if part == "choose":
        code = "\n".join(line.strip() for line in code.splitlines()) + "\n"
    return honest_class.TEMPLATE[part] + code


def _cells(sources):
    for part, source in sources.items():
        make = new_markdown_cell if part == "advice" else new_code_cell
        yield make(source, id=part.replace("_", "-"), metadata={"nbgrader": {
            "grade": part == "advice", "grade_id": part, "locked": False, "schema_version": 3,
            "solution": True, "task": False}})


MEANINGS = {"np": "numpy", **{name: name for name in (
    *honest_class.TEMPLATE, "cross_val_score", "KNeighborsClassifier", "make_pipeline",
    "StandardScaler")}}


def class_of(cells):
    """Return the class of some learners, given the cells of each, as `compare` makes it."""
    def weights(one):
        return of_code([Answer(part, True, text) for part, text in one.items()
                        if part != "advice"], MEANINGS)

    solved = {part: filled(part, code) for part, code in honest_class.SOLUTION.items()}
    stubs = {part: stub(part) for part in honest_class.TEMPLATE}
    return Class({student: weights(one) for student, one in cells.items()},
                 {*weights(solved), *weights(stubs)})
