"""师傅离开: whom the apprentices follow afterwards, and what is closed with it. For staff."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from people.access import require
from people.kept import KeptQuery
from people.models import Membership, Person
from people.once import once, sent_before
from people.roles import MENTOR_ROLES
from people.stale import Refused
from people.views.base import show_form

from ..actions import leaving
from ..forms.leaving import LeavingForm
from ..models import Appointment, Pairing
from .cohorts import STAFF_ONLY

SHOWN = ("studio", "cohort", "mentor", "station", "apprentice__neighbourhood")


def _held(studio, mentor):
    return Membership.objects.filter(studio=studio, person=mentor, role__in=MENTOR_ROLES)


def _ask_mentor(person, studio, pk):
    """Whoever is or was a mentor there."""
    return Person.objects.visible_to(person).filter(pk__in=_held(studio, pk).values("person"))


def _ask_pairs(person, studio, mentor):
    found = Pairing.objects.current().filter(studio=studio, mentor=mentor)
    return found.select_related(*SHOWN).order_by("cohort", "pk")


def _ask_roles(person, studio, mentor):
    return _held(studio, mentor).current().filter(ends_on__isnull=True)


def _ask_letters(person, studio, mentor):
    today = timezone.localdate()
    found = Appointment.objects.filter(studio=studio, mentor=mentor, ended_on__isnull=True)
    return found.filter(starts_on__lt=today, ends_on__gt=today).select_related("mentor", "studio")


_MENTOR, _PAIRS, _ROLES, _LETTERS = map(KeptQuery, (_ask_mentor, _ask_pairs, _ask_roles, _ask_letters))


def mentor_leaving(request, pk):
    require(request.standing.staff, STAFF_ONLY)
    studio = request.standing.studio_as("staff")
    mentor = _MENTOR.get_or_404(request.user, studio=studio.pk, pk=pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    asked = {"studio": studio.pk, "mentor": mentor.pk}
    pairs, roles, letters = _PAIRS.all(**asked), _ROLES.all(**asked), _LETTERS.all(**asked)
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
