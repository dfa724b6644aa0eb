"""The growth floor: the ledger everything is written into, next steps, reflections, methods."""

from .entry import Entry, Kind
from .method import Method
from .next_step import NextStep
from .rating import Rating
from .reflection import Reflection

__all__ = ["Entry", "Kind", "Method", "NextStep", "Rating", "Reflection"]
