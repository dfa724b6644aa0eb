"""A case and what it leaves in the ledger: seen by those it concerns, and no longer than they belong."""

import pytest
from django.urls import reverse

from casework.actions import cases, triage
from growth.models import Entry, NextStep
from tests.casework.cures import consulting
from tests.casework.writing import send, write_all
from tests.factories import CaseConsultantFactory, days_ago
from tests.forms import hidden_fields


@pytest.mark.parametrize("role", ["guest", "mentor", "lead"])
def test_whoever_was_asked_and_has_left_the_studio_sees_it_no_more(cast, role):
    case = consulting(cast)
    CaseConsultantFactory(case=case, person=cast.guest, invited_by=cast.a.staff)
    person = cast.roles()[role]
    assert cast.client(person).get(case.get_absolute_url()).status_code == 200
    person.memberships.update(ends_on=days_ago(1))
    if role == "mentor":
        cast.a.apprentice.pairings_as_apprentice.update(state="ended", ends_on=days_ago(1))
    assert cast.client(person).get(case.get_absolute_url()).status_code == 404


def test_the_mentor_learns_of_a_case_that_did_not_name_him_when_it_is_accepted(cast):
    client = cast.client(cast.a.apprentice)
    case = write_all(client)
    case.wanted.clear()
    send(client, "case-check", case.pk)
    file = reverse("growth:file-detail", args=[cast.a.apprentice.pk])
    mentor = cast.client(cast.a.mentor)
    assert case.title not in mentor.get(file).content.decode()
    triage.send_back(case=case, sentence="几号楼？", by=cast.a.staff)
    told = mentor.get(file).content.decode()
    assert case.title not in told
    assert "几号楼" not in told
    assert NextStep.objects.get(person=cast.a.apprentice).report_link == case.get_absolute_url()
    cases.submit(case=case, by=cast.a.apprentice)
    triage.accept(case=case, handling="online", chair=cast.a.lead, by=cast.a.staff)
    assert case.title in mentor.get(file).content.decode()
    assert Entry.objects.get(person=cast.a.apprentice).text == f"提交疑难案例：{case.title}"


def test_an_opinion_told_by_telephone_and_sent_again_is_one(cast):
    case = consulting(cast)
    client, url = cast.client(cast.a.staff), reverse("casework:opinion-told", args=[case.pk])
    sent = {**hidden_fields(client.get(url)), "author": cast.a.mentor.pk, "text": "先量采光再谈。"}
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert case.opinions.count() == 1
