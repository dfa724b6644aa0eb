"""三联单 from 点单 to 回访: with and without an account, back and forth, printed, asked about by its
number.
"""

import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.actions import slips
from casework.models import Building, BuildingGroup, Case, OrderPage, Slip, SlipState
from growth.models import Entry
from people.models import Notice, Reveal
from people.stale import Refused
from studio import todo
from tests.factories import StepFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

PHONE = "13912345678"


def url(page, *args):
    return reverse(f"casework:{page}", args=args)


def slip_of(cast, **fields):
    given = {
        "category": slips.categories_of(cast.a.studio)[1], "problem": "三楼楼道灯不亮", "name": "王阿姨",
        "phone": PHONE, "neighbourhood": cast.a.apprentice.neighbourhood,
    }  # fmt: skip
    return slips.register(studio=cast.a.studio, by=cast.a.staff, **given | fields)


def sent(cast, **fields):
    given = {"handler_name": "三楼党小组", "due_on": days_ahead(3), "by": cast.a.staff} | fields
    return slips.dispatch(slip_of(cast), **given)


def opened_by_link(cast, slip):
    """A browser without an account that has pressed the button of the slip's link; and the page it led to."""
    fresh = slips.link_for(slip, by=cast.a.staff)
    client = cast.client()
    assert client.get(fresh.get_absolute_url()).status_code == 200
    return client, client.post(fresh.get_absolute_url())["Location"]


def actions(person):
    person.__dict__.pop("_todo_counts", None)
    return [item.action for item in todo.waiting_for(person)]


# --- 登记 and 派单 -----------------------------------------------------------------------------------------


def test_staff_write_an_order_down_and_send_it(cast):
    client, kind = cast.client(cast.a.staff), slips.categories_of(cast.a.studio)[1]
    page = send(
        client, url("slip-new"), problem="三楼楼道灯不亮", category=kind.pk, name="王阿姨", phone=PHONE,
        neighbourhood=cast.a.apprentice.neighbourhood_id, received_on=str(days_ago(0)), follow=True,
    )  # fmt: skip
    slip = Slip.objects.get()
    assert slip.no == f"〔{timezone.localdate().year}〕第0001号"
    assert "王* 139****5678" in page.content.decode()
    assert client.get(url("slip-send", slip.pk)).context["form"].initial["due_on"] == days_ahead(kind.days)
    send(client, url("slip-send", slip.pk), who=f"person:{cast.a.apprentice.pk}", due_on=str(days_ahead(2)))
    slip.refresh_from_db()
    assert (slip.state, slip.handler, slip.sent_by) == (SlipState.SENT, cast.a.apprentice, cast.a.staff)
    assert Notice.objects.filter(person=cast.a.apprentice, text__contains="派给您").exists()


def test_an_apprentice_writes_for_the_own_neighbourhood_only(cast):
    client, kind = cast.client(cast.a.apprentice), slips.categories_of(cast.a.studio)[0]
    given = {"problem": "想问加装电梯补贴", "category": kind.pk, "received_on": str(days_ago(0))}
    elsewhere = send(client, url("slip-new"), given, neighbourhood=cast.a.peer.neighbourhood_id)
    assert elsewhere.status_code == 422
    send(client, url("slip-new"), given, neighbourhood=cast.a.apprentice.neighbourhood_id)
    assert Slip.objects.get().registered_by == cast.a.apprentice


def test_the_same_form_sent_twice_is_one_slip(cast):
    client = cast.client(cast.a.staff)
    filled = {
        **hidden_fields(client.get(url("slip-new"))), "problem": "灯不亮", "received_on": str(days_ago(0)),
        "category": slips.categories_of(cast.a.studio)[0].pk,
        "neighbourhood": cast.a.apprentice.neighbourhood_id,
    }  # fmt: skip
    first, second = (client.post(url("slip-new"), filled) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Slip.objects.count() == 1


def test_from_a_step_only_who_and_when_remain(cast):
    step = StepFactory(
        prescription__case__studio=cast.a.studio, prescription__case__owner=cast.a.apprentice,
        owner=None, owner_kind="volunteer", owner_name="三楼党小组",
    )  # fmt: skip
    client, page = cast.client(cast.a.staff), url("slip-new") + f"?step={step.pk}"
    shown = client.get(page).context["form"]
    assert (shown.initial["who"], shown.initial["handler_name"]) == ("name", "三楼党小组")
    given = {"who": "name", "handler_name": "三楼党小组", "due_on": str(days_ahead(4))}
    send(client, page, given, category=shown.initial["category"])
    slip = Slip.objects.get()
    assert (slip.problem, slip.origin, slip.state) == (step.text, f"药方第{step.order}步", SlipState.SENT)
    for person in (cast.a.staff, cast.a.apprentice):
        shown = cast.client(person).get(step.prescription.get_absolute_url()).content.decode()
        assert slip.no in shown
    assert cast.client(cast.a.peer).get(page).status_code == 404


# --- Without an account ------------------------------------------------------------------------------------


def test_accepted_and_finished_by_link_then_called_back(cast):
    slip = sent(cast)
    client, page = opened_by_link(cast, slip)
    shown = client.get(page).content.decode()
    assert "三楼楼道灯不亮" in shown
    assert PHONE not in shown
    client.post(page, {"accept": "1"})
    slip.refresh_from_db()
    assert slip.state == SlipState.ACCEPTED
    assert send(client, page).status_code == 422
    send(client, page, way="errand", result="换了声控灯，试过了")
    slip.refresh_from_db()
    assert (slip.state, slip.way) == (SlipState.FINISHED, "errand")
    staff = cast.client(cast.a.staff)
    send(staff, url("slip-call-back", slip.pk), said="satisfied", resident_words="当天就亮了")
    shown = staff.get(slip.get_absolute_url()).content.decode()
    assert "换了声控灯" in shown
    assert "当天就亮了" in shown
    assert client.get(page).status_code == 404  # the link is closed with the matter
    assert [move.who for move in slip.moves.all()][1:3] == ["三楼党小组", "三楼党小组"]


def test_a_double_tap_accepts_and_finishes_once(cast):
    slip = sent(cast)
    client, page = opened_by_link(cast, slip)
    for _ in range(2):
        client.post(page, {"accept": "1"})
    filled = {**hidden_fields(client.get(page)), "way": "online", "result": "电话里说清楚了"}
    assert [client.post(page, filled).status_code for _ in range(2)] == [302, 302]
    assert slip.moves.count() == 3


def test_the_number_is_shown_by_link_only_where_allowed_and_on_record(cast):
    client, page = opened_by_link(cast, sent(cast))
    answer = client.post(page + "resident/", follow=True)
    assert PHONE not in answer.content.decode()
    slip = sent(cast, gives_phone=True)
    client, page = opened_by_link(cast, slip)
    assert PHONE in client.post(page + "resident/").content.decode()
    reveal = Reveal.objects.get()
    assert (reveal.who, reveal.resident, reveal.why) == ("三楼党小组", slip.resident, "visit")
    assert (
        "三楼党小组看了王*" in cast.client(cast.a.staff).get(reverse("people:reveal-list")).content.decode()
    )


def test_a_new_holder_closes_the_link_of_the_one_before(cast):
    slip = sent(cast)
    client, page = opened_by_link(cast, slip)
    slips.dispatch(slip, handler_name="四楼老李", due_on=days_ahead(3), by=cast.a.staff)
    assert client.get(page).status_code == 404


# --- 退单 --------------------------------------------------------------------------------------------------


def test_given_back_with_a_reason_it_waits_to_be_sent_again(cast):
    slip = sent(cast)
    client, page = opened_by_link(cast, slip)
    answer = send(client, page + "back/", reason="要上梯子", proposed="物业张师傅")
    assert "退单了" in answer.content.decode()
    slip.refresh_from_db()
    assert (slip.state, slip.returns) == (SlipState.REJECTED, 1)
    staff = cast.client(cast.a.staff)
    assert "物业张师傅" in staff.get(url("slip-send", slip.pk)).content.decode()
    assert actions(cast.a.staff) == ["去派单"]


def test_the_second_time_it_becomes_a_draft_case(cast):
    slip = sent(cast)
    slips.give_back(slip, reason="要上梯子", proposed="物业", by_name="三楼党小组")
    slips.dispatch(slip, handler_name="物业张师傅", due_on=days_ahead(3), by=cast.a.staff)
    slip = slips.give_back(slip, reason="线路是公共维修基金的事", proposed="业委会", by_name="物业张师傅")
    assert slip.state == SlipState.CONSULTED
    case = Case.objects.get()
    assert (case.state, case.owner, case.drafted_by) == ("draft", cast.a.apprentice, cast.a.staff)
    assert "三楼楼道灯不亮" in case.story
    assert "线路是公共维修基金的事" in case.story
    assert "物业" in case.story
    assert PHONE not in case.story
    assert case.neighbourhood == slip.neighbourhood
    assert Case.objects.drafts_of(cast.a.staff).get() == case


# --- Who sees what ----------------------------------------------------------------------------------------


def test_who_sees_a_slip_and_who_its_resident(cast):
    slip = sent(cast, handler=cast.a.other_apprentice, handler_name="")
    everybody = cast.roles()
    seen = {role for role, one in everybody.items() if one and Slip.objects.visible_to(one).exists()}
    assert seen == {"staff", "apprentice", "other_apprentice"}
    whole = type(Slip.objects.all()).visible_to.in_full
    for role, one in everybody.items():
        if one:
            assert set(Slip.objects.visible_to(one)) == set(whole(Slip.objects.all(), one)), role
    for person, shows in ((cast.a.staff, True), (cast.a.apprentice, True), (cast.a.other_apprentice, False)):
        page = cast.client(person).get(slip.get_absolute_url()).content.decode()
        assert ("王*" in page) is shows
        reached = cast.client(person).get(slip.resident.get_absolute_url()).status_code
        assert reached == (200 if shows else 404)


def test_the_leader_of_the_buildings_group_sees_and_sends(cast):
    group = BuildingGroup.objects.create(
        studio=cast.a.studio, neighbourhood=cast.a.apprentice.neighbourhood, name="三号楼党小组",
        founded_by=cast.a.staff, leader_account=cast.a.mentor,
    )  # fmt: skip
    building = group.buildings.create(
        studio=cast.a.studio, neighbourhood=cast.a.apprentice.neighbourhood, name="3号楼"
    )
    slip = slip_of(cast, building=building)
    client = cast.client(cast.a.mentor)
    assert client.get(slip.get_absolute_url()).status_code == 200
    send(client, url("slip-send", slip.pk), who=f"group:{group.pk}", due_on=str(days_ahead(2)))
    slip.refresh_from_db()
    assert (slip.group, slip.handler) == (group, cast.a.mentor)


def test_it_waits_for_each_in_turn(cast):
    slip = slip_of(cast)
    assert (actions(cast.a.staff), actions(cast.a.apprentice)) == (["去派单"], ["去派单"])
    slips.dispatch(slip, handler=cast.a.mentor, due_on=days_ahead(3), by=cast.a.staff)
    assert (actions(cast.a.staff), actions(cast.a.mentor)) == ([], ["去接单"])
    slips.accept(slip, by=cast.a.mentor)
    assert actions(cast.a.mentor) == ["去办结"]
    slips.finish(slip, way="online", result="电话里说清楚了", by=cast.a.mentor)
    assert (actions(cast.a.mentor), actions(cast.a.staff)) == ([], ["去回访"])
    slips.call_back(slip, said="mostly", by=cast.a.staff)
    assert actions(cast.a.staff) == []


def test_what_was_carried_out_with_an_account_stands_in_the_file(cast):
    slip = sent(cast, handler=cast.a.apprentice, handler_name="")
    slips.finish(slip, way="errand", result="换了声控灯", by=cast.a.apprentice)
    assert Entry.objects.get(person=cast.a.apprentice, kind="slip").text == "办结三联单：换了声控灯"
    slips.call_back(slip, said="dissatisfied", again=True, resident_words="又灭了", by=cast.a.staff)
    assert not Entry.objects.filter(kind="slip").exists()
    slip.refresh_from_db()
    assert (slip.state, slip.finished_at) == (SlipState.OPEN, None)


def test_refused_moves_are_sentences(cast):
    slip = slip_of(cast)
    for act in (
        lambda: slips.accept(slip, by=cast.a.staff),
        lambda: slips.finish(slip, way="online", result="好了", by=cast.a.staff),
        lambda: slips.give_back(slip, reason="不归我", by=cast.a.staff),
        lambda: slips.call_back(slip, said="mostly", by=cast.a.staff),
        lambda: slips.dispatch(slip, handler_name="谁", due_on=days_ago(1), by=cast.a.staff),
        lambda: slips.link_for(slip, by=cast.a.staff),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    "fields", [{"state": "sent"}, {"state": "finished"}, {"state": "called_back"}, {"source": "step"}]
)
def test_the_database_holds_what_must_be_true(cast, fields):
    slip = slip_of(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.filter(pk=slip.pk).update(**fields)


# --- The three counters, the list, paper -------------------------------------------------------------------


def test_the_counters_count_as_the_report_does(cast):
    slip_of(cast)
    sent(cast)
    slips.finish(sent(cast), way="online", result="说清楚了", by_name="三楼党小组")
    tiles = cast.client(cast.a.staff).get(url("slip-list")).context["tiles"]
    assert [(tile["label"], tile["value"]) for tile in tiles] == [("收集问题", 3), ("派单", 2), ("办结", 1)]


def test_the_list_filters_and_finds_what_is_late(cast):
    late, other = sent(cast), sent(cast)
    Slip.objects.filter(pk=late.pk).update(due_on=days_ago(2))
    client = cast.client(cast.a.staff)
    page = client.get(url("slip-list") + "?state=late")
    assert [row["pk"] for row in page.context["rows"]] == [late.pk]
    assert "逾期2天" in page.content.decode()
    assert {row["pk"] for row in client.get(url("slip-list")).context["rows"]} == {late.pk, other.pk}


def test_three_coupons_with_one_number_on_paper(cast):
    slip, other = sent(cast), slip_of(cast)
    client, page = cast.client(cast.a.staff), url("slip-print") + f"?slip={slip_of(cast).pk}"
    paper = client.get(url("slip-print") + f"?slip={slip.pk}&slip={other.pk}").content.decode()
    assert paper.count('class="slip-sheet"') == 2
    assert paper.count(slip.no) >= 5  # three coupons, two cut lines
    assert all(title in paper for title in ("问题联", "责任联", "服务联"))
    assert PHONE not in paper
    assert client.get(page).status_code == 200
    hidden = hidden_fields(client.get(url("slip-print") + f"?slip={slip.pk}"))
    paper = client.post(
        url("slip-print") + f"?slip={slip.pk}", {**hidden, "qr": "1", "name": "1"}
    ).content.decode()
    assert PHONE in paper
    assert 'class="coupon-qr"' in paper
    assert Reveal.objects.get().note == f"打印三联单{slip.no}"
    again = client.post(url("slip-print") + f"?slip={slip.pk}", {**hidden, "qr": "1", "name": "1"})
    assert again.status_code == 302
    assert Reveal.objects.count() == 1


def test_a_stranger_prints_nothing(cast):
    slip = slip_of(cast)
    assert cast.client(cast.b.staff).get(url("slip-print") + f"?slip={slip.pk}").status_code == 302


# --- The public page --------------------------------------------------------------------------------------


@pytest.fixture
def public(cast):
    cache.clear()
    place = cast.a.apprentice.neighbourhood
    OrderPage.objects.create(studio=cast.a.studio, neighbourhood=place, is_open=True)
    return url("order-page", place.pk)


def test_the_public_page_is_off_until_it_is_opened(cast):
    place = cast.a.apprentice.neighbourhood
    client, staff = cast.client(), cast.client(cast.a.staff)
    assert client.get(url("order-page", place.pk)).status_code == 404
    staff.post(url("order-switch", place.pk), {"open": "1"})
    assert client.get(url("order-page", place.pk)).status_code == 200
    staff.post(url("order-switch", place.pk), {"close": "1"})
    assert client.get(url("order-page", place.pk)).status_code == 404


def test_a_resident_orders_and_asks_by_the_number(cast, public):
    client, kind = cast.client(), slips.categories_of(cast.a.studio)[0]
    answer = send(
        client, public, problem="垃圾房有味道", category=kind.pk, name="王阿姨", phone=PHONE, follow=True
    )
    slip = Slip.objects.get()
    assert re.fullmatch(r"[2-9]{8}", slip.ask_code)
    assert slip.ask_code in answer.content.decode()
    assert (slip.registered_by, slip.neighbourhood) == (None, cast.a.apprentice.neighbourhood)
    slips.dispatch(slip, handler=cast.a.mentor, due_on=days_ahead(2), by=cast.a.staff)
    told = send(client, url("order-ask"), code=f"{slip.ask_code[:4]} {slip.ask_code[4:]}", follow=True)
    shown = told.content.decode()
    assert "派给人办了" in shown
    assert cast.a.mentor.called not in shown
    assert PHONE not in shown
    assert client.get(url("order-told", "22222222")).status_code == 404
    assert Notice.objects.filter(person=cast.a.staff, text__contains="请派单").exists()


def test_the_same_public_form_twice_is_one_order_and_a_robot_makes_none(cast, public):
    client, kind = cast.client(), slips.categories_of(cast.a.studio)[0]
    filled = {**hidden_fields(client.get(public)), "problem": "垃圾房有味道", "category": kind.pk}
    assert len({client.post(public, filled)["Location"] for _ in range(2)}) == 1
    send(client, public, problem="买药", category=kind.pk, website="x")
    assert Slip.objects.count() == 1


def test_too_many_orders_from_one_address_are_asked_to_ring(cast, public):
    client, kind = cast.client(), slips.categories_of(cast.a.studio)[0]
    answers = [send(client, public, problem=f"第{n}件", category=kind.pk).status_code for n in range(10)]
    assert answers == [302] * 8 + [429] * 2
    assert Slip.objects.count() == 8


# --- Kinds of slips ---------------------------------------------------------------------------------------


def test_a_studio_sets_its_kinds_and_days(cast):
    client = cast.client(cast.a.staff)
    assert [kind.name for kind in slips.categories_of(cast.a.studio)] == [
        "政策咨询", "环境卫生", "困难需求", "其他",
    ]  # fmt: skip
    send(client, url("slip-category-new"), name="邻里纠纷", days="5", in_use="on")
    first = slips.categories_of(cast.a.studio)[0]
    send(client, url("slip-category", first.pk), name="政策咨询", days="1", order="1", in_use="on")
    assert [kind.days for kind in slips.categories_of(cast.a.studio)] == [1, 3, 3, 3, 5]
    assert send(client, url("slip-category-new"), name="邻里纠纷", days="5").status_code == 422


def test_pages_keep_the_rules(cast, django_assert_max_num_queries):
    slip = sent(cast, gives_phone=True)
    slips.finish(sent(cast), way="online", result="说清楚了", by_name="三楼党小组")
    done = Slip.objects.get(state="finished")
    for role, urls in (
        ("staff", [
            url("slip-list"), slip.get_absolute_url(), url("slip-new"), url("slip-send", slip.pk),
            url("slip-finish", slip.pk), url("slip-call-back", done.pk), url("slip-settings"),
            url("slip-print") + f"?slip={slip.pk}", url("slip-blank"),
        ]),
        ("apprentice", [url("slip-list"), slip.get_absolute_url(), url("slip-new")]),
        ("mentor", [url("slip-list")]),
    ):  # fmt: skip
        client = cast.client(cast.roles()[role])
        for address in urls:
            client.get(address)
            with django_assert_max_num_queries(12):
                answer = client.get(address)
            assert answer.status_code == 200, address
            assert_page(answer.content, role=role)
    client, page = opened_by_link(cast, slip)
    assert_page(client.get(page).content)


@pytest.mark.parametrize("written", ["6号楼", " 6号 "])
def test_staff_write_the_building_and_it_is_found_in_the_list_of_the_neighbourhood(cast, written):
    place = cast.a.apprentice.neighbourhood
    house = Building.objects.create(studio=cast.a.studio, neighbourhood=place, name="6号楼")
    kind = slips.categories_of(cast.a.studio).last()
    given = {"problem": "灯不亮", "category": kind.pk, "neighbourhood": place.pk, "place": written}
    given["received_on"] = str(days_ago(0))
    client = cast.client(cast.a.staff)
    assert "6号楼" not in client.get(url("slip-new")).content.decode()
    send(client, url("slip-new"), given)
    slip = Slip.objects.get()
    assert (slip.building, slip.place) == (house, "")


def test_what_is_no_building_stays_as_it_was_written(cast):
    place, kind = cast.a.apprentice.neighbourhood, slips.categories_of(cast.a.studio).last()
    given = {"problem": "灯不亮", "category": kind.pk, "neighbourhood": place.pk, "place": "南门花坛"}
    given["received_on"] = str(days_ago(0))
    send(cast.client(cast.a.staff), url("slip-new"), given)
    slip = Slip.objects.get()
    assert (slip.building, slip.place) == (None, "南门花坛")


def test_a_resident_rings_the_street_whose_page_it_is_and_reads_no_word_of_the_office(cast):
    slip = slip_of(cast, public=True)
    page = cast.client().get(url("order-told", slip.ask_code)).content.decode()
    assert "收到了，等着派人" in page
    assert "待派单" not in page
    assert page.count(cast.a.studio.contact_phone) >= 2
