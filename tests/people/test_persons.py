"""人员名册: adding, finding, changing people and their roles."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from people.actions import persons
from people.models import LoginCard, Membership, Notice, Person
from people.roles import ApprenticeKind, Role
from people.stale import Refused
from tests.cast import make_cast
from tests.factories import MembershipFactory, PersonFactory, days_ago, make_person
from tests.forms import hidden_fields, send

NEW = {"name": "周敏", "role": "mentor", "mobile": "13800000001", "starts_on": "2026年3月1日"}


@pytest.fixture
def staff(cast):
    return cast.client(cast.a.staff)


def edited(person, **changes):
    """What the edit form of `person` posts."""
    fields = ("name", "salutation", "mobile", "unit", "post")
    return {name: getattr(person, name) for name in fields} | changes


def test_staff_add_one_person_with_a_role(cast, staff):
    answer = send(
        staff, "/people/new/", NEW, expertise="物业、加装电梯， 物业", birth_year="１９６２", salutation=""
    )
    person = Person.objects.get(mobile="13800000001")
    assert answer["Location"] == f"/people/{person.pk}/"
    assert (person.called, person.birth_year, person.expertise) == ("周书记", 1962, ["物业", "加装电梯"])
    assert (person.text_size, person.has_usable_password()) == ("lg", False)
    role = person.memberships.get()
    assert (role.role, role.studio, role.starts_on.isoformat()) == ("mentor", cast.a.studio, "2026-03-01")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"mobile": "1380000"}, "手机号是1开头的11位数字，请再看看"),
        ({"role": "apprentice"}, "请选学员类别"),
        ({"role": "district"}, "请从列出来的里面选一个"),
        ({"birth_year": "1066"}, "请写不小于1930的数"),
        ({"starts_on": "下个月"}, "请写成这样的日期"),
        ({"expertise": "长" * 21}, "太长了，一项请留在20字以内"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(staff, wrong, sentence):
    page = send(staff, "/people/new/", NEW | {"post": "原来写的职务"} | wrong)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "原来写的职务" in page.content.decode()
    assert not Person.objects.filter(mobile="13800000001").exists()


def test_an_existing_number_offers_the_role_and_shows_only_the_name(cast, staff):
    other = cast.b.mentor
    page = send(staff, "/people/new/", NEW | {"mobile": other.mobile, "name": "写了别的名字"})
    words = page.content.decode()
    assert f"这个手机号是{other.name}的" in words
    assert "带教书记" in words
    assert f"/people/{other.pk}/" not in words
    assert not Membership.objects.filter(person=other, studio=cast.a.studio).exists()
    answer = staff.post("/people/new/", hidden_fields(page))
    assert answer["Location"] == f"/people/{other.pk}/"
    other.refresh_from_db()
    assert other.name != "写了别的名字"
    assert Membership.objects.get(person=other, studio=cast.a.studio).role == Role.MENTOR
    assert Notice.objects.get(person=other).text == "甲街道书记工作室把您加为带教书记"


def test_somebody_who_works_elsewhere_too_is_not_managed_here(cast, staff):
    persons.add_role(person=cast.b.mentor, studio=cast.a.studio, role=Role.MENTOR, by=cast.a.staff)
    page = staff.get(f"/people/{cast.b.mentor.pk}/").content.decode()
    assert "资料和登录由那边管" in page
    for path in ("edit", "password"):
        assert staff.get(f"/people/{cast.b.mentor.pk}/{path}/").status_code == 403
    assert staff.post(f"/people/{cast.b.mentor.pk}/sign-in/", {"open": ""}).status_code == 403
    assert staff.get(f"/people/{cast.b.mentor.pk}/roles/new/").status_code == 200


def test_a_roster_is_filtered_by_name_role_and_place(cast, staff):
    wanted = make_person(
        cast.a.studio, Role.MENTOR, name="欧阳修远", neighbourhood=cast.a.apprentice.neighbourhood
    )
    gone = make_person(cast.a.studio, Role.MENTOR, name="退了休的")
    Membership.objects.filter(person=gone).update(ends_on=days_ago(1))

    def names(query):
        return {person.name for person in staff.get(f"/people/?{query}").context["page"]}

    assert names("name=欧阳") == {"欧阳修远"}
    assert "欧阳修远" in names("role=mentor")
    assert names(f"role=mentor&neighbourhood={wanted.neighbourhood_id}") == {"欧阳修远"}
    assert "退了休的" not in names("")
    assert "退了休的" in names("former=on")
    assert names("name=没有这个人") == set()
    assert cast.b.mentor.name in names("") or cast.b.mentor not in staff.get("/people/").context["page"].rows


@pytest.mark.parametrize("more", [0, 20])
def test_the_list_costs_the_same_however_many_there_are(cast, staff, more, django_assert_max_num_queries):
    for _ in range(more):
        make_person(cast.a.studio, Role.APPRENTICE)
    staff.get("/people/")
    with django_assert_max_num_queries(12):
        page = staff.get("/people/")
    assert len(page.context["page"]) == 8 + more


def test_a_long_roster_goes_on_by_key(cast, staff):
    for _ in range(50):
        make_person(cast.a.studio, Role.MENTOR)
    first = staff.get("/people/").context["page"]
    second = staff.get(f"/people/?page={first.older}").context["page"]
    assert (len(first), len(second), second.older) == (50, 8, "")
    assert not {person.pk for person in first} & {person.pk for person in second}
    assert staff.get("/people/?page=x").context["page"].first


def test_an_edit_writes_only_what_the_form_shows_and_is_told_in_the_history(cast, staff):
    person = cast.a.mentor
    answer = send(staff, f"/people/{person.pk}/edit/", edited(person, post="退休书记"))
    assert answer["Location"] == f"/people/{person.pk}/"
    page = staff.get(f"/people/{person.pk}/").content.decode()
    assert f"{cast.a.staff.called} 改了" in page
    assert "退休书记" in page
    person.refresh_from_db()
    assert person.version == 2


def test_a_stale_edit_shows_both_texts_and_writes_nothing(cast, staff):
    person = cast.a.mentor
    stale = hidden_fields(staff.get(f"/people/{person.pk}/edit/"))
    send(staff, f"/people/{person.pk}/edit/", edited(person, post="别人写的"))
    page = staff.post(f"/people/{person.pk}/edit/", stale | edited(person, post="我写的"))
    assert page.status_code == 409
    assert "别人写的" in page.content.decode()
    assert "我写的" in page.content.decode()
    person.refresh_from_db()
    assert person.post == "别人写的"


def test_a_number_that_is_taken_is_refused_in_words(cast, staff):
    person = cast.a.mentor
    page = send(staff, f"/people/{person.pk}/edit/", edited(person, mobile=cast.b.mentor.mobile))
    assert page.status_code == 422
    assert "这个手机号已经是另一位的了" in page.content.decode()
    assert cast.b.mentor.name not in page.content.decode()


def test_a_role_is_added_and_ended_with_dates(cast, staff):
    person = cast.a.mentor
    send(staff, f"/people/{person.pk}/roles/new/", {"role": "lead", "starts_on": days_ago(3).isoformat()})
    role = Membership.objects.get(person=person, role=Role.LEAD)
    send(staff, f"/roles/{role.pk}/end/", {"on": days_ago(1).isoformat()})
    role.refresh_from_db()
    assert role.ends_on == days_ago(1)
    assert not person.standing.lead


@pytest.mark.parametrize(
    ("role", "days", "sentence"),
    [("mentor", 300, "结束的日子不能早于开始的日子"), ("staff", 0, "这是最后一位街道工作人员")],
)
def test_an_end_that_cannot_be_is_refused_in_words(cast, staff, role, days, sentence):
    membership = Membership.objects.get(person=getattr(cast.a, role), role=role)
    page = send(staff, f"/roles/{membership.pk}/end/", {"on": days_ago(days).isoformat()})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_the_same_role_twice_is_refused_in_words(cast, staff):
    page = send(
        staff,
        f"/people/{cast.a.mentor.pk}/roles/new/",
        {"role": "mentor", "starts_on": days_ago(0).isoformat()},
    )
    assert page.status_code == 422
    assert "在这段时间里已经是带教书记了" in page.content.decode()


def test_a_floor_above_can_keep_a_role_from_ending(cast):
    membership = Membership.objects.get(person=cast.a.mentor)
    check = persons.before_ending(lambda one, on: "还带着2名徒弟" if one.pk == membership.pk else "")
    try:
        with pytest.raises(Refused, match="还带着2名徒弟"):
            persons.end_role(membership, on=days_ago(0), by=cast.a.staff)
    finally:
        persons._checks.remove(check)


def test_a_viewer_belongs_to_the_district_and_nobody_else_does(cast):
    viewer = PersonFactory()
    with pytest.raises(Refused, match="区级查看只能加在区级工作室"):
        persons.add_role(person=viewer, studio=cast.a.studio, role=Role.DISTRICT, by=cast.a.staff)
    with pytest.raises(Refused, match="别的角色加在街道工作室"):
        persons.add_role(person=viewer, studio=cast.district_studio, role=Role.MENTOR, by=cast.a.staff)
    persons.add_role(person=viewer, studio=cast.district_studio, role=Role.DISTRICT, by=cast.a.staff)
    assert cast.a.studio.pk in viewer.standing.district


def test_closing_an_account_ends_its_sessions_and_cards(cast, staff):
    phone = cast.client(cast.a.mentor)
    LoginCard.objects.create(
        studio=cast.a.studio, person=cast.a.mentor, digest="1" * 64, issued_by=cast.a.staff
    )
    staff.post(f"/people/{cast.a.mentor.pk}/sign-in/", {"open": ""})
    assert phone.get("/me/").status_code == 302
    assert not LoginCard.objects.usable().exists()
    staff.post(f"/people/{cast.a.mentor.pk}/sign-in/", {"open": "1"})
    cast.a.mentor.refresh_from_db()
    assert cast.a.mentor.is_active


def test_nobody_locks_themselves_out(cast, staff):
    answer = staff.post(f"/people/{cast.a.staff.pk}/sign-in/", {"open": ""})
    assert answer.status_code == 409
    assert "自己的登录要请别的工作人员来关" in answer.content.decode()


def test_staff_give_a_new_password_that_can_be_read_out(cast, staff):
    url = f"/people/{cast.a.mentor.pk}/password/"
    offered = staff.get(url).context["form"]["password"].value()
    phone = cast.client(cast.a.mentor)
    assert send(staff, url, {"password": offered})["Location"] == f"/people/{cast.a.mentor.pk}/"
    cast.a.mentor.refresh_from_db()
    assert cast.a.mentor.check_password(offered)
    assert phone.get("/me/").status_code == 302
    assert Notice.objects.get(person=cast.a.mentor).text == "工作人员给您换了登录密码"
    assert send(staff, url, {"password": "12345678"}).status_code == 422


def test_a_former_member_can_still_be_managed_but_a_stranger_cannot(cast):
    former = MembershipFactory(studio=cast.a.studio, ends_on=days_ago(10)).person
    assert persons.may_manage(cast.a.staff, former)
    assert not persons.may_manage(cast.a.staff, cast.stranger)
    assert not persons.may_manage(cast.a.mentor, cast.a.apprentice)


def test_an_apprentice_added_through_the_action_has_a_kind_and_a_start(cast):
    at = timezone.now() - timedelta(days=40)
    person = persons.add(
        studio=cast.a.studio,
        role=Role.APPRENTICE,
        apprentice_kind=ApprenticeKind.DEPUTY,
        by=cast.a.staff,
        at=at,
        mobile="13800000009",
        name="林月",
    )
    role = person.memberships.get()
    assert (role.apprentice_kind, role.starts_on) == ("deputy", timezone.localdate(at))
    assert person.text_size == ""


@pytest.mark.django_db(transaction=True)
def test_the_same_form_posted_twenty_times_at_once_makes_one_person():
    cast = make_cast()
    client = cast.client(cast.a.staff)
    data = hidden_fields(client.get("/people/new/")) | NEW
    cookies = client.cookies

    def post(_):
        try:
            one = cast.client()
            one.cookies = cookies
            return one.post("/people/new/", data)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        pages = set(pool.map(post, range(20)))
    person = Person.objects.get(mobile="13800000001")
    assert pages == {f"/people/{person.pk}/"}
    assert person.memberships.count() == 1


def test_staff_never_open_the_account_of_the_system_administrator(cast):
    Person.objects.filter(pk=cast.a.mentor.pk).update(is_superuser=True)
    assert not persons.may_manage(cast.a.staff, cast.a.mentor)


def test_a_role_that_came_back_later_is_not_run_over_by_its_first_time(cast):
    person = make_person(cast.a.studio, Role.MENTOR)
    first = person.memberships.get()
    Membership.objects.filter(pk=first.pk).update(starts_on=days_ago(90), ends_on=days_ago(60))
    MembershipFactory(studio=cast.a.studio, person=person, role=Role.MENTOR, starts_on=days_ago(30))
    page = send(cast.client(cast.a.staff), f"/roles/{first.pk}/end/", {"on": days_ago(10).isoformat()})
    assert page.status_code == 422
    assert "要在那以前结束" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "shown"), [("staff", True), ("mentor", True), ("peer", False), ("other_mentor", False)]
)
def test_a_mobile_number_is_for_those_who_work_with_the_person(cast, role, shown):
    page = cast.client(cast.roles()[role]).get(cast.a.apprentice.get_absolute_url())
    assert page.status_code == 200
    assert (cast.a.apprentice.mobile in page.content.decode()) is shown


def test_staff_of_one_street_are_plain_colleagues_in_another(cast):
    MembershipFactory(studio=cast.b.studio, person=cast.a.staff, role=Role.MENTOR)
    page = cast.client(cast.a.staff).get(cast.b.apprentice.get_absolute_url()).content.decode()
    assert "出生年" not in page
    assert cast.b.apprentice.mobile not in page
