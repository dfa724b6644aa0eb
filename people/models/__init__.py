"""The ground floor: places, studios, people, their roles, and what every form needs."""

from .base import Removable, Versioned, for_finding, in_pairs
from .draft import Draft
from .feedback import Feedback
from .form_token import FormToken
from .login_card import LoginCard
from .membership import DateRange, Membership
from .notice import Notice
from .person import Person
from .place import Neighbourhood, Street
from .reminder import Channel, Outgoing, ReminderChoice
from .resident import Resident, ResidentRequest, Reveal
from .scoped_link import ScopedLink
from .search_text import Searched, SearchText
from .set_aside import SetAside
from .studio import Counter, Studio

__all__ = [
    "Channel",
    "Counter",
    "DateRange",
    "Draft",
    "Feedback",
    "FormToken",
    "LoginCard",
    "Membership",
    "Neighbourhood",
    "Notice",
    "Outgoing",
    "Person",
    "ReminderChoice",
    "Removable",
    "Resident",
    "ResidentRequest",
    "Reveal",
    "ScopedLink",
    "SearchText",
    "Searched",
    "SetAside",
    "Street",
    "Studio",
    "Versioned",
    "for_finding",
    "in_pairs",
]  # fmt: skip
