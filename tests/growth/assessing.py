"""A round of the cast's street, taken as far as a test wants."""

from datetime import timedelta

from django.utils import timezone

from growth.actions import results, rounds, sheets
from growth.models import Round, Sheet
from tests.factories import days_ago, days_ahead


def prepared(street, **fields):
    """A round in preparation: the three apprentices, their mentors, the staff for the street."""
    given = {
        "name": "上半年考核",
        "since": days_ago(90),
        "until": days_ago(1),
        "score_by": days_ahead(7),
        **fields,
    }
    round_ = rounds.prepare(studio=street.studio, by=street.staff, **given)
    pairs = [
        (street.apprentice.pk, street.mentor.pk),
        (street.peer.pk, street.mentor.pk),
        (street.other_apprentice.pk, street.other_mentor.pk),
    ]
    rounds.add_people(round_, pairs)
    rounds.set_street(round_, [street.staff.pk], split=False)
    return now(round_)


def opened(street, **fields):
    return rounds.open_round(prepared(street, **fields), by=street.staff)


def now(round_):
    return Round.objects.select_related("studio", "indicators").get(pk=round_.pk)


def score(sheet, value=3, **said):
    """Send a sheet with the same mark everywhere; None for 没法判断."""
    words = "看得见的" if value in (1, 5) else ""
    marks = {one.pk: (value, words) for one in sheet.round.indicators.indicators.all()}
    return sheets.send(sheet, marks=marks, by=sheet.scorer, **said)


def scored(street, **fields):
    """All sheets sent: 自评 4, 师傅 3, 街道 3."""
    round_ = opened(street, **fields)
    for sheet in Sheet.objects.filter(round=round_).select_related("round", "scorer"):
        score(sheet, 4 if sheet.side == "self" else 3)
    return now(round_)


def moderating(street, **fields):
    return now(rounds.close(scored(street, **fields), by=street.staff))


def publicised(street, **fields):
    return now(results.publicise(moderating(street, **fields), by=street.staff))


def over(round_):
    """The days of 公示 are past."""
    Round.objects.filter(pk=round_.pk).update(appeal_until=timezone.localdate() - timedelta(days=1))
    return now(round_)


def published(street, **fields):
    return now(results.publish(over(publicised(street, **fields)), by=street.staff))


def of(round_, person):
    """The person's row in the round."""
    return round_.assessed.select_related("person", "round", "round__studio").get(person=person)


def sheet_of(round_, person, side):
    return Sheet.objects.select_related("round", "scorer", "assessed__person").get(
        round=round_, assessed__person=person, side=side
    )
