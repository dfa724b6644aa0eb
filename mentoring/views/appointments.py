"""聘书: staff appoint mentors for a term; a mentor reads and prints the own letters."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.history import history_of
from people.once import once, sent_before
from people.paging import page_of
from people.stale import Refused
from people.views.base import show_form
from people.word_sheet import word_answer

from ..actions import appointments
from ..appointment_word import appointment_sentence, letter_document
from ..forms.appointments import AppointForm, CorrectForm, EndForm
from ..models import Appointment
from .cohorts import STAFF_ONLY

MOST_EXPIRING = 50


@require_safe
def appointment_list(request):
    require(request.standing.staff, STAFF_ONLY)
    letters = Appointment.objects.filter(studio__in=request.standing.staff)
    page = page_of(request, letters.select_related("mentor", "cohort"), by="starts_on")
    expiring = letters.expiring().select_related("mentor", "cohort")[:MOST_EXPIRING] if page.first else ()
    return render(request, "mentoring/appointment/list.html", {"page": page, "expiring": expiring})


def appointment_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = AppointForm(request.POST or None, studio=studio)
    back = reverse("mentoring:appointment-list")
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "studio": studio, "by": request.user}
        try:
            once(request, lambda: appointments.appoint(**given), path=lambda made: back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"发了{len(given['mentors'])}份聘书，师傅们都收到了通知。")
            return redirect(back)
    return show_form(request, "mentoring/appointment/new.html", form)


def found_letter(request, pk):
    letters = Appointment.objects.visible_to(request.user)
    return get_object_or_404(letters.select_related("studio", "mentor__neighbourhood", "cohort"), pk=pk)


@require_safe
def appointment_detail(request, pk):
    letter = found_letter(request, pk)
    staff = letter.studio_id in request.standing.staff
    context = {
        "letter": letter,
        "is_staff": staff,
        "can_change": staff and not letter.ended_on,
        "history": history_of(letter) if staff else [],
    }
    return render(request, "mentoring/appointment/detail.html", context)


@require_safe
def appointment_print(request, pk):
    letter = found_letter(request, pk)
    context = {"letter": letter, "sentence": appointment_sentence(letter)}
    return render(request, "mentoring/appointment/print.html", context)


@require_safe
def appointment_word(request, pk):
    letter = found_letter(request, pk)
    return word_answer(letter_document(letter), f"聘书_{letter.mentor.name}.docx")


def appointment_edit(request, pk):
    letter = found_letter(request, pk)
    require(letter.studio_id in request.standing.staff, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = CorrectForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        letter.version = form.cleaned_data.pop("version") or 0
        try:
            return redirect(once(request, lambda: appointments.correct(letter, **form.cleaned_data)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "mentoring/appointment/edit.html", form, letter=letter)


def appointment_end(request, pk):
    letter = found_letter(request, pk)
    require(letter.studio_id in request.standing.staff, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = EndForm(request.POST or None, letter=letter)
    if request.method == "POST" and form.is_valid():
        letter.version = form.cleaned_data["version"] or 0
        given = {"on": form.cleaned_data["ended_on"], "reason": form.cleaned_data["end_reason"]}
        try:
            return redirect(once(request, lambda: appointments.end(letter, **given)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "mentoring/appointment/end.html", form, letter=letter)
