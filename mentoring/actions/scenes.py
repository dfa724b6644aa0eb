"""情景党课: writing a scene together, arranging it, playing it, and the talk afterwards."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people import words
from people.actions import drafts
from people.actions.notices import tell
from people.stale import Refused, save_version

from ..models import CastMember, Pairing, Performance, Scene, SceneRole, Session
from . import cadence_counts, sessions

NEW = "scene-new"
WRITTEN = ("title", "setting", "conflict", "script", "questions", "topics")
OTHER_GROUPS = "里面有别的带教组的学员，请街道工作人员来记这一次"


def edit_key(scene):
    """Name of the autosaved draft of the builder."""
    return f"scene-{scene.pk}" if scene.pk else NEW


@transaction.atomic
def write(*, studio, title, setting, by, roles=(), writers=(), origin="", case_id=None, at=None, **values):
    """A new scene in writing. `roles`: (name, about) in their order; the other writers are told."""
    scene = Scene.objects.create(
        studio=studio, title=title, setting=setting, by=by, origin=origin, case_id=case_id,
        at=at or timezone.now(), **values,
    )  # fmt: skip
    _set_roles(scene, roles)
    scene.writers.set(writers)
    drafts.clear(by, NEW)
    others = [one for one in writers if one.pk != by.pk]
    _tell(scene, others, f"{by.called}请您一起写情景党课“{title}”", at)
    return scene


@transaction.atomic
def edit(scene, *, roles, writers, by, at=None, **values):
    """Write on. Raises StaleEdit with both texts; Refused where a part that was played would go."""
    for name in WRITTEN:
        setattr(scene, name, values[name])
    save_version(scene, WRITTEN)
    _set_roles(scene, roles)
    before = set(scene.writers.values_list("pk", flat=True))
    scene.writers.set(writers)
    drafts.clear(by, edit_key(scene))
    new = [one for one in writers if one.pk not in before and one.pk != by.pk]
    _tell(scene, new, f"{by.called}请您一起写情景党课“{scene.title}”", at)
    return scene


@transaction.atomic
def settle(scene, *, ready):
    """定稿, and back again. Raises Refused while something is missing."""
    if ready and (lacking := scene.missing()):
        raise Refused(lacking)
    scene.state = Scene.State.READY if ready else Scene.State.DRAFT
    save_version(scene, ("state",))
    return scene


@transaction.atomic
def arrange(scene, *, on, place, cast, by, at=None):
    """A day on which it is played. `cast`: (Person, SceneRole or None for who looks on). Each is told."""
    if scene.state != Scene.State.READY:
        raise Refused("还在写，先定稿再安排演")
    performance = Performance.objects.create(
        studio=scene.studio, scene=scene, on=on, place=place, by=by, at=at or timezone.now()
    )
    new = _set_cast(performance, cast)
    _tell_cast(performance, new, at)
    return performance


@transaction.atomic
def rearrange(performance, *, on, place, cast, at=None):
    if performance.state != Performance.State.PLANNED:
        raise Refused("已经演过了，安排不再改")
    moved = Performance.objects.values_list("on", flat=True).get(pk=performance.pk) != on
    performance.on, performance.place = on, place
    save_version(performance, ("on", "place"))
    new = _set_cast(performance, cast)
    _tell_cast(performance, list(cast) if moved else new, at)
    return performance


@transaction.atomic
def hold(performance, *, on, place, cast, seen="", minutes=60, counts=(), by, at=None):
    """演过了: who really played and looked on, what was seen.

    It becomes a session of mode 情景党课 for every group that had apprentices there. A mentor records the own
    group; where there are others, staff do (代记, which their mentors look at). Raises Refused.
    `counts`: slots of 三个一 that this was, each of a group that was there, or of the whole studio.
    """
    at = at or timezone.now()
    if performance.state != Performance.State.PLANNED:
        raise Refused("这一次已经记过了")
    if on > timezone.localdate(at):
        raise Refused("还没有到那一天，演过再记")
    performance.on, performance.place, performance.seen = on, place, seen
    performance.state, performance.held_at, performance.held_by = Performance.State.HELD, at, by
    save_version(performance, ("on", "place", "seen", "state", "held_at", "held_by"))
    _set_cast(performance, cast)
    made = [
        _session(performance, group, present, minutes, by, at)
        for group, present in _groups(performance, by).items()
    ]
    performance.sessions.set(made)
    of_group = {session.group_id: session for session in made}
    any_of_them = made[0] if made else None
    cadence_counts.count(
        counts, lambda slot: of_group.get(slot.group.pk) if slot.group else any_of_them, day=on, by=by, at=at
    )
    ledger.record(performance)
    text = f"“{performance.scene}”演过了，写一句您带走的"
    tell(
        [person for person, _ in cast], text, link=performance.get_absolute_url(),
        studio=performance.studio, at=at,
    )  # fmt: skip
    return performance


@transaction.atomic
def tell_seen(performance, *, seen):
    """Correct what was seen, after the talk."""
    if performance.state != Performance.State.HELD:
        raise Refused("还没有演，演过再写")
    performance.seen = seen
    save_version(performance, ("seen",))
    return performance


@transaction.atomic
def take_along(member, *, takes, at=None):
    """带走的一句 of one who was there; writing again replaces it."""
    member.takes, member.takes_at = takes, at or timezone.now()
    member.save(update_fields=("takes", "takes_at"))
    return member.performance


def _groups(performance, by):
    """{group: apprentices who were there} by the pairs of that day."""
    there = [row.person for row in performance.cast.select_related("person")]
    pairs = Pairing.objects.filter(
        studio=performance.studio, apprentice__in=there, starts_on__lte=performance.on
    ).exclude(ends_on__lte=performance.on)
    pairs = pairs.exclude(state=Pairing.State.PROPOSED).select_related("group__mentor", "apprentice")
    found = defaultdict(list)
    for pair in pairs.select_related("group__cohort", "group__studio").order_by("group__number", "pk"):
        found[pair.group].append(pair.apprentice)
    if performance.studio_id not in by.standing.staff and any(group.mentor_id != by.pk for group in found):
        raise Refused(OTHER_GROUPS)
    return found


def _session(performance, group, present, minutes, by, at):
    note = f"演了情景党课“{performance.scene}”。{performance.seen}".strip()
    return sessions.log(
        group=group, present=present, held_on=performance.on, by=by, minutes=minutes,
        topics=performance.scene.topics, note=note, mode=Session.Mode.SCENE, place=performance.place,
        theme=performance.scene.title, proxy_source=Session.ProxySource.FACE, at=at,
    )  # fmt: skip


def _set_roles(scene, roles):
    present = {role.order: role for role in scene.roles.all()}
    for order, (name, about) in enumerate(roles, start=1):
        role = present.pop(order, None) or SceneRole(studio=scene.studio, scene=scene, order=order)
        if role.pk is None or (role.name, role.about) != (name, about):
            role.name, role.about = name, about
            role.save()
    gone = [role.pk for role in present.values()]
    if CastMember.objects.filter(role__in=gone).exists():
        raise Refused("有人演过或者要演后面的角色，不能去掉，可以改名字")
    SceneRole.objects.filter(pk__in=gone).delete()


def _set_cast(performance, cast):
    """Make the cast exactly this; returns the rows (Person, role) that are new or changed."""
    there = {row.person_id: row for row in performance.cast.all()}
    wanted = {person.pk: (person, role) for person, role in cast}
    performance.cast.exclude(person__in=wanted).delete()
    changed = [
        (person, role)
        for pk, (person, role) in wanted.items()
        if pk not in there or there[pk].role_id != (role.pk if role else None)
    ]
    # Parts change hands: they are laid down before they are taken up.
    performance.cast.filter(person__in=[person.pk for person, _ in changed]).update(role=None)
    for person, role in changed:
        CastMember.objects.update_or_create(
            studio=performance.studio, performance=performance, person=person, defaults={"role": role}
        )
    return changed


def _tell_cast(performance, cast, at):
    day = words.day(performance.on)
    for person, role in cast:
        part = f"请您演“{role}”" if role else "请您来看，一起谈"
        text = f"{day}演情景党课“{performance.scene}”，{part}"
        tell([person], text, link=performance.get_absolute_url(), studio=performance.studio, at=at)


def _tell(scene, persons, text, at):
    tell(persons, text, link=scene.get_absolute_url(), studio=scene.studio, at=at)
