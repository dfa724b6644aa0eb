"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .appointment import Appointment
from .base import Base
from .cadence import CadenceCell, CadenceKind
from .campaign import Campaign, Contact, Matter, Stage
from .cohort import Cohort, Group
from .handover import Handover
from .meeting import Meeting, MeetingDecision, MeetingMember
from .pairing import Pairing
from .pairing_change import PairingChange
from .pledge import Pledge
from .practice import Practice, Uptake
from .question import Question
from .scene import CastMember, Performance, Scene, SceneRole
from .session import Attendance, Session, SessionPhoto
from .session_answer import SessionAnswer
from .talk_note import TalkNote
from .visit import Participant, Series, SeriesSession, Stop, Visit, VisitPhoto

__all__ = [
    "Appointment",
    "Attendance",
    "Base",
    "CadenceCell",
    "CadenceKind",
    "Campaign",
    "CastMember",
    "Cohort",
    "Contact",
    "Group",
    "Handover",
    "Matter",
    "Meeting",
    "MeetingDecision",
    "MeetingMember",
    "Pairing",
    "PairingChange",
    "Participant",
    "Performance",
    "Pledge",
    "Practice",
    "Question",
    "Scene",
    "SceneRole",
    "Series",
    "SeriesSession",
    "Session",
    "SessionAnswer",
    "SessionPhoto",
    "Stage",
    "Stop",
    "TalkNote",
    "Uptake",
    "Visit",
    "VisitPhoto",
]
