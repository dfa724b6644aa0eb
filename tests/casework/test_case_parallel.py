"""Many senders at once: one form makes one case, and numbers have no gaps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.models import Case, CaseMove, State
from growth.models import Entry
from people.once import new_token
from tests.casework.writing import draft_of
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 20


def at_once(jobs):
    """Run the jobs in threads of their own; each gives its connection back."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        return list(pool.map(run, jobs))


def sender(person, case, token):
    client = make_client(person)
    url = reverse("casework:case-check", args=[case.pk])
    return lambda: client.post(url, {"form_token": token})


def make_client(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_same_form_sent_twenty_times_at_once_submits_once():
    cast, token = make_cast(), new_token()
    case = draft_of(cast.a.apprentice, cast.a.studio)
    answers = at_once([sender(cast.a.apprentice, case, token)] * SENDERS)
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, case.get_absolute_url())
    }
    assert CaseMove.objects.filter(case=case).count() == 1
    assert Entry.objects.filter(person=case.owner, link=case.get_absolute_url()).count() == 1
    assert Case.objects.get().number == 1


def test_numbers_have_no_gaps_when_many_send_at_once():
    cast = make_cast()
    drafts = [draft_of(cast.a.apprentice, cast.a.studio) for _ in range(SENDERS)]
    # Every second sender is told no: half of the forms are sent once more with a token of its own.
    tries = drafts + drafts[::2]
    answers = at_once([sender(cast.a.apprentice, case, new_token()) for case in tries])
    assert sorted(answer.status_code for answer in answers) == [302] * SENDERS + [409] * (SENDERS // 2)
    numbers = Case.objects.filter(state=State.SUBMITTED).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, SENDERS + 1))


def test_the_first_page_sent_twenty_times_at_once_makes_one_draft():
    cast, token = make_cast(), new_token()
    client = make_client(cast.a.apprentice)
    said = {"form_token": token, "title": "一楼反对加装电梯", "story": "担心采光。"}
    answers = at_once([lambda: client.post(reverse("casework:case-new"), said)] * SENDERS)
    assert Case.objects.count() == 1
    assert len({answer["Location"] for answer in answers}) == 1
