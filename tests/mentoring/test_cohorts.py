"""期次 and 教学基地."""

import pytest
from django.urls import reverse

from mentoring.models import Base, Cohort
from tests.factories import BaseFactory, PairingFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send

PERIOD = {"starts_on": days_ago(1), "ends_on": days_ahead(100), "capacity": 5}


def test_staff_open_a_cohort_with_the_studios_capacity(cast):
    client, url = cast.client(cast.a.staff), reverse("mentoring:cohort-new")
    assert client.get(url).context["form"].initial["capacity"] == 5
    answer = send(client, url, name="2027年第1期", **PERIOD)
    assert answer["Location"] == Cohort.objects.get(name="2027年第1期").get_absolute_url()


def test_a_cohort_ends_after_it_begins_and_has_a_name_of_its_own(cast):
    wrong = {**PERIOD, "ends_on": days_ago(2), "name": cast.a.cohort.name}
    page = send(cast.client(cast.a.staff), reverse("mentoring:cohort-new"), **wrong)
    assert page.status_code == 422
    assert "结束的日子要在开始以后" in page.content.decode()
    assert "请换个名称" in page.content.decode()


def test_capacity_never_drops_below_what_a_group_holds(cast):
    PairingFactory(group=cast.a.group)
    url = reverse("mentoring:cohort-edit", args=[cast.a.cohort.pk])
    page = send(cast.client(cast.a.staff), url, name="新名", **{**PERIOD, "capacity": 2})
    assert page.status_code == 422
    assert "已经带了3位" in page.content.decode()


def test_a_base_can_be_added_changed_and_put_out_of_use(cast):
    client = cast.client(cast.a.staff)
    send(client, reverse("mentoring:base-new"), name="红色议事厅", focus="业委会怎么组", in_use="on")
    base = Base.objects.get()
    page = cast.client(cast.a.mentor).get(reverse("mentoring:base-list")).content.decode()
    assert "红色议事厅" in page
    assert "业委会怎么组" in page
    url = reverse("mentoring:base-edit", args=[base.pk])
    stale = hidden_fields(client.get(url))
    send(client, url, name="红色议事厅", focus="加装电梯", in_use="")
    base.refresh_from_db()
    assert (base.focus, base.in_use) == ("加装电梯", False)
    assert client.post(url, {**stale, "name": "另一个名"}).status_code == 409


def test_a_base_of_another_street_is_not_found(cast):
    base = BaseFactory(studio=cast.b.studio)
    assert cast.client(cast.a.staff).get(base.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/cohorts/new/", {"name": "春季班", "starts_on": "2026-3-1", "ends_on": "2026-9-1", "capacity": 5}),
        ("/bases/new/", {"name": "源园客堂间", "in_use": "on"}),
    ],
)
def test_the_same_form_sent_again_leads_to_what_it_made(cast, url, said):
    client = cast.client(cast.a.staff)
    sent = {**hidden_fields(client.get(url)), **said}
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]


def test_a_double_tap_on_an_edit_is_not_taken_for_somebody_elses(cast):
    url = reverse("mentoring:cohort-edit", args=[cast.a.cohort.pk])
    client = cast.client(cast.a.staff)
    filled = {**hidden_fields(client.get(url)), **PERIOD, "name": "改过的期次"}
    first, second = client.post(url, filled), client.post(url, filled)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
