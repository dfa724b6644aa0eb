"""A canary: one name and one number, written everywhere a resident can be written, are found nowhere else.

Not in any table, in no page of any role (the pages that reveal them on record excepted), in no log line and
in no e-mail.
"""

import copy
import logging

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from casework.actions import slips
from casework.models import BuildingMember, Household, OrderPage, Slip, Visit
from people.actions import residents
from people.models import Resident, ResidentRequest
from people.once import new_token
from tests.casework.writing import draft_of
from tests.factories import days_ago, days_ahead
from tests.forms import send
from tests.matrix.rows import OK, expected
from tests.matrix.test_matrix import ROWS

NAME, PHONE, DOOR = "闻人鹊桥", "13987650123", "七〇七室"
CANARY = (NAME, PHONE, DOOR)
# What may show a name in clear, each with the reason on record.
REVEALING = {"people:reveal-shown"}


def url(page, *args):
    return reverse(f"casework:{page}", args=args)


def write_everywhere(cast):
    """Through the pages, as people would."""
    staff, apprentice, public = cast.client(cast.a.staff), cast.client(cast.a.apprentice), cast.client()
    place, kind = cast.a.apprentice.neighbourhood, slips.categories_of(cast.a.studio)[0]
    who, today = {"name": NAME, "phone": PHONE}, str(days_ago(0))
    # a draft that was never sent; only its writer reads it again
    typed, peer = {**who, "called_1": NAME, "rev": "1"}, cast.client(cast.a.peer)
    for key in ("slip-new", "visit-new", "case-new"):
        peer.post(reverse("people:draft", args=[key]), typed)
    case = draft_of(cast.a.apprentice, cast.a.studio)
    page = {"form_token": new_token(), "called_1": NAME, "phone_1": PHONE}
    apprentice.post(reverse("casework:case-write", args=[case.pk, 5]), page)
    send(staff, url("slip-new"), who, problem="楼道灯不亮", category=kind.pk, neighbourhood=place.pk,
         received_on=today)  # fmt: skip
    OrderPage.objects.create(studio=cast.a.studio, neighbourhood=place, is_open=True)
    send(public, url("order-page", place.pk), who, problem="垃圾房有味道", category=kind.pk)
    send(apprentice, url("visit-new"), who, way="visited", held_on=today, kind="alone", problem="楼道灯不亮",
         neighbourhood=place.pk)  # fmt: skip
    send(staff, url("household-new"), who, kind="alone", neighbourhood=place.pk, door=DOOR, every_days="30")
    csv = f"姓名,楼栋,电话,室号\n{NAME},3,{PHONE},{DOOR}\n"
    send(staff, url("building-survey"), neighbourhood=place.pk,
         file=SimpleUploadedFile("摸排.csv", csv.encode()))  # fmt: skip
    send(staff, reverse("people:resident-request-new"), who, kind="copy", way="phone", asked_on=today)
    # and what is done with them afterwards
    for resident in Resident.objects.all()[:3]:
        send(staff, resident.get_absolute_url(), why="call")
    slip = Slip.objects.filter(source="order").first()
    slips.dispatch(slip, handler_name="三楼党小组", due_on=days_ahead(2), gives_phone=True, by=cast.a.staff)
    slips.give_back(slip, reason="要上梯子", proposed="物业", by_name="三楼党小组")
    slips.dispatch(slip, handler_name="物业", due_on=days_ahead(2), gives_phone=True, by=cast.a.staff)
    slips.show_resident(Slip.objects.get(pk=slip.pk), by_name="物业")
    slips.give_back(slip, reason="不归我", proposed="业委会", by_name="物业")
    residents.answer(ResidentRequest.objects.get(), answer="done", by=cast.a.staff)


@pytest.fixture
def written(cast, caplog):
    caplog.set_level(logging.DEBUG)
    write_everywhere(cast)
    kept = [one for one in Resident.objects.all() if one.secret.get("name") == NAME]
    # case, slip, public order, visit, household, member, request
    assert len(kept) == 7
    assert all(model.objects.exists() for model in (Visit, Household, BuildingMember))
    return cast


def test_no_table_holds_the_canary_in_clear(written):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        assert {"people_resident", "people_draft", "casework_slipevent", "django_session"} <= set(tables)
        found = {}
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" row WHERE row::text LIKE ANY(%s)',
                [[f"%{one}%" for one in CANARY]],
            )
            found[table] = cursor.fetchone()[0]
    assert {table: count for table, count in found.items() if count} == {}


def test_no_page_log_or_mail_shows_the_canary(written, caplog):
    cast, shown = written, []
    people = {role: one for role, one in cast.roles().items() if role in (
        "district", "guest", "staff", "mentor", "apprentice", "b_staff",
    )}  # fmt: skip
    clients = {role: cast.client(one) for role, one in people.items()}
    for row in ROWS:
        able = [role for role in people if expected(row.get, role) == OK]
        if row.name in REVEALING or not able:
            continue
        # What a row makes and changes for itself is gone before the next one.
        before = transaction.savepoint()
        address = reverse(row.name, args=row.args(copy.deepcopy(cast)))
        for role in able:
            shown += _look(clients[role], role, address)
        transaction.savepoint_rollback(before)
    own = [
        one.get_absolute_url() for model in (Slip, Visit, Household, Resident) for one in model.objects.all()
    ]
    for role, client in clients.items():
        for address in own:
            shown += _look(client, role, address)
    assert shown == []
    assert not any(one in caplog.text for one in CANARY)
    assert not any(one in str(message.message()) for message in mail.outbox for one in CANARY)


def _look(client, role, address):
    answer = client.get(address, follow=True)
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    page = answer.content.decode()
    return [(role, address, one) for one in CANARY if one in page]
