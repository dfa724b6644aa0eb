"""聘书: appointing mentors for a term, putting a term right, ending it early."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from growth.actions import ledger
from people.actions.notices import tell
from people.numbers import next_number
from people.stale import Refused, save_version
from people.words import short_day, span

from ..models import Appointment, Pairing

SERIES = "appointment"


@transaction.atomic
def appoint(*, studio, mentors, starts_on, ends_on, issued_on, by, cohort=None, at=None):
    """One letter for each mentor, all or none; numbers follow one another. Refused where terms overlap."""
    made = []
    for mentor in mentors:
        _must_be_free(studio, mentor, starts_on, ends_on)
        with _sentence(mentor):
            letter = Appointment.objects.create(
                studio=studio,
                mentor=mentor,
                cohort=cohort,
                year=issued_on.year,
                number=next_number(studio, SERIES, issued_on.year),
                starts_on=starts_on,
                ends_on=ends_on,
                issued_on=issued_on,
                issued_by=by,
            )
        ledger.record(letter)
        text = f"街道给您发了聘书，聘期{span(starts_on, ends_on)}"
        tell([mentor], text, link=letter.get_absolute_url(), studio=studio, at=at)
        made.append(letter)
    return made


@transaction.atomic
def correct(letter, *, starts_on, ends_on, cohort):
    """Put term and cohort right; number and day of issue stay. Raises StaleEdit."""
    _must_run(letter)
    _must_be_free(letter.studio, letter.mentor, starts_on, ends_on, but=letter.pk)
    letter.starts_on, letter.ends_on, letter.cohort = starts_on, ends_on, cohort
    with _sentence(letter.mentor):
        save_version(letter, ("starts_on", "ends_on", "cohort"))
    ledger.record(letter)
    return letter


@transaction.atomic
def end(letter, *, on, reason, at=None):
    """提前结束: `on` is the last day of the term. The printed term stays as it was issued.

    Refused while the mentor still has apprentices: mentoring/actions/leaving.py settles them first.
    """
    _must_run(letter)
    still = Pairing.objects.current().filter(studio=letter.studio_id, mentor=letter.mentor_id).count()
    if still:
        raise Refused(f"{letter.mentor.called}还带着{still}名徒弟，请先给他们安排好师傅")
    if not letter.starts_on <= on < letter.ends_on:
        raise Refused(f"请选{short_day(letter.starts_on)}以后、{short_day(letter.ends_on)}以前的一天")
    letter.ended_on, letter.end_reason = on, reason
    save_version(letter, ("ended_on", "end_reason"))
    text, link = f"您的聘期到{short_day(on)}结束：{reason}", letter.get_absolute_url()
    tell([letter.mentor], text, link=link, studio=letter.studio, at=at or timezone.now())
    return letter


def _must_run(letter):
    if letter.ended_on:
        raise Refused("这份聘书已经提前结束了，不能再改")


def _must_be_free(studio, mentor, starts_on, ends_on, but=None):
    standing = Appointment.objects.filter(studio=studio, mentor=mentor).exclude(pk=but)
    standing = standing.annotate(last=Coalesce("ended_on", "ends_on"))
    other = standing.filter(starts_on__lte=ends_on, last__gte=starts_on).first()
    if other:
        raise Refused(
            f"{mentor.called}（{mentor.name}）在{span(other.starts_on, other.last)}已经有聘书了，聘期不能重叠"
        )


@contextmanager
def _sentence(mentor):
    """The database has the last word when two people appoint at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "appointment_terms_do_not_overlap" in str(error):
            raise Refused(f"{mentor.called}这段时间已经有聘书了，聘期不能重叠") from error
        raise
