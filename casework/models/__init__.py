"""The casework floor: hard cases, their consultation, prescription, follow-ups and outcome."""

from .case import Case, State
from .case_parts import Attachment, CaseMove, CaseReader, CaseResident, TriedWay
from .consultation import CaseConsultant, Clarification, Opinion
from .district_request import DistrictRequest
from .followup import Followup
from .guest import CaseGuest
from .library import LibraryCase, LibraryState
from .meeting import AgendaItem, Block, BlockNote, Meeting, Seat
from .outcome import Outcome
from .prescription import Prescription, Step, StepState

__all__ = [
    "AgendaItem",
    "Attachment",
    "Block",
    "BlockNote",
    "Case",
    "CaseConsultant",
    "CaseGuest",
    "CaseMove", "CaseReader",
    "CaseResident",
    "Clarification", "DistrictRequest",
    "Followup",
    "LibraryCase",
    "LibraryState",
    "Meeting",
    "Opinion",
    "Outcome",
    "Prescription",
    "Seat",
    "State",
    "Step",
    "StepState",
    "TriedWay",
]  # fmt: skip
