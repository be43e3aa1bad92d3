"""The page of `course similar`."""

import jinja2
import numpy as np

from forkgrade.similar.comparison import alike
from forkgrade.similar.likeness import FEW
from forkgrade.similar.matches import side_by_side

BARS = 20


def to_html(comparison, recurring, top, name_of):
    """Return the most alike pairs of a lab as one HTML page without scripts.

    Parameters
    ----------
    comparison : forkgrade.similar.comparison.Comparison
    recurring : dict
        What `forkgrade.similar.comparison.recurring` returned.
    top : int
        How many pairs to show.
    name_of : callable
        Turns a student's id into what the page calls them.

    Returns
    -------
    str
    """
    sections = [_section(kind, each, comparison, recurring, top, name_of)
                for kind, each in (("code", comparison.code), ("text", comparison.text))]
    left_out = sorted((name_of(student), reason)
                      for student, reason in comparison.left_out.items())
    loader = jinja2.PackageLoader("forkgrade", ".")
    environment = jinja2.Environment(loader=loader, autoescape=True, keep_trailing_newline=True,
                                     trim_blocks=True, lstrip_blocks=True)
    environment.filters["percent"] = percent
    environment.filters["ordinal"] = ordinal
    return environment.get_template("similar.html.j2").render(
        lab=comparison.lab, handed_in=comparison.handed_in, sections=sections, few=FEW,
        again=_again(comparison, recurring, name_of), left_out=left_out)


def percent(value):
    """Return a percentile, rounded down: nothing is more alike than all of a class.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
    """
    return f"{np.floor(value * 100) / 100:.2f}"


def ordinal(number):
    """Return a number as an ordinal.

    Parameters
    ----------
    number : int

    Returns
    -------
    str
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{'th' if number % 100 in (11, 12, 13) else ending}"


def ordered(pair, name_of):
    """Return the ids of a pair in the order of their names: that of ids reveals people.

    Parameters
    ----------
    pair : forkgrade.similar.likeness.Pair
    name_of : callable

    Returns
    -------
    tuple of str
    """
    return tuple(sorted((pair.first, pair.second), key=name_of))


def _section(kind, each, comparison, recurring, top, name_of):
    pairs = each.pairs(top)
    return {"kind": kind, "count": each.count(), "submissions": len(each.students),
            "bars": _bars(each.nearest()), "apart": sum(pair.apart for pair in pairs),
            "pairs": [_shown(pair, kind, pairs, comparison, recurring, name_of)
                      for pair in pairs]}


def _shown(pair, kind, pairs, comparison, recurring, name_of):
    """Return what the page says about a pair."""
    first, second = ordered(pair, name_of)
    answers = [[answer for answer in comparison.answers(student)
                if answer.is_code == (kind == "code")] for student in (first, second)]
    parts, others = side_by_side(*answers, comparison)
    labs = recurring.get(frozenset((first, second)), {})
    beside = {student: [other.rank for other in pairs if other != pair
                        and student in (other.first, other.second)] for student in (first, second)}
    return {"pair": pair, "first": name_of(first), "second": name_of(second), "parts": parts,
            "others": others, "labs": sorted(labs.items()),
            "beside": [(name_of(student), ranks) for student, ranks in beside.items() if ranks]}


def _again(comparison, recurring, name_of):
    """Return the pairs that are among the most alike here and elsewhere, most labs first."""
    rows = [(*map(name_of, ordered(pair, name_of)),
             sorted([(comparison.lab, pair), *recurring[students].items()], key=lambda lab: lab[0]))
            for students, pair in alike(comparison).items() if students in recurring]
    return sorted(rows, key=lambda row: (-len(row[2]), row[:2]))


def _bars(nearest):
    counts, edges = np.histogram(nearest, bins=BARS, range=(0, 1))
    return [{"count": int(count), "begin": begin, "end": end}
            for count, begin, end in zip(counts, edges[:-1], edges[1:], strict=True)]
