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
    """An address of numbers and words; any other is Django's own affair."""

    def render(self, context):
        args = [arg.resolve(context) for arg in self.args]
        if self.kwargs or self.asvar or not all(isinstance(arg, int | str) for arg in args):
            return super().render(context)
        try:
            return conditional_escape(address_of(self.view_name.resolve(context), *args))
        except NoReverseMatch:
            return super().render(context)


@register.tag
def url(parser, token):
    node = parse(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
