"""A learner opens lesson 01 and lab 01 in JupyterLab, in Chromium."""

import numpy as np
import pytest
from notebook_page import NotebookPage
from stopwatch import drag, frames_after_the_end, stale_frames, steps

pytestmark = pytest.mark.slow

LESSON = "lessons/01_feature_scaling.ipynb"
LAB = "labs/lab01_feature_scaling/lab01_feature_scaling.ipynb"

AXIS_MIXED_UP = """def standardize(X):
    return (X - X.mean()) / X.std()"""
RIGHT = """def standardize(X):
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread == 0, 1, spread)"""


@pytest.fixture(scope="module")
def lesson(page, address):
    """Lesson 01, in which all cells were run."""
    notebook = NotebookPage(page, address, LESSON)
    notebook.run_all()
    return notebook


@pytest.fixture
def figure(page, lesson):
    """The interactive figure: its picture and its slider."""
    live = page.locator(".plain-sight-live", has=page.locator(".noUi-handle"))
    show(live)
    return live.locator("img"), live.locator(".noUi-handle")


def test_all_cells_run(page, lesson, screenshot):
    screenshot("lesson-01")
    assert page.locator(".jp-OutputArea [data-mime-type*=error]").count() == 0


def test_every_picture_in_the_page_has_a_text_alternative(page, lesson):
    pictures = page.locator(".jp-Notebook img")
    pictures.nth(3).wait_for(state="attached", timeout=10_000)
    assert [p.get_attribute("alt") for p in pictures.all() if not p.get_attribute("alt")] == []


def test_the_slider_changes_picture_and_text_by_keyboard(page, figure, screenshot):
    picture, handle = figure
    screenshot("slider-before")
    source, text = picture.get_attribute("src"), picture.get_attribute("alt")
    handle.focus()
    for key in ("ArrowRight", "ArrowUp", "PageUp", "ArrowLeft"):
        value = handle.get_attribute("aria-valuenow")
        page.keyboard.press(key)
        page.wait_for_function("([node, old]) => node.getAttribute('aria-valuenow') !== old",
                               arg=[handle.element_handle(), value], timeout=5_000)
    page.wait_for_function(
        "([old]) => document.querySelector('.plain-sight-live img').alt !== old", arg=[text])
    assert picture.get_attribute("src") != source
    screenshot("slider-after")


def test_the_picture_is_large_enough(page, figure):
    picture, _ = figure
    picture.wait_for()
    # JupyterLab may put the picture into the page anew at any moment: ask until it is laid out
    page.wait_for_function("""() => {
        const box = document.querySelector('.plain-sight-live img')?.getBoundingClientRect();
        return box && box.width >= 600 && box.height >= 400;
    }""", timeout=10_000)


def test_only_the_live_picture_shows(page, figure):
    assert figure[0].is_visible()
    assert not page.locator("[id^=still-]").first.is_visible()


@pytest.mark.alone
def test_every_move_ends_in_a_picture_of_its_own_value(page, figure, capsys):
    _, handle = figure
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(1_000)
    waits = steps(page, handle, 40)
    assert len(waits) == 40 and np.isfinite(waits).all()
    with capsys.disabled():
        print("\nslider to picture: median {:.0f} ms, 95th percentile {:.0f} ms, at most {:.0f} ms"
              .format(*np.percentile(waits, [50, 95, 100])))


@pytest.mark.alone
def test_a_fast_drag_queues_no_stale_pictures(page, figure):
    _, handle = figure
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(1_000)
    seen = drag(page, handle, 120)
    assert seen["frames"][-1]["value"] == pytest.approx(seen["moves"][-1]["value"], abs=0.006)
    assert stale_frames(seen) == []
    assert frames_after_the_end(seen) <= 2
    assert len(seen["frames"]) < len(seen["moves"])


def test_a_question_is_answered_by_keyboard(page, lesson, screenshot):
    answers = page.locator("button.plain-sight-answer")
    show(answers.first)
    answers.nth(0).focus()
    page.keyboard.press("Tab")
    assert answers.nth(1).evaluate("node => node === document.activeElement")
    page.keyboard.press("Space")
    reply = page.locator(".plain-sight-live [role=alert]").first
    reply.wait_for()
    assert reply.inner_text().startswith(("Right.", "Not quite."))
    screenshot("questions")


def test_a_saved_lesson_shows_its_pictures_without_a_kernel(page, address, lesson, screenshot):
    page.keyboard.press("ControlOrMeta+s")
    page.wait_for_timeout(2_000)
    _shut_all_kernels_down(page)
    page.reload()
    still = page.locator("[id^=still-] img").first
    still.wait_for(timeout=60_000)
    page.wait_for_timeout(3_000)  # JupyterLab looks for the widget meanwhile
    show(still)
    assert not page.get_by_text("Error displaying widget").first.is_visible()
    assert page.get_by_text("run its cell").first.is_visible()
    assert still.is_visible() and still.get_attribute("alt")
    screenshot("without-kernel")


@pytest.fixture(scope="module")
def lab(page, address):
    """Lab 01, of which the set-up cell was run."""
    notebook = NotebookPage(page, address, LAB)
    notebook.run(notebook.cell("import numpy"))
    return notebook


def test_the_lab_gives_a_hint_then_the_points(lab, screenshot):
    hint = answer(lab, AXIS_MIXED_UP)
    screenshot("lab-hint")
    assert "column" in hint.inner_text()
    points = answer(lab, RIGHT)
    screenshot("lab-points")
    assert "3 of 3" in points.inner_text()


def test_the_validate_button_shows_the_same_hint(page, lab, screenshot):
    hint = answer(lab, AXIS_MIXED_UP).inner_text()
    page.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for(timeout=120_000)
    screenshot("validate")
    sentence = next(line for line in hint.splitlines() if "column" in line)
    assert sentence in dialog.inner_text()


def answer(lab, source):
    """Write a solution to part A, run it and its check, and return the check's output."""
    solution, check = lab.cell("def standardize"), lab.cell("check.standardize()")
    lab.write(solution, source)
    lab.run(solution)
    output = lab.run(check)
    show(output)
    return output


def show(element):
    """Scroll to the middle of the window."""
    element.evaluate("node => node.scrollIntoView({block: 'center'})")


def _shut_all_kernels_down(page):
    page.evaluate("""async () => {
        const token = JSON.parse(document.getElementById('jupyter-config-data').textContent).token;
        const headers = {Authorization: 'token ' + token};
        const sessions = await (await fetch('/api/sessions', {headers})).json();
        for (const session of sessions)
            await fetch('/api/sessions/' + session.id, {method: 'DELETE', headers:
                {...headers, 'X-XSRFToken': document.cookie.match(/_xsrf=([^;]*)/)?.[1] ?? ''}});
    }""")
