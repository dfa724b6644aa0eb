"""打了电话、发了微信: an ordinary session of one line, from the mentor's home and the page of the pair."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from people.access import require
from people.once import once
from people.views.base import show_form

from ..actions import sessions
from ..forms.session_contacts import MODES, ContactForm
from ..models import Pairing
from ..session_start import WRITERS, may_log
from .sessions import posted


def contact_new(request, pk):
    """`from=home` comes back to the home page."""
    found = Pairing.objects.visible_to(request.user)
    pairing = get_object_or_404(
        found.select_related("apprentice", "group__cohort", "group__mentor", "group__studio"), pk=pk
    )
    require(may_log(request.user, pairing.group) and pairing.state == Pairing.State.ACTIVE, WRITERS)
    form = ContactForm(posted(request))
    if form.is_valid():
        once(request, lambda: _log(request, pairing, form.cleaned_data), path=lambda logged: "/")
        return redirect("/" if request.POST.get("from") == "home" else pairing)
    context = {"pairing": pairing, "buttons": MODES, "from_home": request.POST.get("from") == "home"}
    return show_form(request, "mentoring/session/contact.html", form, **context)


def _log(request, pairing, said):
    today = timezone.localdate()
    session = sessions.log(
        group=pairing.group,
        present=[pairing.apprentice],
        held_on=today,
        by=request.user,
        minutes=None,
        **said,
    )
    words = {"phone": "打了电话", "wechat": "发了微信"}[said["mode"]]
    messages.success(request, f"记好了：今天和{pairing.apprentice.name}{words}。")
    return session
