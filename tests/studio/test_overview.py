"""区级总览: counts per street in administrative order, nobody by name."""

from datetime import date

from django.urls import reverse

from casework.actions import slips
from growth.actions import ledger
from studio import figures
from tests.factories import CaseFactory, SessionFactory, days_ago, days_ahead

OVERVIEW = reverse("studio:overview")


def held(street, **fields):
    session = SessionFactory(group=street.group, present=[street.apprentice, street.peer], **fields)
    ledger.record(session)


def test_the_district_sees_each_street_and_no_person(cast):
    held(cast.a, held_on=days_ago(0))
    CaseFactory(studio=cast.b.studio, owner=cast.b.apprentice, title="某个居民区的难题")
    text = cast.client(cast.district).get(OVERVIEW).content.decode()
    assert "甲街道" in text
    assert "乙街道" in text
    assert "加装电梯" in text
    for unseen in (cast.a.mentor.name, cast.a.apprentice.name, "某个居民区的难题"):
        assert unseen not in text


def test_sessions_are_counted_once_however_many_were_there(cast):
    held(cast.a, held_on=days_ago(0))
    rows = cast.client(cast.district).get(OVERVIEW).context["rows"]
    assert [row["held"] for row in rows] == [1, 0]


def test_streets_stand_in_administrative_order_whatever_they_did(cast):
    for _ in range(3):
        held(cast.b, held_on=days_ago(0))
    rows = cast.client(cast.district).get(OVERVIEW).context["rows"]
    codes = [row["studio"].street.code for row in rows]
    assert codes == sorted(codes)


def test_one_street_opens_and_another_district_does_not(cast):
    url = reverse("studio:overview-street", args=[cast.a.studio.pk])
    assert cast.client(cast.district).get(url).status_code == 200
    assert cast.client(cast.a.staff).get(url).status_code == 404


def test_the_overview_costs_the_same_for_every_number_of_rows(cast, django_assert_num_queries):
    client = cast.client(cast.district)
    client.get(OVERVIEW)
    with django_assert_num_queries(11):
        client.get(OVERVIEW)
    for days in range(3):
        held(cast.a, held_on=days_ago(days))
        CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    with django_assert_num_queries(11):
        client.get(OVERVIEW)


def test_last_month_is_counted_up_to_the_same_day():
    months = figures.Months.of(date(2026, 3, 31))
    assert (months.last_since.isoformat(), months.last_until.isoformat()) == ("2026-02-01", "2026-03-01")
    months = figures.Months.of(date(2026, 3, 10))
    assert (months.last_since.isoformat(), months.last_until.isoformat()) == ("2026-02-01", "2026-02-11")


def test_slips_are_counted_per_street_as_the_report_counts_them(cast):
    kind = slips.categories_of(cast.a.studio).last()
    for problem in ("灯不亮", "楼道堆物"):
        slip = slips.register(studio=cast.a.studio, category=kind, problem=problem, by=cast.a.staff)
    slips.dispatch(slip, handler_name="三楼党小组", due_on=days_ahead(3), by=cast.a.staff)
    answer = cast.client(cast.district).get(OVERVIEW)
    counted = [(row["slips"], row["slips_sent"], row["slips_finished"]) for row in answer.context["rows"]]
    assert counted == [(2, 1, 0), (0, 0, 0)]
    assert "灯不亮" not in answer.content.decode()
    street = reverse("studio:overview-street", args=[cast.a.studio.pk])
    assert [tile["value"] for tile in cast.client(cast.district).get(street).context["slips"]] == [2, 1, 0]
