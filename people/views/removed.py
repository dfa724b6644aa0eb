"""找回: what was taken away within the last 30 days, and back with one tap."""

from collections import defaultdict
from datetime import timedelta
from functools import lru_cache

from django.contrib import messages
from django.db.models import CharField, Value
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ..actions import removal
from ..kept import KeptQuery

MOST = 50


@require_safe
def removed_list(request):
    kinds, pks = removal.kinds(), defaultdict(list)
    newest = _newest(request.user, kinds)
    for name, pk, _ in newest:
        pks[name].append(pk)
    known = {}
    for name, wanted in pks.items():
        rows = kinds[name].model._base_manager.filter(pk__in=wanted).select_related("removed_by")
        known |= {(name, row.pk): row for row in rows}
    lines = [
        {
            "kind": name,
            "word": kinds[name].model._meta.verbose_name,
            "title": kinds[name].title(known[name, pk]),
            "row": known[name, pk],
        }
        for name, pk, _ in newest
    ]
    return render(request, "people/removed/list.html", {"rows": lines, "days": removal.RESTORE_DAYS})


def _newest(person, kinds):
    """[(kind, id, when)] of what was taken away last, of all kinds in one query."""
    since = timezone.now() - timedelta(days=removal.RESTORE_DAYS)
    return [line for line in _newest_of(tuple(kinds.items())).all(person) if line[2] > since]


@lru_cache
def _newest_of(kinds):
    """The query is put together in the morning: it may find what was restorable until then."""
    return KeptQuery(lambda person: _ask_newest(person, kinds))


def _ask_newest(person, kinds):
    first, *others = (
        removal.found_by(person, kind.model)
        .order_by()
        .values_list(Value(name, CharField()), "pk", "removed_at")
        for name, kind in kinds
    )
    return first.union(*others, all=True).order_by("-removed_at")[:MOST]


@require_POST
def removed_restore(request, kind, pk):
    known = removal.kinds().get(kind)
    if known is None:
        raise Http404
    row = get_object_or_404(removal.found_by(request.user, known.model), pk=pk)
    removal.restore(row, by=request.user)
    messages.success(request, "找回来了")
    return redirect(row)
