"""Every source of 待办, area by area. A new area is a module here with `SOURCES` and `READ`."""

from . import (
    assessing,
    brands,
    cases,
    contests,
    growing,
    invitations,
    library,
    meetings,
    own,
    slips,
    study,
    teaching,
)
from .facts import Facts
from .source import Waiting

_AREAS = (
    *(cases, teaching, study, invitations, meetings, growing),
    *(assessing, brands, contests, slips, library, own),
)
SOURCES = tuple(source for area in _AREAS for source in area.SOURCES)
# {model: the Facts that the words about a row are made of}: only those are read.
READ = {kind: Facts(kind, tuple(names)) for area in _AREAS for kind, names in area.READ.items()}

__all__ = ["READ", "SOURCES", "Waiting"]
