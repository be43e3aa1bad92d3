"""The vocabulary of checks: a wrong way is said once, and whoever goes it hears of it."""

import ast
import json
import operator
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from course_utils.checks import load
from course_utils.checks.check import Check, Verdict
from course_utils.checks.choices import FOLLOWS_FORMS, Choices, WholeNumber, choice
from course_utils.checks.drawing import draw_until_apart
from course_utils.checks.memoriser import memoriser
from course_utils.checks.remote import answer, recipe
from course_utils.checks.slips import (
    Judged,
    Number,
    Several,
    Stop,
    by_parts,
    check,
    input_change,
    match,
    nothing,
    numbers,
    outcome_of,
    percent,
    read,
    rounded,
    slip,
)

CONVERTED = tuple(f"lab0{number}" for number in range(1, 10))


def draw(rng):
    return [{"x": x, "y": float(rng.uniform(1, 2))} for x in (2.6, 7.3, 5.4)]


def product(x, y):
    return x * y


SLIPS = (
    slip("added", (lambda x, y: x + y, lambda x, y: x + y + 1), "Do you add?", "A product.",
         earns=0.25),
    slip("x-only", lambda x, y: x, "Where is y?"),
    rounded(product),
    percent(product, earns=0.5),
    slip("changes-input", None, "Right, but the input changed.", earns=0.9),
)
multiply = check("lab99", "multiply", 2, draw, Number(product, SLIPS, "Not the product."),
                 arguments=("x", "y"))


def outcome(checked, function, seed=3):
    """Judge with plain data (JSON) and a recipe in between, as a grader does."""
    inputs = checked.draw(np.random.default_rng(seed))
    plain = json.loads(json.dumps(answer(json.loads(json.dumps(recipe(checked))),
                                         {checked.needs[0]: function}, inputs)))
    return checked.grade(inputs, plain)


def test_what_is_right_earns_everything():
    result = outcome(multiply, product)
    assert (result.state, result.points) == ("right", 2.0)


@pytest.mark.parametrize("function, name, points, hints", [
    (lambda x, y: x + y, "added", 0.5, ("Do you add?", "A product.")),
    (lambda x, y: x + y + 1, "added", 0.5, ("Do you add?", "A product.")),
    (lambda x, y: x, "x-only", 0.0, ("Where is y?",)),
    (lambda x, y: round(x * y), "rounded", 1.5, None),
    (lambda x, y: 100 * x * y, "percent", 1.0, None),
    (lambda x, y: x - y, "unknown", 0.0, ("Not the product.",)),
    (lambda x, y: None, "returns-nothing", 0.0, None),
    (lambda x, y: "a word", "not-one-number", 0.0, None),
    (lambda x, y: float("nan"), "not-finite", 0.0, None),
])
def test_a_slip_decides_name_points_and_hints(function, name, points, hints):
    result = outcome(multiply, function)
    assert (result.state, result.misconception, result.points) == ("wrong", name, points)
    assert result.hints and hints in (None, result.hints)


def test_a_form_may_have_words_of_its_own():
    own = check("lab99", "own", 1, draw, Number(product, (
        slip("returns-nothing", None, "Nothing came."),), "No."), ("x", "y"))
    assert outcome(own, lambda x, y: None).hints == ("Nothing came.",)


def test_the_learners_error_in_one_case_comes_before_forms_and_slips():
    def sometimes(x, y):
        return None if x > 5 else x / 0

    result = outcome(multiply, sometimes)
    assert result.state == "error" and "ZeroDivisionError" in result.details


def test_all_rounding_counts_as_rounded():
    for function in (np.floor, np.ceil, np.round):
        assert outcome(multiply, lambda x, y, f=function: f(x * y)).misconception == "rounded"


def test_changing_the_input_counts_only_where_a_slip_says_so():
    def grow(table):
        table.append(1.0)
        return sum(table[:-1])

    for slips, name in (((slip("changes-input", None, "It changed.", earns=0.5),), "changes-input"),
                        ((), None)):
        total = check("lab99", "total", 1, lambda rng: [{"table": [1.0, 2.0]}],
                      Number(sum, slips, "No."), ("table",))
        assert outcome(total, grow).misconception == name


def test_the_cases_of_a_draw_are_safe_from_the_learner():
    inputs = [{"table": [1.0, 2.0]}]
    total = check("lab99", "total", 1, lambda rng: inputs, Number(sum, (), "No."), ("table",))
    outcome(total, lambda table: table.clear())
    assert inputs == [{"table": [1.0, 2.0]}]


def test_keys_of_a_case_travel_as_names_and_not_as_code():
    assert recipe(multiply) == {"needs": ["multiply"], "arguments": ["x", "y"]}


def test_percent_may_lie_a_hundred_times_as_far_away():
    roughly = check("lab99", "roughly", 1, draw, Number(
        product, (percent(product),), "No.", rtol=0, atol=0.1), ("x", "y"))
    assert outcome(roughly, lambda x, y: 100 * x * y + 9).misconception == "percent"
    assert outcome(roughly, lambda x, y: 100 * x * y + 11).misconception == "unknown"
    assert outcome(roughly, lambda x, y: x * y + 0.2).misconception == "unknown"


several = check("lab99", "several", 4, draw, Several(
    (Number(product, (slip("added", operator.add, "You add.", earns=0.5),),
            slip("wrong-product", None, "No product.")),
     Number(operator.sub, (), slip("wrong-difference", None, "No difference."))),
    (slip("swapped", lambda x, y: (x - y, x * y), "They change places.", earns=0.75),
     slip("not-so-many-numbers", None, "Two numbers."))), ("x", "y"))


@pytest.mark.parametrize("function, name, points", [
    (lambda x, y: (x * y, x - y), None, 4.0),
    (lambda x, y: (x - y, x * y), "swapped", 3.0),
    (lambda x, y: (x + y, x - y), "added", 3.0),
    (lambda x, y: (x * y, 0), "wrong-difference", 2.0),
    (lambda x, y: (0, x - y), "wrong-product", 2.0),
    (lambda x, y: (0, 0), "wrong-product", 0.0),
    (lambda x, y: x * y, "not-so-many-numbers", 0.0),
])
def test_several_numbers_earn_a_part_each(function, name, points):
    result = outcome(several, function)
    assert (result.misconception, result.points) == (name, points)
    assert result.hints or name is None


def test_a_judge_of_its_own_returns_nothing_a_name_or_a_verdict():
    slips = (slip("half", None, "Half.", earns=0.5),)
    for returned, share, name in ((None, 1.0, None), ("half", 0.5, "half"),
                                  (Verdict(0.1, "half"), 0.1, "half")):
        verdict = Judged(lambda cases, answers, it=returned: it, slips)([], [])
        assert verdict[:2] == (share, name)
        assert verdict.hints == (("Half.",) if name else ())


def test_a_judge_of_its_own_need_not_ask_for_a_changed_input():
    judge = Judged(lambda cases, answers: None, SLIPS[-1:])
    answers = [{"kind": "none", "changed_input": changed_input} for changed_input in (False, True)]
    assert judge([], answers[:1]) == Verdict(1.0)
    assert judge([], answers) == Verdict(0.9, "changes-input", hints=SLIPS[-1].hints)


def test_cases_are_drawn_until_all_is_told_apart():
    numbers_drawn = iter((0, 2, 2, 3, None, 5, 6))
    cases = draw_until_apart(lambda: next(numbers_drawn),
                             lambda case, left: None if case is None else {case}, (2, 3))
    assert cases == [2, 3]
    cases = draw_until_apart(lambda: next(numbers_drawn),
                             lambda case, left: None if case is None else {case}, (5,), least=2)
    assert cases == [5, 6]
    assert draw_until_apart(lambda: 1, lambda case, left: set(), (2,), tries=3) == []


def test_a_memoriser_answers_as_drawn_and_remembers_other_rows():
    student = memoriser("Student", {1: 0, 2: 1, 9: 2}, {1, 2}, lambda *_: {1: 1, 2: 1, 9: 0},
                        "Fit first.")()
    with pytest.raises(ValueError, match="Fit first."):
        student.predict([[1]])
    assert student.fit([[1], [2]], [0, 1]).predict([[1], [9]]).tolist() == [1, 0]
    assert student.fit([[1], [9]], [0, 2]).predict([[1], [9]]).tolist() == [1, 2]


def test_a_judgement_without_a_hint_is_a_fault_of_the_check():
    with pytest.raises(LookupError, match="'lost'"):
        Judged(lambda cases, answers: "lost", ())([], [])


def test_reading_ends_the_judgement():
    number, nothing_, word, error = ({"kind": "number", "value": 2.0}, {"kind": "none"},
                                     {"kind": "text", "value": "two"},
                                     {"kind": "error", "error": {}})
    assert numbers([number, number]).tolist() == [2.0, 2.0]
    for answers, name in (([word, nothing_], "returns-nothing"), ([number, word], "no-number")):
        with pytest.raises(Stop) as stop:
            numbers(answers, form="no-number")
        assert stop.value.outcome == name
    with pytest.raises(Stop) as stop:
        read([word, error], lambda each: each, "form")
    assert stop.value.outcome.error == 1
    assert read([word, error], lambda each: each["value"], "form", error_value="!") == ["two", "!"]
    assert input_change([number]) is None
    assert input_change([number, {**number, "changed_input": True}]) == "changes-input"


def test_the_first_slip_that_agrees_in_every_case_is_the_one():
    arguments, slips = [(1,), (4,)], (slip("same", lambda x: x), slip("too", lambda x: x))
    assert match(slips, arguments, [1, 4]).name == "same"
    assert match(slips, arguments, [1, 5]) is None
    assert outcome_of(lambda x: 2 * x, slips, arguments, [2, 8]) is None
    assert outcome_of((lambda x: 2 * x, lambda x: x), slips, arguments, [1, 4]) is None
    assert outcome_of(lambda x: "a" * x, (), arguments, ["a", "aaaa"], operator.eq) is None
    assert outcome_of(lambda x: 0, slips, arguments, [3, 3], otherwise="other") == "other"


def test_parts_weigh_what_they_are_said_to_weigh():
    slips = (slip("half", None, "Half.", earns=0.5), slip("none", None, "None."))
    assert by_parts([None, None], slips) is None
    assert by_parts([None, "half"], slips) == Verdict(0.75, "half")
    assert by_parts(["none", None], slips, weights=[3, 1]) == Verdict(0.25, "none")


sentences = check("lab99", "sentences", 2, nothing, Choices((
    choice("a", "follows", slip("slip-a", None, "A?")),
    choice("b", "does not follow", slip("slip-b", None, "B?")),
), FOLLOWS_FORMS), needs=("follows",))


@pytest.mark.parametrize("follows, name, points", [
    ({"A": "follows", "B": "does not follow"}, None, 2.0),
    ({"sentence a": True, "B": 0}, None, 2.0),
    ({"A": "no", "B": "no"}, "slip-a", 1.0),
    ({"A": "yes", "B": "yes"}, "slip-b", 1.0),
    ({"A": "no", "B": "perhaps"}, "word-unknown", 0.0),
    ({"A": "yes"}, "word-unknown", 1.0),
    ("follows", "not-a-dictionary", 0.0),
])
def test_a_dictionary_of_words_earns_a_part_for_each_row(follows, name, points):
    result = sentences(follows)
    assert (result.misconception, result.points) == (name, points)
    assert result.hints or name is None


def test_another_word_may_overlook_something_else_and_rows_may_come_first():
    judgement = Choices((
        choice("1", "up", slip("any", None, "Any."), {"down": slip("turned", None, "Turned.")}),
        choice("2", "up", slip("second", None, "Second."))),
        FOLLOWS_FORMS, words={"up": (), "down": (), "level": ()}, foremost=())
    made = check("lab99", "made", 1, nothing, judgement)
    assert made({"1": "down", "2": "up"}).misconception == "turned"
    assert made({"1": "level", "2": "up"}).misconception == "any"
    assert made({"1": "level", "2": "?"}).misconception == "any"


def test_a_whole_number_may_have_a_slip_for_each_wrong_one():
    line = check("lab99", "line", 1, nothing, WholeNumber(
        2, {1: slip("line-1", None, "One?")}, slip("not-a-line", None, "A line.")))
    for given, name in ((2, None), ("line 2", None), (1, "line-1"), (9, "not-a-line"),
                        ("two", "not-a-line"), (None, "not-a-line")):
        assert line(given).misconception == name


@pytest.mark.parametrize("lab", CONVERTED)
def test_each_exercise_is_a_module_of_its_name_with_a_check(lab):
    module = load(lab)
    assert [each.exercise for each in module.CHECKS] == list(module.EXERCISES)
    for name in module.EXERCISES:
        exercise = import_module(f"{module.__name__}.{name}")
        assert exercise.CHECK is getattr(module, name), name
        assert isinstance(exercise.CHECK, Check) and exercise.CHECK.lab == lab


@pytest.mark.parametrize("lab", CONVERTED)
def test_a_module_without_a_check_has_no_exercises_name(lab):
    module = load(lab)
    for path in Path(module.__file__).parent.glob("[!_]*.py"):
        holds = hasattr(import_module(f"{module.__name__}.{path.stem}"), "CHECK")
        assert holds == (path.stem in module.EXERCISES), path


@pytest.mark.parametrize("lab", CONVERTED)
def test_the_parts_of_a_lab_are_checks_even_after_a_module_was_imported(lab):
    module = load(lab)
    for name in module.EXERCISES:
        __import__(f"{module.__name__}.{name}", fromlist=["CHECK"])
        assert isinstance(getattr(module, name), Check)


@pytest.mark.parametrize("lab", CONVERTED)
def test_every_slip_that_a_judgement_can_name_has_a_hint(lab):
    """The slips that it looks through, and the names that stand in the judge's own code."""
    for checked in load(lab).CHECKS:
        judgement = checked.judge.func
        # a nameless one stands for what is right, where that is tried in the midst of the slips
        unheard = {each.name for each in judgement.slips} - {None, *judgement.hints}
        assert not unheard, (checked.exercise, unheard)
        module = import_module(f"course_utils.checks.{lab}.{checked.exercise}")
        for name in _names_returned(module):
            assert judgement._hints(name), (checked.exercise, name)


def _names_returned(module):
    """Return the texts that the functions `judge` and `slip_in` of a module return."""
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    judges = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
              and node.name in ("judge", "slip_in")]
    values = [node.value for judge in judges for node in ast.walk(judge)
              if isinstance(node, ast.Return) and node.value is not None]
    return {part.value for value in values for part in _results(value)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _results(value):
    if isinstance(value, ast.IfExp):
        return [*_results(value.body), *_results(value.orelse)]
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Verdict":
        return value.args[1:2]
    return [value]
