"""Addresses in a list: `{{ pair.apprentice_id|address:"mentoring:course-of" }}` (people/addresses.py)."""

from django import template

from people.addresses import address_of

register = template.Library()


@register.filter
def address(pk, name):
    return address_of(name, pk)
