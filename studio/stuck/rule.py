"""What a kind of stuck matter is: how it is found, and how its line reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.functions import JSONObject

from people.models import Person


@dataclass(frozen=True)
class Limits:
    """The numbers of a studio that decide what counts as stuck."""

    quiet_days: int


@dataclass(frozen=True)
class Matter:
    """One stuck matter in words about the matter, never about a person's diligence (DESIGN 4.1).

    `url`, `action`: where it is put right; `mobile`, `whom`: 联系.
    """

    rule: str
    pk: int
    since: date
    text: str
    meta: str
    url: str
    action: str
    mobile: str = ""
    whom: str = ""


@dataclass(frozen=True)
class Rule:
    """`find(studio_pk, limits)` is a queryset of stuck rows, each with `since`, the day from which it counts;
    `facts`: {name: field} of what `tell(facts)` needs for {text, meta, url, action, mobile, whom}."""

    key: str
    label: str
    find: Callable
    facts: dict[str, str]
    tell: Callable

    def rows(self, studio_pk, limits):
        """The stuck rows with `told`, all facts as one JSON object, so that all rules are asked at once."""
        told = JSONObject(**{name: F(field) for name, field in self.facts.items()})
        return self.find(studio_pk, limits).annotate(told=told)


def called(facts, whose):
    """张书记, from facts `{whose}_name` and `{whose}_salutation`."""
    return Person(name=facts[f"{whose}_name"], salutation=facts[f"{whose}_salutation"]).called


def person(whose, path):
    """Facts of a person who is reached by `path`."""
    return {
        f"{whose}_name": f"{path}__name",
        f"{whose}_salutation": f"{path}__salutation",
        f"{whose}_mobile": f"{path}__mobile",
    }
