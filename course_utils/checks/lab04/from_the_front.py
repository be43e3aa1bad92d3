"""What each stage adds when the stages become perfect one after the other."""

from course_utils.checks.lab04.gains import ALONE, FRONT, gains, shares, table_check
from course_utils.checks.slips import slip

SLIPS = (
    slip("alone", lambda log, *_: gains(log, *ALONE),
         "Those are gains one at a time. From the front, what was made perfect stays perfect.",
         "Which runs of the log have more than one perfect stage?"),
    slip("from-the-start", lambda log, before, after: gains(log, [""], after),
         "Each of your numbers is measured against the machine as it is, so the gain of `find` is "
         "counted four times. What did this stage add to the step before it?", earns=0.25),
    slip("last-step-lost", lambda *case: gains(*case) * (1, 1, 1, 0),
         "The steps should climb all the way to the run in which everything is perfect. Yours stop "
         "one short.", earns=0.75),
    slip("first-step-lost", lambda *case: gains(*case) * (0, 1, 1, 1),
         "The first step begins at the machine as it is. Which run of the log is that?",
         earns=0.75),
    slip("still-missing", lambda log, before, after: 1 - shares(log, before)),
)
CHECK = table_check("from_the_front", FRONT, SLIPS)
