"""What a session must be, told in sentences. Forms show them beside the field, actions refuse with them."""

from django.db.models import Q
from django.utils import timezone

from people import words
from people.kept import KeptQuery
from people.stale import Refused

from .models import Pairing

NOTE_LIMIT = 2000
NOBODY = "请点一下带了哪位徒弟"
NOTHING_SAID = "请点一个内容，或者说一两句带教的情况"
TALK_OF_TWO = "谈心一次记一位，写的话只有您和他看得到。几位一起聊的，方式请选“面对面”"
TALK_BY_PROXY = "谈心的话只有师徒两个人能看，街道代记时请不要写内容"
IN_FUTURE = "日期在今天以后。还没开始的带教，请用“安排带教”"


def members(group):
    """Pairings of the group that hold or held, oldest first; `apprentice` and its neighbourhood loaded."""
    found = Pairing.objects.filter(group=group).exclude(state=Pairing.State.PROPOSED)
    return found.select_related("apprentice__neighbourhood").order_by("pk")


def pairs_of(group):
    """`members` as a list, for the forms."""
    return _PAIRS.all(group=group.pk)


_PAIRS = KeptQuery(lambda person, group: members(group))


def pairs_around(group):
    """Pairings of the other groups of the cohort, as a list: who may come along."""
    return _AROUND.all(group=group.pk, cohort=group.cohort_id)


def _ask_around(person, group, cohort):
    found = Pairing.objects.filter(cohort=cohort).exclude(group=group).exclude(state=Pairing.State.PROPOSED)
    return found.select_related("apprentice__neighbourhood").order_by("group__number", "pk")


_AROUND = KeptQuery(_ask_around)


def paired_on(group, day):
    """Ids of the apprentices paired in the group on that day."""
    return _held_on(members(group), day)


def _held_on(pairings, day):
    held = pairings.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
    return set(held.order_by().values_list("apprentice", flat=True))


def date_problem(held_on, cohort, today):
    """Why nothing can have been held on that day, or ""."""
    if held_on > today:
        return IN_FUTURE
    return outside_cohort(held_on, cohort, today)


def outside_cohort(day, cohort, today):
    """Why the day is not one of the cohort, or ""."""
    if day < cohort.starts_on:
        return f"这个日期在本期开始（{words.short_day(cohort.starts_on, today)}）之前，请看看是不是选错了"
    if day > cohort.ends_on:
        return f"这个日期在本期结束（{words.short_day(cohort.ends_on, today)}）之后，请看看是不是选错了"
    return ""


def present_problem(present, group, day, today, others=()):
    """Why these apprentices cannot have been there on that day, or "".

    `others`: those of the cohort's other groups.
    """
    if not present and not others:
        return NOBODY
    paired = paired_on(group, day)
    away = [person.name for person in present if person.pk not in paired]
    if away:
        return f"{words.short_day(day, today)}那天{'、'.join(away)}不在这个带教组，请看看日期，或者去掉这位"
    if others:
        around = _held_on(Pairing.objects.filter(cohort=group.cohort_id), day)
        away = [person.name for person in others if person.pk not in around]
        if away:
            return f"{words.short_day(day, today)}那天{'、'.join(away)}不在这一期，请看看日期，或者去掉这位"
    return ""


def words_problem(topics, note):
    """What is missing or too much in what was taught, or ""."""
    if not topics and not note.strip():
        return NOTHING_SAID
    if len(note) > NOTE_LIMIT:
        return f"写得有点多，请留在{NOTE_LIMIT}字以内，现在是{len(note)}字"
    return ""


def talk_problem(present, note, *, by_proxy):
    """Why these words cannot be kept as a 谈心, or ""."""
    if len(present) > 1:
        return TALK_OF_TWO
    if by_proxy and note.strip():
        return TALK_BY_PROXY
    if len(note) > NOTE_LIMIT:
        return words_problem((), note)
    return ""


def today_of(at):
    """The day on which something is done at the moment `at`."""
    return timezone.localdate(at)


def refuse(problem):
    """Raise Refused with the sentence, unless it is empty."""
    if problem:
        raise Refused(problem)
