"""Every column with mean 0 and spread 1."""

import numpy as np

from course_utils.checks.lab01.scaling import TYPICAL, Scaling, arguments, columns, draw
from course_utils.checks.slips import check, slip

SLIPS = (
    slip("sample-std", columns(mean=0, std=np.sqrt(1 - 1 / TYPICAL)),
         "Your columns have almost the right spread, and the gap grows as the table gets shorter: "
         "you divided by n - 1 somewhere. That estimates the spread of a population from a sample. "
         "Here the exercise asks for the spread of these rows themselves.",
         "pandas and NumPy have different defaults for `ddof`. Which one did you use?",
         earns=1 / 3),
    slip("not-divided", columns(mean=0, slope=1),
         "Every column now has mean 0, but each keeps its own unit: salary still spreads over "
         "thousands. Centring is half of the job.", earns=1 / 3),
    slip("not-centred", columns(std=1),
         "Every column has spread 1, but its mean is not 0. Standardizing moves and shrinks.",
         earns=1 / 3),
    slip("variance", columns(slope_times_var=1),
         "You divided by the variance. Its unit is the square of the feature's unit, so the result "
         "still depends on whether salary is in euros or cents.", earns=1 / 3),
    slip("other-scaling", columns(min=0, max=1),
         "That is min-max scaling: from 0 to 1. Standardizing is the other one; its columns have "
         "negative values too."),
)
CHECK = check("lab01", "standardize", 3, draw,
              Scaling(columns(mean=0, std=1, sign=1), np.mean, SLIPS, weight=3), arguments)
