"""Twenty times the same form at once is one session."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from growth.models import Entry
from mentoring.models import Session
from people.models import Notice
from tests.cast import make_cast
from tests.factories import days_ago
from tests.forms import hidden_fields

NEW = "/sessions/new/"


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twenty_times_at_once_makes_one_session():
    cast = make_cast()
    clients = [cast.client(cast.a.mentor) for _ in range(20)]
    sent = {
        **hidden_fields(clients[0].get(NEW)),
        "present": [cast.a.apprentice.pk],
        "day": days_ago(0).isoformat(),
        "note": "讲了怎么开居民会。",
    }

    def post(client):
        try:
            return client.post(NEW, sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(post, clients))
    session = Session.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/sessions/{session.pk}/done/"}
    assert Entry.objects.count() == 2
    assert Notice.objects.count() == 1
