"""What there is to compare: a learner's answers, and what the task itself says."""

import json
import re
from dataclasses import dataclass

from course_utils.notebooks.notebook_file import read
from forkgrade.similar import fingerprints
from forkgrade.similar.statements import statements
from forkgrade.steps.submission import take

MOST_NOTEBOOK = 8_000_000  # characters, without outputs
MOST_ANSWERS = 200_000  # characters of a submission; what follows is not compared
DEFINED = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """A cell that a learner filled in.

    Attributes
    ----------
    part : str
        The name of the cell.
    is_code : bool
    source : str
    """

    part: str
    is_code: bool
    source: str


@dataclass(frozen=True)
class Task:
    """What a lab gives to everybody.

    Attributes
    ----------
    released : dict
        See `forkgrade.steps.released.read`.
    meanings : dict of str to str
        What the names stand for that the lab imports or defines.
    code, text : frozenset of int
        Keys of the fingerprints of template and sample solution.
    """

    released: dict
    meanings: dict
    code: frozenset
    text: frozenset

    @classmethod
    def of(cls, released, source):
        """Return the task of a lab.

        Parameters
        ----------
        released : dict
        source : pathlib.Path
            The folder with the instructor's notebooks.
        """
        cells = [(cell.cell_type == "code", cell.source) for notebook in released.values()
                 for cell in notebook.cells]
        for name in released:
            path = source / f"{name}.ipynb"
            cells += [(cell.cell_type == "code", cell.source) for cell in
                      (read(path).to_node().cells if path.is_file() else ())]
        meanings = {name: name for is_code, text in cells if is_code
                    for name in DEFINED.findall(text)}
        for notebook in released.values():
            meanings.update({name: attribute or module.rpartition(".")[2]
                             for name, (module, attribute) in notebook.imports.items()})
        given = [Answer("", is_code, text) for is_code, text in cells]
        return cls(released, meanings, frozenset(of_code(given, meanings)),
                   frozenset(of_text(given)))

    def answers(self, folder):
        """Return what a learner answered, and why it cannot be compared if that is so.

        Parameters
        ----------
        folder : pathlib.Path
            Of the submission.

        Returns
        -------
        answers : list of Answer
        reason : str or None
        """
        try:
            notebooks = take(folder, self.released).notebooks
            answers = [answer for name in self.released
                       for answer in _answers(notebooks[name].text, self.released[name])]
        except Exception as error:  # whatever a hostile folder makes a reader raise
            return [], f"It cannot be read ({type(error).__name__})."
        reasons = [notebook.reason for notebook in notebooks.values() if notebook.reason]
        if not answers and not reasons:
            reasons = ["No cell for an answer was found in it, or it is too long."]
        return _bounded(answers), None if answers else " ".join(reasons)


def _answers(text, released):
    """Yield the cells for answers in a notebook, given as text."""
    if not text or len(text) > MOST_NOTEBOOK:
        return
    kinds = {cell.name: cell.cell_type for cell in released.cells if cell.name in
             released.solutions}
    content = json.loads(text)
    sheets = content.get("worksheets") or [content]
    for cell in (cell for sheet in sheets if isinstance(sheet, dict)
                 for cell in sheet.get("cells") or () if isinstance(cell, dict)):
        name = _grade_id(cell)
        source = cell.get("source", cell.get("input", ""))
        source = "".join(map(str, source)) if isinstance(source, list) else str(source)
        if name in kinds:
            yield Answer(name, kinds[name] == "code", source)


def _grade_id(cell):
    nbgrader = (cell.get("metadata") or {}).get("nbgrader") \
        if isinstance(cell.get("metadata"), dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else None


def _bounded(answers):
    """Return answers of which all together are not too long."""
    left, result = MOST_ANSWERS, []
    for answer in answers:
        result.append(Answer(answer.part, answer.is_code, answer.source[:left]))
        left -= len(result[-1].source)
        if left <= 0:
            break
    return result


def of_code(answers, meanings):
    """Return the keys of the fingerprints of all code, and what each says besides its rarity.

    Parameters
    ----------
    answers : list of Answer
    meanings : dict of str to str

    Returns
    -------
    dict of int to float
    """
    return {each.key: each.weight for answer in answers if answer.is_code
            for each in fingerprints.of_code(statements(answer.source, meanings))}


def of_text(answers):
    """Return the same for all written answers.

    Parameters
    ----------
    answers : list of Answer

    Returns
    -------
    dict of int to float
    """
    return {each.key: each.weight for answer in answers if not answer.is_code
            for each in fingerprints.of_words(
                [match[0] for match in fingerprints.words_of(answer.source)])}
