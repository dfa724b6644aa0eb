"""What several people, or one with an impatient thumb, do at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse

from casework.models import Followup, Opinion, Prescription
from tests.casework.cures import consulting, treating
from tests.casework.forms import fields
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(posts):
    """Carry out (client, url, data) all together; returns the status codes."""

    def post(one):
        client, url, data = one
        try:
            return client.post(url, data).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(post, posts))


def test_twenty_equal_opinions_are_one():
    cast = make_cast()
    case = consulting(cast)
    url = reverse("casework:case-consult", args=[case.pk])
    data = {**fields(cast.client(cast.a.mentor).get(url)), "text": "先量采光"}
    statuses = at_once([(cast.client(cast.a.mentor), url, data) for _ in range(20)])
    assert set(statuses) == {302}
    assert Opinion.objects.count() == 1


def test_twenty_equal_reports_are_one():
    cast = make_cast()
    step = treating(cast)[1].steps.get()
    url = reverse("casework:step-followup", args=[step.pk])
    data = {**fields(cast.client(cast.a.apprentice).get(url)), "state": "doing", "text": "约好了"}
    statuses = at_once([(cast.client(cast.a.apprentice), url, data) for _ in range(20)])
    assert set(statuses) == {302}
    assert Followup.objects.count() == 1


def test_two_prescriptions_of_a_round_written_together_become_one():
    cast = make_cast()
    case = consulting(cast)
    url = reverse("casework:case-prescribe", args=[case.pk])
    posts = []
    for person in (cast.a.lead, cast.a.staff):
        client = cast.client(person)
        step = {"step-1-text": "上门", "step-1-who": f"person:{cast.a.apprentice.pk}"}
        posts.append((client, url, {**fields(client.get(url)), "diagnosis": "话没说到一处", **step}))
    assert sorted(at_once(posts)) == [302, 422]
    prescription = Prescription.objects.get()
    assert (prescription.number, prescription.steps.count()) == (1, 1)
