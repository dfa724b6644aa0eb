"""Places in a list are signed, yet one of another list still means nothing here."""

import pytest

from people.models import Notice
from people.paging import page_of
from tests.factories import ReflectionFactory, days_ago


@pytest.mark.django_db
def test_the_place_of_another_list_shows_the_first_page(cast, rf):
    for day in range(3):
        Notice.objects.create(studio=cast.a.studio, person=cast.a.apprentice, text=f"第{day}条")
        ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, on=days_ago(day))
    of_notices = page_of(rf.get("/"), Notice.objects.all(), by="at", size=1).older
    client = cast.client(cast.a.apprentice)
    for url in ("/ledger/me/", "/reflections/", "/sessions/"):
        assert client.get(url, {"page": of_notices}).status_code == 200
