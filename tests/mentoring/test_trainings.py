"""四训: who is called and why, the list, the session planned from it."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mentoring.actions import course as actions
from mentoring.actions import session_plans, sessions
from mentoring.course import SHIPPED, topics_of
from mentoring.coverage import covered
from mentoring.models import SessionCourse, TrainingList
from mentoring.needs import SMALL_MOST, Need, propose
from people.competencies import Competency
from people.models import Notice
from tests.factories import days_ago, days_ahead
from tests.forms import send
from tests.look.structure import assert_page

LISTS, NEW = reverse("mentoring:training-list"), reverse("mentoring:training-list-new")
TODAY = date(2026, 6, 18)
LIFT = tuple(topic for topic in SHIPPED if topic.key == "lift")


def reasons(kind, *needs, topics=LIFT):
    return [(one.called, one.reason) for one in propose(kind, needs, topics, today=TODAY)]


def test_the_small_class_calls_the_weak_who_have_not_heard_it():
    weak = Need("a", levels={"governance": 1})
    strong = Need("b", levels={"governance": 4})
    taught = Need("c", levels={"governance": 1}, covered={"lift": date(2026, 5, 2)})
    assert reasons("small", weak, strong, taught) == [
        (True, "“社区治理”自评刚起步，还没讲到加装电梯"),
        (False, "还没讲到加装电梯"),
        (False, "5月2日讲过了"),
    ]


def test_the_class_calls_everybody_who_has_not_heard_it():
    assert reasons("class", Need("a"), Need("b", covered={"lift": date(2026, 5, 2)})) == [
        (True, "还没讲到加装电梯"),
        (False, "5月2日讲过了"),
    ]


def test_selected_training_calls_the_weak_who_were_not_chosen_lately():
    weak = {"weak_points": ("governance",)}
    assert reasons(
        "selected", Need("a", **weak), Need("b"), Need("c", selected=date(2026, 5, 20), **weak)
    ) == [
        (True, "“社区治理”自己说是弱项"),
        (False, "这几项不是弱项"),
        (False, "“社区治理”自己说是弱项，不过5月20日刚参加过双月选训"),
    ]


def test_on_the_spot_goes_to_those_taught_and_still_weak_or_long_unseen():
    seen = date(2026, 6, 1)
    taught = Need("a", levels={"governance": 2}, covered={"lift": seen}, onsite=seen)
    assert reasons(
        "onsite", taught, Need("b"), Need("c", onsite=date(2026, 3, 1)), Need("d", onsite=seen)
    ) == [
        (True, "讲过了，“社区治理”自评有点数，到现场看一看"),
        (True, "还没有到现场带过"),
        (True, "109天没有到现场带过"),
        (False, "6月1日刚到现场带过"),
    ]


NEEDS = st.builds(
    Need,
    key=st.uuids(),
    levels=st.dictionaries(st.sampled_from(Competency.values), st.integers(1, 5)),
    weak_points=st.lists(st.sampled_from(Competency.values), max_size=2, unique=True).map(tuple),
    covered=st.dictionaries(
        st.sampled_from([topic.key for topic in SHIPPED]), st.dates(date(2026, 1, 1), TODAY)
    ),
    onsite=st.none() | st.dates(date(2026, 1, 1), TODAY),
    selected=st.none() | st.dates(date(2026, 1, 1), TODAY),
)


@given(
    kind=st.sampled_from(TrainingList.Kind.values),
    needs=st.lists(NEEDS, max_size=20),
    topics=st.lists(st.sampled_from(SHIPPED), min_size=1, max_size=6, unique=True),
)
def test_everybody_keeps_the_place_and_has_a_reason(kind, needs, topics):
    found = propose(kind, needs, topics, today=TODAY)
    assert [one.key for one in found] == [need.key for need in needs]
    assert all(one.reason for one in found)
    if kind == "small":
        assert sum(one.called for one in found) <= SMALL_MOST
    if kind == "class":
        assert [one.called for one in found] == [bool(need.missing(topics)) for need in needs]


def invite_url(cast, kind="class", keys="lift"):
    return reverse("mentoring:training-list-invite", args=[cast.a.cohort.pk, kind, keys])


def made(cast, persons, kind="class"):
    topics = [topic for topic in topics_of(cast.a.studio.pk) if topic.key == "lift"]
    chosen = [(person, "还没讲到加装电梯") for person in persons]
    return actions.confirm(cohort=cast.a.cohort, kind=kind, topics=topics, chosen=chosen, by=cast.a.staff)


def test_staff_confirm_a_list_and_plan_the_session_from_it(cast):
    client = cast.client(cast.a.staff)
    asked = client.get(NEW, {"kind": "class"})
    assert "两样都请点一下" in asked.content.decode()
    led = client.get(NEW, {"kind": "class", "keys": ["lift", "owners"]})
    assert led["Location"] == invite_url(cast, keys="owners+lift") or led["Location"].endswith(
        "/lift+owners/"
    )
    page = client.get(led["Location"])
    assert_page(page.content)
    assert page.content.decode().count("还没讲到业委会建设、加装电梯") == 3
    nobody = send(client, led["Location"])
    assert nobody.status_code == 422
    assert "请至少点一位" in nobody.content.decode()
    chosen = {f"call_{person.pk}": "on" for person in (cast.a.apprentice, cast.a.other_apprentice)}
    answer = send(client, led["Location"], chosen)
    training = TrainingList.objects.get()
    assert answer["Location"] == training.get_absolute_url()
    for person in (cast.a.apprentice, cast.a.other_apprentice, cast.a.mentor, cast.a.other_mentor):
        assert (
            Notice.objects.filter(person=person, text__contains="集中培训：业委会建设、加装电梯").count() == 1
        )
    assert not Notice.objects.filter(person=cast.a.peer).exists()
    mine = cast.client(cast.a.apprentice).get(reverse("mentoring:course-mine")).content.decode()
    assert "日子还没定" in mine
    assert "名单定了，还没定日子" in client.get(reverse("studio:todo")).content.decode()
    url = reverse("mentoring:training-list-plan", args=[training.pk])
    past = send(client, url, group=cast.a.group.pk, held_on=days_ago(3))
    assert past.status_code == 422
    answer = send(client, url, group=cast.a.group.pk, held_on=days_ahead(3), place="党群服务中心")
    training.refresh_from_db()
    session = training.session
    assert answer["Location"] == session.get_absolute_url()
    assert (session.mode, session.theme, session.state) == ("class", "业委会建设、加装电梯", "planned")
    there = set(session.attendance.values_list("apprentice", flat=True))
    assert there == {cast.a.apprentice.pk, cast.a.other_apprentice.pk}
    assert "名单定了" not in client.get(reverse("studio:todo")).content.decode()
    assert client.get(url).status_code == 403


def test_the_session_of_a_list_covers_what_it_was_made_for(cast):
    training = made(cast, [cast.a.apprentice, cast.a.other_apprentice])
    session = actions.plan(training, group=cast.a.group, held_on=days_ahead(0), by=cast.a.staff)
    sessions.log(
        group=cast.a.group, present=[cast.a.apprentice], others=[cast.a.other_apprentice], mode="class",
        held_on=days_ago(0), by=cast.a.mentor, note="大家一起看了图纸。", planned=session,
    )  # fmt: skip
    assert SessionCourse.objects.get().keys == ["lift"]
    known = covered(cast.a.cohort)
    assert known[cast.a.apprentice.pk] == known[cast.a.other_apprentice.pk] == {"lift": days_ago(0)}


def test_guests_from_other_groups_stay_invited_when_the_plan_changes(cast):
    training = made(cast, [cast.a.apprentice, cast.a.other_apprentice])
    session = actions.plan(training, group=cast.a.group, held_on=days_ahead(2), by=cast.a.staff)
    session_plans.change_plan(
        session, version=session.version, by=cast.a.mentor, participants=[cast.a.peer], held_on=days_ahead(4)
    )
    there = set(session.attendance.values_list("apprentice", flat=True))
    assert there == {cast.a.peer.pk, cast.a.other_apprentice.pk}


def test_a_list_that_is_dropped_is_told_and_no_longer_planned(cast):
    training, client = made(cast, [cast.a.apprentice]), cast.client(cast.a.staff)
    url = reverse("mentoring:training-list-drop", args=[training.pk])
    assert send(client, url).status_code == 302
    assert Notice.objects.filter(person=cast.a.apprentice, text__contains="不办了").count() == 1
    assert client.get(reverse("mentoring:training-list-plan", args=[training.pk])).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_of_lists_cost_the_same_for_few_and_many(cast, many, django_assert_max_num_queries):
    trainings = [made(cast, [cast.a.apprentice, cast.a.peer]) for _ in range(many)]
    client = cast.client(cast.a.staff)
    for url in (
        LISTS, NEW, invite_url(cast), trainings[0].get_absolute_url(),
        reverse("mentoring:training-list-plan", args=[trainings[0].pk]),
    ):  # fmt: skip
        client.get(url)
        with django_assert_max_num_queries(12):
            page = client.get(url)
        assert page.status_code == 200
        assert_page(page.content)


def test_an_unknown_training_or_topic_is_not_found(cast):
    client = cast.client(cast.a.staff)
    assert client.get(invite_url(cast, kind="dance")).status_code == 404
    assert client.get(invite_url(cast, keys="nothing")).status_code == 404
