"""找回: what was taken away within the last 30 days, and back with one tap."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ..actions import removal

MOST = 50


@require_safe
def removed_list(request):
    rows = []
    for name, kind in removal.kinds().items():
        found = (
            removal.found_by(request.user, kind.model).select_related("removed_by").order_by("-removed_at")
        )
        rows += [
            {"kind": name, "word": kind.model._meta.verbose_name, "title": kind.title(row), "row": row}
            for row in found[:MOST]
        ]
    rows.sort(key=lambda line: line["row"].removed_at, reverse=True)
    return render(request, "people/removed/list.html", {"rows": rows[:MOST], "days": removal.RESTORE_DAYS})


@require_POST
def removed_restore(request, kind, pk):
    known = removal.kinds().get(kind)
    if known is None:
        raise Http404
    row = get_object_or_404(removal.found_by(request.user, known.model), pk=pk)
    removal.restore(row, by=request.user)
    messages.success(request, "找回来了")
    return redirect(row)
