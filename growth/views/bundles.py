"""整期档案: its page makes the files while it is open, and hands out the .zip."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.uploads import serve_private

from ..actions import bundles
from ..models import FileBundle


def _found(request, pk):
    return get_object_or_404(FileBundle.objects.visible_to(request.user), pk=pk)


def bundle_detail(request, pk):
    """POST makes some more files; with script the page posts by itself until all are there."""
    bundle = _found(request, pk)
    if request.method == "POST":
        bundle = bundles.go_on(bundle, by=request.user)
        if not request.htmx:
            return redirect(bundle)
    return render(request, "growth/bundle/detail.html", {"bundle": bundle})


@require_safe
def bundle_file(request, pk):
    bundle = _found(request, pk)
    if not bundle.ready:
        raise Http404
    return serve_private(bundle.file, f"{bundle.name}.zip", content_type="application/zip")
