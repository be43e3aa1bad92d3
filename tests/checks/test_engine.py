"""The check engine: three states, points that nbgrader reads right, nothing on stderr."""

import itertools
import json
import subprocess
import sys
import time

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from course_utils.checks.check import Check, Verdict
from course_utils.checks.result import RECORD_TYPE, Result


def _judge(inputs, answers):
    right = [answer.get("value") == 2 * case["x"]
             for case, answer in zip(inputs, answers, strict=True)]
    return Verdict(float(np.mean(right)), None if all(right) else "not-doubled")


double = Check("lab99", "double", 2, ("double",),
               draw=lambda rng: [{"x": int(x)} for x in rng.integers(1, 9, size=4)],
               judge=_judge, hints={"not-doubled": ("Twice as much?", "And now?")},
               build=lambda case: (case["x"],))


def _raises(error):
    def double(x):
        raise error
    return double


def test_right():
    result = double(lambda x: 2 * x)
    assert (result.state, result.points, repr(result)) == ("right", 2.0, "2.0")


def test_wrong_names_the_misconception():
    result = double(lambda x: x + 100)
    assert (result.state, result.points, result.misconception) == ("wrong", 0.0, "not-doubled")
    assert result.hints == ("Twice as much?", "And now?")


def test_not_attempted_when_the_stub_is_left():
    assert double(_raises(NotImplementedError())).state == "not attempted"


def test_not_attempted_when_the_name_does_not_exist():
    space = {}
    exec("from tests.checks.test_engine import double as check\nresult = check()", space)
    assert space["result"].state == "not attempted"
    assert "`double` does not exist yet" in space["result"].text


def test_an_error_is_shown_as_the_learners_own():
    result = double(_raises(KeyError("salary")))
    assert (result.state, result.points) == ("error", 0.0)
    assert "KeyError" in result.details and "salary" in result.details
    assert "calling.py" not in result.details


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), RecursionError("deep")])
def test_not_even_leaving_the_interpreter_stops_the_check(error):
    assert double(_raises(error)).state == "error"


def test_an_endless_loop_ends_with_a_plain_word(monkeypatch):
    monkeypatch.setattr("course_utils.checks.calling.SECONDS", 1)

    def endless(x):
        while True:
            pass

    result = double(endless)
    assert result.state == "error"
    assert result.details.endswith("TooSlow: it did not finish within 1 seconds\n")


def test_a_loop_that_catches_everything_ends_too_and_is_not_tried_again(monkeypatch):
    monkeypatch.setattr("course_utils.checks.calling.SECONDS", 0.5)
    calls = []

    def stubborn(x):
        calls.append(x)
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                pass

    assert double(stubborn).state == "error"
    assert len(calls) == 1


def test_an_error_in_one_case_only_is_left_to_the_judge():
    def sometimes(x):
        if calls.append(x) or len(calls) == 2:
            raise NotImplementedError
        return 2 * x

    calls = []
    assert double(sometimes).state == "wrong"


def test_only_the_learners_lines_are_shown():
    def through_a_library(x):
        import json
        return json.loads("{")

    details = double(through_a_library).details
    assert "through_a_library" in details and "JSONDecodeError" in details
    assert "decoder.py" not in details


def test_an_exception_that_cannot_speak_is_still_an_error():
    class Mute(Exception):
        def __str__(self):
            raise ValueError

    assert double(_raises(Mute())).state == "error"


def test_a_number_beyond_all_floats_is_no_crash():
    assert double(10 ** 400).misconception == "not-a-function"


def test_the_learners_output_stays_out_of_the_graded_cell(capfd):
    def noisy(x):
        import os
        import warnings

        from matplotlib import pyplot as plt
        print("out")
        print("err", file=sys.stderr)
        os.write(1, b"from a compiled library\n")
        os.write(2, b"from a compiled library\n")
        plt.plot([1, 2])
        warnings.warn("careful", stacklevel=1)
        return 2 * x

    assert double(noisy).points == 2
    assert capfd.readouterr() == ("", "")
    assert not sys.modules["matplotlib.pyplot"].get_fignums()


def test_the_same_seed_draws_the_same_inputs():
    draws = [json.dumps(double.draw(np.random.default_rng(5))) for _ in range(2)]
    assert draws[0] == draws[1]


@pytest.mark.parametrize("points, shown", [
    (np.float64(1.5), "1.5"), (1, "1.0"), (float("nan"), "0.0"), (-3, "0.0"), (99, "2.0"),
    (float("inf"), "2.0"), (float("-inf"), "0.0"), (np.float32(0.5), "0.5"),
])
def test_points_are_a_plain_number_between_nothing_and_everything(points, shown):
    result = Result("lab99.x", "wrong", points, 2)
    assert repr(result) == shown
    assert 0 <= float(repr(result)) <= 2


def test_one_output_holds_points_hint_and_record():
    bundle = double(lambda x: x)._repr_mimebundle_()
    assert float(bundle["text/plain"]) == 0.0
    assert "Twice as much?" in bundle["text/html"]
    assert json.loads(json.dumps(bundle[RECORD_TYPE])) == {
        "exercise": "lab99.double", "state": "wrong", "points": 0.0, "max_points": 2.0,
        "misconception": "not-doubled"}


def test_what_the_learner_wrote_is_escaped():
    result = double(_raises(ValueError("<script>alert(1)</script>")))
    assert "<script>" not in result._repr_html_()


BODIES, ENDINGS = {"2 * x": 2.0, "x": 0.0}, ("", ";", " ;  # done")


@pytest.fixture(scope="module")
def executed():
    """Run one notebook with a graded cell for each body and ending; return the cells by both."""
    cells = {(body, ending): nbformat.v4.new_code_cell(
        "from tests.checks.test_engine import double as check\n"
        f"check(lambda x: {body}){ending}",
        metadata={"nbgrader": {"grade": True, "solution": False, "locked": True, "task": False,
                               "points": 2, "grade_id": f"t{number}", "schema_version": 3}})
        for number, (body, ending) in enumerate(itertools.product(BODIES, ENDINGS))}
    notebook = nbformat.v4.new_notebook(cells=list(cells.values()))
    NotebookClient(notebook, kernel_name="python3").execute()
    return dict(zip(cells, notebook.cells, strict=True))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("body, points", BODIES.items())
def test_nbgrader_reads_the_points_even_behind_a_semicolon(executed, ending, body, points):
    cell = executed[body, ending]
    assert determine_grade(cell) == (points, 2.0)
    assert [output.output_type for output in cell.outputs] == ["execute_result"]


def test_under_validate_the_learner_reads_the_same_hint(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    cell = nbformat.v4.new_code_cell("from tests.checks.test_engine import double as check\n"
                                     "check(lambda x: x)")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()
    assert cell.outputs[-1].output_type == "error"
    assert "Hint: Twice as much?" in "\n".join(cell.outputs[-1].traceback)
    assert "File" not in "\n".join(cell.outputs[-1].traceback)


def test_the_judgement_runs_in_another_process():
    """What crosses is JSON, and the judge's process never sees the learner's function."""
    from course_utils.checks import lab01

    inputs = lab01.standardize.draw(np.random.default_rng(3))
    answer = lab01.standardize.call({"standardize": lambda X: X - X.mean(axis=0)}, inputs)
    code = ("import json, sys\nfrom course_utils.checks import lab01\n"
            "inputs, answer = json.load(sys.stdin)\n"
            "print(json.dumps(lab01.standardize.grade(inputs, answer).record))")
    judged = subprocess.run([sys.executable, "-c", code], input=json.dumps([inputs, answer]),
                            capture_output=True, text=True, check=True)
    assert json.loads(judged.stdout) == lab01.standardize.grade(inputs, answer).record
    assert json.loads(judged.stdout)["misconception"] == "not-divided"
