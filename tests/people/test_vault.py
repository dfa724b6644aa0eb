"""Residents: encrypted at rest, masked on pages, read with a reason, put right, forgotten, rotated."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework.models import CaseResident
from people import vault
from people.actions import drafts, residents
from people.models import Draft, Resident, ResidentRequest, Reveal
from people.stale import Refused
from tests.factories import CaseFactory, days_ago
from tests.forms import send
from tests.look.structure import assert_page

NAME, PHONE = "闻人鹊桥", "13912345678"


def kept(cast, **more):
    return residents.keep(studio=cast.a.studio, name=NAME, phone=PHONE, **more)


def raw(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812341234", "138****1234"), ("021-62340000", "021****0000"), ("62340000", "****00"), ("", "")],
)
def test_a_number_shows_its_ends_only(phone, shown):
    assert vault.mask_phone(phone) == shown


def test_a_name_shows_its_first_character_only():
    assert [vault.mask_name(name) for name in ("张三", "欧阳小明", "")] == ["张*", "欧*", ""]


def test_at_rest_nothing_can_be_read(cast):
    resident = Resident.objects.get(pk=kept(cast).pk)
    assert resident.secret == {"name": NAME, "phone": PHONE}
    assert str(resident) == "闻* 139****5678"
    sealed = raw("people_resident", "secret || name_mark || phone_mark")[0]
    assert NAME not in sealed
    assert PHONE not in sealed


def test_a_draft_is_sealed_as_well(cast, rf):
    posted = rf.post("/", {"note": NAME}).POST
    drafts.save(cast.a.staff, "session-new", posted)
    assert NAME not in raw("people_draft", "data")[0]
    assert drafts.newest(cast.a.staff, "session-new").data == {"note": [NAME]}


def test_reading_asks_why_and_is_on_record(cast):
    resident, client = kept(cast), cast.client(cast.a.staff)
    page = client.get(resident.get_absolute_url()).content.decode()
    assert "139****5678" in page
    assert NAME not in page
    answer = send(client, resident.get_absolute_url(), why="other")
    assert answer.status_code == 422
    answer = send(client, resident.get_absolute_url(), why="call", note="约上门时间", follow=True)
    assert NAME in answer.content.decode()
    assert PHONE in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    record = client.get(reverse("people:reveal-list")).content.decode()
    assert "约上门时间" in record
    assert NAME not in record


def test_after_ten_minutes_the_reason_is_asked_anew(cast):
    reveal = residents.reveal(kept(cast), why="call", by=cast.a.staff)
    Reveal.objects.update(at=timezone.now() - timedelta(minutes=11))
    answer = cast.client(cast.a.staff).get(reveal.get_absolute_url(), follow=True)
    assert NAME not in answer.content.decode()
    assert "为什么要看" in answer.content.decode()


def test_nobody_reads_on_somebody_elses_record(cast):
    reveal = residents.reveal(kept(cast), why="call", by=cast.a.staff)
    for person in (cast.b.staff, cast.district, cast.a.mentor, cast.guest):
        assert cast.client(person).get(reveal.get_absolute_url()).status_code == 404


def test_the_owner_of_a_case_may_read_its_residents_the_mentor_may_not(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    resident = kept(cast)
    CaseResident.objects.create(studio=case.studio, case=case, resident=resident)
    sees = {person: Resident.objects.visible_to(person).exists() for person in (
        cast.a.apprentice, cast.a.staff, cast.a.mentor, cast.a.peer, cast.guest, cast.district, cast.b.staff,
    )}  # fmt: skip
    assert [person for person, does in sees.items() if does] == [cast.a.apprentice, cast.a.staff]


def test_the_case_page_shows_the_mask_to_the_owner(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    CaseResident.objects.create(studio=case.studio, case=case, resident=kept(cast))
    page = cast.client(cast.a.apprentice).get(case.get_absolute_url()).content.decode()
    assert "闻* 139****5678" in page
    assert PHONE not in page


def test_the_same_person_is_found_without_being_read(cast):
    first, second = kept(cast), kept(cast)
    residents.keep(studio=cast.b.studio, name=NAME, phone=PHONE)
    asked = residents.register(
        studio=cast.a.studio, name="换个叫法", phone="139 1234 5678", kind="delete", way="phone",
        asked_on=days_ago(1), due_on=days_ago(-20), by=cast.a.staff,
    )  # fmt: skip
    found = set(residents.matching(asked))
    assert found == {first, second, asked.resident}


def asked_for(cast, kind):
    return residents.register(
        studio=cast.a.studio, name=NAME, phone=PHONE, kind=kind, way="face", asked_on=days_ago(1),
        due_on=days_ago(-20), by=cast.a.staff,
    )  # fmt: skip


def test_deletion_empties_all_that_was_found(cast):
    resident, asked = kept(cast), asked_for(cast, "delete")
    send(cast.client(cast.a.staff), asked.get_absolute_url(), answer="done")
    resident.refresh_from_db()
    assert (resident.secret, resident.phone_mark, resident.erased_why) == ({}, "", "request")
    assert str(resident) == "已隐去"
    with pytest.raises(Refused):
        residents.reveal(resident, why="call", by=cast.a.staff)
    page = cast.client(cast.a.staff).get(asked.get_absolute_url())
    assert page.status_code == 200


def test_correction_replaces_the_number_everywhere(cast):
    resident, asked = kept(cast), asked_for(cast, "correct")
    client = cast.client(cast.a.staff)
    assert send(client, asked.get_absolute_url(), answer="done").status_code == 422
    send(client, asked.get_absolute_url(), answer="done", phone="13700001111")
    resident.refresh_from_db()
    assert resident.secret == {"name": NAME, "phone": "13700001111"}
    assert list(Resident.objects.called(phone="13700001111").exclude(pk=asked.resident_id)) == [resident]


def test_a_copy_is_shown_to_whoever_answered_and_is_on_record(cast):
    kept(cast)
    asked, client = asked_for(cast, "copy"), cast.client(cast.a.staff)
    send(client, asked.get_absolute_url(), answer="done")
    assert NAME in client.get(asked.get_absolute_url()).content.decode()
    assert Reveal.objects.filter(why="copy", by=cast.a.staff).count() == 2
    Reveal.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert NAME not in client.get(asked.get_absolute_url()).content.decode()


def test_a_refusal_says_why_and_an_answer_stands(cast):
    asked, client = asked_for(cast, "delete"), cast.client(cast.a.staff)
    assert send(client, asked.get_absolute_url(), answer="refused").status_code == 422
    residents.answer(asked, answer="refused", note="案子还没办完", by=cast.a.staff)
    with pytest.raises(Refused):
        residents.answer(asked, answer="done", by=cast.a.staff)


def test_a_request_is_registered_with_its_day(cast):
    client, url = cast.client(cast.a.staff), reverse("people:resident-request-new")
    assert (
        send(client, url, kind="copy", name=NAME, way="face", asked_on=str(days_ago(-2))).status_code == 422
    )
    given = {"kind": "copy", "name": NAME, "phone": "１３９１２３４５６７８", "way": "face"}
    answer = send(client, url, given, asked_on=str(days_ago(1)), follow=True)
    asked = ResidentRequest.objects.get()
    assert (asked.due_on - asked.asked_on).days >= 19
    assert "闻*" in answer.content.decode()
    assert NAME not in client.get(reverse("people:resident-request-list")).content.decode()


def test_what_is_old_and_needed_by_nothing_is_forgotten(cast):
    old = days_ago(cast.a.studio.resident_days + 1)
    lonely, fresh = kept(cast, on=old), kept(cast)
    open_case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    needed = kept(cast, on=old)
    CaseResident.objects.create(studio=cast.a.studio, case=open_case, resident=needed)
    long_ago = timezone.now() - timedelta(days=400)
    done = CaseFactory(
        studio=cast.a.studio, owner=cast.a.peer, state="closed", closed_at=long_ago, state_since=long_ago
    )
    over = kept(cast, on=old)
    CaseResident.objects.create(studio=cast.a.studio, case=done, resident=over)
    assert residents.forget_old() == 2
    assert set(Resident.objects.kept()) == {fresh, needed}
    assert Resident.objects.get(pk=lonely.pk).erased_why == "time"
    assert residents.forget_old() == 0


def test_rotation_writes_everything_with_the_new_key(cast, settings, rf):
    resident, old = kept(cast), settings.VAULT_KEYS[0]
    drafts.save(cast.a.staff, "session-new", rf.post("/", {"note": NAME}).POST)
    new = Fernet.generate_key().decode()
    settings.VAULT_KEYS = [new, old]
    assert Resident.objects.called(phone=PHONE).exists()
    call_command("rotate_vault")
    settings.VAULT_KEYS = [new]
    assert Resident.objects.called(phone=PHONE).get() == resident
    assert Resident.objects.get(pk=resident.pk).secret["name"] == NAME
    assert Draft.objects.get().data == {"note": [NAME]}
    settings.VAULT_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="旧密钥"):
        call_command("rotate_vault")


def test_the_database_keeps_nothing_of_whoever_was_erased(cast):
    resident = kept(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.filter(pk=resident.pk).update(erased_at=timezone.now(), erased_why="time")


def test_pages_keep_the_rules(cast, django_assert_max_num_queries):
    resident, asked = kept(cast), asked_for(cast, "copy")
    reveal = residents.reveal(resident, why="call", by=cast.a.staff)
    client = cast.client(cast.a.staff)
    for url in (
        resident.get_absolute_url(), reveal.get_absolute_url(), asked.get_absolute_url(),
        reverse("people:reveal-list"), reverse("people:resident-request-list"),
        reverse("people:resident-request-new"),
    ):  # fmt: skip
        client.get(url)
        with django_assert_max_num_queries(12):
            answer = client.get(url)
        assert_page(answer.content, role="staff")


def test_a_dump_of_the_database_holds_the_sealed_text(cast, capsys):
    kept(cast)
    call_command("dumpdata", "people.resident")
    assert NAME not in capsys.readouterr().out
