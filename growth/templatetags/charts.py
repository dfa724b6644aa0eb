"""Tags that draw static charts. All numbers come from growth/charts.py."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from growth import charts

register = template.Library()

LARGE = ("xl", "xxl")


@register.inclusion_tag("components/radar.html", takes_context=True)
def radar(context, scores, previous=None, fold=None):
    """五项本领: the sentence, the outline (from three marks on), bars with the numbers.

    `scores`, `previous`: {Competency value: mark}; `fold`: bars first and the outline folded, which is so by
    itself where the text is 特大 or 超大.
    """
    rows = charts.axes(scores, previous)
    return {
        "sentence": charts.sentence(rows),
        "drawing": charts.radar(rows),
        "bars": charts.score_bars(rows),
        "rows": rows,
        "has_previous": any(row.previous for row in rows),
        "fold": context.get("text_size") in LARGE if fold is None else fold,
    }


@register.inclusion_tag("components/bars.html")
def bars(rows, caption="", unit="", top=None):
    """Bars from [(label, value)] or [(label, value, words)]; the value is printed at the end of each."""
    return {"bars": charts.bars(rows, unit=unit, top=top), "caption": caption}


@register.simple_tag
def month_heat(year, month, counts, url="", noun="带教", unit="次"):
    """带教日历: one month, the count in each day. `url`: address of a day's list with `{}` for 2024-06-18.

    Drawn here: half a year is two hundred days, and a template takes a sixth of the page's time for them.
    """
    link = (lambda day: url.format(day.isoformat())) if url else None
    heat = charts.month_heat(year, month, counts, url=link, noun=noun, unit=unit)
    head = "".join(f'<th scope="col">{weekday}</th>' for weekday in heat["weekdays"])
    weeks = "".join(f"<tr>{''.join(map(_day, week))}</tr>" for week in heat["weeks"])
    caption = conditional_escape(heat["caption"])
    body = f"<thead><tr>{head}</tr></thead><tbody>{weeks}</tbody>"
    return mark_safe(f'<table class="heat"><caption>{caption}</caption>{body}</table>')


def _day(day):
    if day is None:
        return "<td></td>"
    told = f'<span class="visually-hidden">{day.number}日，</span>{day.count}' if day.count else ""
    if day.url:
        href = conditional_escape(day.url)
        told = f'<a href="{href}">{told}<span class="visually-hidden">次</span></a>'
    return f'<td class="h{day.step}">{told}</td>'
