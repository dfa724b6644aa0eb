"""The growth floor: the ledger everything is written into, next steps, reflections, methods, assessments."""

from .assessment import Indicator, IndicatorSet, Round, StreetScorer
from .entry import Entry, Kind
from .method import Method
from .next_step import NextStep
from .rating import Rating
from .reflection import Reflection
from .result import Appeal, Grade, Result
from .score import Adjustment, Assessed, Mark, Sheet, Side

__all__ = [
    "Adjustment", "Appeal", "Assessed", "Entry", "Grade", "Indicator", "IndicatorSet", "Kind", "Mark",
    "Method", "NextStep", "Rating", "Reflection", "Result", "Round", "Sheet", "Side", "StreetScorer",
]  # fmt: skip
