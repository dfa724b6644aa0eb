"""Dates, times and numbers as people say them (DESIGN §7.1, rule 9). Plain functions; the filters are in
people/templatetags/words.py.

Every function takes a `date` or an aware `datetime`; `today` is given only in tests and in documents.
"""

from datetime import date, datetime

from django.utils import timezone

WEEKDAYS = "一二三四五六日"
_NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
_FIGURES = "〇一二三四五六七八九"


def local_date(value):
    """The day in the studio's time zone."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _today(today):
    return today or timezone.localdate()


def day(value, today=None):
    """6月18日（周四）; with the year when it is another one: 2023年6月18日（周日）."""
    value = local_date(value)
    year = "" if value.year == _today(today).year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def short_day(value, today=None):
    """6月18日, with the year when it is another one."""
    return day(value, today).partition("（")[0]


def near_day(value, today=None):
    """前天, 昨天, 今天, 明天, 后天, else as `day`."""
    value = local_date(value)
    return _NEAR.get((value - _today(today)).days) or day(value, today)


def clock(value):
    """下午2:30. `value`: an aware datetime or a time."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    hour = value.hour
    part = ("凌晨", "上午", "中午", "下午", "晚上")[(hour >= 6) + (hour >= 12) + (hour >= 13) + (hour >= 18)]
    return f"{part}{hour - 12 if hour > 12 else hour}:{value.minute:02}"


def moment(value, today=None):
    """今天下午2:30, 6月18日（周四）下午2:30."""
    return near_day(value, today) + clock(value)


def exact_moment(value, today=None):
    """As `moment`, never with 今天 or 昨天: for what is kept and printed."""
    return day(value, today) + clock(value)


def before(value, today=None):
    """6月18日（周四）前."""
    return day(value, today) + "前"


def due(value, today=None):
    """逾期3天, 今天截止, 明天截止, else as `before`."""
    left = (local_date(value) - _today(today)).days
    if left < 0:
        return f"逾期{-left}天"
    return f"{_NEAR[left]}截止" if left < 2 else before(value, today)


def due_kind(value, today=None):
    """The chip that fits `due`: late, todo (today and tomorrow) or plan."""
    left = (local_date(value) - _today(today)).days
    return "late" if left < 0 else "todo" if left < 2 else "plan"


def waited(value, today=None):
    """今天刚到, 已等3天: how long something has been lying."""
    days = (_today(today) - local_date(value)).days
    return f"已等{days}天" if days > 0 else "今天刚到"


def month(value, today=None):
    """6月, with the year when it is another one."""
    value = local_date(value)
    return f"{value.month}月" if value.year == _today(today).year else f"{value.year}年{value.month}月"


def span(first, last, today=None):
    """6月1日至6月30日; the year stands at each end when the two differ or neither is this year."""
    first, last, today = local_date(first), local_date(last), _today(today)
    if first == last:
        return short_day(first, today)
    seen_from = today if first.year == last.year else date(1, 1, 1)
    return f"{short_day(first, seen_from)}至{short_day(last, seen_from)}"


def formal_day(value):
    """二〇二四年六月十八日, for letters and appointments."""
    value = local_date(value)
    year = "".join(_FIGURES[int(figure)] for figure in str(value.year))
    return f"{year}年{_small(value.month)}月{_small(value.day)}日"


def _small(number):
    """1 to 31 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_FIGURES[tens]}十") + (
        _FIGURES[ones] if ones else ""
    )


def than(now, then, unit="次", when="上月"):
    """比上月多3次, 比上月少1次, 和上月一样."""
    if now == then:
        return f"和{when}一样"
    return f"比{when}{'多' if now > then else '少'}{abs(now - then)}{unit}"


def duration(minutes):
    """半小时, 1小时, 1个半小时, 半天 (240), 50分钟. `minutes`: a whole number, or None for nothing."""
    if not minutes:
        return ""
    if minutes == 240:
        return "半天"
    hours, rest = divmod(minutes, 60)
    if rest == 30:
        return f"{hours}个半小时" if hours else "半小时"
    return (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")


def up_to(count, bound):
    """A count that stopped at `bound`: 23, or 100多."""
    return f"{bound}多" if count > bound else str(count)
