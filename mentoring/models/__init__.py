"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .appointment import Appointment
from .base import Base
from .cohort import Cohort, Group
from .pairing import Pairing
from .pledge import Pledge
from .question import Question
from .session import Attendance, Session, SessionPhoto
from .session_answer import SessionAnswer
from .talk_note import TalkNote

__all__ = [
    "Appointment",
    "Attendance",
    "Base",
    "Cohort",
    "Group",
    "Pairing",
    "Pledge",
    "Question",
    "Session",
    "SessionAnswer",
    "SessionPhoto",
    "TalkNote",
]
