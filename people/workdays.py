"""Working days, with the public holidays and the moved weekends of the State Council's calendar.

The calendar package knows whole years only. Beyond them Monday to Friday count, and `caveat` says so.
"""

from datetime import datetime, time, timedelta

import chinese_calendar
from django.utils import timezone

FRIDAY = 4
_known = {day.year for day in chinese_calendar.constants.holidays}
FIRST_YEAR, LAST_YEAR = min(_known), max(_known)


def is_workday(day):
    """Whether offices are open on this date."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return chinese_calendar.is_workday(day)
    return day.weekday() <= FRIDAY


def after_workdays(day, count):
    """The date `count` working days after `day`; day itself does not count. `count` ≥ 0; 0 is `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def next_workday(day):
    """The date itself if offices are open, else the first day they are."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def last_workday(day):
    """The date itself if offices are open, else the last day before on which they were."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def workdays_between(first, last):
    """How many working days passed after `first`, up to and with `last`. 0 when last is not later."""
    span = max(0, (last - first).days)
    return sum(is_workday(first + timedelta(days=n)) for n in range(1, span + 1))


def caveat(day):
    """A sentence for a due date in a year whose holidays are not known yet, else ""."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    return f"{day.year}年的放假安排还没有，这里按周一到周五算工作日"


def is_known(day):
    """Whether the holidays of this year are known."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def holiday_mark(day):
    """What a calendar writes on the day: 国庆节, 调休上班, or "" for an ordinary day or an unknown year."""
    if not is_known(day):
        return ""
    off, name = chinese_calendar.get_holiday_detail(day)
    if not name:
        return ""
    return _HOLIDAYS.get(name, "放假") if off else "调休上班"


def unknown_years(first, last):
    """A sentence for a span of days whose holidays are not marked, else ""."""
    years = [year for year in range(first.year, last.year + 1) if not FIRST_YEAR <= year <= LAST_YEAR]
    if not years:
        return ""
    return f"{'、'.join(map(str, years))}年的放假安排这里还没有，节假日和调休没有标，以国家公布的为准。"


_HOLIDAYS = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}


def midnight(day):
    """The moment at which the day begins here: a column of moments is compared with it, not turned to days.

    `__date__gte` would work out the day of every row, and no index could help.
    """
    return timezone.make_aware(datetime.combine(day, time.min))
