"""Expand the short markers of `source/labs/` to the metadata of nbgrader.

=============================================  ================================================
``# %% solution="NAME"``                       code that the learner writes
``# %% test="NAME" points=2``                  a locked cell that ends in ``check.NAME()``
``# %% [markdown] answer="NAME" points=1``     a written answer that a person grades
=============================================  ================================================
"""

import math
from difflib import get_close_matches

from course_utils.notebooks.graded_cells import check_test_cell

ROLES = {"solution": "code", "test": "code", "answer": "markdown"}
GRADED_ROLES = ("test", "answer")
PLAIN = ("tags", "slideshow", "jupyter", "editable", "deletable", "collapsed", "scrolled")
REGIONS = {"SOLUTION": ("solution", "answer"), "HIDDEN TESTS": ("test",)}


def expand(source, *, lab=True, checks=None):
    """Replace the markers in a source's cells by nbgrader's metadata; return the source.

    Parameters
    ----------
    source : course_utils.notebooks.source.Source
        Its cells are changed in place.
    lab : bool
        Whether graded cells are allowed; a lesson has none.
    checks : object, optional
        Has one attribute for each check, with its `points`; without it points are not compared.

    Raises
    ------
    CourseError
        At the first marker that says something impossible; names file and line.
    """
    roles = {}
    for index, cell in enumerate(source.cells):
        role = _role(source, index)
        _check_regions(source, index, role)
        if role is None:
            continue
        if not lab:
            raise source.fault(index, f'{role}="…" makes a graded cell, and a lesson has none; '
                                      "graded cells belong to source/labs/.")
        name, points = _name(source, index, role), _points(source, index, role)
        grade_id = f"test_{name}" if role == "test" else name
        _check_unused(source, index, grade_id, roles)
        if role == "test":
            _check_has_solution(source, index, name, roles)
            check_test_cell(source, index, name, points, checks)
        roles[grade_id] = role
        cell.metadata = _metadata(cell, role, grade_id, points)
    return source


def _role(source, index):
    cell = source.cells[index]
    for key in cell.metadata:
        if key not in (*ROLES, *PLAIN, "points"):
            raise source.fault(index, _unknown(key, cell.metadata[key]))
    roles = [role for role in ROLES if role in cell.metadata]
    if len(roles) > 1:
        raise source.fault(index, f"a cell is either {' or '.join(roles)}, not both; "
                                  "make two cells of it.")
    if not roles:
        if "points" in cell.metadata:
            raise source.fault(index, "points belong to a cell with test=\"NAME\" or "
                                      "answer=\"NAME\"; add the name or remove the points.")
        return None
    if cell.cell_type != ROLES[roles[0]]:
        raise source.fault(index, f"{roles[0]}=\"…\" belongs to a {ROLES[roles[0]]} cell, and "
                                  f"this is a {cell.cell_type} cell.")
    return roles[0]


def _unknown(key, value):
    marker = f"{key}={value!r}"
    if key in ("title", "incorrectly_encoded_metadata"):
        marker, key = value, value.split("=")[0].strip()
    near = get_close_matches(key, [*ROLES, "points", "tags"], n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return (f"unknown marker {marker!r}.{hint} Accepted are solution=\"NAME\", "
            "test=\"NAME\" points=2 and [markdown] answer=\"NAME\" points=1, with the quotes.")


def _name(source, index, role):
    name = source.cells[index].metadata[role]
    if not isinstance(name, str) or not (name.isidentifier() and name.isascii()):
        raise source.fault(index, f"{role}={name!r} is not a name; use letters, digits and _, "
                                  f"for example {role}=\"standardize\".")
    return name


def _points(source, index, role):
    points = source.cells[index].metadata.get("points")
    if role not in GRADED_ROLES:
        if points is not None:
            raise source.fault(index, "points belong to the test of a solution, not to the "
                                      "solution; move them to its test cell.")
        return None
    number = isinstance(points, (int, float)) and not isinstance(points, bool)
    if not number or not math.isfinite(points) or points <= 0:
        value = "missing" if points is None else repr(points)
        raise source.fault(index, f"a {role} cell needs points above 0, for example points=2, "
                                  f"and here they are {value}.")
    return points


def _check_unused(source, index, grade_id, roles):
    if grade_id in roles:
        raise source.fault(index, f"the name {grade_id!r} is taken by an earlier {roles[grade_id]} "
                                  "cell; each graded cell needs a name of its own.")


def _check_has_solution(source, index, name, roles):
    if roles.get(name) != "solution":
        names = [known for known, role in roles.items() if role == "solution"]
        near = get_close_matches(name, names, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise source.fault(index, f"test {name!r} has no cell solution=\"{name}\" above it.{hint}")


def _check_regions(source, index, role):
    lines = source.cells[index].source.splitlines()
    for region, roles in REGIONS.items():
        marks = [kind for line in lines for kind in ("BEGIN", "END") if f"{kind} {region}" in line]
        if not marks:
            continue
        if role not in roles:
            raise source.fault(index, f"{region} stand outside a {' or '.join(roles)} cell, where "
                                      "nbgrader would not remove them; move or mark them.")
        if marks != ["BEGIN", "END"] * (len(marks) // 2):
            raise source.fault(index, f"each BEGIN {region} needs one END {region} after it.")


def _metadata(cell, role, grade_id, points):
    from nbformat import from_dict

    plain = {key: cell.metadata[key] for key in PLAIN if key in cell.metadata}
    nbgrader = {"schema_version": 3, "grade": role in GRADED_ROLES, "grade_id": grade_id,
                "locked": role == "test", "solution": role != "test", "task": False}
    if points is not None:
        nbgrader["points"] = points
    return from_dict({**plain, "nbgrader": nbgrader})
