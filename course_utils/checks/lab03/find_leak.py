"""Which of six lines of code lets test pictures into training."""

from course_utils.checks.choices import WholeNumber
from course_utils.checks.slips import check, nothing, slip

SLIPS = {
    1: slip("line-1", None,
            "Loading brings every picture once. Nothing has been mixed yet."),
    3: slip("line-3", None,
            "The split itself is fair: each row lands on one side. But what are the rows by then, "
            "and which of them resemble each other?"),
    4: slip("line-4", None,
            "This line only creates a model. It has not seen any picture yet."),
    5: slip("line-5", None,
            "It learns from training rows only, as it should. Where do those rows come from?"),
    6: slip("line-6", None,
            "Measuring on test rows is what test rows are for. What was done before, so that the "
            "model has already met their near twins?"),
}
NOT_A_LINE = slip("not-a-line", None,
                  "`leaking_line` should be the number of one line, from 1 to 6.")
CHECK = check("lab03", "find_leak", 1, nothing, WholeNumber(2, SLIPS, NOT_A_LINE),
              needs=("leaking_line",))
