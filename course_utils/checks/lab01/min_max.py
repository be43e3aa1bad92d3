"""Every column from 0 to 1."""

import numpy as np

from course_utils.checks.lab01.scaling import Scaling, arguments, columns, draw
from course_utils.checks.slips import check, slip

SLIPS = (
    slip("not-divided", columns(min=0, slope=1),
         "Every column now begins at 0, but each keeps its own unit. How far does it reach?",
         earns=0.2),
    slip("maximum-for-range", columns(min=0, slope_times_max=1),
         "Your columns begin at 0 but do not end at 1: you divided by the largest value. From "
         "where to where does a column stretch?", earns=0.2),
    slip("not-shifted", (columns(slope_times_max=1), columns(ptp=1)),
         "The smallest value of a column does not become 0. Dividing alone moves nothing to where "
         "it should begin.", earns=0.2),
    slip("wrong-range", columns(min=-1, max=1),
         "Your columns run from -1 to 1. The exercise asks for 0 to 1.", earns=0.4),
    slip("other-scaling", columns(mean=0, std=1, sign=1),
         "Those are z-scores: mean 0, spread 1. Min-max scaling is the other one, and has two "
         "fixed ends."),
)
CHECK = check("lab01", "min_max", 2, draw,
              Scaling(columns(min=0, max=1, sign=1), np.min, SLIPS, weight=5), arguments)
