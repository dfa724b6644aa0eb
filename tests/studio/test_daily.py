"""`manage.py daily`: every duty has its turn, whatever happens to the others."""

import io
from datetime import date

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from people.models import Street
from studio import daily
from studio.daily import Duty
from tests.factories import StreetFactory

TODAY = date(2026, 6, 18)


def breaks(today):
    StreetFactory(name="写了一半")
    raise RuntimeError("张某某 13800000000")


@pytest.fixture
def duties(monkeypatch):
    """The list, emptied for the test."""
    mine = []
    monkeypatch.setattr(daily, "DUTIES", mine)
    return mine


@pytest.mark.django_db(transaction=True)
def test_one_duty_that_fails_stops_no_other_and_leaves_nothing_half_done(duties):
    done = []
    duties += [Duty("坏的", breaks), Duty("好的", lambda today: done.append(today) or 3)]
    told = daily.run(TODAY)
    assert done == [TODAY]
    assert [(one.said, one.error) for one in told] == [("", "RuntimeError"), ("3项", "")]
    assert not Street.objects.filter(name="写了一半").exists()


@pytest.mark.django_db(transaction=True)
def test_the_command_tells_what_failed_without_its_words_and_exits_with_an_error(duties):
    duties += [Duty("坏的", breaks), Duty("好的", lambda today: "")]
    told = io.StringIO()
    with pytest.raises(CommandError):
        call_command("daily", "--day", "2026-06-18", stdout=told)
    assert told.getvalue() == "坏的：没做成（RuntimeError）\n好的：没有要做的\n"


@pytest.mark.django_db
def test_a_day_that_is_none_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="2026-06-18"):
        call_command("daily", "--day", "明天")


@pytest.mark.django_db
def test_two_runs_at_once_do_the_work_once(duties):
    duties.append(Duty("好的", lambda today: 1))
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    other = psycopg2.connect(**settings)
    try:
        other.cursor().execute("SELECT pg_advisory_lock(%s)", [daily.LOCK])
        assert daily.run(TODAY) is None
        other.cursor().execute("SELECT pg_advisory_unlock(%s)", [daily.LOCK])
    finally:
        other.close()
    assert [one.said for one in daily.run(TODAY)] == ["1项"]


@pytest.mark.django_db(transaction=True)
def test_the_real_list_runs_twice_on_one_day(cast):
    for _ in range(2):
        assert all(not one.error for one in daily.run(TODAY))
