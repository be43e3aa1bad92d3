"""`python -m course_utils.cli` is the command `course`."""

import sys

from course_utils.cli import main

sys.exit(main())
