"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .appointment import Appointment
from .base import Base
from .campaign import Campaign, Contact, Matter, Stage
from .cohort import Cohort, Group
from .handover import Handover
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
    "Campaign",
    "Cohort",
    "Contact",
    "Group",
    "Handover",
    "Matter",
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
