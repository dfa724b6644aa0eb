"""品牌项目: from 申报 to 推广, once a neighbourhood and year, told in files and never ranked."""

import pytest
from django.db import IntegrityError, transaction

from growth.actions import brands
from growth.actions.rebuild import rebuild
from growth.models import Brand, BrandPhoto, BrandResult, BrandState, Entry, Kind, Method, NextStep
from people.models import Notice
from people.roles import Role
from people.stale import Refused
from studio import todo
from tests.factories import BrandFactory, MembershipFactory, days_ahead
from tests.forms import send

APPLICATION = {
    "name": "车棚能充电",
    "problem": "电动车推上楼充电",
    "expected": "一楼车棚晚上能充电",
    "ways": "把旧车棚接上电\n每栋楼推一个人管钥匙",
    "partners": "物业公司、供电所",
    "what_1": "装好插座",
    "when_1": str(days_ahead(20)),
}


def applied(cast):
    a = cast.a
    data = APPLICATION | {
        "neighbourhood": a.apprentice.neighbourhood_id, "year": str(days_ahead(0).year), "guide": a.mentor.pk,
    }  # fmt: skip
    answer = send(cast.client(a.apprentice), "/brands/new/", data)
    assert answer.status_code == 302, answer.content.decode()
    return Brand.objects.get()


def approved(cast):
    brand = applied(cast)
    brands.approve(brand, by=cast.a.staff)
    return brand


def running(cast):
    brand = approved(cast)
    brands.write_note(brand, quarter=1, text="插座装好了", pace="on_plan", by=cast.a.apprentice)
    return brand


def told(cast):
    brand = running(cast)
    brands.debrief(
        brand, results=[("三个车棚能充电", "物业台账")], voices="不用再拎电瓶了", lesson="先接电再立规矩",
        by=cast.a.apprentice,
    )  # fmt: skip
    return brand


def test_an_application_waits_for_staff_and_is_nobody_elses_business_yet(cast):
    a, brand = cast.a, applied(cast)
    assert brand.ways == ["把旧车棚接上电", "每栋楼推一个人管钥匙"]
    assert brand.partners == ["物业公司", "供电所"]
    assert todo.counts(a.staff) == {"brand_approve": 1}
    assert Notice.objects.filter(person=a.staff, text__contains="车棚能充电").exists()
    assert cast.client(a.peer).get(brand.get_absolute_url()).status_code == 404
    assert not NextStep.objects.exists()


def test_one_a_neighbourhood_and_year(cast):
    brand = applied(cast)
    data = APPLICATION | {"neighbourhood": brand.neighbourhood_id, "year": str(brand.year)}
    answer = send(cast.client(cast.a.apprentice), "/brands/new/", data)
    assert answer.status_code == 409
    assert "一年只报一个" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandFactory(studio=brand.studio, neighbourhood=brand.neighbourhood, year=brand.year)


def test_sent_back_it_waits_for_its_owner_and_sent_again_for_staff(cast):
    a, brand = cast.a, applied(cast)
    send(cast.client(a.staff), f"/brands/{brand.pk}/approve/", {"note": "预期写具体些"})
    assert todo.counts(cast.a.apprentice).get("brand_complete") == 1
    page = cast.client(a.apprentice).get(f"/brands/{brand.pk}/edit/").content.decode()
    assert "预期写具体些" in page
    send(cast.client(a.apprentice), f"/brands/{brand.pk}/edit/", APPLICATION | {"expected": "九点前能充上电"})
    brand.refresh_from_db()
    assert (brand.expected, brand.return_note) == ("九点前能充上电", "")


def test_approved_its_milestones_stand_in_the_owners_next_steps_and_go_when_done(cast):
    a, brand = cast.a, applied(cast)
    send(cast.client(a.staff), f"/brands/{brand.pk}/approve/", {})
    step = NextStep.objects.get()
    assert (step.person, step.text) == (a.apprentice, "车棚能充电：装好插座")
    milestone = brand.milestones.get()
    send(cast.client(a.apprentice), f"/brands/milestones/{milestone.pk}/done/")
    step.refresh_from_db()
    assert step.state == "done"
    milestone.refresh_from_db()
    assert milestone.done_by == a.apprentice


def test_a_milestone_taken_out_of_the_plan_leaves_the_next_steps_too(cast):
    brand = approved(cast)
    changed = APPLICATION | {"what_1": "接好线路"}
    send(cast.client(cast.a.apprentice), f"/brands/{brand.pk}/edit/", changed)
    assert [step.text for step in NextStep.objects.all()] == ["车棚能充电：接好线路"]


def test_a_quarter_that_is_slow_and_needs_help_is_told_to_those_who_can(cast):
    a, brand = cast.a, approved(cast)
    data = {"quarter": "2", "text": "供电所还没有批", "pace": "slow", "needs": "街道管理办"}
    send(cast.client(a.apprentice), f"/brands/{brand.pk}/note/", data)
    brand.refresh_from_db()
    assert brand.state == BrandState.RUNNING
    for person in (a.staff, a.mentor):
        assert Notice.objects.filter(person=person, text__contains="需要街道管理办帮").exists()
    send(
        cast.client(a.apprentice), f"/brands/{brand.pk}/note/", data | {"text": "批下来了", "pace": "on_plan"}
    )
    assert [note.text for note in brand.notes.all()] == ["批下来了"]


def test_a_figure_without_its_source_is_asked_for_and_refused_by_the_database(cast):
    brand = running(cast)
    data = {"text_1": "收费率到了92%", "source_1": "", "voices": "好", "lesson": "先接电"}
    page = send(cast.client(cast.a.apprentice), f"/brands/{brand.pk}/debrief/", data)
    assert page.status_code == 422
    assert "请写一下数字从哪来" in page.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandResult.objects.create(studio=brand.studio, brand=brand, text="92户")


def test_in_the_end_it_becomes_a_method_that_knows_where_it_came_from(cast):
    a, brand = cast.a, told(cast)
    staff = cast.client(a.staff)
    send(staff, f"/brands/{brand.pk}/close/", {"verdict": "问题突破了，明年管好钥匙"})
    page = staff.get(f"/brands/{brand.pk}/spread/")
    assert page.context["form"]["summary"].value() == "先接电再立规矩"
    send(
        staff, f"/brands/{brand.pk}/spread/",
        {"name": "车棚三步", "summary": "先接电再立规矩", "steps": "接电\n管钥匙", "fits": "老公房"},
    )  # fmt: skip
    brand.refresh_from_db()
    assert (brand.state, brand.method) == (BrandState.SPREAD, Method.objects.get(name="车棚三步"))
    page = cast.client(a.peer).get(brand.method.get_absolute_url()).content.decode()
    assert brand.get_absolute_url() in page


def test_every_stage_stands_in_the_owners_file_and_can_be_derived_again(cast):
    brand = told(cast)
    brands.close(brand, verdict="办成了", by=cast.a.staff)
    lines = list(Entry.objects.filter(kind=Kind.BRAND).order_by("pk").values_list("person", "text", "aspect"))
    assert [aspect for person, _, aspect in lines if person == cast.a.apprentice.pk] == [
        "approved", "", "debriefed", "closed",
    ]  # fmt: skip
    assert (cast.a.mentor.pk, "指导品牌项目“车棚能充电”", "guide") in lines
    rebuild(brand.studio)
    again = Entry.objects.filter(kind=Kind.BRAND).order_by("pk").values_list("person", "text", "aspect")
    assert sorted(again) == sorted(lines)


def test_stages_are_not_skipped(cast):
    brand = applied(cast)
    for act, given in (
        (brands.close, {"verdict": "好"}),
        (brands.debrief, {"results": [("好", "")], "voices": "好", "lesson": "好"}),
        (brands.write_note, {"quarter": 1, "text": "好", "pace": "on_plan"}),
    ):
        with pytest.raises(Refused):
            act(brand, by=cast.a.staff, **given)


def test_two_who_edit_one_project_are_told(cast):
    brand = approved(cast)
    client = cast.client(cast.a.staff)
    form = client.get(f"/brands/{brand.pk}/edit/").context["form"]
    old = {name: form[name].value() or "" for name in form.fields}
    send(cast.client(cast.a.apprentice), f"/brands/{brand.pk}/edit/", APPLICATION | {"name": "车棚亮起来"})
    answer = client.post(f"/brands/{brand.pk}/edit/", old | {"name": "别的名字"})
    assert answer.status_code == 409
    assert "车棚亮起来" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "请填写"),
        ({"ways": "一\n二\n三\n四"}, "写三条最要紧的就好"),
        ({"what_2": "挂牌"}, "还没写几号前"),
        ({"when_2": "2026-09-01"}, "还没写做什么"),
        ({"partners": "长" * 41}, "单位名称请留在40字以内"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(cast, wrong, sentence):
    a = cast.a
    data = APPLICATION | {"neighbourhood": a.apprentice.neighbourhood_id, "year": str(days_ahead(0).year)}
    page = send(cast.client(a.apprentice), "/brands/new/", data | wrong)
    assert page.status_code == 422
    assert sentence in page.content.decode() or wrong == {"name": ""}
    assert "电动车推上楼充电" in page.content.decode()


def test_an_apprentice_applies_for_the_own_neighbourhood_only(cast):
    other = cast.a.peer.neighbourhood
    data = APPLICATION | {"neighbourhood": other.pk, "year": str(days_ahead(0).year)}
    assert send(cast.client(cast.a.apprentice), "/brands/new/", data).status_code == 422
    assert not Brand.objects.exists()


def test_the_board_keeps_the_order_of_the_street_and_asks_constantly(cast, django_assert_num_queries):
    a, client = cast.a, cast.client(cast.a.staff)
    BrandFactory(studio=a.studio, neighbourhood=a.other_apprentice.neighbourhood, name="后面的")
    client.get("/brands/")
    with django_assert_num_queries(7):
        client.get("/brands/")
    for person in (a.apprentice, a.peer):
        BrandFactory(studio=a.studio, neighbourhood=person.neighbourhood, name=f"前面的{person.pk}")
    with django_assert_num_queries(7):
        page = client.get("/brands/").content.decode()
    assert page.index("前面的") < page.index("后面的")


def test_the_card_tells_it_on_one_page(cast):
    brand = told(cast)
    page = cast.client(cast.a.peer).get(f"/brands/{brand.pk}/card/").content.decode()
    for words in ("车棚能充电", "三个车棚能充电（物业台账）", "不用再拎电瓶了", "先接电再立规矩"):
        assert words in page


def test_the_district_reads_approved_projects_street_by_street_and_no_names(cast):
    brand, client = told(cast), cast.client(cast.district)
    elsewhere = BrandFactory(studio=cast.b.studio, year=brand.year)
    brands.approve(elsewhere, by=cast.b.staff)
    board = client.get("/brands/", {"street": cast.a.studio.pk, "year": brand.year})
    assert [one for one, _ in board.context["rows"]] == [brand]
    board = client.get("/brands/", {"street": cast.b.studio.pk, "year": brand.year})
    assert [one for one, _ in board.context["rows"]] == [elsewhere]
    for page in (brand.get_absolute_url(), f"{brand.get_absolute_url()}card/"):
        words = client.get(page).content.decode()
        assert brand.problem in words
        for person in (cast.a.apprentice, cast.a.mentor):
            assert person.name not in words
            assert person.called not in words
    assert client.get("/brands/", {"street": "x", "year": "9" * 30}).status_code == 200


def test_the_district_finds_no_application(cast):
    assert cast.client(cast.district).get(applied(cast).get_absolute_url()).status_code == 404


def test_photos_are_for_the_street_and_for_who_looks_from_above_only_where_they_belong_to_it(cast):
    brand = running(cast)
    photo = BrandPhoto.objects.create(
        studio=brand.studio, brand=brand, quarter=1, image="brands/a.jpg", thumb="brands/b.jpg",
        width=4, height=3, uploaded_by=cast.a.staff,
    )  # fmt: skip
    address, own = f"/brands/photos/{photo.pk}/small/", brand.get_absolute_url()
    assert address in cast.client(cast.a.peer).get(own).content.decode()
    assert address not in cast.client(cast.district).get(own).content.decode()
    MembershipFactory(person=cast.district, studio=brand.studio, role=Role.STAFF)
    assert address in cast.client(cast.district).get(own).content.decode()
