"""擂台比武: secret until closed, absent judges and ties handled, no ranks, frozen afterwards."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from growth.actions import brands, contests
from growth.models import ContestMark, ContestSheet, Entry, Kind
from growth.models.contest import excellent_of, mean
from people.stale import Refused
from studio import todo
from tests.factories import BrandFactory
from tests.forms import send

TODAY = timezone.localdate()


def told(cast, owner, name, guide=None):
    a = cast.a
    brand = BrandFactory(
        studio=a.studio, owner=owner, neighbourhood=owner.neighbourhood, name=name, guide=guide
    )
    brands.approve(brand, by=a.staff)
    brands.write_note(brand, quarter=1, text="开了头", pace="on_plan", by=owner)
    brands.debrief(brand, results=[("办成了", "")], voices="好", lesson="先商量", by=owner)
    return brand


@pytest.fixture
def contest(cast):
    a = cast.a
    three = [
        told(cast, a.apprentice, "一号", guide=a.mentor),
        told(cast, a.peer, "二号"),
        told(cast, a.other_apprentice, "三号"),
    ]
    return contests.open_contest(
        studio=a.studio, year=TODAY.year, name="擂台比武", held_on=TODAY, places=1,
        judges=[a.mentor, a.other_mentor, a.lead], brands=three, by=a.staff,
    )  # fmt: skip


def mark_all(contest, values):
    """`values`: {project name: mark} given by every judge for every item."""
    items = list(contest.items.all())
    for sheet in contest.sheets.select_related("judge", "entry__brand"):
        value = values[sheet.entry.brand.name]
        contests.mark(sheet, marks={item.pk: (value, "好") for item in items}, by=sheet.judge.person)


def sheet_of(contest, person, name):
    return ContestSheet.objects.get(contest=contest, judge__person=person, entry__brand__name=name)


def test_a_judge_has_no_sheet_for_a_project_of_the_own(cast, contest):
    assert contest.sheets.count() == 8
    assert not ContestSheet.objects.filter(judge__person=cast.a.mentor, entry__brand__name="一号").exists()
    assert todo.counts(cast.a.mentor).get("contest") == 2


def test_a_sheet_goes_out_by_the_page_and_is_secret_until_closed(cast, contest):
    a = cast.a
    sheet = sheet_of(contest, a.mentor, "二号")
    data = {}
    for item in contest.items.all():
        data |= {f"mark_{item.pk}": "4", f"words_{item.pk}": "居民自己在张罗"}
    send(cast.client(a.mentor), f"/contests/sheets/{sheet.pk}/", data)
    sheet.refresh_from_db()
    assert sheet.sent_at
    assert todo.counts(a.mentor).get("contest") == 1
    for person in (a.staff, a.lead, a.apprentice, a.peer):
        assert cast.client(person).get(f"/contests/sheets/{sheet.pk}/").status_code == 404
        seen = ContestSheet.objects.visible_to(person)
        assert not seen.filter(pk=sheet.pk).exists()
    assert "居民自己在张罗" not in cast.client(a.staff).get(contest.get_absolute_url()).content.decode()
    assert cast.client(a.apprentice).get(contest.get_absolute_url()).status_code == 404


def test_an_empty_sheet_is_asked_for_item_by_item(cast, contest):
    sheet = sheet_of(contest, cast.a.mentor, "二号")
    page = send(cast.client(cast.a.mentor), f"/contests/sheets/{sheet.pk}/", {})
    assert page.status_code == 422
    assert "没法判断的请选“没法判断”" in page.content.decode()


def test_it_closes_when_all_who_came_have_sent(cast, contest):
    a = cast.a
    with pytest.raises(Refused, match="打分表"):
        contests.close_contest(contest, by=a.staff)
    items = list(contest.items.all())
    for sheet in contest.sheets.exclude(judge__person=a.lead).select_related("judge"):
        contests.mark(sheet, marks={item.pk: (3, "") for item in items}, by=sheet.judge.person)
    judge = contest.judges.get(person=a.lead)
    send(cast.client(a.staff), f"/contests/judges/{judge.pk}/absent/", {"absent": "住院"})
    send(cast.client(a.staff), f"/contests/{contest.pk}/close/")
    contest.refresh_from_db()
    assert contest.closed_by == a.staff


def test_the_best_is_told_without_ranks_and_stands_in_the_file(cast, contest):
    a = cast.a
    mark_all(contest, {"一号": 3, "二号": 5, "三号": 2})
    contests.close_contest(contest, by=a.staff)
    assert [entry.brand.name for entry in contest.entries.filter(excellent=True)] == ["二号"]
    lines = dict(Entry.objects.filter(kind=Kind.BRAND, text__contains="擂台").values_list("person", "text"))
    assert "评为优秀品牌" in lines[a.peer.pk]
    assert "上台比武" in lines[a.apprentice.pk]
    page = cast.client(a.apprentice).get(contest.get_absolute_url()).content.decode()
    assert "优秀品牌" in page
    assert "分" not in page.split("上台的项目")[1].split("看哪几样")[0]


def test_those_who_share_the_last_place_are_all_in(cast, contest):
    mark_all(contest, {"一号": 4, "二号": 4, "三号": 1})
    contests.close_contest(contest, by=cast.a.staff)
    assert {entry.brand.name for entry in contest.entries.filter(excellent=True)} == {"一号", "二号"}


def test_what_could_not_be_told_does_not_count(cast, contest):
    items = list(contest.items.all())
    for sheet in contest.sheets.select_related("judge"):
        marks = {item.pk: (None, "") for item in items} | {items[0].pk: (4, "")}
        contests.mark(sheet, marks=marks, by=sheet.judge.person)
    assert set(contests.scores_of(contest).values()) == {Fraction(4)}


def test_a_project_nobody_could_tell_stops_the_closing_with_a_sentence(cast, contest):
    items = list(contest.items.all())
    for sheet in contest.sheets.select_related("judge", "entry__brand"):
        value = None if sheet.entry.brand.name == "三号" else 4
        contests.mark(sheet, marks={item.pk: (value, "") for item in items}, by=sheet.judge.person)
    with pytest.raises(Refused, match="三号"):
        contests.close_contest(contest, by=cast.a.staff)


def test_nothing_is_marked_after_closing_not_even_by_hand(cast, contest):
    mark_all(contest, {"一号": 3, "二号": 5, "三号": 2})
    contests.close_contest(contest, by=cast.a.staff)
    sheet = sheet_of(contest, cast.a.lead, "一号")
    with pytest.raises(Refused):
        contests.mark(sheet, marks={}, by=cast.a.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContestMark.objects.filter(sheet=sheet).update(value=5)
    assert cast.client(cast.a.lead).get(f"/contests/sheets/{sheet.pk}/").status_code == 403
    with pytest.raises(Refused):
        contests.close_contest(contest, by=cast.a.staff)


def test_who_has_not_told_does_not_take_part(cast):
    a = cast.a
    early = BrandFactory(studio=a.studio, owner=a.peer, neighbourhood=a.peer.neighbourhood)
    with pytest.raises(Refused, match="述职"):
        contests.open_contest(
            studio=a.studio, year=TODAY.year, name="比武", held_on=TODAY, places=1, judges=[a.lead],
            brands=[early], by=a.staff,
        )  # fmt: skip


def test_staff_open_one_by_the_page(cast):
    a = cast.a
    brand = told(cast, a.apprentice, "一号", guide=a.mentor)
    data = {
        "name": "年底比武",
        "held_on": str(TODAY),
        "places": "1",
        "brands": [brand.pk],
        "judges": [a.mentor.pk],
    }
    page = send(cast.client(a.staff), "/contests/new/", data)
    assert "没有评委能打分" in page.content.decode()
    answer = send(cast.client(a.staff), "/contests/new/", data | {"judges": [a.mentor.pk, a.lead.pk]})
    assert answer.status_code == 302
    assert cast.client(a.lead).get(answer["Location"]).status_code == 200


# Twelfths of a point; 11 stands for a project that nobody could mark.
twelfths = st.lists(st.integers(11, 60), max_size=12)


@given(twelfths, st.integers(1, 15))
def test_nobody_outside_scores_as_high_as_anybody_inside(points, places):
    scores = {key: None if one == 11 else Fraction(one, 12) for key, one in enumerate(points)}
    inside = excellent_of(scores, places)
    known = {key: score for key, score in scores.items() if score is not None}
    outside = set(known) - inside
    assert inside <= set(known)
    assert len(inside) >= min(places, len(known))
    assert all(known[one] < known[other] for one in outside for other in inside)
    # Without those at the edge there are fewer than the places.
    edge = min((known[key] for key in inside), default=0)
    assert sum(score > edge for score in known.values()) < places


@given(st.lists(st.integers(1, 5), min_size=1, max_size=20))
def test_the_mean_is_exact(values):
    assert mean(values) * len(values) == sum(values)
