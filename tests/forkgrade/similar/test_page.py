"""The page of `course similar`, and what the command says."""

import html
import json
import re

import pytest

from course_utils import cli
from forkgrade.report import alias
from forkgrade.similar import comparison as comparisons
from forkgrade.similar import fingerprints, matches
from forkgrade.similar.matches import MOST_ROWS, MOST_WIDTH, shown, side_by_side
from forkgrade.similar.page import ordinal, percent
from forkgrade.similar.statements import statements
from tests.forkgrade.similar.class_folder import ClassFolder, filled
from tests.forkgrade.similar.disguise import disguised
from tests.forkgrade.similar.honest_class import SOLUTION, honest

LAB, OTHER = "lab01_scaling", "lab02_folds"
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> \N{RIGHT-TO-LEFT OVERRIDE}evil"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course with three labs that nobody handed in."""
    return ClassFolder(tmp_path_factory.mktemp("released"), (LAB, OTHER, "lab03_unused"))


@pytest.fixture
def empty(released, tmp_path):
    """A copy of it."""
    return released.copy(tmp_path)


@pytest.fixture(scope="module")
def folder(released, tmp_path_factory):
    """A class of 34: a pair in both labs, odd submissions, hostile ones."""
    folder = released.copy(tmp_path_factory.mktemp("course"))
    for lab in (LAB, OTHER):
        for n in range(33):
            folder.hand_in(f"learner{n:02d}", honest(f"{lab}{n}"), lab)
        copy = disguised(honest(f"{lab}5"), lab)
        copy["folds"] += f"    # {HOSTILE}\n    # {'long ' * 2000}\n" + "    # more\n" * 3000
        folder.hand_in("copier", copy, lab)
    sample = {part: filled(part, code) for part, code in SOLUTION.items()}
    folder.hand_in("sample1", sample)
    folder.hand_in("sample2", disguised(sample, 2))
    folder.hand_in("untouched", {})
    folder.hand_in("large", {"folds": "a\n" * 1_500_000, "smooth": "(" * 100_000})
    folder.hand_in("odd", {"folds": "x = (\n" * 50, "advice": "\0\ud83d" * 10})
    folder.write("binary", bytes(range(256)) * 100)
    folder.write("nested", "[" * 100_000)
    folder.write("strange", json.dumps({"cells": [
        None, 3, {"metadata": []}, {"metadata": {"nbgrader": 7}}, {"metadata": {"nbgrader": {
            "grade_id": ["x"]}}}, {"metadata": {"nbgrader": {"grade_id": "folds"}},
                                   "source": [1, None, {}]}]}))
    return folder


@pytest.fixture(scope="module")
def comparison(folder):
    return comparisons.compare(folder.course, LAB)


@pytest.fixture(scope="module")
def said(folder, tmp_path_factory):
    """What the command prints, and its page, with aliases."""
    return run(folder, tmp_path_factory.mktemp("said"), "lab01")


def run(folder, out, *words):
    import contextlib
    import io

    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.chdir(folder.root)
        assert cli.main(["similar", *words, "--out", str(out)]) == 0
    return printed.getvalue(), (out / "similar.html").read_text("utf-8")


def test_the_pair_comes_first_and_recurs(said, folder):
    first, second = sorted(alias(name, folder.course.secret()) for name in ("copier", "learner05"))
    printed, page = said
    assert f"1. {first} and {second}: likeness" in printed
    assert f"also alike in {OTHER}" in printed and f"also alike in {OTHER}" in page
    assert "Pairs that recur" in page


def test_ids_are_aliases_unless_names_are_asked_for(said, folder, tmp_path):
    for text in said:
        assert not re.search(r"learner\d|copier|untouched|binary", text)
    printed, page = run(folder, tmp_path, "lab01", "--names", "--top", "1")
    assert "copier and learner05" in printed and "copier" in page
    assert len(re.findall(r'<h3 id="code-\d+"', page)) == 1


def test_the_page_runs_nothing_and_loads_nothing(said):
    _, page = said
    assert HOSTILE[:8] not in page and "<img" not in page and html.escape(HOSTILE[:8]) in page
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    for tag in re.findall(r"<[^>]*>", page):
        assert not re.search(r"script|\son\w+=|https?:|src=|^<(img|link|iframe|object)", tag), tag
    assert "url(" not in page and "@import" not in page
    assert "default-src 'none'" in page


def test_the_page_says_what_else_explains_it_and_accuses_nobody(said):
    printed, page = said
    for reason in ("pairs, where it is allowed", "a web page", "tutor"):
        assert reason in page
    for word in ("plagiar", "cheat", "guilty", "suspect", "fraud", "dishonest"):
        assert word not in (printed + page).lower()
    assert "not what happened" in printed


def test_marks_need_no_colour(said):
    _, page = said
    marked = re.findall(r'<div class="row match">.*?</div>', page, re.DOTALL)
    numbers = [re.search(r"match </span>(\d+)<", row) for row in marked]
    assert len([number for number in numbers if number]) > 20
    assert "border-left" in page and "text-decoration:underline" in page


def test_hostile_and_odd_submissions_cost_only_themselves(comparison, said):
    left_out = comparison.left_out
    assert {"binary", "nested", "untouched", "sample1"} <= set(left_out)
    assert not [name for name in left_out if name.startswith(("learner", "copier"))]
    assert "cannot be read as a notebook" in left_out["binary"]
    assert "sample solution" in left_out["sample1"]
    assert "Not compared" in said[1]


def test_a_copied_sample_solution_is_in_no_pair(comparison):
    pairs = [*comparison.code.pairs(), *comparison.text.pairs()]
    assert not [pair for pair in pairs if "sample" in pair.first + pair.second]


def test_a_page_is_bounded(comparison, said):
    assert len(said[1]) < 2_000_000
    parts, _ = side_by_side(comparison.answers("copier"), comparison.answers("learner05"),
                            comparison)
    for part in parts:
        for rows in (part.first, part.second):
            assert len(rows) <= MOST_ROWS
            assert not part.is_code or all(len(row.text) < MOST_WIDTH + 50 for row in rows)
    assert max(part.more_first for part in parts) > 2000


def test_each_match_stands_on_both_sides(comparison):
    parts, others = side_by_side(comparison.answers("copier"), comparison.answers("learner05"),
                                 comparison)
    assert len(parts) >= 5 and "choose" in others
    for part in (part for part in parts if part.is_code):
        sides = [{row.match for row in rows if row.is_first} for rows in (part.first, part.second)]
        assert sides[1] == set(range(1, part.matches + 1)) and sides[0] <= sides[1]


def test_written_answers_are_compared_by_themselves(empty):
    folder = empty
    for n in range(12):
        folder.hand_in(f"s{n}", honest(n))
    folder.hand_in("quoter", honest("alone") | {"advice": honest(4)["advice"].upper()})
    comparison = comparisons.compare(folder.course, LAB)
    text, code = comparison.text.pairs(1)[0], comparison.code.pairs(1)
    assert {text.first, text.second} == {"quoter", "s4"}
    assert not code or {code[0].first, code[0].second} != {"quoter", "s4"}
    parts, _ = side_by_side(comparison.answers("quoter"), comparison.answers("s4"), comparison)
    advice = next(part for part in parts if part.name == "advice")
    assert "".join(row.text for row in advice.second) == honest(4)["advice"]
    assert any(row.match for row in advice.second)


def test_statements_that_most_write_are_marked_where_their_order_is_what_is_alike():
    both = statements("def f(x):\n    x = x + 1\n    y = x + x\n    return y", {})
    links = {each.key for each in fingerprints.of_code(both) if each.weight == fingerprints.LINK}

    class OnlyLinksAreRare:
        def writers(self, key):
            return 2 if key in links else 0

    assert links and matches._counterparts(both, both, OnlyLinksAreRare())


def test_what_stands_outside_of_answers_makes_no_pair(empty, tmp_path):
    folder = empty
    for n in range(4):
        folder.hand_in(f"s{n}", {})
        path = tmp_path / f"submitted/s{n}/{LAB}/{LAB}.ipynb"
        notebook = json.loads(path.read_text())
        notebook["cells"].append({"cell_type": "code", "metadata": {}, "source":
                                  honest(1)["smooth"] + honest(1)["nearest"] if n < 2 else ""})
        path.write_text(json.dumps(notebook))
    comparison = comparisons.compare(folder.course, LAB)
    assert comparison.code.pairs() == [] and len(comparison.left_out) == 4


@pytest.mark.parametrize("count, lab, said", [
    (0, "lab01", "Nothing was handed in for"), (2, "lab01", "at least 3 submissions are needed"),
    (3, "lab77", "There is no lab 'lab77'"), (3, "lab03", "Nothing was handed in for")])
def test_what_cannot_be_compared_is_one_sentence(empty, monkeypatch, capsys, count, lab, said):
    for n in range(count):
        empty.hand_in(f"s{n}", honest(n))
    monkeypatch.chdir(empty.root)
    assert cli.main(["similar", lab]) == 1
    printed = capsys.readouterr()
    assert said in printed.err and printed.err.count("\n") == 1 and not printed.out


def test_a_small_class_is_told_that_ranks_mean_little(empty, tmp_path):
    folder = empty
    for n in range(5):
        folder.hand_in(f"s{n}", honest(n))
    printed, page = run(folder, tmp_path / "out", "lab01")
    assert "mean next to nothing" in printed and "This class is small" in page
    assert "stands apart" not in page


@pytest.mark.parametrize("word", ["0", "501", "-1", "x", "1e3", "99999999999999999999"])
def test_top_is_a_number(word):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["similar", "lab01", f"--top={word}"])
    assert stopped.value.code == 2


def test_no_percentage_is_rounded_up_to_all():
    assert percent(99.9999) == "99.99" and percent(0) == "0.00"
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112, 1001)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th", "1,001st"]


def test_what_cannot_be_seen_is_shown():
    assert shown("a\u202eb\x00\x1b[1m") == "a�b��[1m"
    assert shown("x" * 500).endswith("… 200 more characters")
    assert shown("\ud800") == "�"
