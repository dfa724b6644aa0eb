"""What the day reminds of: in the site, in the studio's group, by mail. Duties of `manage.py daily`.

Every reminder has a key for what it is about, so that running twice reminds once (people/outbox.py). What
leaves the site says how many things wait, never whose they are.
"""

from datetime import timedelta

from casework.models import Step
from growth.models import NextStep
from mentoring import cadence
from mentoring.models import Group, Session
from people import outbox, words
from people.actions.notices import tell
from people.models import Channel, Membership, Outgoing, ReminderChoice
from people.roles import MENTOR_ROLES, Role
from people.workdays import is_workday, midnight

from . import stuck, todo

Way = Outgoing.Way
STEP_DAYS, CADENCE_DAYS = 2, 5
OPEN_SITE = "打开书记工作室网站就能看到。"


def due_soon(today):
    """Tells those concerned in the site: sessions of tomorrow, steps and own tasks near their day."""
    return _sessions(today) + _steps(today) + _own_steps(today) + _cadence(today)


def _once(person, studio, key, text, link):
    """One notice, unless this key was told to the person before; returns 1 or 0."""
    new = outbox.put(studio=studio, way=Way.SITE, key=key, text=text, person=person)
    if new:
        tell([person], text, link=link, studio=studio)
    return int(new)


def _sessions(today):
    count, tomorrow = 0, today + timedelta(days=1)
    planned = Session.objects.planned().filter(held_on=tomorrow)
    for session in planned.select_related("studio", "mentor", "base", "neighbourhood").prefetch_related(
        "apprentices"
    ):
        at = words.clock(session.starts_at) if session.starts_at else ""
        where = session.where()
        text = f"{words.short_day(tomorrow, today)}{at}{f'在{where}' if where else ''}有一次带教"
        for person in (session.mentor, *session.apprentices.all()):
            key = f"session-{session.pk}-{tomorrow}"
            count += _once(person, session.studio, key, text, session.get_absolute_url())
    return count


def _steps(today):
    steps = Step.objects.open().filter(
        due_on__range=(today, today + timedelta(days=STEP_DAYS)), owner__isnull=False
    )
    count = 0
    for step in steps.select_related("studio", "owner", "prescription__case"):
        case = step.prescription.case
        text = f"{case.title[:60]}：药方第{step.order}步{words.before(step.due_on, today)}"
        count += _once(
            step.owner, step.studio, f"step-{step.pk}-{step.due_on}", text, case.get_absolute_url()
        )
    return count


def _own_steps(today):
    steps = NextStep.objects.open().filter(report_link="", due_on__range=(today, today + timedelta(days=1)))
    count = 0
    for step in steps.select_related("studio", "person"):
        text = f"{step.text[:100]}，{words.before(step.due_on, today)}"
        count += _once(step.person, step.studio, f"next-{step.pk}-{step.due_on}", text, "/ledger/me/#next")
    return count


def _cadence(today):
    """The mentor of a group whose month, quarter or half-year ends and is not done."""
    count = 0
    groups = Group.objects.filter(cohort__starts_on__lte=today, cohort__ends_on__gte=today)
    groups = groups.select_related("studio", "cohort", "mentor")
    groups = groups.prefetch_related("cadence__session", "cadence__meeting")
    for group in groups:
        cells = {(cell.kind, cell.year, cell.period): cell for cell in group.cadence.all()}
        for kind in cadence.kinds_of(group.studio):
            period = cadence.period_of(kind, today)
            if not cadence.concerns(group, kind, today.year, period):
                continue
            cell = cells.get((kind.value, today.year, period))
            slot = cadence.Slot(group.studio, group, kind, today.year, period, cell, today)
            if slot.state == "done" or not today <= slot.due_on <= today + timedelta(days=CADENCE_DAYS):
                continue
            text = f"{slot.title}{words.before(slot.due_on, today)}办，{slot.words}"
            key = f"cadence-{group.pk}-{kind.value}-{today.year}-{period}"
            count += _once(group.mentor, group.studio, key, text, slot.url)
    return count


def tell_studios(today):
    """One line a working day to each studio that wants it, if anything waits. Numbers only."""
    if not is_workday(today):
        return 0
    count = 0
    for channel in Channel.objects.select_related("studio").order_by("pk"):
        text = _studio_line(channel.studio) if channel.ways else ""
        for way in channel.ways if text else ():
            count += outbox.put(
                studio=channel.studio,
                way=way,
                key=f"day-{today}",
                text=text,
                subject="书记工作室：今天等着办的事",
            )
    return count


def _studio_line(studio):
    staff = (
        Membership.objects.current().filter(studio=studio, role=Role.STAFF).select_related("person").first()
    )
    waiting = sum(todo.counts(staff.person).values()) if staff else 0
    held_up = len(stuck.stuck(studio))
    said = [f"等街道办的事{waiting}件" if waiting else "", f"卡住的{held_up}件" if held_up else ""]
    said = "，".join(part for part in said if part)
    return f"早上好。今天{said}。{OPEN_SITE}" if said else ""


def digests(today):
    """每周提醒 to every mentor who wants it, on the week's first working day or, if missed, later."""
    monday = today - timedelta(days=today.weekday())
    if not any(is_workday(monday + timedelta(days=n)) for n in range(today.weekday() + 1)):
        return 0
    unwanted = ReminderChoice.objects.filter(digest=False).values("person")
    mentors = Membership.objects.current().filter(role__in=MENTOR_ROLES).exclude(person__in=unwanted)
    mails = dict(ReminderChoice.objects.exclude(mail="").values_list("person", "mail"))
    told, count = set(), 0
    for one in mentors.select_related("person", "studio").order_by("pk"):
        if one.person_id in told:
            continue
        told.add(one.person_id)
        key = f"week-{monday}"
        if Outgoing.objects.filter(person=one.person_id, way=Way.SITE, key=key).exists():
            continue
        text = _digest(one.person, monday)
        if not text:
            continue
        count += _once(one.person, one.studio, key, text, "/todo/")
        if one.person_id in mails:
            outbox.put(
                studio=one.studio, way=Way.MAIL, key=key, text=f"{text}。{OPEN_SITE}", person=one.person,
                subject="书记工作室：这一周",
            )  # fmt: skip
    return count


def _digest(person, monday):
    """这一周安排了2次带教，等您的事3件; "" when there is nothing."""
    planned = (
        Session.objects.planned()
        .filter(mentor=person, held_on__range=(monday, monday + timedelta(days=6)))
        .count()
    )
    waiting = sum(todo.counts(person).values())
    said = [f"安排了{planned}次带教" if planned else "", f"等您的事{waiting}件" if waiting else ""]
    said = "，".join(part for part in said if part)
    return f"这一周{said}" if said else ""


def send(today):
    """Sends what waits in the outbox, whatever day it was written."""
    sent, left = outbox.send_waiting()
    return f"发出{sent}条" + (f"，{left}条没有发成，过些时候再试" if left else "") if sent or left else ""


def forget(today):
    """Reminders of half a year ago are of no use to anybody."""
    before = midnight(today - timedelta(days=180))
    gone, _ = Outgoing.objects.filter(created_at__lt=before).delete()
    return gone
