"""应知必会: the studio's list, what a session covered, and calling people to a training."""

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.actions.notices import tell
from people.stale import Refused, save_version

from .. import course
from ..models import CourseTopic, Pairing, SessionCourse, TrainingInvite, TrainingList
from . import session_plans

TOPIC_FIELDS = ("competency", "name", "words", "in_use")


@transaction.atomic
def add_topic(*, studio, competency, name, words=(), in_use=True):
    """A topic of the studio's own. Refused when the list has one of that name."""
    _must_be_new(studio, name)
    key = f"own-{uuid.uuid4().hex[:12]}"
    return _create(studio=studio, key=key, competency=competency, name=name, words=list(words), in_use=in_use)


@transaction.atomic
def change_topic(topic, *, studio, version, **fields):
    """Change a topic for this studio; a shipped one gets a row of the studio's own. Raises StaleEdit."""
    _must_be_new(studio, fields["name"], but=topic.key)
    if topic.row is None:
        return _create(studio=studio, key=topic.key, **fields)
    row = topic.row
    for name in TOPIC_FIELDS:
        setattr(row, name, fields[name])
    row.version = version
    save_version(row, TOPIC_FIELDS)
    return row


@transaction.atomic
def recognise(session):
    """Keep which topics the words of a logged session speak of; what was set by hand stays."""
    text = f"{session.theme} {session.note} {session.findings}"
    keys = course.met_in(course.topics_of(session.studio_id), text)
    standing = SessionCourse.objects.filter(session=session).first()
    if standing is None and keys:
        SessionCourse.objects.create(studio_id=session.studio_id, session=session, keys=keys)
    elif standing and standing.set_by_id is None and standing.keys != keys:
        SessionCourse.objects.filter(pk=standing.pk).update(keys=keys)


@transaction.atomic
def set_topics(session, keys, *, by, at=None):
    """讲到的内容, as a person says it."""
    SessionCourse.objects.update_or_create(
        session=session,
        defaults={
            "studio_id": session.studio_id,
            "keys": list(keys),
            "set_by": by,
            "at": at or timezone.now(),
        },
    )
    return session


# --- 四训 ---------------------------------------------------------------------------------------------------


@transaction.atomic
def confirm(*, cohort, kind, topics, chosen, by, at=None):
    """定名单: `chosen` are (apprentice, reason). Each of them and each mentor of theirs is told."""
    if not chosen:
        raise Refused("名单上还没有人，请至少点一位")
    at = at or timezone.now()
    made = TrainingList.objects.create(
        studio_id=cohort.studio_id,
        cohort=cohort,
        kind=kind,
        keys=[topic.key for topic in topics],
        subject="、".join(topic.name for topic in topics)[:120],
        confirmed_by=by,
        confirmed_at=at,
    )
    TrainingInvite.objects.bulk_create(
        TrainingInvite(studio_id=cohort.studio_id, training=made, apprentice=person, reason=reason[:120])
        for person, reason in chosen
    )
    link = "/plan/me/"
    for person, reason in chosen:
        tell([person], f"街道请您参加{made}（{reason}）", link=link, studio=cohort.studio, at=at)
    for mentor, names in _mentors(cohort, [person for person, _ in chosen]).items():
        text = f"您的徒弟{'、'.join(names)}要参加{made}"
        tell([mentor], text, link="/plan/", studio=cohort.studio, at=at)
    return made


def _mentors(cohort, persons):
    """{mentor: names of these apprentices}."""
    found = {}
    pairs = Pairing.objects.current().filter(cohort=cohort, apprentice__in=persons)
    for pair in pairs.select_related("mentor", "apprentice").order_by("pk"):
        found.setdefault(pair.mentor, []).append(pair.apprentice.name)
    return found


@transaction.atomic
def plan(training, *, group, by, at=None, **details):
    """安排这次培训: a planned session of this group's mentor with everybody on the list."""
    training = TrainingList.objects.select_for_update(of=("self",)).get(pk=training.pk)
    _must_be_open(training)
    persons = [one.apprentice for one in training.invites.select_related("apprentice")]
    own = set(
        Pairing.objects.current()
        .filter(group=group, apprentice__in=persons)
        .values_list("apprentice", flat=True)
    )
    session = session_plans.plan(
        group=group,
        participants=[person for person in persons if person.pk in own],
        others=[person for person in persons if person.pk not in own],
        mode=training.kind,
        theme=training.subject[:60],
        by=by,
        at=at,
        **details,
    )
    set_topics(session, training.keys, by=by, at=at)
    training.state, training.session = TrainingList.State.PLANNED, session
    save_version(training, ("state", "session"))
    return session


@transaction.atomic
def drop(training, *, version, at=None):
    """不办了: those on the list are told."""
    _must_be_open(training)
    training.state, training.version = TrainingList.State.DROPPED, version
    save_version(training, ("state",))
    persons = [one.apprentice for one in training.invites.select_related("apprentice")]
    tell(persons, f"{training}不办了", link="/plan/me/", studio=training.studio, at=at)
    return training


def _must_be_open(training):
    if training.state != TrainingList.State.CONFIRMED:
        raise Refused(f"这份名单已经“{training.get_state_display()}”，不能再改")


def _must_be_new(studio, name, but=""):
    twins = (one for one in course.topics_of(studio.pk, all_of_them=True) if one.key != but)
    if any(one.name == name for one in twins):
        raise Refused(f"“{name}”已经在应知必会里了")


def _create(**fields):
    try:
        with transaction.atomic():
            return CourseTopic.objects.create(**fields)
    except IntegrityError as twin:
        raise Refused("别人刚刚也改了这一项，请再看一遍") from twin
