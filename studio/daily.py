"""What is done once a day, without anybody asking: `manage.py daily` runs the list, cron or systemd calls it.

A duty is a name and a function of the day. Each runs in a transaction of its own; one that fails is reported
and does not stop the others. Running the list twice on one day must change nothing the second time: a duty
looks for what is still to be done instead of trusting that it was not called before.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from casework import likeness
from casework.actions import attachments
from growth.actions import bundles
from people import search_index
from people.actions import residents

from . import reminders

log = logging.getLogger(__name__)
# One number for all machines: two runs at once would only wait for each other's rows.
LOCK = 7_030_101


@dataclass(frozen=True)
class Duty:
    """`act(today)` does the work and returns what it did, in a few Chinese words or as a number of rows.

    `atomic=False` for a duty that talks to other machines and keeps its own, short transactions.
    """

    name: str
    act: Callable[[date], object]
    atomic: bool = True


@dataclass(frozen=True)
class Done:
    """`said`: what the duty did; `error`: the kind of error that stopped it, without its words, or ""."""

    name: str
    said: str
    error: str = ""


# In the order in which they run. Append yours.
DUTIES: list[Duty] = [
    Duty("隐去保存期满的居民姓名和电话", residents.forget_old),
    Duty("算一算案例和哪些相近", lambda today: likeness.add_missing()),
    Duty("补上搜索里还没有的", lambda today: search_index.add_missing()),
    Duty("清掉一周前的整期档案", bundles.forget_old),
    Duty("清掉一个月还没交的复诊照片", attachments.forget_waiting),
    Duty("告诉大家快到日子的事", reminders.due_soon),
    Duty("每周提醒", reminders.digests),
    Duty("告诉工作室今天有几件事", reminders.tell_studios),
    Duty("发提醒", reminders.send, atomic=False),
    Duty("清掉半年前的提醒", reminders.forget),
]


def run(today, duties=None):
    """Do all duties of the day; a list of Done, or None when another run is at it just now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        try:
            return [_do(duty, today) for duty in (DUTIES if duties is None else duties)]
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _do(duty, today):
    try:
        if duty.atomic:
            with transaction.atomic():
                said = duty.act(today)
        else:
            said = duty.act(today)
    except Exception as error:  # whatever it was, the next duty has its turn
        # Words of an error may hold personal data: the log formatter keeps them out, and so does the report.
        log.exception("The duty “%s” failed", duty.name)
        return Done(duty.name, "", type(error).__name__)
    return Done(duty.name, f"{said}项" if isinstance(said, int) else said or "没有要做的")
