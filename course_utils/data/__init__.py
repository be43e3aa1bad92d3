"""Every data set of the course, each with its datasheet."""

from course_utils.data.datasheet import Datasheet
from course_utils.data.tables import WINE, WORKERS, load_wine, make_workers

__all__ = ["WINE", "WORKERS", "Datasheet", "load_wine", "make_workers"]
