"""「需要派三联单」 of a step: the slip is there when the prescription is issued, and goes with the step."""

from dataclasses import replace

import pytest
from django.urls import reverse

from casework.actions import prescriptions, slips
from casework.models import Slip, SlipState, Step
from tests.casework.cures import consulting, plan, prescribe, treating
from tests.casework.forms import fields, told
from tests.factories import days_ahead

pytestmark = pytest.mark.django_db


def wanting(name="三楼党小组"):
    return replace(plan(name=name, text="装一道扶手", kind=Step.OwnerKind.VOLUNTEER, days=4), wants_slip=True)


def change(step, by, **changes):
    return prescriptions.change_step(step=step, changes=changes, reason="商量过了", by=by)


def test_issuing_writes_the_slip_and_only_who_and_by_when_are_left(cast):
    case, prescription = treating(cast, plan(cast.a.apprentice), wanting())
    slip = Slip.objects.get()
    assert (slip.state, slip.problem, slip.origin) == (SlipState.OPEN, "装一道扶手", "药方第2步")
    assert (slip.neighbourhood, slip.of_case) == (case.neighbourhood, case)
    assert slip.problem in told(cast.client(cast.a.staff).get("/todo/"))
    chair, page = cast.client(cast.a.lead), reverse("casework:slip-send", args=[slip.pk])
    assert page in chair.get(prescription.get_absolute_url()).content.decode()
    form = chair.get(page)
    assert {name for name, value in fields(form).items() if name in ("who", "handler_name", "due_on")} == {
        "who", "handler_name", "due_on"
    }  # fmt: skip
    chair.post(page, fields(form))
    slip.refresh_from_db()
    assert (slip.state, slip.whose, slip.due_on) == (SlipState.SENT, "三楼党小组", days_ahead(4))


def test_a_step_with_a_slip_is_not_given_a_second_one(cast):
    _, prescription = treating(cast, wanting())
    step, slip = prescription.steps.get(), Slip.objects.get()
    page = reverse("casework:slip-new") + f"?step={step.pk}"
    assert page not in cast.client(cast.a.lead).get(prescription.get_absolute_url()).content.decode()
    led = cast.client(cast.a.lead).get(page)
    assert led["Location"] == reverse("casework:slip-send", args=[slip.pk])
    change(step, cast.a.lead, wants_slip=True, text="装两道扶手")
    assert [one.problem for one in Slip.objects.all()] == ["装两道扶手"]


def test_ticking_it_later_writes_the_slip_and_unticking_takes_it_back(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    change(step, cast.a.lead, wants_slip=True)
    assert Slip.objects.get().state == SlipState.OPEN
    change(step, cast.a.lead, wants_slip=False)
    assert Slip.objects.get().state == SlipState.DROPPED
    change(step, cast.a.lead, wants_slip=True)
    assert Slip.objects.filter(state=SlipState.OPEN).count() == 1


def test_a_slip_under_way_stays_with_its_worker_when_the_step_changes(cast):
    _, prescription = treating(cast, wanting())
    slip = Slip.objects.get()
    slips.dispatch(slip, handler_name="三楼党小组", due_on=days_ahead(4), by=cast.a.staff)
    change(prescription.steps.get(), cast.a.lead, wants_slip=False, text="先不装了")
    slip.refresh_from_db()
    assert (slip.state, slip.problem) == (SlipState.SENT, "装一道扶手")


def test_a_step_that_is_stopped_takes_its_unsent_slip_along(cast):
    case, _ = treating(cast, wanting())
    prescriptions.stop_open_steps(case=case, reason="再会诊一次", by=cast.a.lead)
    assert Slip.objects.get().state == SlipState.DROPPED


def test_without_the_tick_there_is_no_slip(cast):
    prescribe(consulting(cast))
    assert not Slip.objects.exists()
