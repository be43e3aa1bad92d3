"""Galleries of faces: drawn, read from an answer, and the forms that they may lose."""

from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import Stop, read, slip

PURPOSE = "opening the door of the workshop"
NAMES = ["P1", "P2", "P10", "P12", "P21"]
SIZE = 4  # numbers in an embedding here

FORMS = (
    slip("returns-nothing", None,
         "Your function gives back nothing (`None`). Give back the gallery, changed or not."),
    slip("not-a-gallery", None,
         "What you give back has lost its shape: a dictionary with the same keys, `names` a list "
         "of names, `embeddings` a row of numbers for each."),
    slip("not-aligned", None,
         "There are more names than embeddings, or fewer. From then on every search finds the "
         "wrong person."),
    slip("unknown", None,
         "The gallery does not hold the people that it should. Follow your code by hand for one "
         "case in which nothing should change, and one in which something should."),
)


def draw_gallery(rng, names):
    """Draw a gallery with an embedding for each of the names."""
    return {"purpose": PURPOSE, "names": names,
            "embeddings": rng.normal(size=(len(names), SIZE)).round(3).tolist()}


def rows_of(gallery):
    """Return (name, embedding) for each row."""
    return list(zip(gallery["names"], gallery["embeddings"], strict=True))


def read_rows(answers):
    """Return the sorted rows of each answered gallery, or end the judgement."""
    galleries = read(answers, _names_and_table, "not-a-gallery")
    if any(len(names) != len(table) for names, table in galleries):
        raise Stop("not-aligned")
    return [sorted(zip(names, table.round(3).tolist(), strict=True)) for names, table in galleries]


def _names_and_table(answer):
    if answer["kind"] != "mapping" or not {"names", "embeddings"} <= set(answer["value"]):
        return None
    names, table = answer["value"]["names"], array_of(answer["value"]["embeddings"])
    if table is None or table.size and table.ndim != 2:
        return None
    if names["kind"] == "array" and names["shape"] == [0]:
        return [], table
    if names["kind"] != "sequence" or any(item["kind"] != "text" for item in names["value"]):
        return None
    return [item["value"] for item in names["value"]], table
