"""「先存着」 where there is no script: the words wait and nothing is sent, on every long form."""

import pytest
from django.urls import reverse

from casework.models import Followup, Opinion, Slip, Visit
from people.models import Draft
from tests.casework.cures import consulting, treating
from tests.casework.forms import fields, told

pytestmark = pytest.mark.django_db


def opinion(cast):
    return cast.a.mentor, reverse("casework:case-consult", args=[consulting(cast).pk]), "text", Opinion


def slip(cast):
    return cast.a.staff, reverse("casework:slip-new"), "problem", Slip


def visit(cast):
    return cast.a.staff, reverse("casework:visit-new"), "note", Visit


def report(cast):
    step = treating(cast)[1].steps.get()
    return step.owner, reverse("casework:step-followup", args=[step.pk]), "text", Followup


@pytest.mark.parametrize("make", [opinion, slip, visit, report])
def test_the_button_for_later_keeps_the_words_and_sends_nothing(cast, make):
    person, page, name, model = make(cast)
    client, before = cast.client(person), model.objects.count()
    posted = {**fields(client.get(page)), name: "才说了一半", "save_draft": "1"}
    again = client.post(page, posted, follow=True)
    assert "已存草稿，还没有提交" in told(again)
    assert "才说了一半" in again.content.decode()
    assert model.objects.count() == before
    assert Draft.objects.filter(person=person).count() == 1
