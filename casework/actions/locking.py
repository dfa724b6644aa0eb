"""Everything that happens to one case happens one after another."""

from ..models import Case


def locked(case):
    """The case as it is now, locked until the transaction ends: the first lock that every action takes."""
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("studio", "owner", "chair").get(pk=case.pk)
