"""The progress panel: lessons read, points in the labs, what is next, and a text to take along."""

import html
import re

from course_utils import progress_file as store
from course_utils.checks import load
from course_utils.errors import CourseError
from course_utils.paths import project_root


def progress(finished=None):
    """Show the learner's progress.

    Parameters
    ----------
    finished : str, optional
        The number of the lesson that ends here, for example ``"01"``.

    Returns
    -------
    ipywidgets.VBox
        The table, and a box to take the progress to another machine.
    """
    import ipywidgets

    if finished:
        store.finish_lesson(finished)
    table = ipywidgets.HTML(summary_html())
    text = ipywidgets.Textarea(
        value=store.export_text(), description="Progress as text",
        layout=ipywidgets.Layout(width="min(100%, 480px)"), style={"description_width": "initial"})
    bring = ipywidgets.Button(description="Bring back")
    message = ipywidgets.Label("To go on elsewhere, keep this text. Paste it there, then press "
                                "“Bring back”.")

    def bring_back(_):
        try:
            store.import_text(text.value)
        except CourseError as error:
            message.value = str(error)
            return
        table.value, text.value = summary_html(), store.export_text()
        message.value = "Brought back."

    bring.on_click(bring_back)
    return ipywidgets.VBox([table, text, ipywidgets.HBox([bring, message])])


def summary_html():
    """Return the table of lessons and labs, and the next step, as HTML."""
    rows, steps = [], []
    progress = store.load()
    for name in names():
        number = name[:2]
        date = progress["lessons"].get(number)
        earned, most = _points(progress, number)
        rows.append((name[3:].replace("_", " "), f"read on {date}" if date else "not finished",
                     f"{earned:g} of {most:g} points"))
        if not date:
            steps.append(f"read lesson {number}")
        if earned < most:
            steps.append(f"lab {number}, {most - earned:g} points to earn")
    body = "".join("<tr>" + "".join(f'<td style="text-align:left;padding-right:2em">'
                                    f"{html.escape(cell)}</td>" for cell in row) + "</tr>"
                   for row in rows)
    then = steps[0] if steps else "nothing: all lessons and labs are done"
    return (f"<table><tr><th>lesson</th><th>reading</th><th>lab</th></tr>{body}</table>"
            f"<p><b>Next:</b> {html.escape(then)}</p>")


def names():
    """Return the names of all lessons here, in teaching order."""
    folder = project_root() / "lessons"
    return sorted(path.stem for path in folder.glob("[0-9][0-9]_*.ipynb")
                  if re.fullmatch(r"\d\d_\w+", path.stem))


def _points(progress, number):
    try:
        checks = load(f"lab{number}").CHECKS
    except CourseError:
        return 0.0, 0.0
    earned = sum(progress["labs"].get(f"{check.lab}.{check.exercise}", [0.0])[0]
                 for check in checks)
    return earned, sum(check.points for check in checks)
