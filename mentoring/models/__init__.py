"""The mentoring floor: cohorts, groups, pairings, sessions, bases."""

from .appointment import Appointment
from .base import Base
from .cohort import Cohort, Group
from .handover import Handover
from .pairing import Pairing
from .pairing_change import PairingChange
from .pledge import Pledge
from .session import Attendance, Session, SessionPhoto

__all__ = [
    "Appointment",
    "Attendance",
    "Base",
    "Cohort",
    "Group",
    "Handover",
    "Pairing",
    "PairingChange",
    "Pledge",
    "Session",
    "SessionPhoto",
]
