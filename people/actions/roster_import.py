"""Bringing the people of a roster into a studio: who is new, who is known, and what differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from ..competencies import Competency
from ..models import Membership, Neighbourhood, Person, Street, Studio
from ..roles import MENTOR_ROLES, Role
from ..roster import Entry, Places, Roster, understand
from ..stale import Refused

# Columns of Person that a roster fills, in the order of the page.
FILLED = {
    "salutation": "称呼",
    "neighbourhood_id": "居民区",
    "unit": "单位",
    "post": "职务",
    "post_since": "任职起始",
    "birth_year": "出生年",
    "party_work_years": "党务年限",
    "expertise": "专长",
    "weak_points": "自评最弱两项",
}
SOMEBODY_ELSE = "这个手机号码已是别人的账号，请看看号码"
AT_THE_SAME_TIME = "有人刚刚也在导入，这次没有写进去。请再点一次“导入”"


@dataclass(frozen=True)
class Difference:
    """The studio says `old`, the roster says `new`. A name must be decided; else what is there is kept."""

    person_id: int
    column: str
    old: str
    new: str

    @property
    def key(self) -> str:
        return f"use-{self.person_id}-{self.column}"

    @property
    def label(self) -> str:
        return "姓名" if self.column == "name" else FILLED[self.column]

    @property
    def must_be_decided(self) -> bool:
        return self.column == "name"


@dataclass
class Match:
    """All rows of one mobile number, and the account that has the number already.

    `values` are for a new account, `fill` for empty columns of a known one. An account that the importer may
    not see (`seen` is False) is never shown or changed: it only joins, and only under its own name.
    """

    mobile: str
    entries: list[Entry]
    person: Person | None = None
    seen: bool = False
    values: dict = field(default_factory=dict)
    fill: dict = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    new_roles: list[Entry] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.entries[0].name

    @property
    def refused(self) -> bool:
        return self.person is not None and not self.seen and self.person.name != self.name

    @property
    def unchanged(self) -> bool:
        return self.person is not None and not self.new_roles and not self.fill

    def undecided(self, choices: Mapping[str, str]) -> list[Difference]:
        return [d for d in self.differences if d.must_be_decided and choices.get(d.key) not in ("old", "new")]


@dataclass
class Imported:
    """Who came by the import. `people` has everybody of the roster by mobile number."""

    people: dict[str, Person]
    added: list[Person] = field(default_factory=list)
    joined: list[Person] = field(default_factory=list)
    changed: list[Person] = field(default_factory=list)
    unchanged: list[Person] = field(default_factory=list)


class RosterDesk:
    """What a studio knows that a roster is held against: the neighbourhoods of its district, and its mentors.

    Two queries to open it, one more to compare, however long the roster.
    """

    def __init__(self, studio):
        self.studio = studio
        self.places = {place.code: place for place in _places_of(studio)}
        self.mentors = _known_mentors(studio)

    def understand(self, grid, edits=None, *, left_out=(), capacity=None) -> Roster:
        """Understand a grid; see people.roster.understand."""
        rows = ((place.code, place.name, place.street.name) for place in self.places.values())
        return understand(
            grid,
            edits,
            today=timezone.localdate(),
            places=Places(rows, home=self.studio.street.name if self.studio.street_id else ""),
            left_out=left_out,
            known_mentors=self.mentors,
            capacity=capacity or self.studio.pair_capacity,
        )

    def compare(self, roster: Roster, *, by) -> list[Match]:
        """Hold the roster against the accounts there are, one match for each mobile number."""
        by_mobile: dict[str, list[Entry]] = {}
        for entry in roster.entries:
            if entry.mobile:
                by_mobile.setdefault(entry.mobile, []).append(entry)
        persons = {person.mobile: person for person in _accounts(self.studio, by_mobile, by)}
        return [
            _match(Match(mobile, entries), persons.get(mobile), self.places)
            for mobile, entries in by_mobile.items()
        ]


def _places_of(studio):
    """Neighbourhoods of the studio's district; a district studio without streets knows all."""
    own = Street.objects.filter(models.Q(studio=studio) | models.Q(studio__parent=studio))
    same = {name: models.OuterRef(f"street__{name}") for name in ("province", "city", "district")}
    places = Neighbourhood.objects.select_related("street")
    return list(places.filter(models.Exists(own.filter(**same)))) or list(places)


def _known_mentors(studio) -> dict[str, str]:
    """Name → mobile of the studio's mentors; two of one name cannot be told apart and are left out."""
    rows = Membership.objects.current().filter(studio=studio, role__in=MENTOR_ROLES)
    found: dict[str, set[str]] = {}
    for name, mobile in rows.values_list("person__name", "person__mobile"):
        found.setdefault(name, set()).add(mobile)
    return {name: mobiles.pop() for name, mobiles in found.items() if len(mobiles) == 1}


def _accounts(studio, mobiles, by):
    """Accounts with `seen` (may the importer see them) and `roles` (held in the studio now or later)."""
    held = Membership.objects.filter(studio=studio, person=models.OuterRef("pk"))
    held = held.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=timezone.localdate()))
    return (
        Person.objects.filter(mobile__in=mobiles)
        .select_related("neighbourhood")
        .annotate(
            seen=models.Exists(Person.objects.visible_to(by).filter(pk=models.OuterRef("pk"))),
            roles=ArraySubquery(held.values("role")),
        )
    )


def _match(match: Match, person, places) -> Match:
    match.person, match.seen = person, person is not None and person.seen
    match.values = _values(match.entries, places)
    for entry in match.entries:
        wanted = MENTOR_ROLES if entry.role == Role.MENTOR else (entry.role,)
        if person is None or not set(wanted) & set(person.roles):
            match.new_roles.append(entry)
    if not match.seen:
        return match
    if person.name != match.name:
        match.differences.append(Difference(person.pk, "name", person.name, match.name))
    for column, value in match.values.items():
        old = getattr(person, column)
        if old in (None, "", []):
            match.fill[column] = value
        elif old != value:
            shown = (_shown(column, old, person.neighbourhood), _shown(column, value, _place(match, places)))
            match.differences.append(Difference(person.pk, column, *shown))
    return match


def _place(match: Match, places):
    return next((places[e.neighbourhood] for e in match.entries if e.neighbourhood in places), None)


def _values(entries: list[Entry], places) -> dict:
    """The first that says something wins, column by column."""
    values = {}
    for column in FILLED:
        for entry in entries:
            if column == "neighbourhood_id":
                value = places[entry.neighbourhood].pk if entry.neighbourhood in places else None
            else:
                value = getattr(entry, column)
            if value not in (None, "", []):
                values.setdefault(column, value)
    return values


def _shown(column: str, value, place) -> str:
    if column == "neighbourhood_id":
        return place.short_name if place else ""
    if column == "post_since":
        return f"{value.year}年{value.month}月"
    if column == "weak_points":
        return "、".join(Competency(code).label for code in value)
    return "、".join(value) if isinstance(value, list) else str(value)


@transaction.atomic
def import_people(*, desk: RosterDesk, roster: Roster, choices: Mapping[str, str], by, at=None) -> Imported:
    """Write everybody of a roster without faults, or nobody.

    A known mobile number is the same person: empty columns are filled, others change only where `choices`
    says "new" (by `Difference.key`). Raises Refused when something has turned up meanwhile.
    """
    at = at or timezone.now()
    # Not the strongest lock: rows that only point at the studio are written meanwhile.
    Studio.objects.select_for_update(no_key=True).get(pk=desk.studio.pk)
    matches = desk.compare(roster, by=by)
    if roster.faults or any(match.refused or match.undecided(choices) for match in matches):
        raise Refused("名册里还有要改的地方，请回去再看一遍")
    done = Imported({match.mobile: match.person for match in matches if match.person})
    _create(done, [match for match in matches if match.person is None], at)
    for match in matches:
        person = done.people[match.mobile]
        changed = _update(match, choices)
        if match.person is not None and match.new_roles:
            done.joined.append(person)
        elif changed:
            done.changed.append(person)
        elif match.person is not None:
            done.unchanged.append(person)
    joining = [(done.people[match.mobile], entry) for match in matches for entry in match.new_roles]
    _join(desk.studio, joining, at)
    known = {group.known_mobile for group in roster.groups if group.known_mobile} - set(done.people)
    done.people |= {person.mobile: person for person in Person.objects.filter(mobile__in=known)}
    return done


def _create(done: Imported, matches: list[Match], at) -> None:
    new = [Person(mobile=match.mobile, name=match.name, created_at=at, **match.values) for match in matches]
    for person in new:
        person.set_unusable_password()
    try:
        with transaction.atomic():
            Person.objects.bulk_create(new)
    except IntegrityError as error:
        raise Refused(AT_THE_SAME_TIME) from error
    done.added += new
    done.people |= {person.mobile: person for person in new}


def _update(match: Match, choices: Mapping[str, str]) -> bool:
    """Fill and change the columns of a known person. True when something was written."""
    values = dict(match.fill)
    for difference in match.differences:
        if choices.get(difference.key) == "new":
            column = difference.column
            values[column] = match.name if column == "name" else match.values[column]
    if values:
        Person.objects.filter(pk=match.person.pk).update(**values, version=models.F("version") + 1)
    return bool(values)


def _join(studio, wanted: list[tuple[Person, Entry]], at) -> None:
    once = {(person.pk, entry.role): (person, entry) for person, entry in wanted}
    Membership.objects.bulk_create(
        Membership(
            studio=studio,
            person=person,
            role=entry.role,
            apprentice_kind=entry.kind if entry.role == Role.APPRENTICE else "",
            starts_on=timezone.localtime(at).date(),
        )
        for person, entry in once.values()
    )
