"""The growth floor: the ledger everything is written into, next steps, reflections, methods."""

from .aim import Aim, Weakness
from .entry import Entry, Kind
from .file_bundle import FileBundle
from .method import Method
from .next_step import NextStep
from .notebook import NotebookPage, NotebookPhoto
from .rating import Rating
from .reflection import Reflection
from .study_note import StudyNote

__all__ = [
    "Aim",
    "Entry",
    "FileBundle",
    "Kind",
    "Method",
    "NextStep",
    "NotebookPage",
    "NotebookPhoto",
    "Rating",
    "Reflection",
    "StudyNote",
    "Weakness",
]
