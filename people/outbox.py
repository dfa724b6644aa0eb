"""Sending what waits in the outbox: once each, tried again with growing pauses, given up in the end.

The group robot is spoken to at one address only (settings.ROBOT_ENDPOINT), with a time-out and without
following anybody elsewhere. Its secret and what the network said stay out of logs and out of what is kept.
"""

import json
from datetime import timedelta
from urllib import error, parse, request

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from . import vault
from .models import Channel, Outgoing

TIMEOUT_SECONDS = 8
MOST_ANSWER = 4096
# After the first try that failed, the second, …: how long until the next. Then it is given up.
PAUSES = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
)
# What the robot answers when its address is no good: trying again would not help.
ROBOT_UNKNOWN = (93000, 93017, 40058)
Way = Outgoing.Way


class NotSent(Exception):
    """`str()` is a Chinese sentence for staff, without secrets. `for_good`: trying again would not help."""

    def __init__(self, words, *, for_good=False):
        super().__init__(words)
        self.for_good = for_good


def put(*, studio, way, key, text, subject="", person=None, at=None):
    """Write a reminder into the outbox unless the same stands there; returns whether it is new."""
    at = at or timezone.now()
    made = Outgoing(
        studio=studio, person=person, way=way, key=key, subject=subject, text=text[:500], created_at=at,
        next_at=at, sent_at=at if way == Way.SITE else None,
    )  # fmt: skip
    known = Outgoing.objects.filter(studio=studio, way=way, key=key, person=person)
    if known.exists():
        return False
    Outgoing.objects.bulk_create([made], ignore_conflicts=True)
    return known.filter(created_at=at).exists()


def send_waiting(at=None, most=500):
    """Send what is due; (sent, not sent). Each row in short transactions of its own."""
    at, sent, left = at or timezone.now(), 0, 0
    for pk in list(Outgoing.objects.to_send(at).order_by("next_at").values_list("pk", flat=True)[:most]):
        outcome = send_one(pk, at)
        sent += outcome is True
        left += outcome is False
    return sent, left


def send_one(pk, at=None):
    """True when it went out, False when not, None when somebody else has it."""
    at = at or timezone.now()
    with transaction.atomic():
        waiting = Outgoing.objects.to_send(at).select_for_update(skip_locked=True, of=("self",))
        row = waiting.select_related("studio").filter(pk=pk).first()
        if row is None:
            return None
        Outgoing.objects.filter(pk=pk).update(claimed_at=at, tries=row.tries + 1)
    try:
        _SENDERS[row.way](row)
    except NotSent as trouble:
        _try_later(row, trouble, at)
        return False
    Outgoing.objects.filter(pk=pk).update(sent_at=at, trouble="")
    return True


def _try_later(row, trouble, at):
    tried = row.tries + 1
    over = trouble.for_good or tried > len(PAUSES)
    Outgoing.objects.filter(pk=row.pk).update(
        claimed_at=None,
        trouble=str(trouble)[:60],
        gave_up_at=at if over else None,
        next_at=at if over else at + PAUSES[tried - 1],
    )


class _StayHere(request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


_opener = request.build_opener(_StayHere, request.ProxyHandler({}))


def _send_robot(row):
    channel = Channel.objects.filter(studio=row.studio_id, robot_on=True).first()
    if channel is None:
        raise NotSent("群机器人已经停用", for_good=True)
    try:
        secret = vault.unseal(channel.robot)
    except vault.Sealed:
        raise NotSent("群机器人的地址打不开，请重新贴一次", for_good=True) from None
    asked = request.Request(
        f"{settings.ROBOT_ENDPOINT}?{parse.urlencode({'key': secret})}",
        data=json.dumps({"msgtype": "text", "text": {"content": row.text}}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with _opener.open(asked, timeout=TIMEOUT_SECONDS) as answer:
            said = json.loads(answer.read(MOST_ANSWER))
    except error.HTTPError as refused:
        raise NotSent(f"企业微信没有收（{refused.code}）") from None
    except (OSError, ValueError):  # the words of a network error may hold the address
        raise NotSent("连不上企业微信") from None
    code = said.get("errcode") if isinstance(said, dict) else None
    if code in ROBOT_UNKNOWN:
        raise NotSent("企业微信不认得这个群机器人，请重新贴地址", for_good=True)
    if code != 0:
        raise NotSent(f"企业微信没有收（{code}）")


def _send_mail(row):
    if row.person_id:
        to = getattr(getattr(row.person, "reminder_choice", None), "mail", "")
    else:
        wanted = Channel.objects.filter(studio=row.studio_id, mail_on=True)
        to = wanted.values_list("mail_to", flat=True).first()
    if not to:
        raise NotSent("邮件提醒已经停用", for_good=True)
    if not settings.MAIL_READY:
        raise NotSent("网站还没有接上邮件", for_good=True)
    try:
        EmailMessage(row.subject, row.text, to=[to]).send()
    except (OSError, ValueError):  # smtplib's errors are OSErrors
        raise NotSent("邮件没有发出去") from None


_SENDERS = {Way.ROBOT: _send_robot, Way.MAIL: _send_mail}
