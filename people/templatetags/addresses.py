"""`{% url %}` as in Django; the address of a row is worked out once for its name (people/addresses.py).

Built in (settings, TEMPLATES): no template loads it.
"""

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from ..addresses import address_of

register = template.Library()


class AddressNode(URLNode):
    """An address with nothing but numbers in it; any other is Django's own affair."""

    def render(self, context):
        numbers = [arg.resolve(context) for arg in self.args]
        if self.kwargs or self.asvar or not all(type(number) is int for number in numbers):
            return super().render(context)
        try:
            return conditional_escape(address_of(self.view_name.resolve(context), *numbers))
        except NoReverseMatch:
            return super().render(context)


@register.tag
def url(parser, token):
    node = parse(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
