"""What learners hear about their standardization and their min-max scaling."""

_SHARED_HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). A function hands over its result only with a "
        "`return` line.",),
    "returns-more": (
        "Your function gives back several things. The exercise asks for one table only.",),
    "not-a-table": (
        "Your function gives back something that is not a table of numbers.",
        "Look at `type(...)` of what it returns for a small table."),
    "wrong-shape": (
        "The result has another shape than the table that went in. Scaling changes the numbers, "
        "not how many there are.",),
    "not-finite": (
        "There are NaN or infinite values in the result for an ordinary table. What did you "
        "divide by?",),
    "unchanged": (
        "Your function gives back the table as it came in.",),
    "constant-result": (
        "Every column of your result holds one value only. Was the result ever filled in?",),
    "special-to-one-table": (
        "Right for a large table, wrong for a small one with negative numbers. Does your code "
        "assume a number of rows, or a value to start from?",),
    "unit-rows": (
        "Every row of your result has length 1. That is the third thing called normalization; "
        "this exercise is about columns.",),
    "sign": (
        "The largest value of a column has become the smallest: something is subtracted the "
        "wrong way round.",),
    "rounded": (
        "The numbers are right but rounded. Whoever computes with them gets the error too; round "
        "when you print.",),
    "rows": (
        "You scaled each row. A row is one worker, whose age and salary have different units: "
        "their average means nothing. A feature is a column.",
        "Which axis disappears when you take one statistic for each feature? Print the shape of "
        "that statistic: how many numbers should it hold?"),
    "whole-table": (
        "All columns went through the same formula, with one number for the whole table. Then "
        "salary still drowns age.",
        "How many centres and how many spreads does a table with three features need?"),
    "precedence": (
        "Every column still spreads as far as before, only shifted by an odd amount. Python "
        "divides before it subtracts: where do you need brackets?",),
    "changes-input": (
        "The numbers are right, but the caller's table changed too. Whoever needs the raw values "
        "afterwards has lost them.",
        "`X -= ...` and `X[:, j] = ...` write into the caller's own table."),
    "data-frame": (
        "The numbers are right, but you gave back a DataFrame where the exercise promises an "
        "array: the next line of somebody's program would index it differently.",),
    "constant-column": (
        "Try a table in which one column holds the same value in every row. Such a column "
        "does not vary, so its spread is a number that you cannot divide by.",
        "Decide what to divide by when the spread is zero, so that the column becomes zeros and "
        "the others stay right."),
    "integer-input": (
        "Your function goes wrong when the table holds whole numbers (ages, counts). A table of "
        "integers has no room for fractions.",
        "Are you storing results in an array that inherited the type of `X`?"),
    "unknown": (
        "The result is not what the text above describes. Take a table of three rows, do it by "
        "hand for one column, and compare.",),
}

STANDARDIZE_HINTS = _SHARED_HINTS | {
    "sample-std": (
        "Your columns have almost the right spread, and the gap grows as the table gets shorter: "
        "you divided by n - 1 somewhere. That estimates the spread of a population from a sample. "
        "Here the exercise asks for the spread of these rows themselves.",
        "pandas and NumPy have different defaults for `ddof`. Which one did you use?"),
    "not-divided": (
        "Every column now has mean 0, but each keeps its own unit: salary still spreads over "
        "thousands. Centring is half of the job.",),
    "not-centred": (
        "Every column has spread 1, but its mean is not 0. Standardizing moves and shrinks.",),
    "variance": (
        "You divided by the variance. Its unit is the square of the feature's unit, so the result "
        "still depends on whether salary is in euros or cents.",),
    "other-scaling": (
        "That is min-max scaling: from 0 to 1. Standardizing is the other one; its columns have "
        "negative values too.",),
}

MIN_MAX_HINTS = _SHARED_HINTS | {
    "not-divided": (
        "Every column now begins at 0, but each keeps its own unit. How far does it reach?",),
    "maximum-for-range": (
        "Your columns begin at 0 but do not end at 1: you divided by the largest value. From "
        "where to where does a column stretch?",),
    "not-shifted": (
        "The smallest value of a column does not become 0. Dividing alone moves nothing to where "
        "it should begin.",),
    "wrong-range": (
        "Your columns run from -1 to 1. The exercise asks for 0 to 1.",),
    "other-scaling": (
        "Those are z-scores: mean 0, spread 1. Min-max scaling is the other one, and has two fixed "
        "ends.",),
}
