"""带教计划: topics, what sessions covered of them, who lacks what."""

import pytest
from django.urls import reverse

from growth.actions import aims, ratings
from mentoring.actions import course as actions
from mentoring.actions import sessions
from mentoring.course import SHIPPED, met_in, topics_of
from mentoring.coverage import covered, needs_of
from mentoring.models import SessionCourse
from people.competencies import Competency
from people.stale import Refused
from tests.factories import days_ago
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

TOPICS, PLAN = reverse("mentoring:topic-list"), reverse("mentoring:course-plan")


def held(cast, note, *, present=None, on=1, **more):
    present = present or [cast.a.apprentice]
    return sessions.log(
        group=cast.a.group, present=present, held_on=days_ago(on), by=cast.a.mentor, note=note, **more
    )


def test_every_competency_is_shipped_with_something_to_teach():
    assert {topic.competency for topic in SHIPPED} == set(Competency.values)
    assert len({topic.key for topic in SHIPPED}) == len(SHIPPED)


def test_a_record_tells_by_itself_what_was_covered(cast):
    session = held(cast, "陪小梁去看加梯的现场，又讲了三会一课的记录怎么写。")
    assert set(session.course.keys) == {"lift", "three-meetings"}
    assert covered(cast.a.cohort)[cast.a.apprentice.pk] == {
        "lift": days_ago(1), "three-meetings": days_ago(1),
    }  # fmt: skip
    page = cast.client(cast.a.mentor).get(session.get_absolute_url()).content.decode()
    assert "加装电梯" in page
    assert "从记录里认出来的" in page


def test_a_correction_is_recognised_anew_but_what_people_ticked_stays(cast):
    session = held(cast, "讲了党费。")
    sessions.edit(
        session, version=session.version, present=[cast.a.apprentice], by=cast.a.mentor, note="讲了业委会。"
    )
    assert SessionCourse.objects.get().keys == ["owners"]
    url = reverse("mentoring:session-topics", args=[session.pk])
    answer = send(cast.client(cast.a.mentor), url, keys=["estate", "disputes"])
    assert answer["Location"] == session.get_absolute_url()
    session.refresh_from_db()
    sessions.edit(
        session, version=session.version, present=[cast.a.apprentice], by=cast.a.mentor, note="讲了换届。"
    )
    assert SessionCourse.objects.get().keys == ["estate", "disputes"]
    assert (
        "从记录里认出来的" not in cast.client(cast.a.mentor).get(session.get_absolute_url()).content.decode()
    )


def test_what_was_taken_away_was_not_taught(cast):
    session = held(cast, "讲了党费。")
    sessions.remove(session, by=cast.a.mentor)
    assert covered(cast.a.cohort) == {}


def test_the_words_of_a_private_talk_tell_nothing(cast):
    held(cast, "谈心时说到了换届。", mode="talk")
    assert not SessionCourse.objects.exists()


def test_a_studio_adds_changes_and_leaves_out_topics_of_its_own(cast):
    client = cast.client(cast.a.staff)
    missing = send(client, reverse("mentoring:topic-new"))
    assert missing.status_code == 422
    new = {"competency": "emergency", "name": "防汛防台", "words": "防汛、沙袋", "in_use": "on"}
    assert send(client, reverse("mentoring:topic-new"), new)["Location"] == TOPICS
    twin = send(client, reverse("mentoring:topic-new"), new | {"competency": "party"})
    assert "已经在应知必会里了" in twin.content.decode()
    send(
        client,
        reverse("mentoring:topic-edit", args=["epidemic"]),
        competency="emergency",
        name="疫情防控",
        words="",
    )
    names = [topic.name for topic in topics_of(cast.a.studio.pk)]
    assert "防汛防台" in names
    assert "疫情防控" not in names
    assert [topic.name for topic in topics_of(cast.b.studio.pk)] == [topic.name for topic in topics_of(0)]
    page = client.get(TOPICS)
    assert_page(page.content)
    assert "不教" in page.content.decode()
    session = held(cast, "看了沙袋放在哪里。")
    (key,) = session.course.keys
    assert key.startswith("own-")
    assert client.get(reverse("mentoring:topic-edit", args=["nothing"])).status_code == 404


def test_two_staff_changing_one_topic_are_told(cast):
    client, url = cast.client(cast.a.staff), reverse("mentoring:topic-edit", args=["lift"])
    sent = {"competency": "governance", "name": "加装电梯", "words": "加梯", "in_use": "on"}
    first = hidden_fields(client.get(url))
    assert send(client, url, sent).status_code == 302
    late = client.post(url, {**first, **sent, "words": "电梯"})
    assert late.status_code in (409, 422)
    stale = hidden_fields(client.get(url))
    assert send(client, url, sent | {"words": "加梯、电梯"}).status_code == 302
    assert client.post(url, {**stale, **sent}).status_code == 409


@pytest.mark.parametrize("many", [0, 3])
def test_the_great_table_costs_the_same_for_few_and_many(cast, many, django_assert_max_num_queries):
    for number in range(many + 1):
        held(cast, "讲了加梯和党费。", on=number + 1, present=[cast.a.apprentice, cast.a.peer])
    for person, url in (
        (cast.a.staff, PLAN),
        (cast.a.staff, f"{PLAN}?group={cast.a.group.pk}"),
        (cast.a.mentor, PLAN),
        (cast.a.apprentice, reverse("mentoring:course-mine")),
        (cast.a.mentor, reverse("mentoring:course-of", args=[cast.a.apprentice.pk])),
    ):
        client = cast.client(person)
        client.get(url)
        with django_assert_max_num_queries(12):
            page = client.get(url)
        assert_page(page.content, role="staff" if person == cast.a.staff else "mentor")


def test_staff_see_all_a_mentor_the_own_group_an_apprentice_oneself(cast):
    held(cast, "讲了加梯。")
    whole = cast.client(cast.a.staff).get(PLAN).content.decode()
    assert "1名，共3名" in whole
    assert cast.a.other_apprentice.name in whole
    own = cast.client(cast.a.mentor).get(PLAN).content.decode()
    assert cast.a.peer.name in own
    assert f"/plan/of/{cast.a.other_apprentice.pk}/" not in own
    assert cast.client(cast.a.apprentice).get(PLAN)["Location"] == reverse("mentoring:course-mine")
    peers = reverse("mentoring:course-of", args=[cast.a.peer.pk])
    assert cast.client(cast.a.apprentice).get(peers).status_code == 404


def test_first_what_is_weak_and_was_not_taught(cast):
    levels = {"party": 4, "governance": 2, "team": 3, "communication": 1, "emergency": 5}
    ratings.rate(studio=cast.a.studio, person=cast.a.apprentice, levels=levels, by=cast.a.apprentice)
    held(cast, "讲了加梯。")
    page = cast.client(cast.a.apprentice).get(reverse("mentoring:course-mine")).content.decode()
    assert "“社区治理”自评有点数，“沟通协调”自评刚起步" in page
    first = page.split("先补这些")[1].split("一项一项看")[0]
    for name in ("业委会建设", "矛盾纠纷调处"):
        assert name in first
    for name in ("加装电梯", "党费收缴"):
        assert name not in first
    (need,) = needs_of(cast.a.cohort, [cast.a.apprentice])
    assert need.weak_axes() == ["governance", "communication"]


def test_a_weakness_counts_until_it_is_made_good(cast):
    named = {"against": "duty", "text": "夜里来事找不着人", "competency": "emergency"}
    weakness = aims.name_weakness(studio=cast.a.studio, person=cast.a.apprentice, **named)
    (need,) = needs_of(cast.a.cohort, [cast.a.apprentice])
    assert need.is_weak("emergency")
    aims.overcome(weakness)
    (need,) = needs_of(cast.a.cohort, [cast.a.apprentice])
    assert not need.is_weak("emergency")


def test_a_shipped_topic_is_found_by_its_name_and_its_words():
    topics = SHIPPED
    assert met_in(topics, "业主大会怎么开") == ["owners"]
    assert met_in(topics, "") == []
    assert met_in(topics, "今天天气好") == []


def test_a_name_twice_is_refused_by_the_action_too(cast):
    with pytest.raises(Refused):
        actions.add_topic(studio=cast.a.studio, competency="party", name="三会一课")
