"""What waits around the library: methods that a mentor told and nobody has written out yet."""

from growth.models import Method
from people.addresses import address_of

from .source import Source, Waiting

READ = {Method: ("name", "told_by__name", "told_by__salutation")}


def _to_write_out(person):
    return Method.objects.to_write_out(person).select_related("told_by").order_by("pk")


def _tell(method):
    url = address_of("growth:method-edit", method.pk)
    return Waiting(f"工作法“{method.name}”", method.told_by.called, "整理成步骤", url)


SOURCES = (Source("told_method", _to_write_out, _tell, Method),)
