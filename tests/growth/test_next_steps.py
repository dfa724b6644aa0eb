"""接下来: who gives, who ticks, who may not."""

import pytest
from django.urls import reverse

from growth.models import NextStep
from people.models import Notice
from tests.factories import NextStepFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send


def test_a_mentor_reminds_a_pupil(cast):
    url = reverse("growth:remind", args=[cast.a.apprentice.pk])
    answer = send(cast.client(cast.a.mentor), url, text="周五前把台账理一理", due_on=days_ahead(3))
    assert answer.status_code == 302
    step = NextStep.objects.get()
    assert (step.person, step.by, step.origin) == (cast.a.apprentice, cast.a.mentor, "reminder")
    assert Notice.objects.get(person=cast.a.apprentice).text.startswith(cast.a.mentor.called)


def test_the_same_form_sent_twice_makes_one_line(cast):
    client, url = cast.client(cast.a.apprentice), reverse("growth:next-step-new")
    filled = {**hidden_fields(client.get(url)), "text": "学会开楼组会"}
    first, second = client.post(url, filled), client.post(url, filled)
    assert NextStep.objects.count() == 1
    assert first["Location"] == second["Location"] == reverse("growth:my-file")


def test_a_day_that_is_over_is_sent_back_with_the_words_kept(cast):
    url = reverse("growth:next-step-new")
    answer = send(cast.client(cast.a.apprentice), url, text="补一补", due_on=days_ago(1))
    assert answer.status_code == 422
    assert "已经过了，请往后选" in answer.content.decode()
    assert "补一补" in answer.content.decode()


def test_the_owner_ticks_off_and_takes_back(cast):
    step = NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor)
    client = cast.client(cast.a.apprentice)
    client.post(reverse("growth:next-step-close", args=[step.pk]))
    step.refresh_from_db()
    assert (step.state, step.closed_by) == ("done", cast.a.apprentice)
    client.post(reverse("growth:next-step-reopen", args=[step.pk]))
    step.refresh_from_db()
    assert (step.state, step.closed_at) == ("open", None)


def test_who_gave_a_step_may_drop_it_and_a_peer_may_not_touch_it(cast):
    step = NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor)
    url = reverse("growth:next-step-close", args=[step.pk])
    assert cast.client(cast.a.peer).post(url).status_code == 404
    assert cast.client(cast.a.staff).post(url).status_code == 403
    cast.client(cast.a.mentor).post(url, {"drop": "1"})
    step.refresh_from_db()
    assert step.state == "dropped"


def test_a_step_of_a_prescription_is_not_reopened_here(cast):
    step = NextStepFactory(
        studio=cast.a.studio,
        person=cast.a.apprentice,
        state="done",
        closed_at="2026-01-01T00:00Z",
        closed_by=cast.a.apprentice,
        report_link="/steps/1/followup/",
    )
    answer = cast.client(cast.a.apprentice).post(reverse("growth:next-step-reopen", args=[step.pk]))
    assert answer.status_code == 409
    assert "报复诊" in answer.content.decode()


def test_the_longest_reminder_still_becomes_a_notice(cast):
    client = cast.client(cast.a.mentor)
    text = "走" * 200
    assert send(client, reverse("growth:remind", args=[cast.a.apprentice.pk]), text=text).status_code == 302
    assert Notice.objects.get(person=cast.a.apprentice).text.endswith("走")


def test_a_step_that_is_reported_elsewhere_is_not_ticked_off_in_the_list(cast):
    step = NextStepFactory(
        studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.lead, report_link="/steps/1/followup/"
    )
    answer = cast.client(cast.a.apprentice).post(reverse("growth:next-step-close", args=[step.pk]))
    assert answer.status_code == 409
    step.refresh_from_db()
    assert step.state == NextStep.State.OPEN


def test_a_pupil_who_is_no_apprentice_any_more_is_not_reminded(cast):
    cast.a.apprentice.memberships.update(ends_on=days_ago(1))
    url = reverse("growth:remind", args=[cast.a.apprentice.pk])
    assert cast.client(cast.a.mentor).post(url, {"text": "去看看"}).status_code == 403


WORDS = [("step", "报复诊"), ("aim", "看目标"), ("brand", "看项目"), ("case", "去看看")]


@pytest.mark.parametrize(("origin", "words"), WORDS)
def test_a_step_that_is_reported_elsewhere_says_what_it_leads_to(cast, origin, words):
    NextStepFactory(
        studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor, origin=origin,
        link="/here/", report_link="/here/",
    )  # fmt: skip
    page = cast.client(cast.a.apprentice).get("/ledger/me/").content.decode()
    assert f'href="/here/">{words}<' in page
    assert "看来处" not in page
