"""Filters for the words of people/words.py. An empty value gives an empty string."""

from django import template

from people import words

register = template.Library()


def _filter(name, function):
    register.filter(name, lambda value: function(value) if value not in (None, "") else "")


for _name in (
    "day",
    "short_day",
    "near_day",
    "clock",
    "moment",
    "exact_moment",
    "before",
    "due",
    "due_kind",
    "waited",
    "month",
    "formal_day",
    "duration",
):
    _filter(_name, getattr(words, _name))

register.filter("up_to", words.up_to)


@register.filter
def than_last(now, then):
    """`{{ 24|than_last:21 }}` → 比上月多3次."""
    return words.than(now, then)


@register.simple_tag
def than(now, then, unit="次", when="上月"):
    """`{% than 4 5 "件" "去年同期" %}` → 比去年同期少1件."""
    return words.than(now, then, unit, when)


@register.simple_tag
def span(first, last):
    """`{% span cohort.starts cohort.ends %}` → 6月1日至12月31日."""
    return words.span(first, last)
