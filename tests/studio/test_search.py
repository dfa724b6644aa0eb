"""搜索: everything that one may read and nothing else, two characters are enough, written with the text."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from casework.actions import cases, library
from casework.models import Case, CaseResident, State
from growth.actions import reflections
from mentoring.models import Session
from people import search
from people.actions import removal, residents
from people.models import SearchText
from people.search_index import add_missing, kinds, rebuild
from people.stale import save_version
from tests.casework.cures import consulting, opine
from tests.casework.libraries import handed_over, published
from tests.factories import CaseFactory, MethodFactory, ReflectionFactory, SessionFactory

SEARCH = reverse("studio:search")


def found(person, text, **facets):
    """{(kind, id)} that this person finds."""
    person.__dict__.pop("standing", None)
    return {(hit.kind, hit.source_id) for hit in search.find(person, text, **facets).hits}


def test_every_kind_is_found_by_two_characters(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="夜里车库充电冒烟")
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice], note="讲了充电怎么管")
    reflection = ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, learned="充电要先找地方")
    method = MethodFactory(studio=cast.a.studio, summary="充电三步走")
    hits = {("case", case.pk), ("session", session.pk), ("reflection", reflection.pk), ("method", method.pk)}
    assert found(cast.a.staff, "充电") == hits
    assert found(cast.a.apprentice, "充电") == hits


def test_only_what_one_may_read_is_found(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="围墙开了个门")
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice], note="看了围墙")
    both = {("case", case.pk), ("session", session.pk)}
    assert found(cast.a.staff, "围墙") == both
    assert found(cast.a.mentor, "围墙") == {("session", session.pk)}  # not accepted yet, not named for it
    for person in (cast.a.peer, cast.a.other_mentor, cast.b.staff, cast.district, cast.guest, cast.stranger):
        assert found(person, "围墙") == set()


def test_opinions_are_not_searched(cast):
    case = consulting(cast)
    opine(case, cast.a.mentor, text="先去量一量噪声")
    assert found(cast.a.lead, "噪声") == set()


def test_what_two_people_said_to_each_other_and_residents_are_never_in_the_index(cast):
    SessionFactory(
        group=cast.a.group, present=[cast.a.apprentice], mode=Session.Mode.TALK, note="", theme="说说离异的事"
    )
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    resident = residents.keep(studio=case.studio, name="欧阳桂枝", phone="13912345678")
    CaseResident.objects.create(studio=case.studio, case=case, resident=resident)
    rebuild()
    told = "".join(SearchText.objects.values_list("title", flat=True))
    told += "".join(SearchText.objects.values_list("body", flat=True))
    assert "离异" not in told
    assert "欧阳桂枝" not in told
    assert "13912345678" not in told


def test_drafts_are_found_by_nobody(cast):
    draft = {"state": State.DRAFT, "number": None, "year": None, "submitted_at": None}
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="鸽子太多", **draft)
    assert found(cast.a.apprentice, "鸽子") == set()


def test_another_street_finds_what_is_in_the_library_and_only_then(cast):
    entry = handed_over(cast, title="鸽子养在阳台上")
    assert found(cast.b.apprentice, "鸽子") == set()
    library.publish(entry, by=cast.a.lead)
    assert found(cast.b.apprentice, "鸽子") == {("library", entry.pk)}
    assert found(cast.district, "鸽子") == {("library", entry.pk)}
    library.withdraw(entry, reason="认得出是谁", by=cast.a.staff)
    assert found(cast.b.apprentice, "鸽子") == set()


def test_the_index_changes_with_the_text_in_its_transaction(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="鸽子太多")
    with transaction.atomic():
        cases.write(case, values={"story": "猫太多"}, by=cast.a.apprentice)
        transaction.set_rollback(True)
    assert found(cast.a.staff, "鸽子") == {("case", case.pk)}
    cases.write(case, values={"story": "麻雀太多"}, tried=[("贴告示", "没人看")], by=cast.a.apprentice)
    assert found(cast.a.staff, "鸽子") == set()
    assert found(cast.a.staff, "麻雀") == found(cast.a.staff, "告示") == {("case", case.pk)}


def test_what_is_taken_away_is_not_found_until_it_is_found_again(cast):
    written = reflections.write(
        studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor, learned="先修水箱"
    )
    removal.remove(written, by=cast.a.apprentice)
    assert not SearchText.objects.filter(kind="reflection").exists()
    removal.restore(written, by=cast.a.apprentice)
    assert found(cast.a.mentor, "水箱") == {("reflection", written.pk)}


def test_rebuilding_a_sound_index_changes_nothing_and_mends_a_broken_one(cast, capsys):
    published(cast)
    SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    add_missing()  # what came with a migration
    assert add_missing() == 0
    read, changed = rebuild()
    assert read > 3
    assert changed == 0
    Case.objects.update(story="鸽子太多")
    SearchText.objects.filter(kind="session").delete()
    call_command("rebuild_search")
    assert "改了2条" in capsys.readouterr().out


def test_another_type_of_neighbourhood_is_found_at_once(cast):
    place = cast.a.apprentice.neighbourhood
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="鸽子太多", neighbourhood=place)
    add_missing()
    assert found(cast.a.apprentice, "鸽子", place_kind="village") == set()
    place.kind = "village"
    with transaction.atomic():
        save_version(place, ("kind",))
    assert found(cast.a.apprentice, "鸽子", place_kind="village") == {("case", case.pk)}
    assert rebuild()[1] == 0


def test_words_that_the_dictionary_cuts_otherwise_are_found_letter_by_letter(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="楼下开了家烧烤店")
    assert found(cast.a.staff, "烤店") == {("case", case.pk)}


def test_several_words_ask_for_all_of_them(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="电瓶车上楼充电")
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="电瓶车乱停")
    assert found(cast.a.staff, "电瓶车 充电") == {("case", case.pk)}
    assert found(cast.a.staff, "  充电，电瓶车 ") == {("case", case.pk)}


def test_a_word_in_the_title_comes_before_one_in_the_text(cast):
    text = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="有件事", story="水箱漏了")
    title = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="水箱漏水", story="修过两次")
    hits = search.find(cast.a.staff, "水箱").hits
    assert [hit.source_id for hit in hits] == [title.pk, text.pk]


def test_facets_count_and_narrow(cast):
    for category in ("lift", "parking", "parking"):
        CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="水箱漏了", category=category)
    SessionFactory(group=cast.a.group, present=[cast.a.apprentice], note="看了水箱", held_on=date(2026, 3, 2))
    told = search.find(cast.a.staff, "水箱").facets
    assert told["kind"] == {"case": 3, "session": 1}
    assert told["category"] == {"parking": 2, "lift": 1}
    assert len(found(cast.a.staff, "水箱", category="parking")) == 2
    assert len(found(cast.a.staff, "水箱", kind="session", year=2026)) == 1


def test_the_page_marks_the_hit_and_tells_what_to_do_when_nothing_is_found(cast):
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="水箱漏了三天")
    client = cast.client(cast.a.staff)
    assert "<mark>水箱</mark>漏了三天" in client.get(SEARCH, {"q": "水箱"}).content.decode()
    assert (
        "没找到“麒麟”。换个短一点的词试试，或按类别看。" in client.get(SEARCH, {"q": "麒麟"}).content.decode()
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "'\\ & | ! :* <->"}, {"q": "%"}, {"q": "水箱", "page": "99999999999999999999"},
        {"q": "a" * 500}, {"q": "水箱", "kind": "x'", "year": "abc", "category": "none"},
        {"q": "\x00水箱"}, {},
    ],
)  # fmt: skip
def test_nothing_that_is_typed_stumbles(cast, asked):
    assert cast.client(cast.a.staff).get(SEARCH, asked).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_hit_and_for_three(cast, number, django_assert_num_queries):
    for _ in range(number):
        CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, story="水箱漏了")
    client = cast.client(cast.a.staff)
    client.get(SEARCH, {"q": "水箱"})
    with django_assert_num_queries(7):
        client.get(SEARCH, {"q": "水箱"})


def test_every_kind_has_a_label_and_a_page():
    assert all(model.search_label and model.get_absolute_url for model in kinds().values())
