"""The line of a program that lets test rows change what the model is trained on."""

from course_utils.checks.choices import WholeNumber
from course_utils.checks.slips import check, nothing, slip

LINES = {
    2: slip("line-2", None,
            "Splitting is what keeps the two sides apart. Which numbers had already met by then?"),
    3: slip("line-3", None, "This line only creates a model. It has not seen any data yet."),
    4: slip("line-4", None,
            "The labels and rows that it learns from all belong to the training side. But what was "
            "done to these rows before?"),
    5: slip("line-5", None,
            "Measuring on test rows is what test rows are for. The leak is what the model, or "
            "anything before it, learned from them."),
}
CHECK = check("lab01", "find_leak", 1, nothing, WholeNumber(1, LINES, slip(
    "not-a-line", None, "`leaking_line` should be the number of one line, from 1 to 5.")),
    needs=("leaking_line",))
