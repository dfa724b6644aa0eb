"""A mentor who leaves: nobody is orphaned, and one form settles everybody."""

import pytest
from django.urls import reverse

from mentoring.actions import appointments, pairings
from mentoring.models import Handover, Pairing
from people.roles import Role
from people.stale import Refused
from tests.factories import AppointmentFactory, PairingFactory, days_ago, days_ahead, make_person
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page


def leave(mentor):
    return reverse("mentoring:mentor-leaving", args=[mentor.pk])


def current(mentor):
    return Pairing.objects.current().filter(mentor=mentor)


def fields(cast, **more):
    """The first pupil goes to the other mentor, the second ends."""
    first, second = current(cast.a.mentor).order_by("pk")
    chosen = {f"pair_{first.pk}": cast.a.other_mentor.pk, f"pair_{second.pk}": "end"}
    return {"on": days_ago(0), "reason": "work", **chosen, **more}


def test_role_and_letter_are_closed_only_when_everybody_is_settled(cast):
    letter = AppointmentFactory(studio=cast.a.studio, mentor=cast.a.mentor, issued_by=cast.a.staff)
    client, role = cast.client(cast.a.staff), cast.a.mentor.memberships.get()
    refused = send(client, reverse("people:role-end", args=[role.pk]), on=days_ago(0))
    assert refused.status_code == 422
    assert "还带着2名徒弟" in refused.content.decode()
    assert leave(cast.a.mentor) in refused.content.decode()
    refused = send(
        client,
        reverse("mentoring:appointment-end", args=[letter.pk]),
        ended_on=days_ago(1),
        end_reason="退休",
    )
    assert refused.status_code == 422
    assert "还带着2名徒弟" in refused.content.decode()
    answer = client.get(leave(cast.a.mentor))
    assert_page(answer.content)
    done = send(client, leave(cast.a.mentor), fields(cast, end_role="on", end_letter="on"), follow=True)
    assert "改由" in done.content.decode()
    assert not current(cast.a.mentor).exists()
    assert current(cast.a.other_mentor).filter(apprentice=cast.a.apprentice).exists()
    letter.refresh_from_db()
    role.refresh_from_db()
    assert (letter.ended_on, role.ends_on) == (days_ago(1), days_ago(1))
    assert Handover.objects.get().from_mentor == cast.a.mentor


def test_leaving_one_out_settles_nobody(cast):
    client, sent = cast.client(cast.a.staff), fields(cast)
    missing = {key: value for key, value in sent.items() if value != "end"}
    answer = send(client, leave(cast.a.mentor), missing)
    assert answer.status_code == 422
    assert "以后跟谁" in answer.content.decode()
    assert current(cast.a.mentor).count() == 2


def test_one_who_came_meanwhile_is_named_and_nothing_is_done(cast):
    client = cast.client(cast.a.staff)
    before = hidden_fields(client.get(leave(cast.a.mentor)))
    sent = {key: str(value) for key, value in fields(cast).items()}
    late = PairingFactory(group=cast.a.group)
    answer = client.post(leave(cast.a.mentor), {**before, **sent})
    assert answer.status_code == 422
    assert f"请选{late.apprentice.name}以后跟谁" in answer.content.decode()
    assert current(cast.a.mentor).count() == 3


def test_a_full_successor_is_a_sentence_and_nothing_is_half_done(cast):
    PairingFactory.create_batch(4, group=cast.a.other_group)
    answer = send(cast.client(cast.a.staff), leave(cast.a.mentor), fields(cast))
    assert answer.status_code == 422
    assert "满了" in answer.content.decode()
    assert current(cast.a.mentor).count() == 2
    assert not Handover.objects.exists()


def test_somebody_elses_change_meanwhile_is_not_overwritten(cast):
    client = cast.client(cast.a.staff)
    stale = hidden_fields(client.get(leave(cast.a.mentor)))
    sent = {key: str(value) for key, value in fields(cast).items()}
    first = current(cast.a.mentor).select_related(*pairings.TOLD).order_by("pk").first()
    pairings.pause(first, reason="health", by=cast.a.staff)
    assert client.post(leave(cast.a.mentor), {**stale, **sent}).status_code == 409
    assert current(cast.a.mentor).count() == 2


def test_a_mentor_without_pupils_may_go_at_once(cast):
    free = make_person(cast.a.studio, Role.MENTOR)
    letter = AppointmentFactory(studio=cast.a.studio, mentor=free, issued_by=cast.a.staff)
    send(cast.client(cast.a.staff), leave(free), on=days_ago(0), reason="work", end_letter="on")
    letter.refresh_from_db()
    assert letter.ended_on == days_ago(1)


def test_a_term_that_ran_out_over_pupils_waits_for_staff(cast):
    AppointmentFactory(
        studio=cast.a.studio, mentor=cast.a.mentor, issued_by=cast.a.staff, ends_on=days_ago(2)
    )
    todo = cast.client(cast.a.staff).get(reverse("studio:todo")).content.decode()
    assert f"{cast.a.mentor.called}的聘期到了，还带着徒弟" in todo
    assert leave(cast.a.mentor) in todo
    AppointmentFactory(
        studio=cast.a.studio, mentor=cast.a.mentor, issued_by=cast.a.staff, starts_on=days_ago(1),
        ends_on=days_ahead(300),
    )  # fmt: skip
    assert "聘期到了" not in cast.client(cast.a.staff).get(reverse("studio:todo")).content.decode()


def test_a_letter_cannot_be_ended_over_pupils_by_the_action_either(cast):
    letter = AppointmentFactory(studio=cast.a.studio, mentor=cast.a.mentor, issued_by=cast.a.staff)
    with pytest.raises(Refused, match="还带着2名徒弟"):
        appointments.end(letter, on=days_ago(1), reason="退休")
