"""情景党课: writing together, from a closed case, arranging, playing, the talk afterwards."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, State
from growth.actions import rebuild
from growth.models import Entry
from mentoring.actions import scenes
from mentoring.models import CastMember, Performance, Scene, Session
from people.models import Notice
from people.stale import Refused
from tests.factories import CaseFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page
from tests.study_factories import PerformanceFactory, SceneFactory
from tests.todos import actions

WRITTEN = {
    "title": "一楼的阿姨不同意", "setting": "征询会上。", "conflict": "一楼怕挡光。",
    "script": "书记：大家先坐。\n阿姨：我不同意。\n门外有人敲门", "questions": "第一句怎么说？\n谁先上门？",
    "topics": ["communication"], "role_0": "书记", "about_0": "刚来", "role_1": "阿姨",
}  # fmt: skip


def page(row, name):
    kind = "performance" if isinstance(row, Performance) else "scene"
    return reverse(f"mentoring:{kind}-{name}", args=[row.pk])


def parts(scene, *people):
    return {
        f"part_{role.pk}": person.pk
        for role, person in zip(scene.roles.order_by("order"), people, strict=False)
    }


@pytest.fixture
def scene(cast):
    return SceneFactory(studio=cast.a.studio, by=cast.a.mentor)


def test_a_scene_is_written_together_and_read_by_all_once_it_is_finished(cast):
    client = cast.client(cast.a.apprentice)
    send(client, reverse("mentoring:scene-new"), WRITTEN, writers=[cast.a.peer.pk])
    scene = Scene.objects.get()
    assert [(role.name, role.about) for role in scene.roles.all()] == [("书记", "刚来"), ("阿姨", "")]
    assert scene.turns == [("书记", "大家先坐。"), ("阿姨", "我不同意。"), ("", "门外有人敲门")]
    assert Notice.objects.filter(person=cast.a.peer, link=scene.get_absolute_url()).exists()
    other = cast.client(cast.a.other_apprentice)
    assert other.get(scene.get_absolute_url()).status_code == 404
    send(cast.client(cast.a.peer), page(scene, "edit"), {**WRITTEN, "title": "改过的"}, role_1="一楼阿姨")
    send(client, page(scene, "ready"))
    scene.refresh_from_db()
    assert (scene.title, scene.state) == ("改过的", "ready")
    assert "一楼阿姨" in other.get(scene.get_absolute_url()).content.decode()
    assert other.get(page(scene, "edit")).status_code == 403


def test_played_on_a_day_it_becomes_a_session_of_that_mode_for_those_who_were_there(cast, scene):
    staff = cast.client(cast.a.staff)
    given = {"on": str(days_ago(0)), "place": "红色议事厅", **parts(scene, cast.a.apprentice, cast.a.lead)}
    send(staff, page(scene, "perform"), given, looks=[cast.a.other_apprentice.pk])
    performance = Performance.objects.get()
    told = Notice.objects.filter(link=performance.get_absolute_url())
    assert told.filter(person=cast.a.apprentice, text__contains="请您演“书记”").exists()
    assert told.filter(person=cast.a.other_apprentice, text__contains="请您来看").exists()
    assert cast.a.apprentice.name in staff.get(page(scene, "print")).content.decode()
    assert actions(cast.a.staff) == ["记一下"]

    send(staff, page(performance, "hold"), {**given, "seen": "没人先问阿姨难在哪里。"},
         looks=[cast.a.other_apprentice.pk], minutes="60")  # fmt: skip
    made = Session.objects.filter(mode=Session.Mode.SCENE)
    assert {session.mentor for session in made} == {cast.a.mentor, cast.a.other_mentor}
    assert {row.apprentice for session in made for row in session.attendance.all()} == {
        cast.a.apprentice, cast.a.other_apprentice,
    }  # fmt: skip
    assert all(session.theme == scene.title and session.topics == ["communication"] for session in made)
    assert Entry.objects.get(kind="scene").person == cast.a.lead
    assert Entry.objects.filter(kind="session", person=cast.a.apprentice).count() == 1
    lines = Entry.objects.filter(kind__in=("session", "scene")).values_list("person", "kind", "text")
    before = sorted(lines)
    rebuild.rebuild()
    assert sorted(lines.all()) == before

    assert actions(cast.a.apprentice) == ["写一句"]
    send(cast.client(cast.a.apprentice), page(performance, "takes"), takes="先问难处，再讲道理。")
    assert actions(cast.a.apprentice) == []
    seen = cast.client(cast.a.peer).get(performance.get_absolute_url()).content.decode()
    assert "先问难处" in seen
    assert "没人先问阿姨" in seen


def test_a_mentor_records_the_own_group_and_leaves_others_to_the_staff(cast, scene):
    mine = PerformanceFactory(scene=scene, by=cast.a.mentor, players=[cast.a.apprentice, cast.a.peer])
    theirs = PerformanceFactory(
        scene=scene, by=cast.a.mentor, players=[cast.a.apprentice, cast.a.other_apprentice]
    )
    cast_of = [(row.person, row.role) for row in mine.cast.select_related("person", "role")]
    scenes.hold(mine, on=mine.on, place="", cast=cast_of, by=cast.a.mentor)
    assert Session.objects.get().mentor == cast.a.mentor
    answer = send(
        cast.client(cast.a.mentor), page(theirs, "hold"),
        {"on": str(theirs.on), **parts(scene, cast.a.apprentice, cast.a.other_apprentice)},
    )  # fmt: skip
    assert answer.status_code == 409
    assert "请街道工作人员来记" in answer.content.decode()
    theirs.refresh_from_db()
    assert (theirs.state, Session.objects.count()) == ("planned", 1)


def test_parts_change_hands_and_nobody_plays_two(cast, scene):
    performance = PerformanceFactory(
        scene=scene, by=cast.a.staff, on=days_ahead(3), players=[cast.a.apprentice, cast.a.peer]
    )
    client, edit = cast.client(cast.a.staff), page(performance, "edit")
    send(client, edit, {"on": str(days_ahead(3)), **parts(scene, cast.a.peer, cast.a.apprentice)})
    assert list(performance.cast.order_by("role__order").values_list("person", flat=True)) == [
        cast.a.peer.pk, cast.a.apprentice.pk,
    ]  # fmt: skip
    twice = {"on": str(days_ahead(3)), **parts(scene, cast.a.peer, cast.a.peer)}
    answer = send(client, edit, twice)
    assert answer.status_code == 422
    assert "一个人演一个角色" in answer.content.decode()
    assert send(client, page(performance, "hold"), twice).status_code == 422
    role = scene.roles.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        CastMember.objects.create(
            studio=cast.a.studio, performance=performance, person=cast.a.lead, role=role
        )


def test_what_is_missing_is_told_before_it_is_finished_or_played(cast):
    scene = scenes.write(studio=cast.a.studio, title="空的", setting="会上", by=cast.a.mentor)
    client = cast.client(cast.a.mentor)
    assert send(client, page(scene, "ready")).status_code == 409
    assert client.get(page(scene, "perform")).status_code == 403
    with pytest.raises(Refused):
        scenes.arrange(scene, on=days_ahead(1), place="", cast=[], by=cast.a.mentor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scene.objects.filter(pk=scene.pk).update(state="ready")


def test_two_who_write_at_once_see_both_texts_and_a_played_part_stays(cast, scene):
    client = cast.client(cast.a.mentor)
    fields = hidden_fields(client.get(page(scene, "edit")))
    send(cast.client(cast.a.staff), page(scene, "edit"), {**WRITTEN, "setting": "别人写的"})
    answer = client.post(page(scene, "edit"), {**fields, **WRITTEN, "setting": "我写的"})
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("我写的", "别人写的"))
    PerformanceFactory(scene=scene, players=[cast.a.apprentice, cast.a.peer])
    answer = send(client, page(scene, "edit"), {**WRITTEN, "role_1": "", "about_1": ""})
    assert answer.status_code == 409
    assert scene.roles.count() == 2


def test_a_closed_case_begins_a_scene_with_masked_words(cast):
    case = CaseFactory(
        studio=cast.a.studio, owner=cast.a.apprentice, chair=cast.a.lead, state=State.CLOSED,
        closed_at=timezone.now(), handling=Case.Handling.ONLINE,
        story="王阿姨13812345678住3号楼502室，一直不肯签字。",
    )  # fmt: skip
    client = cast.client(cast.a.staff)
    assert "编成情景党课" in client.get(case.get_absolute_url()).content.decode()
    url = reverse("casework:case-scene", args=[case.pk])
    shown = client.get(url).content.decode()
    assert "已经换掉" in shown
    for words in ("138", "502", "王阿姨"):
        assert words not in shown
    answer = send(client, url)
    scene = Scene.objects.get()
    assert answer["Location"] == page(scene, "edit")
    assert (scene.state, scene.case_id, scene.roles.count()) == ("draft", case.pk, 4)
    assert "138" not in scene.setting
    assert "不肯签字" in scene.setting
    assert cast.client(cast.a.peer).get(scene.get_absolute_url()).status_code == 404
    Case.objects.filter(pk=case.pk).update(state=State.CONSULTING, closed_at=None)
    assert client.get(url).status_code == 403


def test_lists_and_pages_cost_the_same_and_keep_to_the_rules(cast, scene, django_assert_num_queries):
    client = cast.client(cast.a.apprentice)
    performance = PerformanceFactory(scene=scene, players=[cast.a.apprentice, cast.a.peer])
    pages = {
        reverse("mentoring:scene-list"): 4,
        scene.get_absolute_url(): 8,
        performance.get_absolute_url(): 5,
        page(scene, "print"): 7,
    }
    for url, queries in pages.items():
        client.get(url)
        with django_assert_num_queries(queries):
            assert_page(client.get(url).content, role="apprentice")
    SceneFactory.create_batch(3, studio=cast.a.studio)
    PerformanceFactory.create_batch(2, scene=scene)
    for url, queries in pages.items():
        with django_assert_num_queries(queries):
            client.get(url)
    assert_page(client.get(reverse("mentoring:scene-new")).content, role="staff")
