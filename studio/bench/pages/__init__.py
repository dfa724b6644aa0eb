"""Every main page, area by area. A new area is a module here with `PAGES`."""

from . import assessing, careers, casework, front, ground, growth, library, mentoring, people, study
from .page import BOUNDS, MOST_GROWTH, MOST_QUERIES, Page

_AREAS = (front, mentoring, study, casework, ground, growth, assessing, people, careers, library)
PAGES = tuple(page for area in _AREAS for page in area.PAGES)

__all__ = ["BOUNDS", "MOST_GROWTH", "MOST_QUERIES", "PAGES", "Page"]
