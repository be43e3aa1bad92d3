"""Every data set of the course, each with its datasheet."""

from course_utils.data.datasheet import Datasheet
from course_utils.data.pages import PAGES, Page, make_pages
from course_utils.data.tables import WINE, WORKERS, load_wine, make_workers

__all__ = ["PAGES", "WINE", "WORKERS", "Datasheet", "Page", "load_wine", "make_pages",
           "make_workers"]
