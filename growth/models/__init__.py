"""The growth floor: the ledger everything is written into, next steps, reflections, methods, assessments."""

from .aim import Aim, Weakness
from .assessment import Indicator, IndicatorSet, Round, StreetScorer
from .brand import Brand, BrandMilestone, BrandNote, BrandPhoto, BrandResult, BrandState
from .contest import Contest, ContestEntry, ContestItem, ContestJudge, ContestMark, ContestSheet
from .entry import Entry, Kind
from .file_bundle import FileBundle
from .method import Method
from .method_items import MethodItems
from .next_step import NextStep
from .notebook import NotebookPage, NotebookPhoto
from .post import Honour, Post
from .rating import Rating
from .reflection import Reflection
from .result import Appeal, Grade, Result
from .score import Adjustment, Assessed, Mark, Sheet, Side
from .study_note import StudyNote

__all__ = [
    "Adjustment",
    "Aim",
    "Appeal",
    "Assessed",
    "Brand",
    "BrandMilestone",
    "BrandNote",
    "BrandPhoto",
    "BrandResult",
    "BrandState",
    "Contest",
    "ContestEntry",
    "ContestItem",
    "ContestJudge",
    "ContestMark",
    "ContestSheet",
    "Entry",
    "FileBundle",
    "Grade",
    "Honour",
    "Indicator",
    "IndicatorSet",
    "Kind",
    "Mark",
    "Method",
    "MethodItems",
    "NextStep",
    "NotebookPage",
    "NotebookPhoto",
    "Post",
    "Rating",
    "Reflection",
    "Result",
    "Round",
    "Sheet",
    "Side",
    "StreetScorer",
    "StudyNote",
    "Weakness",
]
