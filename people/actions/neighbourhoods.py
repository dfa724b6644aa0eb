"""Neighbourhoods that staff add by hand, until an official list brings their code."""

from django.db import transaction

from ..models import Neighbourhood, Street


@transaction.atomic
def add(*, street, name, kind, has_committee, by, at=None):
    """A neighbourhood with a code of our own: the street's, a plus sign and a number."""
    Street.objects.select_for_update().get(pk=street.pk)
    own = Neighbourhood.objects.filter(street=street, code__contains="+").count()
    code = f"{street.code}+{own + 1}"
    while Neighbourhood.objects.filter(code=code).exists():
        own += 1
        code = f"{street.code}+{own + 1}"
    return Neighbourhood.objects.create(
        street=street, name=name, kind=kind, has_committee=has_committee, code=code
    )
