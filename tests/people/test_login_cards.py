"""登录卡: printed once, scanned safely, used once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.actions import login_cards, persons
from people.models import LoginCard, Notice, Person
from people.roles import Role
from tests.cast import make_cast
from tests.factories import make_person
from tests.forms import hidden_fields


def fresh(cast, person=None, **when):
    return login_cards.issue(
        studio=cast.a.studio, persons=[person or cast.a.mentor], by=cast.a.staff, **when
    )[0]


def print_cards(client, *people):
    page = client.get("/people/")
    return client.post("/cards/", {**hidden_fields(page), "person": [person.pk for person in people]})


def test_staff_print_cards_and_only_digests_are_kept(cast):
    answer = print_cards(cast.client(cast.a.staff), cast.a.mentor, cast.a.apprentice)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('<path stroke="#000"') == 2 + 2
    assert 'style="' not in page
    assert "no-store" in answer["Cache-Control"]
    assert {card.person for card in LoginCard.objects.all()} == {cast.a.mentor, cast.a.apprentice}
    assert all(re.fullmatch("[0-9a-f]{64}", card.digest) for card in LoginCard.objects.all())


def test_eight_cards_stand_on_a_sheet_and_backs_match_their_fronts(cast):
    people = [make_person(cast.a.studio, Role.MENTOR) for _ in range(9)]
    answer = print_cards(cast.client(cast.a.staff), *people)
    first, second = answer.context["sheets"]
    assert [len(first["fronts"]), len(second["fronts"])] == [8, 1]
    assert first["backs"][:2] == first["fronts"][1::-1]
    assert second["backs"] == [None, second["fronts"][0]]


def test_printing_the_same_form_twice_makes_no_second_card(cast):
    client = cast.client(cast.a.staff)
    data = {**hidden_fields(client.get("/people/")), "person": [cast.a.mentor.pk]}
    assert client.post("/cards/", data).status_code == 200
    assert client.post("/cards/", data)["Location"] == "/cards/"
    assert LoginCard.objects.count() == 1


def test_nobody_ticked_is_told(cast):
    client = cast.client(cast.a.staff)
    print_cards(client)
    assert "请先点一下给谁打印登录卡" in client.get("/people/").content.decode()


def test_a_card_never_opens_an_account_that_works_elsewhere_too(cast):
    persons.add_role(person=cast.b.staff, studio=cast.a.studio, role=Role.CONSULTANT, by=cast.a.staff)
    client = cast.client(cast.a.staff)
    print_cards(client, cast.b.staff)
    assert not LoginCard.objects.exists()
    assert "在别的工作室也有角色，登录卡请那边打印" in client.get("/people/").content.decode()


def test_scanning_shows_the_name_and_burns_nothing(cast):
    code = fresh(cast).code
    for _ in range(3):
        page = Client().get(f"/card/{code}/")
        assert page.status_code == 200
        assert cast.a.mentor.name in page.content.decode()
        assert cast.a.mentor.mobile not in page.content.decode()
        assert page.content.decode().count("<button") == 1
    assert LoginCard.objects.usable().count() == 1


def test_one_tap_signs_the_phone_in_for_ninety_days_and_asks_for_the_text_size(cast):
    Person.objects.filter(pk=cast.a.mentor.pk).update(text_size_chosen=False)
    phone = Client()
    answer = phone.post(f"/card/{fresh(cast).code}/")
    assert answer["Location"] == "/welcome/?next=%2F"
    assert answer.cookies["sessionid"]["max-age"] == 90 * 24 * 3600
    assert phone.get("/me/").status_code == 200
    assert LoginCard.objects.get().used_at


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("used", "这张登录卡已经用过了"),
        ("expired", "这张登录卡过了7天，不能用了"),
        ("revoked", "这张登录卡停用了"),
        ("closed", "这张登录卡停用了"),
    ],
)
def test_a_card_that_is_spent_says_whom_to_ring(cast, state, sentence):
    when = {"at": timezone.now() - timedelta(days=7, minutes=1)} if state == "expired" else {}
    card = fresh(cast, **when)
    if state == "used":
        login_cards.use(card.card)
    elif state == "revoked":
        login_cards.revoke(card.card, by=cast.a.staff)
    elif state == "closed":
        Person.objects.filter(pk=cast.a.mentor.pk).update(is_active=False)
    phone = Client()
    phone.cookies["studio"] = str(cast.a.studio.pk)
    for answer in (phone.get(f"/card/{card.code}/"), phone.post(f"/card/{card.code}/")):
        assert answer.status_code == 410
        assert sentence in answer.content.decode()
        assert 'href="tel:021-11111111"' in answer.content.decode()
    assert phone.get("/me/").status_code == 302


def test_a_new_card_replaces_the_old_one(cast):
    old, new = fresh(cast), fresh(cast)
    assert Client().post(f"/card/{old.code}/").status_code == 410
    assert Client().post(f"/card/{new.code}/").status_code == 302


def test_staff_revoke_a_lost_card(cast):
    card = fresh(cast)
    client = cast.client(cast.a.staff)
    assert "还没用" in client.get("/cards/").content.decode()
    client.post(f"/cards/{card.card.pk}/revoke/")
    assert "停用了" in client.get("/cards/").content.decode()
    assert Client().post(f"/card/{card.code}/").status_code == 410


def test_guessing_codes_is_slowed_down(cast):
    client = Client()
    codes = [client.get(f"/card/guess-{number}/").status_code for number in range(32)]
    assert codes[:30] == [404] * 30
    assert codes[-1] == 429


def test_the_address_of_a_card_is_not_kept_in_the_history(cast):
    card = fresh(cast)
    Client().post(f"/card/{card.code}/")
    contexts = [
        event.pgh_context for event in LoginCard.pgh_event_model.objects.select_related("pgh_context")
    ]
    assert card.code not in str([context.metadata for context in contexts if context])


@pytest.mark.django_db(transaction=True)
def test_of_two_phones_at_the_same_moment_one_is_signed_in():
    cast = make_cast()
    code = fresh(cast).code

    def tap(_):
        try:
            return Client().post(f"/card/{code}/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(tap, range(4)))
    assert codes == [302, 410, 410, 410]
    assert Notice.objects.count() == 0
