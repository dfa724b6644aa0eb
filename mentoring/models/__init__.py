"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .advancement import Advancement
from .appointment import Appointment
from .base import Base
from .cadence import CadenceCell, CadenceKind
from .calendar_feed import CalendarFeed
from .campaign import Campaign, Contact, Matter, Stage
from .cohort import Cohort, Group
from .course import CourseTopic, SessionCourse, TrainingInvite, TrainingList
from .handover import Handover
from .invitation import Invitation
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
    "Advancement",
    "Appointment",
    "Attendance",
    "Base",
    "CadenceCell",
    "CadenceKind",
    "CalendarFeed",
    "Campaign",
    "CastMember",
    "Cohort",
    "Contact",
    "CourseTopic",
    "Group",
    "Handover",
    "Invitation",
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
    "SessionCourse",
    "SessionPhoto",
    "Stage",
    "Stop",
    "TalkNote",
    "TrainingInvite",
    "TrainingList",
    "Uptake",
    "Visit",
    "VisitPhoto",
]
