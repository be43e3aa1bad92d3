"""Judging a learner's standardization and min-max scaling by what they do to each column."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of

TOLERANCE = 1e-3
ORDINARY = 2  # the first tables need no special care; the others are edge cases


def draw(rng):
    """Draw tables with columns of different units; five rows tell n from n - 1."""
    units, spreads = np.array([45.0, 60_000.0, 2.5]), np.array([9.0, 12_000.0, 0.2])
    typical = units + spreads * rng.normal(size=(40, 3))
    few = np.array([-3.0, 40.0]) + np.array([0.5, 30.0]) * rng.normal(size=(5, 2))
    constant = units + spreads * rng.normal(size=(20, 3))
    constant[:, 1] = rng.integers(2, 9)
    whole = rng.integers(0, 100, size=(15, 2))
    whole[:2] = [[0, 100], [100, 0]]
    tables = {"typical": typical, "few": few, "constant": constant, "integers": whole}
    return [{"name": name, "X": table.tolist(), "dtype": str(table.dtype)}
            for name, table in tables.items()]


def build(case):
    """Return the argument that the exercise promises: one array of shape (n, d)."""
    return (np.array(case["X"], dtype=case["dtype"]),)


def judge_standardize(cases, answers):
    """Judge `standardize`: population z-scores, zeros for a column that does not vary."""
    return _judge(cases, answers, _is_standardized, _slip_in_standardize, core=1.5, points=3.0)


def judge_min_max(cases, answers):
    """Judge `min_max`: each column from 0 to 1, zeros for a column that does not vary."""
    return _judge(cases, answers, _is_min_max, _slip_in_min_max, core=1.25, points=2.0)


def _judge(cases, answers, is_right, find_slip, *, core, points):
    stopped = first_error(answers[:ORDINARY])
    if stopped:
        return stopped
    answers = {case["name"]: answer for case, answer in zip(cases, answers, strict=True)}
    tables = {case["name"]: build(case)[0].astype(float) for case in cases}
    slip = _form_slip(tables, answers)
    if slip:
        return Verdict(0.0, slip)
    scaled = {name: array_of(answer) for name, answer in answers.items()}
    main = [(tables[name], scaled[name]) for name in ("typical", "few")]
    earned, slip = core, None
    if not all(is_right(table, result) for table, result in main):
        slip, part = _general_slip(main, is_right) or find_slip(*main)
        earned = core * part
        if slip not in ("sample-std", "rounded"):
            return Verdict(earned / points, slip)
    edges = _edge_slips(tables, scaled, answers, is_right)
    share = (points - core) / 3
    earned += share * (3 - len({edge for edge, _ in edges}))
    return Verdict(earned / points, slip or (edges[0][1] if edges else None))


def _general_slip(main, is_right):
    """Return a slip that can happen in both exercises and the part it deserves, or None."""
    table, result = main[0]
    if (result == result[0]).all():
        return "constant-result", 0.0
    if np.allclose(result, table):
        return "unchanged", 0.0
    if is_right(table, result):
        return "special-to-one-table", 1 / 3
    if _close((result ** 2).sum(axis=1), 1, 1e-9):
        return "unit-rows", 0.0
    if any(is_right(table, flipped) for flipped in (-result, 1 - result, 1 + result)):
        return "sign", 1 / 3
    if np.array_equal(result, np.round(result, 3)) and is_right(table, result, 0.1):
        return "rounded", 2 / 3
    return None


def _form_slip(tables, answers):
    """Return what is wrong with the form of the answers to the ordinary tables, if anything."""
    for name in ("typical", "few"):
        answer = answers[name]
        if answer["kind"] == "none":
            return "returns-nothing"
        result = array_of(answer)
        if answer["kind"] == "sequence" or (result is not None and result.ndim == 3):
            return "returns-more"
        if result is None:
            return "not-a-table"
        if result.shape != tables[name].shape:
            return "wrong-shape"
        if not np.isfinite(result).all():
            return "not-finite"
    return None


def _edge_slips(tables, scaled, answers, is_right):
    """Return (edge, misconception) for every edge case that went wrong."""
    slips = []
    if any(answer.get("changed_input") for answer in answers.values()):
        slips.append(("form", "changes-input"))
    if "DataFrame" in answers["typical"]["type"]:
        slips.append(("form", "data-frame"))
    if not _handles_constant(tables["constant"], scaled["constant"], is_right):
        slips.append(("constant", "constant-column"))
    if not _handles_integers(tables["integers"], scaled["integers"], is_right):
        slips.append(("integers", "integer-input"))
    return slips


def _handles_constant(table, result, is_right):
    """Tell whether the column that does not vary is zero and its neighbours are as they should."""
    return (result is not None and result.shape == table.shape
            and _close(result[:, 1], 0)
            and _right_or_sample(table[:, [0, 2]], result[:, [0, 2]], is_right))


def _handles_integers(table, result, is_right):
    return (result is not None and result.shape == table.shape
            and _right_or_sample(table, result, is_right))


def _right_or_sample(table, result, is_right):
    # whoever divides by n - 1, or rounds, has heard of it already
    sample = np.sqrt(len(table) / (len(table) - 1))
    return any(is_right(table, result * factor, 0.05) for factor in (1, sample))


def _is_standardized(table, result, tolerance=TOLERANCE):
    return (_is_affine(table, result, tolerance) and _close(result.mean(axis=0), 0, tolerance)
            and _close(result.std(axis=0), 1, tolerance) and _rises(table, result))


def _is_min_max(table, result, tolerance=TOLERANCE):
    return (_is_affine(table, result, tolerance) and _close(result.min(axis=0), 0, tolerance)
            and _close(result.max(axis=0), 1, tolerance) and _rises(table, result))


def _slip_in_standardize(typical, few):
    """Return the misconception and the part of the core that the answer still deserves."""
    table, result = typical
    size = len(few[0])
    if _close(few[1].mean(axis=0), 0) and _close(few[1].std(axis=0), np.sqrt(1 - 1 / size)):
        return "sample-std", 1 / 3
    if _close(result.mean(axis=1), 0):
        return "rows", 0.0
    if not _is_affine(table, result):
        return "unknown", 0.0
    slope = _slopes(table, result)
    if _one_slope_for_all(slope):
        return _with_one_slope(slope, result.mean(axis=0), 1 / 3)
    if _close(result.min(axis=0), 0) and _close(result.max(axis=0), 1):
        return "other-scaling", 0.0
    if _close(slope * table.var(axis=0), 1):
        return "variance", 1 / 3
    if _close(result.std(axis=0), 1):
        return "not-centred", 1 / 3
    return "unknown", 0.0


def _slip_in_min_max(typical, few):
    table, result = typical
    if not _is_affine(table, result):
        return ("rows" if _close(result.min(axis=1), 0) else "unknown"), 0.0
    slope, low = _slopes(table, result), result.min(axis=0)
    if _one_slope_for_all(slope):
        return _with_one_slope(slope, low, 0.2)
    if _is_standardized(table, result):
        return "other-scaling", 0.0
    if _close(slope * table.max(axis=0), 1):
        return ("maximum-for-range", 0.2) if _close(low, 0) else ("not-shifted", 0.2)
    if _close(low, -1) and _close(result.max(axis=0), 1):
        return "wrong-range", 0.4
    if _close(np.ptp(result, axis=0), 1):
        return "not-shifted", 0.2
    return "unknown", 0.0


def _with_one_slope(slope, origin, part):
    """Return the slip behind columns that all kept their unit, or all lost it together."""
    if not _close(slope, 1):
        return "whole-table", 0.0
    return ("not-divided", part) if _close(origin, 0) else ("precedence", 0.0)


def _close(values, target, tolerance=TOLERANCE):
    return bool(np.allclose(values, target, rtol=tolerance, atol=tolerance))


def _rises(table, result):
    return bool((_slopes(table, result) > 0).all())


def _slopes(table, result):
    """Return the slope of each result column against its table column, by least squares."""
    centred = table - table.mean(axis=0)
    return (centred * result).sum(axis=0) / (centred ** 2).sum(axis=0)


def _is_affine(table, result, tolerance=TOLERANCE):
    """Tell whether every column is a straight-line function of the column it came from."""
    expected = result.mean(axis=0) + _slopes(table, result) * (table - table.mean(axis=0))
    reach = np.abs(result).max(axis=0) + 1e-12
    return bool((np.abs(result - expected) <= tolerance * reach).all())


def _one_slope_for_all(slopes):
    return bool(np.allclose(slopes, slopes[0], rtol=TOLERANCE, atol=0))
