"""People and their roles: adding, changing, ending, and who may do it.

Staff manage an account when every role it holds now is in their own studios. To others, who work elsewhere
too, they may give and end roles of their own studio, no more: or else a role given to a stranger would open
that account.
"""

from collections import defaultdict

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from ..models import LoginCard, Membership, Person, Studio
from ..roles import MENTOR_ROLES, Role
from ..stale import Refused, save_version
from .notices import tell

_checks = []


def before_ending(check):
    """Register `check(membership, on) -> sentence or ""`, with which a floor above refuses an end."""
    _checks.append(check)
    return check


def managed(staff, people):
    """Ids of those of `people` whose account `staff` may change: its data, its sign-in, its cards."""
    mine = staff.standing.staff
    now, ever = defaultdict(set), defaultdict(set)
    current = set(Membership.objects.current().filter(person__in=people).values_list("pk", flat=True))
    ours = Membership.objects.filter(person__in=people, person__is_superuser=False)
    for pk, person, studio in ours.values_list("pk", "person", "studio"):
        ever[person].add(studio)
        if pk in current:
            now[person].add(studio)
    return {person for person, studios in ever.items() if studios & mine and now[person] <= mine}


def may_manage(staff, person):
    """Whether `staff` may change this account itself."""
    return bool(staff.standing.staff) and person.pk in managed(staff, [person])


@transaction.atomic
def add(*, studio, role, by, apprentice_kind="", starts_on=None, at=None, **fields):
    """A new account with its first role. `fields`: columns of Person, `mobile` and `name` at least.

    Nobody knows a password for it: a 登录卡 or 重设密码 opens it.
    """
    person = Person(**fields, created_at=at or timezone.now())
    person.text_size = Person.TextSize.LARGE if role in MENTOR_ROLES else Person.TextSize.STANDARD
    person.set_unusable_password()
    person.save()
    add_role(
        person=person,
        studio=studio,
        role=role,
        by=by,
        apprentice_kind=apprentice_kind,
        starts_on=starts_on,
        at=at,
    )
    return person


@transaction.atomic
def add_role(*, person, studio, role, by, apprentice_kind="", starts_on=None, at=None):
    """Give a role from `starts_on` (default: the day of `at`) without an end."""
    at = at or timezone.now()
    if (role == Role.DISTRICT) != (studio.level == Studio.Level.DISTRICT) and role != Role.STAFF:
        raise Refused("区级查看只能加在区级工作室，别的角色加在街道工作室")
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                studio=studio,
                person=person,
                role=role,
                apprentice_kind=apprentice_kind if role == Role.APPRENTICE else "",
                starts_on=starts_on or timezone.localdate(at),
            )
    except IntegrityError as overlap:
        raise Refused(f"{person.called}在这段时间里已经是{Role(role).label}了") from overlap
    if person != by:
        tell([person], f"{studio}把您加为{Role(role).label}", link="/me/", studio=studio, at=at)
    return membership


@transaction.atomic
def end_role(membership, *, on, by, at=None):
    """End a role with its last day `on`. Refused where it would leave something without anybody."""
    if on < membership.starts_on:
        raise Refused("结束的日子不能早于开始的日子")
    # Two who leave at one moment: the second sees that the first has gone.
    Studio.objects.select_for_update(no_key=True).get(pk=membership.studio_id)
    last_one = not (
        Membership.objects.current(on=max(on, timezone.localdate()))
        .filter(studio=membership.studio_id, role=Role.STAFF)
        .exclude(pk=membership.pk)
        .exists()
    )
    if membership.role == Role.STAFF and last_one:
        raise Refused("这是最后一位街道工作人员。请先加一位，再结束这一位")
    for check in _checks:
        sentence = check(membership, on)
        if sentence:
            raise Refused(sentence)
    try:
        with transaction.atomic():
            Membership.objects.filter(pk=membership.pk).update(ends_on=on)
    except IntegrityError as overlap:
        raise Refused("这位后来又有了同一个角色，这一段要在那以前结束") from overlap


@transaction.atomic
def set_apprentice_kind(membership, kind):
    """Write what kind of apprentice somebody is from now on; the history keeps what it was."""
    Membership.objects.filter(pk=membership.pk, role=Role.APPRENTICE).update(apprentice_kind=kind)


@transaction.atomic
def change(person, fields, *, by, at=None):
    """Write the named columns of an edited person; StaleEdit when somebody else was faster."""
    save_version(person, fields)


@transaction.atomic
def let_sign_in(person, allowed, *, by, at=None):
    """Open or close an account's sign-in. Open sessions end at once, unused cards stop working."""
    if person == by:
        raise Refused("自己的登录要请别的工作人员来关")
    Person.objects.filter(pk=person.pk).update(is_active=allowed)
    if not allowed:
        LoginCard.objects.filter(person=person).usable().update(
            revoked_at=at or timezone.now(), revoked_by=by
        )


@transaction.atomic
def set_password(person, password, *, by, at=None):
    """A new password; other devices have to sign in again. Raises ValidationError for a weak one."""
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    if person != by:
        studio = next(
            (m.studio for m in person.standing.memberships if m.studio_id in by.standing.staff), None
        )
        if studio:
            tell([person], "工作人员给您换了登录密码", link="/me/", studio=studio, at=at)
