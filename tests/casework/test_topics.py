"""课题: from common problems to findings that everybody reads."""

from django.urls import reverse

from casework import common
from casework.actions import topics
from casework.models import Topic, TopicNote
from growth.models import Entry
from people.models import Draft, Notice
from people.search import find
from tests.casework.forms import fields
from tests.factories import CaseFactory
from tests.forms import send


def begun(cast, **values):
    given = {"title": "老小区停车", "why": "七个居民区都在吵", "lead": cast.a.lead, "plan": "先数车位"}
    return topics.begin(studio=cast.a.studio, by=cast.a.staff, **given | values)


def test_what_comes_again_is_a_common_problem_by_category_and_type_of_place(cast):
    place = cast.a.apprentice.neighbourhood
    case = {"studio": cast.a.studio, "owner": cast.a.apprentice, "neighbourhood": place}
    CaseFactory.create_batch(2, category="parking", **case)
    CaseFactory(category="lift", **case)
    (problem,) = common.problems([cast.a.studio.pk])
    assert (problem.category, problem.place, problem.number) == ("停车", "老旧小区", 2)
    page = cast.client(cast.a.staff).get(problem.url)
    assert page.context["form"].initial == {"category": "parking", "place_kind": "old"}
    assert common.problems([cast.b.studio.pk]) == []


def test_staff_take_one_on_and_the_lead_is_told(cast):
    url = reverse("casework:topic-new")
    told = {"title": "老小区停车", "why": "都在吵", "lead": cast.a.lead.pk, "category": "parking"}
    send(cast.client(cast.a.staff), url, told)
    topic = Topic.objects.get()
    assert Notice.objects.filter(person=cast.a.lead, text__contains="老小区停车").exists()
    assert Entry.objects.filter(person=cast.a.lead, text="领衔课题：老小区停车").exists()
    for person in (cast.a.apprentice, cast.district):
        assert topic.title in cast.client(person).get(reverse("casework:topic-list")).content.decode()
    assert cast.client(cast.b.staff).get(topic.get_absolute_url()).status_code == 404


def test_the_lead_notes_what_was_discussed_and_brings_it_to_an_end(cast):
    topic, lead = begun(cast), cast.client(cast.a.lead)
    note = reverse("casework:topic-note", args=[topic.pk])
    send(lead, note, held_on="2026-01-05", text="一家一家数了车")
    assert TopicNote.objects.get().by == cast.a.lead
    send(lead, reverse("casework:topic-close", args=[topic.pk]), findings="错时停车最管用")
    topic.refresh_from_db()
    assert topic.closed_by == cast.a.lead
    assert "错时停车最管用" in cast.client(cast.a.apprentice).get(topic.get_absolute_url()).content.decode()
    assert lead.get(note).status_code == 409


def test_its_findings_are_searched(cast):
    topics.close(begun(cast), findings="错时停车最管用", by=cast.a.staff)
    assert [hit.kind for hit in find(cast.a.apprentice, "错时").hits] == ["topic"]


def test_an_edit_that_began_from_an_older_version_is_answered_with_both(cast):
    topic = begun(cast)
    client, url = cast.client(cast.a.staff), reverse("casework:topic-edit", args=[topic.pk])
    fields = {"title": "我改的", "why": "都在吵", "lead": cast.a.lead.pk, "version": 0}
    assert send(client, url, fields).status_code == 409


def test_what_was_typed_about_a_topic_waits_until_it_is_sent(cast):
    client, page = cast.client(cast.a.staff), reverse("casework:topic-new")
    save = reverse("people:draft", args=["topic-new"])
    assert f'data-autosave="{save}"' in client.get(page).content.decode()
    client.post(save, {"title": "夜里停车", "why": "吵了一年"})
    shown = client.get(page)
    assert "吵了一年" in shown.content.decode()
    client.post(page, {**fields(shown), "lead": cast.a.lead.pk})
    assert Topic.objects.get().title == "夜里停车"
    assert not Draft.objects.exists()
    assert "吵了一年" not in client.get(page).content.decode()
