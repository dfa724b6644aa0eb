"""提醒: sent once, tried again, without secrets and without names; a real server answers."""

import json
import logging
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.utils import timezone

from people import outbox, vault
from people.actions import reminders as acts
from people.forms.reminders import robot_secret
from people.models import Channel, Notice, Outgoing, ReminderChoice
from studio import daily, reminders
from tests.factories import CadenceCellFactory, CaseFactory, SessionFactory, StepFactory, days_ahead
from tests.forms import send

SECRET = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa".replace("x", "0").replace("s", "5").replace("i", "1")
ADDRESS = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={SECRET}"
MONDAY = date(2026, 6, 15)


class Robot(BaseHTTPRequestHandler):
    """Answers as the server says next: a dict as JSON, a number as a status, None by hanging up."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, json.loads(body)))
        answer = self.server.answers.pop(0) if self.server.answers else {"errcode": 0}
        if answer is None:
            self.connection.close()
            return
        self.send_response(answer if isinstance(answer, int) else 200)
        if answer == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(json.dumps(answer if isinstance(answer, dict) else {}).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def robot(settings):
    server = HTTPServer(("127.0.0.1", 0), Robot)
    server.heard, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.ROBOT_ENDPOINT = f"http://127.0.0.1:{server.server_port}/send"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def channel(cast):
    return acts.set_channel(Channel(studio=cast.a.studio, robot_on=True), secret=SECRET)


def put(studio, key="day", at=None):
    return outbox.put(studio=studio, way=Outgoing.Way.ROBOT, key=key, text="等着办的3件。", at=at)


def test_one_line_goes_to_the_robot_once(cast, channel, robot):
    assert put(cast.a.studio)
    assert not put(cast.a.studio)
    assert outbox.send_waiting() == (1, 0)
    assert outbox.send_waiting() == (0, 0)
    ((path, said),) = robot.heard
    assert path == f"/send?key={SECRET}"
    assert said == {"msgtype": "text", "text": {"content": "等着办的3件。"}}


@pytest.mark.parametrize("trouble", [500, 302, None, {"errcode": 45009}, {"odd": 1}])
def test_what_fails_is_tried_again_later_and_then_goes_out(cast, channel, robot, trouble):
    now = timezone.now()
    put(cast.a.studio, at=now)
    robot.answers = [trouble]
    assert outbox.send_waiting(now) == (0, 1)
    assert outbox.send_waiting(now + timedelta(minutes=9)) == (0, 0)
    assert outbox.send_waiting(now + timedelta(minutes=11)) == (1, 0)
    row = Outgoing.objects.get()
    assert (row.tries, row.trouble) == (2, "")


def test_it_is_given_up_in_the_end(cast, channel, robot):
    at = timezone.now()
    put(cast.a.studio, at=at)
    robot.answers = [500] * 20
    for _ in range(10):
        outbox.send_waiting(at)
        at += timedelta(days=2)
    row = Outgoing.objects.get()
    assert (row.tries, bool(row.gave_up_at), row.sent_at) == (len(outbox.PAUSES) + 1, True, None)
    assert len(robot.heard) == row.tries


def test_a_robot_that_is_gone_is_not_tried_again(cast, channel, robot):
    put(cast.a.studio)
    robot.answers = [{"errcode": 93000}]
    outbox.send_waiting()
    row = Outgoing.objects.get()
    assert row.gave_up_at
    assert "重新贴地址" in row.trouble


def test_a_row_that_somebody_is_sending_is_left_alone(cast, channel, robot):
    put(cast.a.studio)
    Outgoing.objects.update(claimed_at=timezone.now())
    assert outbox.send_waiting() == (0, 0)
    assert robot.heard == []


def test_the_secret_is_sealed_and_never_shown_or_logged(cast, robot, caplog):
    client = cast.client(cast.a.staff)
    send(client, "/options/reminders/", {"robot_on": "on", "address": ADDRESS})
    kept = Channel.objects.get()
    assert SECRET not in kept.robot
    assert vault.unseal(kept.robot) == SECRET
    robot.server_close()  # nobody listens any more
    put(cast.a.studio)
    with caplog.at_level(logging.DEBUG):
        outbox.send_waiting()
    assert Outgoing.objects.get().trouble == "连不上企业微信"
    assert SECRET not in caplog.text
    for path in ("/options/reminders/", "/options/"):
        assert SECRET not in client.get(path).content.decode()
    page = send(client, "/options/reminders/", {"robot_on": "on", "address": f"{ADDRESS}x"})
    assert page.status_code == 422
    assert SECRET not in page.content.decode()
    assert acts.rotate() == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + SECRET,
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=" + SECRET,
        "https://evil.example/cgi-bin/webhook/send?key=" + SECRET,
        "https://me@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + SECRET,
        "https://qyapi.weixin.qq.com:444/cgi-bin/webhook/send?key=" + SECRET,
        "https://qyapi.weixin.qq.com/cgi-bin/other?key=" + SECRET,
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=123",
        "https://[bad",
        "群机器人",
    ],
)
def test_only_the_robots_own_address_is_taken(cast, address):
    assert robot_secret(address) is None
    page = send(cast.client(cast.a.staff), "/options/reminders/", {"robot_on": "on", "address": address})
    assert page.status_code == 422
    assert "复制地址" in page.content.decode()
    assert not Channel.objects.exists()


def test_switching_on_without_an_address_asks_for_one(cast):
    page = send(cast.client(cast.a.staff), "/options/reminders/", {"robot_on": "on"})
    assert "请贴群机器人的地址" in page.content.decode()


def test_two_editors_of_the_channel_are_told(cast, channel):
    client = cast.client(cast.a.staff)
    form = client.get("/options/reminders/").context["form"]
    old = {"version": form["version"].value(), "form_token": form["form_token"].value()}
    old["opened_at"] = form["opened_at"].value()
    send(client, "/options/reminders/", {"robot_on": "on"})
    assert client.post("/options/reminders/", old).status_code == 409


def test_a_try_says_what_became_of_it(cast, channel, robot):
    client = cast.client(cast.a.staff)
    page = send(client, "/options/reminders/try/", follow=True)
    assert "企业微信群：发出去了" in page.content.decode()
    robot.answers = [500]
    page = send(client, "/options/reminders/try/", follow=True)
    assert "没有发成" in page.content.decode()


def test_mail_goes_where_the_studio_wants_it(cast, settings):
    settings.MAIL_READY = True
    client = cast.client(cast.a.staff)
    send(client, "/options/reminders/", {"mail_on": "on", "mail_to": "office@example.org"})
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="王阿姨的空调")
    assert reminders.tell_studios(MONDAY) == 1
    assert reminders.tell_studios(MONDAY) == 0
    outbox.send_waiting(timezone.now() + timedelta(minutes=1))
    (letter,) = mail.outbox
    assert letter.to == ["office@example.org"]
    assert "等街道办的事1件" in letter.body
    assert "王阿姨" not in letter.body + letter.subject
    for person in (cast.a.apprentice, cast.a.mentor, cast.a.staff):
        assert person.name not in letter.body


def test_nothing_goes_out_on_a_holiday_or_when_nothing_waits(cast, channel):
    assert reminders.tell_studios(date(2026, 10, 1)) == 0
    assert reminders.tell_studios(date(2026, 6, 13)) == 0  # a Saturday


def test_each_is_told_once_of_what_is_near(cast):
    a = cast.a
    today = timezone.localdate()
    SessionFactory(
        group=a.group, present=[a.apprentice], state="planned", held_on=days_ahead(1), place="居委会",
        logged_at=None, logged_by=None,
    )  # fmt: skip
    StepFactory(
        prescription__case__studio=a.studio, due_on=days_ahead(1), owner=a.apprentice, text="量尺寸", order=1
    )
    reminders.due_soon(today)
    number = Notice.objects.count()
    texts = set(Notice.objects.values_list("text", flat=True))
    assert any("居委会有一次带教" in text for text in texts)
    assert any("药方第1步" in text for text in texts)
    reminders.due_soon(today)
    assert Notice.objects.count() == number


def test_a_mentor_hears_of_a_month_that_ends_without_a_session(cast):
    day = date(timezone.localdate().year, 11, 27)
    a = cast.a
    reminders.due_soon(day)
    told = Notice.objects.filter(person=a.mentor, link__contains=f"/cadence/{day.year}/theme/11/")
    expected = 1 if a.cohort.starts_on <= date(day.year, 11, 15) and a.cohort.ends_on >= day else 0
    assert told.count() == expected
    CadenceCellFactory(group=a.other_group, period=11)


def test_the_weekly_digest_comes_once_and_can_be_switched_off(cast):
    a = cast.a
    day = MONDAY
    SessionFactory(
        group=a.group, state="planned", held_on=day + timedelta(days=2), logged_at=None, logged_by=None
    )
    send(cast.client(a.other_mentor), "/me/reminders/", {})
    assert ReminderChoice.objects.get(person=a.other_mentor).digest is False
    reminders.digests(day)
    reminders.digests(day + timedelta(days=1))
    assert Notice.objects.filter(person=a.mentor, text__startswith="这一周安排了1次带教").count() == 1
    assert not Notice.objects.filter(person=a.other_mentor, text__startswith="这一周").exists()


def test_the_digest_by_mail_only_for_whoever_asked(cast, settings):
    settings.MAIL_READY = True
    a = cast.a
    SessionFactory(group=a.group, state="planned", held_on=MONDAY, logged_at=None, logged_by=None)
    send(cast.client(a.mentor), "/me/reminders/", {"digest": "on", "mail": "shifu@example.org"})
    reminders.digests(MONDAY)
    outbox.send_waiting(timezone.now() + timedelta(minutes=1))
    assert [letter.to for letter in mail.outbox] == [["shifu@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_the_days_work_sends_and_says_so(cast, channel, robot):
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    told = {one.name: one.said for one in daily.run(MONDAY)}
    assert told["发提醒"] == "发出1条"
    assert "卡住的" in robot.heard[0][1]["text"]["content"]
    assert {one.name: one.said for one in daily.run(MONDAY)}["发提醒"] == "没有要做的"
