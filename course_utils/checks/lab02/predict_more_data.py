"""What more data would do to an error."""

from course_utils.checks.choices import Choices, choice
from course_utils.checks.lab02.forms import FORMS
from course_utils.checks.slips import check, nothing, slip

WORDS = {
    "rises": ("rise", "up", "goesup", "increases", "grows", "higher", "worse", "increase"),
    "falls": ("fall", "down", "goesdown", "decreases", "drops", "lower", "shrinks", "better",
              "decrease", "drop"),
    "stays": ("stay", "same", "staysthesame", "unchanged", "nochange", "hardlychanges", "equal",
              "constant", "doesnotchange", "staysaboutthesame", "aboutthesame"),
}
SITUATIONS = (
    choice("a", "stays", slip(
        "data-cannot-bend-a-line", None,
        "Situation A: the line's position becomes more certain with each reading. Its shape?",
        "Which chart of the lesson is this?")),
    choice("b", "falls", slip(
        "variance-shrinks", None,
        "Situation B: with ten times the rows, how far can one odd row still pull the curve?")),
    choice("c", "rises", slip(
        "harder-to-memorise", None,
        "Situation C asks for the *training* error. Twelve weights can almost pass through 13 "
        "readings. Can they pass through 130?")),
    choice("d", "stays", slip(
        "price-is-bias", None,
        "Situation D: what keeps this curve flat is not a lack of data. The colleague raises the "
        "price together with the rows, so does more data ever outweigh it?")),
)
CHECK = check("lab02", "predict_more_data", 2, nothing,
              Choices(SITUATIONS, FORMS, words=WORDS, foremost=()), needs=("error_will",))
