"""What a learner hears about the share of pages right and the two ceiling tables."""

_SHARED = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "percent": (
        "Your numbers are a hundred times too large. Shares run from 0 to 1 here.",),
    "unknown": (
        "These are not the numbers that the text describes. Make a log of four pages, do it by "
        "hand, and compare.",),
}
_TABLE = _SHARED | {
    "not-a-table": (
        "There should be one finite number for each of `find`, `cut`, `read` and `add`: a "
        "dictionary with these keys.",),
    "shares": (
        "These are shares of pages right. How much of each was there before anything was changed?",
        "A gain is a difference of two shares. Which two?"),
    "relative": (
        "You divided by the share that was right before. The exercise asks for a difference, in "
        "shares of all pages.",),
    "sign": (
        "The sizes are right, the signs are not: a fix that helps should have a gain above 0.",),
    "counts": (
        "You count pages. A log of 60 pages and one of 400 should be comparable: give shares.",),
    "still-missing": (
        "That is what is still missing. A gain compares two runs of the log: which two?",),
    "rescued-only": (
        "You count the pages that a fix rescues. In real logs it also spoils one now and then; "
        "what remains of the gain?",),
    "shares-of-the-sum": (
        "Your four numbers add up to 1: you divided by their sum. The exercise asks for shares of "
        "all pages.",),
    "other-order": (
        "The numbers are right, but they stand in another order than the stages.",),
    "changes-input": (
        "Your numbers may be right, but the log of the caller changed on the way.",),
}
SHARE_HINTS = _SHARED | {
    "not-one-number": (
        "Your function should give back one number for the whole log.",),
    "silent-left-out": (
        "You left out the pages on which the machine said nothing. Then a machine that keeps "
        "silent on every hard page looks splendid.",
        "What should a page with `None` count as, to somebody who needed its sum?"),
    "silent-as-right": (
        "A page without an answer counts as right in your code. Did its user get the sum?",),
    "share-answered": (
        "That is how often the machine said something. Was it right?",),
    "silent-as-half": (
        "A page without an answer counts as half right in your code. Did its user get half a "
        "sum?",),
    "count": (
        "That is how many pages are right. Of how many?",),
    "share-wrong": (
        "You give the share that is wrong. The name of the function asks for the other one.",),
}
ALONE_HINTS = _TABLE | {
    "from-front": (
        "Those are the steps from the front: earlier stages were perfect as well. One at a time, "
        "the other three stay as they are.",
        "Which of the log's runs have exactly one perfect stage, and which has none?"),
    "of-wrong-pages": (
        "You looked at the wrong pages only. The exercise asks for shares of all pages.",),
    "share-of-missing": (
        "You divided by what is missing. The exercise asks for shares of all pages.",),
}
FRONT_HINTS = _TABLE | {
    "alone": (
        "Those are gains one at a time. From the front, what was made perfect stays perfect.",
        "Which runs of the log have more than one perfect stage?"),
    "from-the-start": (
        "Each of your numbers is measured against the machine as it is, so the gain of `find` is "
        "counted four times. What did this stage add to the step before it?",),
    "last-step-lost": (
        "The steps should climb all the way to the run in which everything is perfect. Yours stop "
        "one short.",),
    "first-step-lost": (
        "The first step begins at the machine as it is. Which run of the log is that?",),
}
