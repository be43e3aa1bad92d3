"""What makes no difference to an answer, and that any text has statements."""

import ast
import time
import tracemalloc
from types import SimpleNamespace

import pytest

from forkgrade.similar import statements as module
from forkgrade.similar.fingerprints import of_code
from forkgrade.similar.statements import statements

MEANINGS = {"np": "numpy", "spread_of": "spread_of"}
CODE = """def spread_of(X):
    low = X.min(axis=0)
    high = np.max(X, axis=0)
    total = 0
    for row in X:
        if row[0] > 3:
            total = total + len(row)
    return high - low, total
"""


def keys(code):
    return {each.key for each in of_code(statements(code, MEANINGS))}


def words(code):
    return [statement.tokens for statement in statements(code, MEANINGS)]


@pytest.mark.parametrize("change", [
    lambda code: code.replace("low", "minimum_of_all").replace("row", "line").replace("X", "A"),
    lambda code: code.replace("    total = 0", "    # the least\n\n    total = 0  # yet"),
    lambda code: code.replace(":\n    low", ":\n    '''A docstring.'''\n    low", 1),
    lambda code: code.replace("    ", "\t").replace(" = ", "="),
    lambda code: code.replace("X.min(axis=0)", "(\n        X.min(\n        axis=0,\n    ))"),
    lambda code: code.replace("> 3", "> 17.5"),
    lambda code: code.replace("total = total + len", "total += len"),
    lambda code: code.replace("row[0] > 3", "3 < row[0]"),
    lambda code: code.replace("(X)", "(X: np.ndarray) -> tuple[float, int]", 1),
    lambda code: code.replace("total = 0", "total: int = 0"),
    lambda code: code.replace("np", "xp").replace("def", "import numpy as xp\ndef", 1),
    lambda code: code.replace("\n", "\r\n"),
    lambda code: "%%time\n" + code,
], ids=["names", "comments", "docstring", "layout", "brackets", "literal", "augmented", "turned",
        "annotations", "annotated variable", "alias", "line ends", "magic"])
def test_it_stays_the_same_code(change):
    changed = change(CODE)
    assert changed != CODE and words(changed) == words(CODE)


def test_quotes_and_texts_make_no_difference():
    assert words("x = f(\"a\", 'b' 'c', f'{d}')") == words("x = f('other', 'q', 'r')")


def test_most_fingerprints_survive_another_order_and_statements_between():
    changed = CODE.replace("    low = X.min(axis=0)\n    high = np.max(X, axis=0)\n",
                           "    high = np.max(X, axis=0)\n    debug = []\n"
                           "    low = X.min(axis=0)\n")
    assert len(keys(CODE) & keys(changed)) > 0.9 * len(keys(CODE))


def test_functions_may_change_places():
    other = "def second(values):\n    return sorted(values, key=abs)[0]\n"
    assert keys(CODE + other) == keys(other + CODE)


def test_other_code_is_not_the_same():
    assert words("a = b.min(axis=0)") != words("a = b.max(axis=0)")
    assert words("a = b - a.mean()") != words("a = b - b.mean()")
    assert words("low = np.min(x)") != words("low = sum(x)")


def test_a_parameter_that_shares_its_name_with_an_import_is_the_learners():
    assert words("def f(np):\n    return np + 1") == words("def f(data):\n    return data + 1")
    assert words("def f(sum):\n    return sum + 1") == words("def f(data):\n    return data + 1")


@pytest.mark.parametrize("broken", [CODE + "x = (\n", CODE + "    else:\n", CODE + "$ ?? !",
                                    CODE.replace("total = 0", "total = = 0")])
def test_code_that_does_not_parse_is_still_compared(broken):
    with pytest.raises(SyntaxError):
        compile(broken, "x", "exec")
    plain = CODE.replace("total = total + len(row)", "total = len(row)").replace("> 3", "< 3")
    broken = broken.replace("total = total + len(row)", "total = len(row)").replace("> 3", "< 3")
    assert len(keys(plain) & keys(broken)) > 0.6 * len(keys(plain))


def test_a_statement_knows_its_lines():
    found = {statement.tokens[:3]: (statement.first, statement.last)
             for statement in statements("# a\nx = f(\n    1,\n    2)\n\nif x:\n    y = 3\n", {})}
    assert found == {("v0", "=", "v1"): (1, 3), ("if", "v0", ":"): (5, 5), ("v0", "=", "0"): (6, 6)}


@pytest.mark.parametrize("hostile", [
    "a\n" * 1_500_000, "(" * 200_000, "[" * 90 + "]" * 90, "-" * 200_000 + "1",
    "x = " + "+".join("1" * 40_000), "\0" * 100_000, "'" * 99_999, '"""' + "a" * 200_000,
    "".join(" " * depth + "if x:\n" for depth in range(400)) + " " * 400 + "y",
    "(def " * 20_000, "\\\n" * 50_000, "lambda: " * 9_000, "f'{" * 9_000, "\ud800 = 1",
    "\N{RIGHT-TO-LEFT OVERRIDE}x = 1", "not " * 30_000 + "x", "a." * 50_000 + "b",
    bytes(range(256)).decode("latin-1") * 400], ids=range(18))
def test_hostile_code_costs_little(hostile):
    begin = time.process_time()
    of_code(statements(hostile, MEANINGS))
    assert time.process_time() - begin < 2


def test_a_large_cell_costs_little_memory():
    tracemalloc.start()
    of_code(statements("a\n" * 1_500_000, MEANINGS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50e6


@pytest.mark.parametrize("code", ["x = " + "(" * 60 + ")" * 60, "x = " + "+".join("a" * 1000)])
def test_the_parser_sees_nothing_that_it_cannot_bear(monkeypatch, code):
    def parse(text):
        raise AssertionError("parsed")

    monkeypatch.setattr(module, "ast", SimpleNamespace(**{**vars(ast), "parse": parse}))
    with pytest.raises(AssertionError):
        statements("x = 1", {})
    assert statements(code, {})
