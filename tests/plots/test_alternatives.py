"""Every picture in the lessons and labs has words for readers who cannot see it."""

import nbformat
import pytest

from course_utils.notebooks.execute import execute
from course_utils.paths import project_root
