"""日历 by month and as a list, holidays, and the feed behind a secret address."""

from datetime import date, time, timedelta

import icalendar
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from casework.models import Meeting as CaseMeeting
from growth.actions import next_steps
from mentoring.actions import calendar_feeds, meetings, session_plans
from mentoring.models import CalendarFeed, Participant, Session, Visit
from people import workdays
from tests.factories import SessionFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

FEED = "/me/calendar/"
SECRET = "居民王阿姨家的事"


@pytest.fixture
def filled(cast):
    """A session planned and one held, a meeting, something due."""
    session_plans.plan(
        group=cast.a.group, held_on=days_ahead(2), starts_at=time(14, 30), theme=SECRET,
        participants=[cast.a.apprentice], place="3号楼王阿姨家", by=cast.a.mentor,
    )  # fmt: skip
    SessionFactory(group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(0), note=SECRET)
    meetings.plan(
        studio=cast.a.studio, kind="work", held_on=days_ahead(1), subject="带教怎么走", by=cast.a.staff,
        members=[cast.a.mentor, cast.a.apprentice],
    )  # fmt: skip
    next_steps.assign(
        studio=cast.a.studio, person=cast.a.apprentice, text=f"上门看看{SECRET}", origin="session",
        by=cast.a.mentor, due_on=days_ahead(3),
    )  # fmt: skip


@pytest.fixture
def outings(cast):
    """观摩 with the apprentice along, and a 会诊会."""
    visit = Visit.objects.create(studio=cast.a.studio, title="看六维关怀", on=days_ahead(4), by=cast.a.staff)
    Participant.objects.create(studio=cast.a.studio, visit=visit, person=cast.a.apprentice)
    CaseMeeting.objects.create(
        studio=cast.a.studio, at=timezone.now() + timedelta(days=5), place="议事厅", chair=cast.a.lead,
        called_by=cast.a.staff,
    )  # fmt: skip


def text(client, url):
    return client.get(url).content.decode()


@pytest.mark.usefixtures("filled", "outings")
def test_each_sees_what_is_theirs_and_staff_the_whole_studio(cast):
    page = text(cast.client(cast.a.apprentice), "/calendar/?view=list")
    for words in ("下午2:30", "工作例会", "上门看看", "已安排", "已记录", "观摩学习"):
        assert words in page
    staff = text(cast.client(cast.a.staff), "/calendar/?view=list")
    assert "下午2:30" in staff
    assert "上门看看" not in staff
    assert "会诊会" in staff
    for person in (cast.a.other_mentor, cast.a.peer, cast.b.staff):
        assert "下午2:30" not in text(cast.client(person), "/calendar/?view=list")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("view", ["month", "list"])
def test_both_views_are_sound_pages(cast, view):
    for person, role in (
        (cast.a.staff, "staff"),
        (cast.a.mentor, "mentor"),
        (cast.a.apprentice, "apprentice"),
    ):
        assert_page(cast.client(person).get(f"/calendar/?view={view}").content, role=role)


def test_an_empty_month_says_what_to_do(cast):
    page = text(cast.client(cast.a.mentor), "/calendar/?month=2031-02")
    assert "还没有安排" in page
    assert "安排带教" in page


@pytest.mark.usefixtures("filled")
def test_staff_narrow_to_a_group(cast):
    client = cast.client(cast.a.staff)
    assert "下午2:30" in text(client, f"/calendar/?view=list&group={cast.a.group.pk}")
    assert "下午2:30" not in text(client, f"/calendar/?view=list&group={cast.a.other_group.pk}")


def test_a_day_with_many_sessions_shows_a_few_and_a_number_that_leads_to_all(cast):
    for _ in range(6):
        SessionFactory(group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(0))
    client = cast.client(cast.a.staff)
    assert "还有4次带教" in text(client, "/calendar/?view=month")
    day = timezone.localdate()
    assert text(client, f"/calendar/?view=list&month={day:%Y-%m}&day={day}").count("link-row") == 6


def test_a_long_list_goes_on_where_it_stopped_and_loses_nothing(cast):
    Session.objects.all().delete()
    for number in range(80):
        held_on = timezone.localdate().replace(day=1) - timedelta(days=number % 20 + 1)
        SessionFactory(group=cast.a.group, present=[cast.a.apprentice], held_on=held_on)
    client, seen = cast.client(cast.a.staff), 0
    month = (timezone.localdate().replace(day=1) - timedelta(days=20)).strftime("%Y-%m")
    url = (
        f"/calendar/?view=list&month={month}&start={timezone.localdate().replace(day=1) - timedelta(days=20)}"
    )
    while url:
        page = client.get(url)
        seen += sum(len(cell.items) for cell in page.context["days"])
        url = page.context["more_url"]
    assert seen == 80


@pytest.mark.parametrize(
    "asked", ["month=2024-13", "month=x", "month=0001-01", "day=x", "group=999", "view=y"]
)
def test_a_place_that_cannot_be_shows_the_present_month(cast, asked):
    assert cast.client(cast.a.staff).get(f"/calendar/?{asked}").status_code == 200


@pytest.mark.parametrize("view", ["month", "list"])
def test_it_asks_as_often_for_thirty_sessions_as_for_one(cast, view, django_assert_max_num_queries):
    client = cast.client(cast.a.staff)
    client.get(f"/calendar/?view={view}")
    for number in range(30):
        SessionFactory(group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(number % 9))
    with django_assert_max_num_queries(11):
        client.get(f"/calendar/?view={view}")


def test_holidays_and_moved_weekends_are_marked_and_unknown_years_are_told(cast):
    assert workdays.holiday_mark(date(2025, 10, 1)) == "国庆节"
    assert workdays.holiday_mark(date(2025, 9, 28)) == "调休上班"
    assert workdays.holiday_mark(date(2025, 6, 18)) == ""
    client = cast.client(cast.a.staff)
    page = text(client, "/calendar/?view=month&month=2025-10")
    assert "国庆节" in page
    assert "调休上班" in page
    later = workdays.LAST_YEAR + 2
    assert workdays.holiday_mark(date(later, 10, 1)) == ""
    assert f"{later}年的放假安排这里还没有" in text(client, f"/calendar/?view=month&month={later}-10")


# --- the feed ---------------------------------------------------------------------------------------------


@pytest.fixture
def feed(cast):
    cache.clear()
    return f"/calendar/feed/{calendar_feeds.make(cast.a.apprentice)}.ics"


@pytest.mark.usefixtures("filled")
def test_the_feed_holds_the_days_and_nothing_about_residents(feed):
    answer = Client().get(feed)
    assert answer["Content-Type"].startswith("text/calendar")
    body = answer.content.decode()
    for secret in ("王阿姨", "上门看看", "3号楼"):
        assert secret not in body
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert len(events) == 4
    planned = next(
        event for event in events if "DTEND" in event and event["DTSTART"].params.get("VALUE") != "DATE"
    )
    assert (planned.decoded("DTEND") - planned.decoded("DTSTART")) == timedelta(hours=1)
    assert timezone.localtime(planned.decoded("DTSTART")).time() == time(14, 30)
    assert len({str(event["UID"]) for event in events}) == 4


def test_a_feed_that_has_not_changed_is_not_sent_again(feed):
    client = Client()
    first = client.get(feed)
    assert "private" in first["Cache-Control"]
    again = client.get(feed, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_wrong_or_revoked_address_is_not_found_and_a_new_one_stops_the_old(cast, feed):
    client = Client()
    assert client.get("/calendar/feed/wrong.ics").status_code == 404
    calendar_feeds.make(cast.a.apprentice)
    assert client.get(feed).status_code == 404
    assert CalendarFeed.objects.usable().count() == 1


def test_somebody_who_may_no_longer_sign_in_has_no_feed(cast, feed):
    cast.a.apprentice.is_active = False
    cast.a.apprentice.save(update_fields=["is_active"])
    assert Client().get(feed).status_code == 404


def test_too_many_askings_are_told_to_wait(feed):
    client = Client()
    answers = {client.get(feed).status_code for _ in range(61)}
    assert answers == {200, 429}
    cache.clear()


def test_the_address_is_shown_once_and_taken_back_under_my_own(cast):
    cache.clear()
    client = cast.client(cast.a.mentor)
    assert_page(client.get(FEED).content, role="mentor")
    made = send(client, FEED)
    assert_page(made.content, role="mentor")
    address = made.context["address"]
    assert Client().get(address.replace("http://testserver", "")).status_code == 200
    page = client.get(FEED)
    assert address not in page.content.decode()
    assert "重新做一个" in page.content.decode()
    assert client.post("/me/calendar/stop/")["Location"] == FEED
    assert Client().get(address.replace("http://testserver", "")).status_code == 404


def test_the_same_form_sent_twice_makes_one_address(cast):
    client = cast.client(cast.a.mentor)
    sent = hidden_fields(client.get(FEED))
    client.post(FEED, sent)
    assert client.post(FEED, sent)["Location"] == FEED
    assert CalendarFeed.objects.count() == 1
