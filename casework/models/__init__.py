"""The casework floor: hard cases, their consultation, prescription, follow-ups and outcome."""

from .case import Case, State
from .case_parts import Attachment, CaseMove, CaseResident, TriedWay
from .consultation import CaseConsultant, Clarification, Opinion
from .followup import Followup
from .guest import CaseGuest
from .library import LibraryCase, LibraryState
from .outcome import Outcome
from .prescription import Prescription, Step, StepState

__all__ = [
    "Attachment",
    "Case",
    "CaseConsultant",
    "CaseGuest",
    "CaseMove",
    "CaseResident",
    "Clarification",
    "Followup",
    "LibraryCase",
    "LibraryState",
    "Opinion",
    "Outcome",
    "Prescription",
    "State",
    "Step",
    "StepState",
    "TriedWay",
]  # fmt: skip
