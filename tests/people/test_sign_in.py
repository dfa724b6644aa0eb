"""Signing in by mobile number and password, in words, with patience and within limits."""

import logging
import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from people.models import Person
from studio.logs import PrivateFormatter
from tests.forms import send

PASSWORD = "mima-for-tests"
WRONG = "手机号和密码对不上，请再看看。想不起来可以打021-11111111"
TOO_MANY = "试了好几次，先歇一分钟再试，或打021-11111111请工作人员帮忙"
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 12) Mobile MicroMessenger"}


def sign_in(client, mobile, password=PASSWORD, **more):
    return client.post("/login/", {"login": mobile, "password": password, **more})


@pytest.fixture
def visitor(cast):
    """A browser that has been signed in to street A before."""
    client = Client()
    client.cookies["studio"] = str(cast.a.studio.pk)
    return client


def test_the_page_helps_password_managers_and_asks_no_riddles(db):
    page = Client().get("/login/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'inputmode="tel"' in page
    assert "data-show-password" in page
    assert "captcha" not in page


@pytest.mark.parametrize(
    ("agent", "ticked"), [(PHONE, True), ({"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0)"}, False)]
)
def test_staying_signed_in_is_ticked_on_phones_only(db, agent, ticked):
    page = Client().get("/login/", **agent).content.decode()
    box = page[page.index('name="remember"') :]
    assert ("checked" in box[: box.index(">")]) is ticked


@pytest.mark.parametrize("remember", [True, False])
def test_a_phone_stays_signed_in_for_ninety_days_if_wanted(cast, visitor, remember):
    answer = sign_in(visitor, cast.a.mentor.mobile, **({"remember": "on"} if remember else {}))
    assert answer.status_code == 302
    cookie = answer.cookies["sessionid"]
    assert cookie["max-age"] == (90 * 24 * 3600 if remember else "")


@pytest.mark.parametrize("way", ["{}", " {} ", "+86{}", "+86 {}", "wide", "spaced"])
def test_a_number_is_understood_however_it_is_written(cast, visitor, way):
    mobile = cast.a.mentor.mobile
    written = {
        "wide": "".join(chr(ord(figure) + 0xFEE0) for figure in mobile),
        "spaced": f"{mobile[:3]} {mobile[3:7]}-{mobile[7:]}",
    }.get(way, way.format(mobile))
    assert sign_in(visitor, written).status_code == 302
    assert visitor.get("/me/").status_code == 200


def test_after_sign_in_one_is_where_one_wanted_to_be(cast, visitor):
    answer = visitor.get("/notices/")
    assert answer["Location"] == "/login/?next=/notices/"
    answer = visitor.post("/login/?next=/notices/", {"login": cast.a.mentor.mobile, "password": PASSWORD})
    assert answer["Location"] == "/notices/"


def test_who_was_signed_out_while_writing_is_told(cast, visitor):
    page = visitor.post("/feedback/", {"text": "意见"}, follow=True)
    assert "为了安全，请再登录一次" in page.content.decode()


def test_nobody_is_led_off_the_site(cast, visitor):
    answer = visitor.post(
        "/login/?next=https://evil.example/", {"login": cast.a.mentor.mobile, "password": PASSWORD}
    )
    assert answer["Location"] == "/"


def test_the_first_visit_begins_with_the_text_size(cast, visitor):
    Person.objects.filter(pk=cast.a.mentor.pk).update(text_size_chosen=False)
    answer = visitor.post("/login/?next=/notices/", {"login": cast.a.mentor.mobile, "password": PASSWORD})
    assert answer["Location"] == "/welcome/?next=%2Fnotices%2F"


@pytest.mark.parametrize("mobile", ["known", "19999999999"])
def test_a_wrong_password_and_an_unknown_number_read_the_same(cast, visitor, mobile):
    page = sign_in(visitor, cast.a.mentor.mobile if mobile == "known" else mobile, "wrong")
    assert WRONG in page.content.decode()
    assert cast.a.mentor.name not in page.content.decode()


def test_five_wrong_tries_make_a_pause_with_a_phone_number(cast, visitor):
    for _ in range(5):
        assert WRONG in sign_in(visitor, cast.a.mentor.mobile, "wrong").content.decode()
    page = sign_in(visitor, cast.a.mentor.mobile).content.decode()
    assert TOO_MANY in page
    assert sign_in(visitor, cast.a.apprentice.mobile).status_code == 302


def test_an_account_that_was_closed_is_told_whom_to_ring(cast, visitor):
    Person.objects.filter(pk=cast.a.mentor.pk).update(is_active=False)
    answer = visitor.post("/login/", {"login": cast.a.mentor.mobile, "password": PASSWORD}, follow=True)
    assert "这个账号现在不能登录。需要的话请打021-11111111" in answer.content.decode()
    assert visitor.get("/me/").status_code == 302


def test_nobody_signs_up(db):
    assert Client().get("/signup/").status_code == 404
    assert Client().get("/accounts/signup/").status_code == 404


def test_signing_out_asks_first_and_happens_by_post(cast, visitor):
    visitor.force_login(cast.a.mentor)
    assert "要在这台设备上退出吗" in visitor.get("/logout/").content.decode()
    assert visitor.get("/me/").status_code == 200
    assert visitor.post("/logout/")["Location"] == "/login/"
    assert visitor.get("/me/").status_code == 302


def code_for(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def test_two_steps_when_one_has_turned_them_on(cast, visitor):
    secret = generate_totp_secret()
    TOTP.activate(cast.a.staff, secret)
    answer = sign_in(visitor, cast.a.staff.mobile)
    assert answer["Location"] == "/login/code/"
    assert visitor.get("/me/").status_code == 302
    assert "验证码" in visitor.get("/login/code/").content.decode()
    assert visitor.post("/login/code/", {"code": "000000"}).status_code == 200
    assert visitor.post("/login/code/", {"code": code_for(secret)})["Location"] == "/"
    assert visitor.get("/me/two-step/").status_code == 200


def test_turning_on_two_steps_asks_for_the_password_again(cast, visitor):
    sign_in(visitor, cast.a.staff.mobile)
    again = visitor.get("/me/two-step/on/")["Location"]
    assert again.startswith("/again/")
    assert "密码对不上，请再看看" in visitor.post(again, {"password": "wrong"}).content.decode()
    assert visitor.post(again, {"password": PASSWORD})["Location"] == "/me/two-step/on/"
    page = visitor.get("/me/two-step/on/").content.decode()
    secret = re.search("<code>([A-Z2-7]+)</code>", page)[1]
    assert visitor.post("/me/two-step/on/", {"code": code_for(secret)})["Location"] == "/me/two-step/codes/"
    assert "备用码" in visitor.get("/me/two-step/codes/").content.decode()
    assert "已经打开" in visitor.get("/me/two-step/").content.decode()


def test_no_personal_data_and_no_card_code_reach_the_log(cast, visitor, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(visitor, cast.a.mentor.mobile, "wrong-secret-9")
    visitor.get("/card/AbC_secret-code/")
    formatter = PrivateFormatter("{message}", style="{")
    lines = "\n".join(formatter.format(record) for record in caplog.records)
    assert "/card/…" in lines
    for secret in (cast.a.mentor.mobile, "wrong-secret-9", "AbC_secret", cast.a.mentor.name):
        assert secret not in lines


@pytest.mark.parametrize("old", [True, False])
def test_one_changes_ones_own_password_and_stays_signed_in(cast, old):
    person = cast.a.mentor
    if not old:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    here, elsewhere = cast.client(person), cast.client(person)
    answer = send(
        here, "/me/password/", {"old": PASSWORD, "new": "xin-mima-2026"} if old else {"new": "xin-mima-2026"}
    )
    assert answer["Location"] == "/me/"
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    person.refresh_from_db()
    assert person.check_password("xin-mima-2026")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("wrong", "xin-mima-2026", "现在的密码对不上"),
        (PASSWORD, "12345678", "密码"),
        (PASSWORD, "short", "密码"),
    ],
)
def test_a_password_that_will_not_do_is_told(cast, old, new, sentence):
    client = cast.client(cast.a.mentor)
    page = send(client, "/me/password/", {"old": old, "new": new})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    cast.a.mentor.refresh_from_db()
    assert cast.a.mentor.check_password(PASSWORD)


def test_guessing_the_old_password_is_slowed_down(cast):
    client = cast.client(cast.a.mentor)
    codes = [
        send(client, "/me/password/", {"old": "guess", "new": "xin-mima-2026"}).status_code for _ in range(6)
    ]
    assert codes == [422] * 5 + [429]


def test_a_session_that_has_run_out_leads_to_the_sign_in(cast):
    client = cast.client(cast.a.staff)
    assert client.get("/me/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/me/").url.startswith("/login/")
