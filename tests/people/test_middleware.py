"""What goes wrong between two people, or by sheer size, is a sentence and never a 500."""

import pytest
from django.db import IntegrityError, connection, transaction

from people.middleware import MOST_BODY, DomainErrors
from people.models import Person
from tests.growth import assessing


@pytest.mark.django_db
def test_the_slower_of_two_who_write_the_same_reads_a_sentence(cast, rf):
    request = rf.post("/people/new/")
    request.user, request.standing = cast.a.staff, cast.a.staff.standing
    request.session = {}
    with pytest.raises(IntegrityError) as taken, transaction.atomic():
        Person.objects.create(mobile=cast.a.staff.mobile, name="周敏")
    answer = DomainErrors(lambda request: None).process_exception(request, taken.value)
    assert answer.status_code == 409
    assert "有人刚刚也在办同一件事" in answer.content.decode()


@pytest.mark.django_db
def test_a_refused_page_never_leads_back_to_itself(cast):
    round_ = assessing.opened(cast.a)
    client, url = cast.client(cast.a.staff), f"/assess/{round_.pk}/people/"
    assert client.get(url).context["back"] == ""
    here = client.get(url, headers={"referer": f"http://testserver/assess/{round_.pk}/"})
    assert here.context["back"] == f"/assess/{round_.pk}/"
    assert client.get(url, headers={"referer": "https://elsewhere.test/x"}).context["back"] == ""
    assert client.post(url, {}).context["back"] == url


@pytest.mark.django_db
def test_other_faults_of_the_database_are_not_hidden(cast, rf):
    with pytest.raises(IntegrityError) as broken, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_draft (key) VALUES ('x')")
    assert DomainErrors(lambda request: None).process_exception(rf.post("/"), broken.value) is None


@pytest.mark.django_db
def test_a_body_that_is_far_too_big_is_refused_unread(cast):
    for client in (cast.client(), cast.client(cast.a.mentor)):
        answer = client.post("/sessions/photos/", CONTENT_LENGTH=str(MOST_BODY + 1))
        assert answer.status_code == 413
        assert "请分几次传" in answer.content.decode()
