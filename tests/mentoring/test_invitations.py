"""安排带教: asked, answered, changed, called off, marked who came, logged with one tap."""

import pytest
from django.urls import reverse

from mentoring.actions import invitations, session_plans
from mentoring.models import Attendance, Cohort, Invitation, Session
from people.models import Notice
from people.stale import Refused
from studio import todo
from tests.factories import PairingFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page


@pytest.fixture
def plan(cast):
    def act(**given):
        defaults = {
            "group": cast.a.group,
            "held_on": days_ahead(3),
            "participants": [cast.a.apprentice, cast.a.peer],
            "by": cast.a.mentor,
        }
        return session_plans.plan(**{**defaults, **given})

    return act


def of(session, person):
    return Invitation.objects.get(session=session, person=person)


def asked(person):
    person.__dict__.pop("_todo_counts", None)
    return [one for one in todo.waiting_for(person) if one.action == "答一下"]


def coming(session):
    return reverse("mentoring:session-coming", args=[session.pk])


def test_an_invitation_waits_until_it_is_answered_with_one_tap(cast, plan):
    session, client = plan(), cast.client(cast.a.apprentice)
    assert len(asked(cast.a.apprentice)) == 1
    home = client.get("/").content
    assert f'action="{coming(session)}"' in home.decode()
    assert_page(home, role="apprentice")
    assert client.post(coming(session), {"answer": "yes", "from": "home"})["Location"] == "/"
    assert of(session, cast.a.apprentice).answer == "yes"
    assert not asked(cast.a.apprentice)
    assert "能来吗" not in client.get("/").content.decode()
    assert not Notice.objects.filter(person=cast.a.mentor).exists()


def test_a_refusal_has_a_reason_which_the_mentor_and_the_planner_are_told(cast, plan):
    session, client = plan(by=cast.a.staff), cast.client(cast.a.peer)
    Notice.objects.all().delete()
    assert_page(client.get(coming(session)).content, role="apprentice")
    answer = send(client, coming(session))
    assert answer.status_code == 422
    assert "请点一下因为什么" in answer.content.decode()
    assert_page(answer.content, role="apprentice")
    answer = send(client, coming(session), {"reason": "other"})
    assert "请说一句因为什么" in answer.content.decode()
    send(client, coming(session), {"reason": "other", "words": "带队去慰问"})
    told = {notice.person_id: notice.text for notice in Notice.objects.all()}
    assert set(told) == {cast.a.mentor.pk, cast.a.staff.pk}
    assert "来不了：带队去慰问" in told[cast.a.mentor.pk]
    page = cast.client(cast.a.mentor).get(session.get_absolute_url()).content.decode()
    assert f"{cast.a.peer.name}（带队去慰问）" in page


def test_a_change_of_day_asks_again_and_a_change_of_theme_does_not(cast, plan):
    session = plan()
    invitations.answer(session, person=cast.a.peer, coming=True)
    both = [cast.a.apprentice, cast.a.peer]
    session_plans.change_plan(session, version=1, by=cast.a.mentor, participants=both, theme="停车")
    assert of(session, cast.a.peer).answer == "yes"
    session_plans.change_plan(session, version=2, by=cast.a.mentor, participants=both, held_on=days_ahead(4))
    assert of(session, cast.a.peer).answer == ""
    assert len(asked(cast.a.peer)) == 1


def test_a_cancelled_plan_waits_for_nobody_and_takes_no_answer(cast, plan):
    session = plan()
    session_plans.cancel_plan(session, by=cast.a.mentor)
    assert not asked(cast.a.apprentice)
    with pytest.raises(Refused, match="不用再答"):
        invitations.answer(session, person=cast.a.apprentice, coming=True)
    answer = cast.client(cast.a.apprentice).post(coming(session), {"answer": "yes"})
    assert answer.status_code == 409


def test_only_those_who_are_asked_answer(cast, plan):
    session = plan(participants=[cast.a.peer])
    assert cast.client(cast.a.apprentice).get(coming(session)).status_code == 404
    assert cast.client(cast.a.mentor).get(coming(session)).status_code == 403


def test_the_log_is_filled_in_without_those_who_cannot_come(cast, plan):
    session = plan(held_on=days_ago(0))
    invitations.answer(session, person=cast.a.peer, coming=False, reason="那天有会")
    page = cast.client(cast.a.mentor).get(f"/sessions/new/?group={cast.a.group.pk}&plan={session.pk}")
    assert page.context["form"]["present"].value() == [str(cast.a.apprentice.pk)]


def test_who_came_is_marked_and_leads_to_the_log_filled_in(cast, plan):
    session = plan(held_on=days_ago(0), others=[cast.a.other_apprentice], by=cast.a.staff)
    invitations.answer(session, person=cast.a.apprentice, coming=False, reason="值班走不开")
    client, url = cast.client(cast.a.mentor), reverse("mentoring:session-came", args=[session.pk])
    page = client.get(url)
    assert_page(page.content, role="mentor")
    expected = {str(cast.a.peer.pk), str(cast.a.other_apprentice.pk)}
    assert set(page.context["form"]["came"].value()) == expected
    came = [cast.a.apprentice.pk, cast.a.other_apprentice.pk]
    answer = client.post(url, {**hidden_fields(page), "came": came})
    form = client.get(answer["Location"])
    assert form.context["form"]["present"].value() == [str(pk) for pk in came]
    assert "others" in form.context["form"].fields
    sent = {
        **hidden_fields(form), "present": [came[0]], "others": [came[1]], "topics": ["party"],
        "day": days_ago(0).isoformat(), "mode": "class",
    }  # fmt: skip
    client.post("/sessions/new/", sent)
    session.refresh_from_db()
    assert session.state == "logged"
    assert set(session.apprentices.values_list("pk", flat=True)) == set(came)
    page = client.get(session.get_absolute_url()).content.decode()
    assert f"请了没来：{cast.a.peer.name}" in page


def test_nobody_marked_gets_a_sentence_and_before_its_day_nobody_is_marked(cast, plan):
    client = cast.client(cast.a.mentor)
    today = reverse("mentoring:session-came", args=[plan(held_on=days_ago(0)).pk])
    answer = send(client, today)
    assert answer.status_code == 422
    assert "一个都没来的话" in answer.content.decode()
    assert client.get(reverse("mentoring:session-came", args=[plan().pk])).status_code == 403


def test_two_people_change_one_plan_and_the_second_reads_both_texts(cast, plan):
    session, client = plan(), cast.client(cast.a.mentor)
    url = reverse("mentoring:session-edit", args=[session.pk])
    page = hidden_fields(client.get(url))
    session_plans.change_plan(session, version=1, by=cast.a.staff, participants=[cast.a.peer], place="三楼")
    sent = {
        "held_on": days_ahead(5).isoformat(),
        "mode": "face",
        "present": [cast.a.peer.pk],
        "place": "门房",
    }
    answer = client.post(url, {**page, **sent})
    assert answer.status_code == 409
    assert "三楼" in answer.content.decode()
    assert "门房" in answer.content.decode()
    session.refresh_from_db()
    assert session.held_on == days_ahead(3)


def test_two_hundred_are_asked_marked_and_logged_with_as_many_queries_as_three(
    cast, django_assert_max_num_queries
):
    Cohort.objects.filter(pk=cast.a.cohort.pk).update(capacity=250)
    PairingFactory.create_batch(198, group=cast.a.group, made_by=cast.a.staff)
    client = cast.client(cast.a.staff)
    people = [pairing.apprentice for pairing in cast.a.group.pairings.select_related("apprentice")]
    with django_assert_max_num_queries(40):
        session = session_plans.plan(
            group=cast.a.group, held_on=days_ago(0), participants=people, by=cast.a.staff
        )
    assert session.invitations.count() == 200
    invitations.answer(session, person=people[0], coming=True)
    for url in (session.get_absolute_url(), reverse("mentoring:session-came", args=[session.pk])):
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200
    came = [person.pk for person in people[:190]]
    send(client, reverse("mentoring:session-came", args=[session.pk]), {"came": came})
    url = f"/sessions/new/?group={cast.a.group.pk}&plan={session.pk}"
    page = client.get(url)
    assert len(page.context["form"]["present"].value()) == 190
    sent = {**hidden_fields(page), "day": days_ago(0).isoformat(), "topics": ["party"], "present": came}
    client.post("/sessions/new/", sent)
    assert Attendance.objects.filter(session=session).count() == 190
    assert Session.objects.get(pk=session.pk).state == "logged"
