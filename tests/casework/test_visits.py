"""接待与走访: written down by kind of household, masked for others, and what becomes of a problem."""

import pytest
from django.urls import reverse

from casework import visit_items
from casework.actions import visits
from casework.models import Case, Household, Slip, Visit
from people.models import Resident
from people.stale import Refused
from tests.casework.forms import fields
from tests.factories import days_ago
from tests.forms import send
from tests.look.structure import assert_page

PHONE = "13912345678"


def url(page, *args):
    return reverse(f"casework:{page}", args=args)


def household(cast, **fields):
    given = {
        "kind": "alone",
        "name": "王阿姨",
        "phone": PHONE,
        "door": "301",
        "by": cast.a.apprentice,
    } | fields
    place = cast.a.apprentice.neighbourhood
    return visits.add_household(studio=cast.a.studio, neighbourhood=place, **given)


def visit(cast, **fields):
    given = {
        "way": "visited", "held_on": days_ago(1), "kind": "alone", "by": cast.a.apprentice,
        "neighbourhood": cast.a.apprentice.neighbourhood, "name": "王阿姨", "phone": PHONE,
    } | fields  # fmt: skip
    return visits.log(studio=cast.a.studio, **given)


def test_a_visit_is_written_down_with_its_items(cast):
    client = cast.client(cast.a.apprentice)
    first = visit_items.items_of(cast.a.studio)[1][1][0]
    assert send(client, url("visit-new")).status_code == 422
    send(
        client, url("visit-new"), way="visited", held_on=str(days_ago(1)), kind="alone", name="王阿姨",
        neighbourhood=cast.a.apprentice.neighbourhood_id, items_2=first, note="腿脚不便，下楼少了",
        problem="楼道灯不亮",
    )  # fmt: skip
    made = Visit.objects.get()
    assert made.items == [f"五必问：{first}"]
    assert made.resident.masked_name == "王*"
    page = client.get(made.get_absolute_url()).content.decode()
    assert "王*" in page
    assert "王阿姨" not in page


def test_the_mentor_reads_the_visit_and_no_name(cast):
    page = cast.client(cast.a.mentor).get(visit(cast).get_absolute_url()).content.decode()
    assert "独居老人" in page
    assert "王*" not in page
    assert not Resident.objects.visible_to(cast.a.mentor).exists()


def test_a_studio_may_have_items_of_its_own(cast, monkeypatch):
    monkeypatch.setattr(visit_items, "_sources", [lambda studio: [("必看", ["灶台"])]])
    form = cast.client(cast.a.staff).get(url("visit-new")).context["form"]
    assert [heading for _, heading in form.items] == ["必看"]


def test_the_problem_becomes_a_slip_in_one_step(cast):
    made, client = visit(cast, problem="楼道灯不亮"), cast.client(cast.a.apprentice)
    page = url("slip-new") + f"?visit={made.pk}"
    form = client.get(page).context["form"]
    assert form.initial["problem"] == "楼道灯不亮"
    kind = form.fields["category"].choices[0][0]
    send(client, page, problem="楼道灯不亮", category=kind, received_on=str(days_ago(0)),
         neighbourhood=made.neighbourhood_id)  # fmt: skip
    slip = Slip.objects.get()
    assert (slip.visit, slip.resident, slip.source) == (made, made.resident, "visit")
    assert slip.no in client.get(made.get_absolute_url()).content.decode()


def test_the_problem_becomes_a_draft_case_once(cast):
    made, client = visit(cast, problem="楼道灯不亮"), cast.client(cast.a.apprentice)
    client.post(url("visit-to-case", made.pk))
    case = Case.objects.get()
    assert (case.owner, case.title, case.neighbourhood) == (
        cast.a.apprentice,
        "楼道灯不亮",
        made.neighbourhood,
    )
    assert client.post(url("visit-to-case", made.pk)).status_code == 409
    assert Case.objects.count() == 1


def test_the_problem_becomes_a_topic_for_staff(cast):
    made, client = visit(cast, problem="楼道灯不亮"), cast.client(cast.a.staff)
    page = url("topic-new") + f"?visit={made.pk}"
    assert page in client.get(made.get_absolute_url()).content.decode()
    assert client.get(page).context["form"].initial["why"] == "楼道灯不亮"
    assert "why" not in client.get(url("topic-new") + "?visit=0").context["form"].initial


def test_the_book_tells_kinds_and_last_visits_masked(cast):
    one, other = household(cast), household(cast, kind="poor", door="302", name="李叔叔")
    visit(cast, household=one)
    client = cast.client(cast.a.apprentice)
    rows = {row["kind"]: row for row in client.get(url("book")).context["rows"]}
    assert (rows["独居老人"]["last"], rows["独居老人"]["late"]) == ("昨天走过", False)
    assert (rows["困难家庭"]["last"], rows["困难家庭"]["late"]) == ("还没走过", True)
    page = client.get(url("book") + "?due=late").content.decode()
    assert "李*" in page
    assert "王*" not in page
    assert PHONE not in page
    Household.objects.filter(pk=other.pk).update(left_on=days_ago(0))
    assert len(client.get(url("book")).context["rows"]) == 1


def test_a_door_is_on_the_book_once(cast):
    place = cast.a.apprentice.neighbourhood
    building = place.buildings.create(studio=cast.a.studio, name="3号楼")
    household(cast, building=building)
    with pytest.raises(Refused, match="已经在账上"):
        household(cast, building=building, name="别的人")
    household(cast, building=building, door="302")


def test_the_book_is_kept_by_place(cast):
    one = household(cast)
    for person, status in (
        (cast.a.apprentice, 200),
        (cast.a.staff, 200),
        (cast.a.peer, 404),
        (cast.b.staff, 404),
    ):
        assert cast.client(person).get(one.get_absolute_url()).status_code == status
    client = cast.client(cast.a.apprentice)
    send(client, url("household-edit", one.pk), kind="elder", every_days="14")
    one.refresh_from_db()
    assert (one.kind, one.every_days, one.version) == ("elder", 14, 2)


def test_pages_keep_the_rules(cast, django_assert_max_num_queries):
    one, made = household(cast), visit(cast, problem="楼道灯不亮")
    client = cast.client(cast.a.staff)
    for address in (
        url("visit-list"), url("visit-new"), made.get_absolute_url(), url("book"), url("household-new"),
        one.get_absolute_url(), url("household-edit", one.pk),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(12):
            answer = client.get(address)
        assert_page(answer.content, role="staff")


# --- Kinds of households -----------------------------------------------------------------------------------


def test_a_studio_names_its_own_kinds_and_what_was_written_down_keeps_its_name(cast):
    staff, page = cast.client(cast.a.staff), reverse("people:options-part", args=["visits"])
    shown = staff.get(page)
    assert "独居老人" in shown.content.decode()
    filled = {**fields(shown), "household_kinds": "独居老人\n\n 困境儿童 \n困境儿童"}
    staff.post(page, filled)
    new = staff.get(reverse("casework:household-new")).content.decode()
    assert "困境儿童" in new
    assert "优抚对象" not in new
    place = cast.a.apprentice.neighbourhood_id
    own = {"kind": "困境儿童", "neighbourhood": place, "name": "小李", "every_days": "30"}
    form = fields(staff.get(reverse("casework:household-new")))
    staff.post(reverse("casework:household-new"), form | own)
    household = Household.objects.get()
    assert str(household).startswith("困境儿童")
    staff.post(page, {**fields(staff.get(page)), "household_kinds": "独居老人"})
    edit = staff.get(reverse("casework:household-edit", args=[household.pk]))
    assert fields(edit)["kind"] == "困境儿童"
    assert "困境儿童" in staff.get(reverse("casework:book")).content.decode()


@pytest.mark.parametrize("typed", ["", "\n \n", "写得比十个字还要长的一类"])
def test_a_list_of_kinds_that_cannot_be_used_is_told(cast, typed):
    staff, page = cast.client(cast.a.staff), reverse("people:options-part", args=["visits"])
    answer = staff.post(page, {**fields(staff.get(page)), "household_kinds": typed})
    assert answer.status_code == 422


def test_from_a_residents_name_one_gets_back_to_where_one_came_from(cast):
    line = household(cast)
    client, page = cast.client(cast.a.staff), line.resident.get_absolute_url()
    came_from = {"Referer": f"http://testserver{line.get_absolute_url()}"}
    asked = client.get(page, headers=came_from)
    assert f'href="{line.get_absolute_url()}"' in asked.content.decode()
    shown = client.post(page, {**fields(asked), "why": "call"}, follow=True)
    assert PHONE in shown.content.decode()
    assert f'href="{line.get_absolute_url()}"' in shown.content.decode()


def test_the_way_back_leads_nowhere_else(cast):
    page = household(cast).resident.get_absolute_url()
    client = cast.client(cast.a.staff)
    for elsewhere in ("//evil.example/x", "https://evil.example/x"):
        posted = {**fields(client.get(page)), "why": "call", "back": elsewhere}
        assert "evil" not in client.post(page, posted, follow=True).content.decode()
