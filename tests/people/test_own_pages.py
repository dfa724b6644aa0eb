"""我的, 字号, 通知, 意见建议, 帮助, 找回, 选项: the pages everybody or staff have."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from growth.models import Reflection
from people.actions import removal
from people.actions.notices import tell
from people.forms.studio import PARTS
from people.models import Feedback, Neighbourhood, Notice, Person, Studio
from people.roles import Role
from tests.factories import MembershipFactory, NeighbourhoodFactory, ReflectionFactory
from tests.forms import hidden_fields, send


def test_one_tap_changes_the_size_and_leads_back(cast):
    client = cast.client(cast.a.apprentice)
    assert 'data-text="' not in client.get("/me/").content.decode()
    answer = client.post("/text-size/", {"size": "xl", "next": "/notices/"})
    assert answer["Location"] == "/notices/"
    assert answer.cookies["text_size"].value == "xl"
    assert 'data-text="xl"' in client.get("/me/").content.decode()
    cast.a.apprentice.refresh_from_db()
    assert (cast.a.apprentice.text_size, cast.a.apprentice.text_size_chosen) == ("xl", True)


def test_the_size_holds_for_a_signed_out_device_too(db):
    client = Client()
    client.post("/text-size/", {"size": "lg", "next": "/login/"})
    assert 'data-text="lg"' in client.get("/login/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/text-size/", ""]
)
def test_the_way_back_stays_on_this_site(db, target):
    assert Client().post("/text-size/", {"size": "lg", "next": target})["Location"] == "/"


def test_an_unknown_size_changes_nothing(cast):
    client = cast.client(cast.a.apprentice)
    assert client.post("/text-size/", {"size": "huge"}).status_code == 200
    cast.a.apprentice.refresh_from_db()
    assert cast.a.apprentice.text_size == ""


def test_the_first_visit_shows_three_sentences_and_leads_home(cast):
    Person.objects.filter(pk=cast.a.mentor.pk).update(text_size_chosen=False)
    client = cast.client(cast.a.mentor)
    page = client.get("/welcome/?next=/notices/")
    assert page.content.decode().count('name="size"') == 3
    assert 'data-text="lg"' in page.content.decode()
    answer = client.post("/welcome/", {"size": "", **hidden_fields(page)})
    assert answer["Location"] == "/notices/"
    assert 'data-text="' not in client.get("/me/").content.decode()


def test_a_person_with_two_desks_changes_between_them(cast):
    MembershipFactory(person=cast.a.apprentice, studio=cast.a.studio, role=Role.STAFF)
    client = cast.client(cast.a.apprentice)
    assert "现在用哪个身份看" in client.get("/me/").content.decode()
    client.post("/me/desk/", {"desk": "apprentice"})
    assert client.session["desk"] == "apprentice"
    client.post("/me/desk/", {"desk": "district"})
    assert client.session["desk"] == "apprentice"
    assert "现在用哪个身份看" not in cast.client(cast.a.mentor).get("/me/").content.decode()


def test_one_chooses_how_one_is_called(cast):
    client = cast.client(cast.a.mentor)
    assert send(client, "/me/salutation/", {"salutation": "老赵"})["Location"] == "/me/"
    assert "老赵" in client.get("/me/").content.decode()


def test_a_mentor_writes_what_he_is_good_at(cast):
    client = cast.client(cast.a.mentor)
    assert send(client, "/me/expertise/", {"expertise": "物业，加装电梯"})["Location"] == "/me/"
    assert "专长：物业、加装电梯" in client.get("/me/").content.decode()
    assert send(client, "/me/expertise/", {"expertise": "很" * 21}).status_code == 422


@pytest.mark.parametrize(
    ("chosen", "status"), [(["party", "team"], 302), (["party", "team", "emergency"], 422)]
)
def test_an_apprentice_names_at_most_two_weak_points(cast, chosen, status):
    client = cast.client(cast.a.apprentice)
    assert send(client, "/me/weak-points/", {"weak_points": chosen}).status_code == status
    cast.a.apprentice.refresh_from_db()
    assert cast.a.apprentice.weak_points == (chosen if status == 302 else [])


def test_notices_are_a_plain_list_of_ones_own(cast):
    tell([cast.a.mentor], "有人请您看看", link="/todo/", studio=cast.a.studio)
    tell([cast.b.mentor], "别人的事", studio=cast.b.studio)
    page = cast.client(cast.a.mentor).get("/notices/").content.decode()
    assert "有人请您看看" in page
    assert "别人的事" not in page


@pytest.mark.parametrize("count", [1, 24])
def test_lists_cost_the_same_at_any_length(cast, count, django_assert_max_num_queries):
    for number in range(count):
        tell([cast.a.staff], f"第{number}件", studio=cast.a.studio)
        Feedback.objects.create(studio=cast.a.studio, by=cast.a.mentor, text="意见")
        removal.remove(
            ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice), by=cast.a.apprentice
        )
    client = cast.client(cast.a.staff)
    for path in (
        "/notices/",
        "/feedback/",
        "/removed/",
        "/cards/",
        "/options/",
        "/options/places/",
        "/me/",
        "/help/",
    ):
        client.get(path)
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_feedback_reaches_staff_and_district_and_its_answer_the_author(cast):
    mentor, district = cast.client(cast.a.mentor), cast.client(cast.district)
    answer = send(mentor, "/feedback/", {"text": "字再大一点就好了"})
    feedback = Feedback.objects.get()
    assert answer["Location"] == f"/feedback/{feedback.pk}/"
    assert feedback.studio == cast.a.studio
    told = set(Notice.objects.values_list("person", flat=True))
    assert told == {cast.a.staff.pk, cast.district.pk}
    assert "字再大一点就好了" in district.get("/feedback/").content.decode()
    send(district, answer["Location"], {"answer": "下周就改"})
    assert Notice.objects.get(person=cast.a.mentor).text == "您提的意见建议有答复了"
    assert "下周就改" in mentor.get(answer["Location"]).content.decode()


def test_a_second_answer_does_not_overwrite_the_first(cast):
    feedback = Feedback.objects.create(studio=cast.a.studio, by=cast.a.mentor, text="意见")
    staff, district = cast.client(cast.a.staff), cast.client(cast.district)
    url = f"/feedback/{feedback.pk}/"
    late = hidden_fields(district.get(url))
    send(staff, url, {"answer": "第一份"})
    page = district.post(url, late | {"answer": "第二份"})
    assert page.status_code == 409
    assert "这一条刚才已经有人答复了" in page.content.decode()
    feedback.refresh_from_db()
    assert feedback.answer == "第一份"


def test_feedback_sent_twice_is_kept_once(cast):
    client = cast.client(cast.a.mentor)
    data = hidden_fields(client.get("/feedback/")) | {"text": "意见"}
    first, second = client.post("/feedback/", data), client.post("/feedback/", data, follow=True)
    assert Feedback.objects.count() == 1
    assert second.redirect_chain[0][0] == first["Location"]
    assert "这条已经交过了，不用再交" in second.content.decode()


@pytest.mark.parametrize(
    "role", ["anonymous", "staff", "mentor", "apprentice", "district", "guest", "stranger"]
)
def test_help_begins_with_a_number_to_ring_and_has_six_cards(cast, role):
    client = cast.client(cast.roles()[role])
    page = client.get("/help/").content.decode()
    assert page.index('href="tel:') < page.index("help-cards")
    assert page[page.index("help-cards") :].count("<h3>") == 6


def test_what_was_taken_away_is_found_again(cast):
    reflection = ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice)
    removal.remove(reflection, by=cast.a.apprentice)
    client = cast.client(cast.a.apprentice)
    assert f"/removed/reflection/{reflection.pk}/restore/" in client.get("/removed/").content.decode()
    assert client.post(f"/removed/reflection/{reflection.pk}/restore/").status_code == 302
    assert Reflection.objects.visible_to(cast.a.apprentice).exists()
    assert "没有去掉过什么" in client.get("/removed/").content.decode()


@pytest.mark.parametrize(
    ("person", "kind", "days"),
    [("peer", "reflection", 0), ("apprentice", "reflection", 31), ("apprentice", "person", 0)],
)
def test_what_is_not_ones_own_or_too_old_stays_away(cast, person, kind, days):
    reflection = ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice)
    removal.remove(reflection, by=cast.a.apprentice, at=timezone.now() - timedelta(days=days))
    client = cast.client(getattr(cast.a, person))
    assert client.post(f"/removed/{kind}/{reflection.pk}/restore/").status_code == 404
    assert not Reflection.objects.visible_to(cast.a.apprentice).exists()


def rules(client, part, **changes):
    form = client.get(f"/options/{part}/").context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None} | changes


def test_staff_set_the_rules_of_their_studio_part_by_part(cast):
    client = cast.client(cast.a.staff)
    answer = client.post("/options/mentoring/", rules(client, "mentoring", pair_capacity="６"))
    assert answer["Location"] == "/options/"
    client.post("/options/rhythm/", rules(client, "rhythm", quiet_days="45"))
    client.post("/options/contact/", rules(client, "contact", brand_name="泉+"))
    cast.a.studio.refresh_from_db()
    assert (cast.a.studio.pair_capacity, cast.a.studio.quiet_days, str(cast.a.studio)) == (6, 45, "泉+")
    assert "多少天没有带教算久" in client.get("/options/").content.decode()


def test_every_number_has_bounds_and_every_rule_one_part():
    fields = [name for part in PARTS for name in part.fields]
    assert len(fields) == len(set(fields))
    for part in PARTS:
        numbers = {
            name
            for name in part.fields
            if Studio._meta.get_field(name).get_internal_type().endswith("IntegerField")
        }
        assert numbers == set(part.bounds)


def test_a_part_that_is_not_there_is_not_found(cast):
    assert cast.client(cast.a.staff).get("/options/money/").status_code == 404


@pytest.mark.parametrize(
    ("part", "wrong", "sentence"),
    [
        ("mentoring", {"pair_capacity": "0"}, "请写1到30之间的数"),
        ("rhythm", {"quiet_days": "3"}, "请写7到365之间的数"),
        ("contact", {"contact_phone": "打我手机"}, "请写打得通的电话"),
        ("consultation", {"consult_days": "很多"}, "请写数字"),
    ],
)
def test_rules_that_would_stop_the_work_are_refused(cast, part, wrong, sentence):
    client = cast.client(cast.a.staff)
    page = client.post(f"/options/{part}/", rules(client, part, **wrong))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    cast.a.studio.refresh_from_db()
    assert cast.a.studio.version == 1


def test_two_editors_of_one_part_do_not_overwrite_each_other(cast):
    client = cast.client(cast.a.staff)
    first, second = rules(client, "rhythm", quiet_days="40"), rules(client, "rhythm", quiet_days="50")
    client.post("/options/rhythm/", first)
    page = client.post("/options/rhythm/", second)
    assert page.status_code == 409
    assert "40" in page.content.decode()
    cast.a.studio.refresh_from_db()
    assert cast.a.studio.quiet_days == 40


def test_editors_of_different_parts_do_not_stand_in_each_others_way(cast):
    client = cast.client(cast.a.staff)
    first, second = rules(client, "rhythm", quiet_days="40"), rules(client, "mentoring", pair_capacity="7")
    client.post("/options/rhythm/", first)
    assert client.post("/options/mentoring/", second).status_code == 302
    cast.a.studio.refresh_from_db()
    assert (cast.a.studio.quiet_days, cast.a.studio.pair_capacity) == (40, 7)


def test_staff_add_and_change_a_neighbourhood(cast):
    client = cast.client(cast.a.staff)
    send(client, "/options/places/new/", {"name": "新苑 居委会", "kind": "new"})
    place = Neighbourhood.objects.get(name="新苑居委会")
    assert (place.street, place.has_committee) == (cast.a.studio.street, False)
    assert place.code == f"{cast.a.studio.street.code}+1"
    send(client, f"/options/places/{place.pk}/", {"name": "新苑居委会", "kind": "old", "has_committee": "on"})
    place.refresh_from_db()
    assert (place.kind, place.has_committee) == ("old", True)
    page = send(client, "/options/places/new/", {"name": "新苑居委会"})
    assert "这个居民区已经在名单里了" in page.content.decode()


def test_a_neighbourhood_of_another_street_is_not_found(cast):
    place = NeighbourhoodFactory(street=cast.b.studio.street)
    assert cast.client(cast.a.staff).get(f"/options/places/{place.pk}/").status_code == 404


def test_a_refused_page_says_why_in_one_sentence(cast):
    page = cast.client(cast.a.mentor).get("/people/")
    assert page.status_code == 403
    assert "<p>这一页只有街道工作人员能看。</p>" in page.content.decode()
