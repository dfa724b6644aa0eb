"""三个一: the board is worked out, and a cell is 已办 only through something real."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mentoring import cadence
from mentoring.actions import cadence as acts
from mentoring.actions import cadence_counts, scenes, sessions, visits
from mentoring.models import CadenceCell, CadenceKind, Meeting
from people.actions import removal
from people.models import Notice
from people.stale import Refused
from people.workdays import is_workday
from tests.factories import (
    CadenceCellFactory,
    CohortFactory,
    GroupFactory,
    SessionFactory,
    days_ago,
)
from tests.forms import send
from tests.study_factories import SceneFactory

TODAY = timezone.localdate()
MONTH = (TODAY.year, "theme", TODAY.month)


def address(group, kind="theme", period=TODAY.month, page=""):
    return f"/cadence/{TODAY.year}/{kind}/{period}/{group.pk if group else 0}/{page}"


def slot_of(cast, person, group, kind="theme", period=TODAY.month):
    rows = cadence.board(cast.a.studio, TODAY.year, person)
    row = next(row for row in rows if row.group == group)
    return next(slot for slot in row.slots if slot.kind == kind and slot.period == period)


@given(st.sampled_from(list(CadenceKind)), st.integers(2015, 2035))
def test_periods_cover_a_year_without_gap_or_overlap(kind, year):
    spans = [cadence.days_of(kind, year, n) for n in range(1, cadence.PERIODS[kind] + 1)]
    assert spans[0][0] == date(year, 1, 1)
    assert spans[-1][1] == date(year, 12, 31)
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(spans))
    for number, (first, last) in enumerate(spans, 1):
        assert cadence.period_of(kind, first) == cadence.period_of(kind, last) == number


def test_due_days_are_working_days_and_move_with_the_rules(cast):
    studio = cast.a.studio
    assert cadence.due_on(studio, "theme", 2025, 5) == date(2025, 5, 30)  # the 31st is a holiday
    assert cadence.due_on(studio, "summary", 2026, 1) == date(2026, 7, 10)
    studio.summary_grace = 0
    assert cadence.due_on(studio, "summary", 2026, 1) == date(2026, 6, 30)
    for period in range(1, 13):
        assert is_workday(cadence.due_on(studio, "theme", 2026, period))


def test_a_period_belongs_to_a_group_whose_cohort_holds_most_of_it(cast):
    cohort = CohortFactory(studio=cast.a.studio, starts_on=date(2026, 3, 20), ends_on=date(2026, 11, 10))
    group = GroupFactory(cohort=cohort)
    months = [n for n in range(1, 13) if cadence.concerns(group, "theme", 2026, n)]
    assert months == [4, 5, 6, 7, 8, 9, 10]
    assert [n for n in (1, 2) if cadence.concerns(group, "summary", 2026, n)] == [1, 2]


def test_a_cell_goes_from_open_to_set_to_done_through_a_session(cast):
    a = cast.a
    assert slot_of(cast, a.mentor, a.group).state in ("none", "missed")
    client = cast.client(a.mentor)
    answer = send(client, address(a.group, page="plan/"), {"theme": "停车难怎么谈"})
    assert answer.status_code == 302
    slot = slot_of(cast, a.mentor, a.group)
    assert (slot.theme, slot.state in ("planned", "missed")) == ("停车难怎么谈", True)
    session = SessionFactory(group=a.group, held_on=TODAY)
    send(client, address(a.group, page="link/"), {"held": f"session-{session.pk}"})
    assert slot_of(cast, a.mentor, a.group).state == "done"
    assert "已办" in client.get("/cadence/").content.decode()
    removal.remove(session, by=a.mentor)
    assert slot_of(cast, a.mentor, a.group).state != "done"
    assert "已经去掉了" in client.get(address(a.group)).content.decode()


def test_a_meeting_that_was_held_stands_behind_an_exchange(cast):
    a = cast.a
    quarter = (TODAY.month - 1) // 3 + 1
    cell = CadenceCellFactory(group=a.group, kind="exchange", period=quarter, theme="各讲一件")
    held = Meeting.objects.create(
        studio=a.studio, kind="work", subject="三季度交流", state="held", held_on=TODAY,
        planned_by=a.staff, written_by=a.staff, written_at=timezone.now(),
    )  # fmt: skip
    page = send(cast.client(a.staff), address(a.group, "exchange", quarter, "link/"), {"held": "nothing-1"})
    assert page.status_code == 422
    send(cast.client(a.staff), address(a.group, "exchange", quarter, "link/"), {"held": f"meeting-{held.pk}"})
    cell.refresh_from_db()
    assert (cell.meeting, cell.is_done) == (held, True)
    assert "三季度交流" in cast.client(a.staff).get(cell.get_absolute_url()).content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        CadenceCell.objects.filter(pk=cell.pk).update(session=SessionFactory(group=a.group))


def test_what_is_past_its_day_and_not_done_says_so(cast):
    late, set_already = date(2026, 4, 2), CadenceCell(theme="加梯")

    def state(group, cell, today):
        return cadence.Slot(cast.a.studio, group, CadenceKind.THEME, 2026, 3, cell, today).state

    assert state(cast.a.group, None, late) == state(cast.a.group, set_already, late) == "missed"
    assert state(cast.a.group, set_already, date(2026, 3, 31)) == "planned"
    assert state(None, set_already, late) == "planned"  # the whole studio's own line obliges nobody


def test_a_session_logged_under_the_months_theme_fills_the_cell_by_itself(cast):
    a = cast.a
    cell = CadenceCellFactory(group=a.group)
    held = {"present": [a.apprentice], "held_on": TODAY, "topics": ["governance"], "by": a.mentor}
    sessions.log(group=a.group, theme="别的事", **held)
    cell.refresh_from_db()
    assert cell.session is None
    session = sessions.log(group=a.group, theme=cell.theme, **held)
    cell.refresh_from_db()
    assert cell.session == session
    later = sessions.log(group=a.group, theme=cell.theme, **held)
    cell.refresh_from_db()
    assert cell.session == session != later


def test_the_whole_studios_theme_becomes_the_groups_when_it_is_taught(cast):
    a = cast.a
    CadenceCellFactory(group=None, studio=a.studio, planned_by=a.staff, theme="换届怎么谈心")
    assert cadence.theme_for(a.group) == "换届怎么谈心"
    session = sessions.log(
        group=a.group,
        theme="换届怎么谈心",
        present=[a.apprentice],
        held_on=TODAY,
        topics=["team"],
        by=a.mentor,
    )
    assert CadenceCell.objects.get(group=a.group).session == session
    assert CadenceCell.objects.get(group=None).session is None


def test_the_theme_is_filled_into_the_log_and_into_the_plan(cast):
    CadenceCellFactory(group=cast.a.group)
    client = cast.client(cast.a.mentor)
    for path in ("/sessions/new/", "/sessions/plan/"):
        assert client.get(path).context["form"]["theme"].value() == "电动车上楼怎么管"


def test_staff_set_one_theme_for_several_groups_and_mentors_hear_of_it(cast):
    a = cast.a
    done = CadenceCellFactory(group=a.other_group, theme="早就办了")
    acts.link(done, SessionFactory(group=a.other_group, held_on=TODAY), by=a.staff)
    data = {"theme": "垃圾房改造", "groups": [str(a.other_group.pk)]}
    send(cast.client(a.staff), address(a.group, page="plan/"), data)
    assert CadenceCell.objects.get(group=a.group).theme == "垃圾房改造"
    assert CadenceCell.objects.get(group=a.other_group).theme == "早就办了"
    assert Notice.objects.filter(person=a.mentor, text__contains="垃圾房改造").count() == 1


def test_a_summary_that_was_written_is_done_and_a_theme_needs_a_session(cast):
    a = cast.a
    half = 1 if TODAY.month < 7 else 2
    cell = CadenceCellFactory(group=a.group, kind="summary", period=half, theme="上半年学了什么")
    client = cast.client(a.mentor)
    page = client.get(address(a.group, "summary", half, "report/"))
    assert "没有带教记录" in page.content.decode()
    send(client, address(a.group, "summary", half, "report/"), {"report": "讲了三件事，会开了，账清了。"})
    cell.refresh_from_db()
    assert cell.is_done
    assert "会开了" in cast.client(a.apprentice).get(cell.get_absolute_url()).content.decode()
    theme = CadenceCellFactory(group=a.group)
    with pytest.raises(Refused):
        acts.report(theme, text="办了", by=a.mentor)
    with pytest.raises(IntegrityError), transaction.atomic():
        CadenceCell.objects.filter(pk=theme.pk).update(
            report="办了", reported_at=timezone.now(), reported_by=a.mentor
        )


def test_last_years_row_fills_what_is_open_and_leaves_the_rest(cast):
    a = cast.a
    old = CohortFactory(studio=a.studio, starts_on=days_ago(700), ends_on=days_ago(200))
    former = GroupFactory(cohort=old, mentor=a.mentor)
    for period, theme in ((1, "拜年"), (TODAY.month, "去年的")):
        CadenceCellFactory(group=former, year=TODAY.year - 1, period=period, theme=theme)
    CadenceCellFactory(group=a.group, theme="今年的")
    rows = cadence.board(a.studio, TODAY.year, a.mentor)
    first = next(row for row in rows if row.group == a.group).slots[0]
    send(cast.client(a.mentor), f"/cadence/{TODAY.year}/fill/last-year/{a.group.pk}/")
    assert CadenceCell.objects.get(group=a.group, period=TODAY.month, year=TODAY.year).theme == "今年的"
    if first.period == 1 and TODAY.month != 1:
        assert CadenceCell.objects.get(group=a.group, period=1, year=TODAY.year).theme == "拜年"


def test_one_row_of_the_studio_fills_all_groups(cast):
    a = cast.a
    CadenceCellFactory(group=None, studio=a.studio, planned_by=a.staff, theme="消防")
    CadenceCellFactory(group=a.group, theme="自己定的")
    page = cast.client(a.staff).get(f"/cadence/{TODAY.year}/fill/same/0/")
    assert "消防" in page.content.decode()
    send(cast.client(a.staff), f"/cadence/{TODAY.year}/fill/same/0/")
    themes = dict(CadenceCell.objects.exclude(group=None).values_list("group", "theme"))
    assert themes == {a.group.pk: "自己定的", a.other_group.pk: "消防"}


def test_two_who_set_one_cell_at_once_make_one_row(cast):
    a = cast.a
    place = {"studio": a.studio, "group": a.group, "kind": "theme", "year": TODAY.year, "period": TODAY.month}
    first, second = acts.cell_of(**place), acts.cell_of(**place)
    acts.plan(first, theme="一", by=a.mentor)
    with pytest.raises(Refused):
        acts.plan(second, theme="二", by=a.staff)
    assert CadenceCell.objects.get().theme == "一"


def test_an_old_version_is_shown_both_texts(cast):
    a = cast.a
    cell = CadenceCellFactory(group=a.group)
    client = cast.client(a.staff)
    page = client.get(address(a.group, page="plan/"))
    form = {
        name: page.context["form"][name].value() or ""
        for name in page.context["form"].fields
        if name != "groups"
    }
    acts.plan(CadenceCell.objects.get(pk=cell.pk), theme="先改的", by=a.mentor)
    answer = client.post(address(a.group, page="plan/"), form | {"theme": "后改的"})
    assert answer.status_code == 409
    assert "先改的" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cadence/?year=9999", 200),
        ("/cadence/?year=abc", 200),
        ("/cadence/2026/theme/13/0/", 404),
        ("/cadence/2026/theme/0/0/", 404),
        ("/cadence/2026/party/1/0/", 404),
        ("/cadence/99999/theme/1/0/", 404),
        ("/cadence/2026/theme/1/999999999999999/", 404),
        ("/cadence/2026/fill/everything/0/", 404),
    ],
)
def test_addresses_that_name_nothing(cast, path, status):
    assert cast.client(cast.a.staff).get(path).status_code == status


def test_a_day_outside_the_period_is_refused_in_a_sentence(cast):
    page = send(
        cast.client(cast.a.staff),
        address(cast.a.group, page="plan/"),
        {"theme": "停车", "held_on": f"{TODAY.year - 1}-01-01"},
    )
    assert page.status_code == 422
    assert "中间的一天" in page.content.decode()


def test_apprentices_see_their_own_group_and_the_studio_only(cast):
    a = cast.a
    CadenceCellFactory(group=a.other_group, theme="别组的")
    CadenceCellFactory(group=None, studio=a.studio, planned_by=a.staff, theme="大家的")
    page = cast.client(a.apprentice).get("/cadence/").content.decode()
    assert "大家的" in page
    assert "别组的" not in page
    assert "照去年" not in page


def test_the_board_asks_as_much_for_three_groups_as_for_one(cast, django_assert_num_queries):
    client = cast.client(cast.a.staff)
    client.get("/cadence/")
    with django_assert_num_queries(6):
        client.get("/cadence/")
    for _ in range(3):
        CadenceCellFactory(group=GroupFactory(cohort=cast.a.cohort))
    with django_assert_num_queries(6):
        client.get("/cadence/")


def test_of_several_classes_in_a_year_staff_see_the_last_and_choose_another(cast):
    year = timezone.localdate().year - 2
    halves = ((date(year, 1, 10), date(year, 6, 20)), (date(year, 7, 1), date(year, 12, 20)))
    spring, autumn = (
        GroupFactory(cohort=CohortFactory(studio=cast.a.studio, starts_on=first, ends_on=last))
        for first, last in halves
    )
    client = cast.client(cast.a.staff)
    first_seen = client.get(f"/cadence/?year={year}").context
    assert [row.group for row in first_seen["rows"]] == [None, autumn]
    tab = next(one for one in first_seen["terms"] if one["label"] == spring.cohort.name)
    assert [row.group for row in client.get(tab["url"]).context["rows"]] == [None, spring]


def test_staff_read_on_their_desk_how_many_groups_have_a_theme(cast):
    CadenceCellFactory(group=cast.a.group)
    page = cast.client(cast.a.staff).get("/").content.decode()
    assert "1组已定主题，1组未定" in page
    page = cast.client(cast.a.mentor).get("/").content.decode()
    assert "本月主题：电动车上楼怎么管" in page


def test_a_visit_is_counted_for_the_theme_it_was_made_for(cast):
    a = cast.a
    cell = CadenceCellFactory(group=a.group, theme="去看微更新")
    visit = visits.plan(
        studio=a.studio, title="去看微更新", on=TODAY, stops=[("梅川", "", "")],
        people=[a.mentor, a.apprentice, a.other_mentor], by=a.staff,
    )  # fmt: skip
    hold = f"/visits/{visit.pk}/hold/"
    client = cast.client(a.staff)
    form = client.get(hold).context["form"]
    assert form["counts"].initial == ["-".join(map(str, slot_of(cast, a.staff, a.group).args))]
    people = [a.mentor.pk, a.apprentice.pk]
    assert send(client, hold, {"people": people, "counts": form["counts"].initial}).status_code == 302
    slot = slot_of(cast, a.mentor, a.group)
    assert (slot.state, slot.cell.linked) == ("done", visit)
    assert f"{a.group}{TODAY.month}月主题</a>" in client.get(f"/visits/{visit.pk}/").content.decode()
    page = cast.client(a.mentor).get(address(a.group)).content.decode()
    assert "观摩：去看微更新" in page
    send(client, address(a.group, page="unlink/"), {})
    assert slot_of(cast, a.mentor, a.group).state != "done"
    cell.refresh_from_db()
    send(client, address(a.group, page="link/"), {"held": f"visit-{visit.pk}"})
    assert slot_of(cast, a.mentor, a.group).state == "done"


def test_what_the_whole_studio_set_becomes_the_groups_own_through_a_visit(cast):
    a = cast.a
    CadenceCellFactory(group=None, studio=a.studio, theme="冬天的独居老人", planned_by=a.staff)
    visit = visits.plan(
        studio=a.studio,
        title="看日间照料",
        on=TODAY,
        stops=[("梅川", "", "")],
        people=[a.mentor],
        by=a.mentor,
    )
    client, hold = cast.client(a.mentor), f"/visits/{visit.pk}/hold/"
    key = f"{TODAY.year}-theme-{TODAY.month}-{a.group.pk}"
    assert list(client.get(hold).context["form"].fields["counts"].choices) == [
        (key, f"{a.group}{TODAY.month}月主题：冬天的独居老人")
    ]
    send(client, hold, {"people": [a.mentor.pk], "counts": [key]})
    slot = slot_of(cast, a.mentor, a.group)
    assert (slot.state, slot.theme) == ("done", "冬天的独居老人")


def test_a_scene_that_was_played_is_counted_through_the_session_it_became(cast):
    a = cast.a
    CadenceCellFactory(group=a.group, theme="怎么开征询会")
    scene = SceneFactory(studio=a.studio, state="ready")
    played = scenes.arrange(scene, on=TODAY, place="", cast=[(a.apprentice, None)], by=a.mentor)
    slots = cadence_counts.open_slots(studio=a.studio, people=[a.apprentice], day=TODAY, by=a.mentor)
    assert [slot.theme for slot in slots] == ["怎么开征询会"]
    scenes.hold(played, on=TODAY, place="", cast=[(a.apprentice, None)], counts=slots, by=a.mentor)
    slot = slot_of(cast, a.mentor, a.group)
    assert (slot.state, slot.cell.session) == ("done", played.sessions.get())


def test_a_cell_opens_under_its_row_with_the_form_and_as_a_page_without_script(cast):
    a = cast.a
    client = cast.client(a.mentor)
    opened = client.get(address(a.group), headers={"HX-Request": "true"})
    page = opened.content.decode()
    assert "<html" not in page
    assert f'action="{address(a.group, page="plan/")}"' in page
    assert "HX-Request" in opened["Vary"]
    assert "<html" in client.get(address(a.group)).content.decode()
    read = cast.client(a.apprentice).get(address(a.group), headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in read
