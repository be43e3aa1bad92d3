"""Every data set of the course, each with its datasheet."""

from course_utils.data.datasheet import Datasheet, require_datasheet
from course_utils.data.digits import DIGITS, load_digits, mislabel
from course_utils.data.greenhouse import GREENHOUSE, read_thermometer, reading_hours, temperature
from course_utils.data.overfitting_results import OVERFITTING, load_overfitting
from course_utils.data.pages import PAGES, Page, make_pages
from course_utils.data.photographs import (
    MATERIALS,
    MATERIALS_SHEET,
    WILD_DIGITS,
    draw_materials,
    draw_wild_digits,
)
from course_utils.data.portraits import ASTRONAUT, LFW, NOBODY, fetch_lfw, load_astronaut
from course_utils.data.tables import WINE, WORKERS, load_wine, make_workers
from course_utils.data.transfer_results import TRANSFER, load_transfer

__all__ = ["ASTRONAUT", "DIGITS", "GREENHOUSE", "LFW", "MATERIALS", "MATERIALS_SHEET", "NOBODY",
           "OVERFITTING", "PAGES", "TRANSFER", "WILD_DIGITS", "WINE", "WORKERS", "Datasheet",
           "Page", "draw_materials", "draw_wild_digits", "fetch_lfw", "load_astronaut",
           "load_digits", "load_overfitting", "load_transfer", "load_wine", "make_pages",
           "make_workers", "mislabel", "read_thermometer", "reading_hours", "require_datasheet",
           "temperature"]
