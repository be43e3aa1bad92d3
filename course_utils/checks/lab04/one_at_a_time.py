"""What each stage would bring if it alone were perfect."""

import numpy as np

from course_utils.checks.lab04.gains import ALONE, FRONT, STAGES, gains, shares, table_check
from course_utils.checks.slips import slip

SLIPS = (
    slip("from-front", lambda log, *_: gains(log, *FRONT),
         "Those are the steps from the front: earlier stages were perfect as well. One at a time, "
         "the other three stay as they are.",
         "Which of the log's runs have exactly one perfect stage, and which has none?"),
    slip("share-of-missing", lambda log, *runs: gains(log, *runs) / (1 - shares(log, [""])),
         "You divided by what is missing. The exercise asks for shares of all pages."),
    slip("still-missing", lambda log, *_: 1 - shares(log, STAGES)),
    slip("of-wrong-pages", lambda log, *_: np.array(
        [log[stage][~log[""]].mean() for stage in STAGES]),
         "You looked at the wrong pages only. The exercise asks for shares of all pages."),
)
CHECK = table_check("one_at_a_time", ALONE, SLIPS)
