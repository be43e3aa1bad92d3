"""The bar counts, passes the items on, and stays out of scripts."""

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from course_utils import widgets
from course_utils.widgets import progress_bar


def test_items_come_in_order_and_a_script_shows_nothing(capsys):
    assert list(widgets.waiting((3, 1, 2), "counting")) == [3, 1, 2]
    assert list(widgets.waiting([], "nothing")) == []
    assert capsys.readouterr() == ("", "")


def test_a_notebook_shows_how_many_are_done(monkeypatch):
    shell = InteractiveShell.instance()
    monkeypatch.setattr(shell, "kernel", object(), raising=False)
    with capture_output() as captured:
        assert list(widgets.waiting(range(2), "<b>training")) == [0, 1]
    InteractiveShell.clear_instance()
    texts = [output.data["text/plain"] for output in captured.outputs]
    assert texts == [f"<b>training: {done} of 2" for done in range(3)]
    assert "&lt;b&gt;" in captured.outputs[0].data["text/html"]


def test_the_name_stays_a_function_after_the_module_was_loaded():
    assert progress_bar.waiting is widgets.waiting and callable(widgets.waiting)
