"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .base import Base
from .cohort import Cohort, Group
from .pairing import Pairing
from .session import Attendance, Session, SessionPhoto

__all__ = [
    "Attendance",
    "Base",
    "Cohort",
    "Group",
    "Pairing",
    "Session",
    "SessionPhoto",
]
