"""Tags that draw static charts. All numbers come from growth/charts.py."""

from django import template

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


@register.inclusion_tag("components/month_heat.html")
def month_heat(year, month, counts, url="", noun="带教", unit="次"):
    """带教日历: one month, the count in each day. `url`: address of a day's list with `{}` for 2024-06-18."""
    link = (lambda day: url.format(day.isoformat())) if url else None
    return charts.month_heat(year, month, counts, url=link, noun=noun, unit=unit)
