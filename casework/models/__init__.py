"""The casework floor: hard cases and their cure; slips, visits, buildings and their Party groups."""

from .building import Building, BuildingMember
from .building_group import BuildingGroup, Candidate, GroupActivity, LeaderElection
from .case import Case
from .case_parts import Attachment, CaseMove, CaseReader, CaseResident, TriedWay
from .case_state import State
from .consultation import CaseConsultant, Clarification, Opinion
from .district_request import DistrictRequest
from .followup import Followup
from .guest import CaseGuest, GuestDraft
from .library import LibraryCase, LibraryState
from .likeness import Likeness
from .meeting import AgendaItem, Block, BlockNote, Meeting, Seat
from .outcome import Outcome
from .prescription import Prescription, Step, StepState
from .slip import OrderPage, Slip, SlipCategory, SlipMove, SlipState
from .topic import Topic, TopicNote
from .visit import Household, HouseholdKind, Visit

__all__ = [
    "AgendaItem",
    "Attachment",
    "Block",
    "BlockNote",
    "Building",
    "BuildingGroup",
    "BuildingMember",
    "Candidate",
    "Case",
    "CaseConsultant",
    "CaseGuest",
    "CaseMove", "CaseReader",
    "CaseResident",
    "Clarification", "DistrictRequest",
    "Followup",
    "GroupActivity",
    "GuestDraft",
    "Household",
    "HouseholdKind",
    "LeaderElection",
    "LibraryCase",
    "LibraryState",
    "Likeness",
    "Meeting",
    "Opinion",
    "OrderPage",
    "Outcome",
    "Prescription",
    "Seat",
    "Slip",
    "SlipCategory",
    "SlipMove",
    "SlipState",
    "State",
    "Step",
    "StepState",
    "Topic",
    "TopicNote",
    "TriedWay",
    "Visit",
]  # fmt: skip
