"""入库: masked, read by a second person, seen by the district only then, taken out with a reason."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework import masking
from casework.actions import library
from casework.models import CaseResident, LibraryCase, LibraryState, State
from growth.models import Entry
from people.actions import residents
from people.models import Notice
from people.stale import Refused, StaleEdit
from studio import todo
from tests.casework.cures import state_of
from tests.forms import hidden_fields, send

from .libraries import closed, handed_over, published, written

STORY = "6月18日吴桂芳在12号301室摔了一跤，电话13812345678，赵师傅扶她起来。"


def concerns(case, name, phone=""):
    """Note a resident with the case."""
    resident = residents.keep(studio=case.studio, name=name, phone=phone)
    CaseResident.objects.create(studio=case.studio, case=case, resident=resident)


def seen_by(person):
    return set(LibraryCase.objects.visible_to(person).values_list("pk", flat=True))


def test_the_proposal_leaves_people_places_and_days_out(cast):
    case = closed(cast, story=STORY)
    concerns(case, "吴桂芳", "13812345678")
    told = masking.proposal(case)["story"]
    assert told == "6月居民甲在（门牌略）摔了一跤，电话居民乙，居民丙扶她起来。"


def test_one_person_is_the_same_letter_in_every_text(cast):
    case = closed(cast, story="吴桂芳不肯。", question="吴桂芳和张阿姨怎么坐到一起？", title="吴桂芳的车")
    concerns(case, "吴桂芳")
    told = masking.proposal(case)
    assert told["title"] == "居民甲的车"
    assert told["story"] == "居民甲不肯。"
    assert told["question"] == "居民甲和居民乙怎么坐到一起？"


def test_whoever_works_on_it_is_called_by_the_role_and_the_place_is_some_place(cast):
    place = cast.a.apprentice.neighbourhood
    who, lead, street = cast.a.apprentice.name, cast.a.lead.name, cast.a.studio.street.name
    text = f"{who}请{lead}到{place.short_name}来，{street}也来人"
    case = closed(cast, story=text)
    case.neighbourhood = place
    case.save(update_fields=("neighbourhood",))
    assert masking.proposal(case)["story"] == "学员请带教书记到某居民区来，某街道也来人"


def test_only_the_month_goes_along(cast):
    entry = published(cast)
    assert entry.month.day == 1
    assert entry.month == timezone.localdate(entry.case.closed_at).replace(day=1)


def test_a_text_is_read_by_somebody_who_did_not_write_in_it(cast):
    entry = handed_over(cast)
    with pytest.raises(Refused):
        library.publish(entry, by=cast.a.staff)
    assert cast.a.lead in library.readers_of(entry)
    assert cast.a.staff not in library.readers_of(entry)
    library.publish(entry, by=cast.a.lead)
    assert state_of(entry.case) == State.PUBLISHED


def test_the_database_itself_refuses_the_editor_as_reader(cast):
    entry = handed_over(cast)
    row = LibraryCase.objects.filter(pk=entry.pk)
    with pytest.raises(IntegrityError, match="library_read_by_another"), transaction.atomic():
        row.update(state=LibraryState.PUBLISHED, read_by=entry.edited_by, read_at=entry.edited_at)
    with pytest.raises(IntegrityError, match="library_published_when_read"), transaction.atomic():
        row.update(state=LibraryState.PUBLISHED)


def test_other_streets_and_the_district_see_it_only_when_it_was_read(cast):
    others = (cast.b.staff, cast.b.mentor, cast.b.apprentice, cast.district, cast.a.peer, cast.a.other_mentor)
    entry = handed_over(cast)
    assert all(entry.pk not in seen_by(person) for person in others)
    assert all(entry.pk in seen_by(person) for person in (cast.a.staff, cast.a.lead))
    library.publish(entry, by=cast.a.lead)
    assert all(entry.pk in seen_by(person) for person in others)
    assert entry.pk not in seen_by(cast.guest)
    assert entry.pk not in seen_by(cast.stranger)


def test_a_text_that_must_be_changed_goes_back_with_a_sentence(cast):
    entry = handed_over(cast)
    library.send_back(entry, sentence="第一段看得出是哪幢楼", by=cast.a.lead)
    entry.refresh_from_db()
    assert (entry.state, entry.returned) == (LibraryState.DRAFT, "第一段看得出是哪幢楼")
    assert Notice.objects.filter(person=cast.a.staff, text__contains="哪幢楼").exists()


def test_withdrawn_it_is_out_of_sight_and_the_case_is_closed_again(cast):
    entry = published(cast)
    was_closed = entry.case.closed_at
    library.withdraw(entry, reason="居民认出来了", by=cast.a.staff)
    assert entry.pk not in seen_by(cast.b.staff)
    entry.case.refresh_from_db()
    assert (entry.case.state, entry.case.closed_at) == (State.CLOSED, was_closed)
    library.write(entry, values={"story": "又改过的经过"}, by=cast.a.staff)
    library.hand_over(entry, by=cast.a.staff)
    library.publish(entry, by=cast.a.lead)
    assert entry.pk in seen_by(cast.b.staff)


def test_in_the_library_it_is_not_written_over(cast):
    entry = published(cast)
    with pytest.raises(Refused):
        library.write(library.entry_of(entry.case), values={"story": "偷偷改"}, by=cast.a.staff)


def test_of_two_first_writings_one_is_stale(cast):
    case = closed(cast)
    one, two = library.entry_of(case), library.entry_of(case)
    library.write(one, values={"title": "甲写的"}, by=cast.a.staff)
    with pytest.raises(StaleEdit):
        library.write(two, values={"title": "乙写的"}, by=cast.a.lead)


def test_what_was_kept_on_purpose_is_not_asked_about_again(cast):
    entry = written(cast, story=STORY)
    library.write(entry, values={"story": "老王说不肯"}, by=cast.a.staff)
    ((name, _label, finding),) = masking.hints(entry)
    assert (name, finding.matched) == ("story", "老王")
    library.write(entry, values={}, kept=[finding.fingerprint], by=cast.a.staff)
    assert masking.hints(entry) == []


def test_it_stands_in_the_file_of_whoever_brought_the_case(cast):
    entry = published(cast)
    line = Entry.objects.get(person=cast.a.apprentice, text__startswith="案例进了案例库")
    assert line.milestone
    library.withdraw(entry, reason="居民认出来了", by=cast.a.staff)
    assert not Entry.objects.filter(text__startswith="案例进了案例库").exists()


def test_it_waits_for_the_second_reader_until_it_is_read(cast):
    entry = handed_over(cast)

    def waits(person):
        person.__dict__.pop("_todo_counts", None)
        return todo.counts(person).get("read_again", 0)

    assert (waits(cast.a.lead), waits(cast.a.staff), waits(cast.a.mentor)) == (1, 0, 0)
    library.publish(entry, by=cast.a.lead)
    assert waits(cast.a.lead) == 0


# --- Pages ------------------------------------------------------------------------------------------------


def texts(case, **changes):
    entry = library.entry_of(case)
    names = ("title", "category", *masking.FIELDS[1:])
    return {name: getattr(entry, name) for name in names} | changes


def test_two_people_bring_a_case_into_the_library(cast):
    case = closed(cast, story=STORY)
    page = reverse("casework:case-publish", args=[case.pk])
    staff, lead = cast.client(cast.a.staff), cast.client(cast.a.lead)
    shown = staff.get(page).content.decode()
    assert "<mark>12号301室" in shown
    answer = send(staff, page, texts(case))
    entry = LibraryCase.objects.get()
    assert answer.url == entry.get_absolute_url()
    answer = send(lead, reverse("casework:library-read", args=[entry.pk]), verdict="agree")
    assert answer.status_code == 302
    found = cast.client(cast.b.apprentice).get(reverse("casework:library-list"))
    assert entry.title in found.content.decode()
    detail = cast.client(cast.b.apprentice).get(entry.get_absolute_url())
    assert detail.status_code == 200
    assert "看原案例" not in detail.content.decode()
    assert "13812345678" not in detail.content.decode()


def test_the_swap_button_keeps_the_text_and_changes_the_words(cast):
    case = closed(cast)
    page = reverse("casework:case-publish", args=[case.pk])
    client = cast.client(cast.a.staff)
    send(client, page, texts(case, story="打13812345678找她"), save_draft="1")
    ((name, _label, finding),) = client.get(page).context["hints"]
    send(client, page, texts(case), swap=f"{name}:{finding.fingerprint}")
    assert LibraryCase.objects.get().story == "打居民甲找她"


def test_a_text_written_meanwhile_is_answered_with_both(cast):
    case = closed(cast)
    page = reverse("casework:case-publish", args=[case.pk])
    client = cast.client(cast.a.staff)
    opened = client.get(page)
    library.write(library.entry_of(case), values={"title": "别人写的"}, by=cast.a.lead)
    sent = {**hidden_fields(opened), **texts(case, title="我写的")}
    assert client.post(page, sent).status_code == 409


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(cast, number, django_assert_num_queries):
    for _ in range(number):
        published(cast)
    client = cast.client(cast.b.staff)
    url = reverse("casework:library-list")
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
