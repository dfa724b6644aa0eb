"""What waits for a mentor on this floor. Computed, never stored: it goes when it is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from people.kept import KeptQuery
from people.models import Draft

from .actions.advancements import WORD_DAYS
from .models import (
    Advancement,
    Appointment,
    Attendance,
    Cohort,
    Handover,
    Invitation,
    Meeting,
    MeetingMember,
    Pairing,
    Pledge,
    Session,
    TrainingList,
)
from .session_start import DRAFTS, due_days, page_url

# Silence is fine: a 代记 that nobody looked at for a month is no longer asked about.
ASK_DAYS = 30
# 拜师帖 is asked for in the first weeks of a pair only.
PLEDGE_DAYS = 60
PRESENT = Prefetch("attendance", Attendance.objects.select_related("apprentice").order_by("pk"))


def sessions_to_log(person):
    """Planned sessions of this mentor, of today and yesterday, latest first. Link: `log_url(session)`."""
    planned = Session.objects.planned().filter(mentor=person, held_on__in=due_days())
    return planned.select_related("base", "neighbourhood").order_by("-held_on", "starts_at", "pk")


def log_url(session):
    """「记这一次」: the form filled in from this plan."""
    return page_url(session.group_id, session.pk)


def waiting_confirmation(person):
    """代记 that this mentor has not looked at; each for mentoring/session/_confirm_card.html."""
    since = timezone.now() - timedelta(days=ASK_DAYS)
    found = Session.objects.held().filter(mentor=person, confirmed_at__isnull=True, logged_at__gte=since)
    found = found.exclude(logged_by=person).select_related("mentor", "base", "neighbourhood")
    return found.prefetch_related(PRESENT)


def pledges_to_write(person):
    """New pairs of this apprentice whose 拜师帖 is neither sent nor waived."""
    settled = Pledge.objects.filter(pairing=OuterRef("pk")).exclude(state=Pledge.State.DRAFT)
    pairs = Pairing.objects.running().filter(apprentice=person, starts_on__gte=_pledge_since())
    return pairs.exclude(Exists(settled)).order_by("pk")


def words_to_write(person):
    """Sent 拜师帖 of this mentor's new pairs without 寄语."""
    return _sent_pledges().filter(pairing__mentor=person, words="")


def pledges_to_settle(person):
    """Sent 拜师帖 of new pairs that wait for day and witness, for staff."""
    return _sent_pledges().filter(studio__in=person.standing.staff, held_on__isnull=True)


def appointments_to_renew(person):
    """聘书 that run out soon and are not followed by another, for staff."""
    return Appointment.objects.filter(studio__in=person.standing.staff).expiring()


def invitations_to_answer(person):
    """能来 or 来不了: sessions to come to which this person is asked."""
    return Invitation.objects.unanswered().filter(person=person).order_by("session__held_on", "pk")


def meetings_to_answer(person):
    """能来 or 来不了: meetings to come to which this person was asked by somebody else."""
    ahead = Meeting.objects.planned().filter(held_on__gte=timezone.localdate()).exclude(planned_by=person)
    asked = MeetingMember.objects.filter(person=person, answer="", meeting__in=ahead)
    return asked.order_by("meeting__held_on", "pk")


def minutes_to_write(person):
    """Meetings of the last weeks whose day has come and whose minutes are not written, for staff."""
    today = timezone.localdate()
    days = (today - timedelta(days=ASK_DAYS), today)
    return Meeting.objects.planned().filter(studio__in=person.standing.staff, held_on__range=days)


def handovers_to_write(person):
    """交接 that this mentor was asked for."""
    return Handover.objects.asked().filter(from_mentor=person)


def appointments_run_out(person):
    """The latest 聘书 of mentors who still have apprentices although their term is over, for staff."""
    today = timezone.localdate()
    other = Appointment.objects.filter(studio=OuterRef("studio"), mentor=OuterRef("mentor"))
    later = other.filter(starts_on__gt=OuterRef("starts_on"))
    pairs = Pairing.objects.current().filter(studio=OuterRef("studio"), mentor=OuterRef("mentor"))
    over = Appointment.objects.filter(studio__in=person.standing.staff, ends_on__lt=today)
    return over.filter(~Exists(later), Exists(pairs)).order_by("ends_on", "pk")


def cohorts_to_finish(person):
    """Cohorts that are over and still hold pairs, for staff."""
    pairs = Pairing.objects.current().filter(cohort=OuterRef("pk"))
    over = Cohort.objects.filter(studio__in=person.standing.staff, ends_on__lt=timezone.localdate())
    return over.filter(Exists(pairs)).order_by("ends_on", "pk")


def trainings_to_plan(person):
    """Lists of those called to a training that has no day yet, for staff."""
    return TrainingList.objects.unplanned().filter(studio__in=person.standing.staff).order_by("pk")


def advancements_to_sign(person):
    """培养晋级 that waits for this mentor's signature."""
    found = Advancement.objects.under_way().filter(mentor_signed_at__isnull=True, mentor=person)
    return found.exclude(street_signed_by=person)


def advancements_for_street(person):
    """培养晋级 that waits for staff: to be signed by somebody else than the mentor, or to be decided."""
    found = Advancement.objects.under_way().filter(studio__in=person.standing.staff)
    unsigned = Q(street_signed_at__isnull=True) & ~Q(mentor_signed_by=person)
    heard = Q(word_at__isnull=False) | Q(
        proposed_at__date__lte=timezone.localdate() - timedelta(days=WORD_DAYS)
    )
    ready = Q(street_signed_at__isnull=False, mentor_signed_at__isnull=False) & heard
    return found.filter(Q(street_signed_at__isnull=True, mentor_signed_by__isnull=True) | unsigned | ready)


def advancements_to_answer(person):
    """培养晋级 of this apprentice, about which nothing was said yet."""
    return Advancement.objects.under_way().filter(apprentice=person, word_at__isnull=True)


def _sent_pledges():
    new = {"pairing__state": Pairing.State.ACTIVE, "pairing__starts_on__gte": _pledge_since()}
    return Pledge.objects.sent().filter(**new)


def _pledge_since():
    return timezone.localdate() - timedelta(days=PLEDGE_DAYS)


@dataclass(frozen=True)
class OpenDraft:
    """「上次没写完的还在，接着写？」"""

    saved_at: datetime
    url: str


def _ask_draft(person):
    drafts = Draft.objects.filter(person=person, key__startswith=DRAFTS)
    return drafts.order_by("-saved_at", "-pk")[:1]


_DRAFT = KeptQuery(_ask_draft)


def session_draft(person):
    """The newest unfinished session of this person as an OpenDraft, or None."""
    draft = next(iter(_DRAFT.all(person)), None)
    if draft is None:
        return None
    said = {name: (draft.data.get(name) or [""])[0] for name in ("group", "plan")}
    proxy = draft.key.startswith(f"{DRAFTS}proxy-")
    return OpenDraft(draft.saved_at, page_url(said["group"], said["plan"], proxy=proxy))
