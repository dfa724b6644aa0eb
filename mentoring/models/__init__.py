"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .appointment import Appointment
from .base import Base
from .cadence import CadenceCell, CadenceKind
from .campaign import Campaign, Contact, Matter, Stage
from .cohort import Cohort, Group
from .handover import Handover
from .invitation import Invitation
from .meeting import Meeting, MeetingDecision, MeetingMember
from .pairing import Pairing
from .pairing_change import PairingChange
from .pledge import Pledge
from .question import Question
from .session import Attendance, Session, SessionPhoto
from .session_answer import SessionAnswer
from .talk_note import TalkNote

__all__ = [
    "Appointment",
    "Attendance",
    "Base",
    "CadenceCell",
    "CadenceKind",
    "Campaign",
    "Cohort",
    "Contact",
    "Group",
    "Handover",
    "Invitation",
    "Matter",
    "Meeting",
    "MeetingDecision",
    "MeetingMember",
    "Pairing",
    "PairingChange",
    "Pledge",
    "Question",
    "Session",
    "SessionAnswer",
    "SessionPhoto",
    "Stage",
    "TalkNote",
]
