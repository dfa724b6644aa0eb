"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .appointment import Appointment
from .base import Base
from .cadence import CadenceCell, CadenceKind
from .cohort import Cohort, Group
from .pairing import Pairing
from .pledge import Pledge
from .session import Attendance, Session, SessionPhoto

__all__ = [
    "Appointment",
    "Attendance",
    "Base",
    "CadenceCell",
    "CadenceKind",
    "Cohort",
    "Group",
    "Pairing",
    "Pledge",
    "Session",
    "SessionPhoto",
]
