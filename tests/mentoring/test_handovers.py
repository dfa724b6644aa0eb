"""交接: asked of the old mentor, read by the new one and staff, never by the apprentice."""

import pytest
from django.urls import reverse

from mentoring.actions import handovers, pairings
from mentoring.models import Handover, Pairing
from people.models import Notice
from people.stale import Refused
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page


def asked(cast):
    pair = Pairing.objects.select_related(*pairings.TOLD).get(apprentice=cast.a.apprentice)
    new = pairings.change_mentor(pair, mentor=cast.a.other_mentor, reason="work", by=cast.a.staff)
    return Handover.objects.select_related("pairing__apprentice").get(pairing=new)


def page(handover, name):
    return reverse(f"mentoring:handover-{name}", args=[handover.pairing_id])


def waiting(cast, person):
    return cast.client(person).get(reverse("studio:todo")).content.decode()


def test_the_old_mentor_is_asked_writes_and_the_new_one_reads(cast):
    handover, client = asked(cast), cast.client(cast.a.mentor)
    name = f"把{cast.a.apprentice.name}的情况交给{cast.a.other_mentor.called}"
    assert name in waiting(cast, cast.a.mentor)
    assert name not in waiting(cast, cast.a.other_mentor)
    empty = send(client, page(handover, "write"))
    assert empty.status_code == 422
    assert "请至少写一样" in empty.content.decode()
    sent = send(client, page(handover, "write"), care="家里老人住院，周三下午别排事", follow=True)
    assert "已经能看到" in sent.content.decode()
    assert name not in waiting(cast, cast.a.mentor)
    for person in (cast.a.other_mentor, cast.a.staff):
        answer = cast.client(person).get(page(handover, "detail"))
        assert "周三下午别排事" in answer.content.decode()
        assert_page(answer.content, role="mentor")
        link = cast.client(person).get(handover.pairing.get_absolute_url()).content.decode()
        assert page(handover, "detail") in link
    assert Notice.objects.filter(person=cast.a.other_mentor, text__contains="写了").count() == 1
    assert cast.client(cast.a.apprentice).get(page(handover, "detail")).status_code == 404
    own = cast.client(cast.a.apprentice).get(handover.pairing.get_absolute_url()).content.decode()
    assert "周三" not in own
    assert "交接" not in own


def test_staff_write_what_they_are_told_or_do_without(cast):
    handover, client = asked(cast), cast.client(cast.a.staff)
    send(client, page(handover, "write"), unfinished="楼组长还有两位没走访")
    assert "代写" in cast.client(cast.a.other_mentor).get(page(handover, "detail")).content.decode()
    with pytest.raises(Refused, match="已经写好了"):
        handovers.waive(Handover.objects.get())


def test_done_without_nobody_is_asked(cast):
    handover, client = asked(cast), cast.client(cast.a.staff)
    assert send(client, page(handover, "waive")).status_code == 302
    assert "写交接" not in waiting(cast, cast.a.mentor)
    assert cast.client(cast.a.mentor).get(page(handover, "write")).status_code == 403


def test_the_first_words_are_kept_and_a_stale_note_shows_both(cast):
    handover, client = asked(cast), cast.client(cast.a.mentor)
    stale = hidden_fields(client.get(page(handover, "write")))
    client.post(page(handover, "write"), {"taught": "会开议事会了", "save_draft": "1"})
    assert "会开议事会了" in client.get(page(handover, "write")).content.decode()
    send(cast.client(cast.a.staff), page(handover, "write"), taught="街道先写的")
    answer = client.post(page(handover, "write"), {**stale, "taught": "我写的"})
    assert answer.status_code == 409
    assert "街道先写的" in answer.content.decode()
