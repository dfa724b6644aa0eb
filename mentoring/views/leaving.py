"""师傅离开: whom the apprentices follow afterwards, and what is closed with it. For staff."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from people.access import require
from people.models import Membership, Person
from people.once import once, sent_before
from people.roles import MENTOR_ROLES
from people.stale import Refused
from people.views.base import show_form

from ..actions import leaving
from ..forms.leaving import LeavingForm
from ..models import Appointment, Pairing
from .cohorts import STAFF_ONLY


def mentor_leaving(request, pk):
    require(request.standing.staff, STAFF_ONLY)
    studio = request.standing.studio_as("staff")
    held = Membership.objects.filter(studio=studio, person=pk, role__in=MENTOR_ROLES)
    mentor = get_object_or_404(
        Person.objects.visible_to(request.user).filter(memberships__in=held).distinct(), pk=pk
    )
    done = sent_before(request)
    if done:
        return redirect(done)
    pairs = list(
        Pairing.objects.current()
        .filter(studio=studio, mentor=mentor)
        .select_related("studio", "cohort", "mentor", "station", "apprentice__neighbourhood")
        .order_by("cohort", "pk")
    )
    roles = held.current().filter(ends_on__isnull=True)
    today = timezone.localdate()
    letters = Appointment.objects.filter(
        studio=studio, mentor=mentor, ended_on__isnull=True, starts_on__lt=today, ends_on__gt=today
    ).select_related("mentor", "studio")
    form = LeavingForm(
        request.POST or None, mentor=mentor, studio=studio, pairs=pairs, roles=roles, letters=letters
    )
    if request.method == "POST" and form.is_valid():
        back = reverse("mentoring:pairing-story", args=[mentor.pk])
        try:
            done = once(request, lambda: _settle(form, studio, request.user), path=lambda mentor: back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"安排好了，{mentor.called}和徒弟们都收到了通知。")
            return redirect(back)
    context = {"mentor": mentor, "pairs": pairs, "roles": form.roles, "letters": form.letters}
    return show_form(request, "mentoring/pairing/leaving.html", form, **context)


def _settle(form, studio, by):
    given = form.cleaned_data
    return leaving.settle(
        mentor=form.mentor,
        studio=studio,
        settled=form.settled(),
        on=given["on"],
        reason=given["reason"],
        note=given["note"],
        roles=form.roles if given.get("end_role") else (),
        letters=form.letters if given.get("end_letter") else (),
        by=by,
    )
