"""Files of a case, served to whoever may see the case."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from people.uploads import serve_private

from ..models import Attachment


@require_safe
def case_file(request, pk):
    """A photo is shown in the page; any other file is only ever downloaded."""
    kept = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    return _answer(kept.file, kept.name, inline=kept.is_image)


@require_safe
def case_thumb(request, pk):
    kept = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk, is_image=True)
    return _answer(kept.thumb or kept.file, kept.name, inline=True)


def _answer(file, name, *, inline):
    if not file.storage.exists(file.name):
        raise Http404
    return serve_private(file, name, inline=inline)
