"""聘书: terms, numbers, what runs out, early end, paper and Word."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document

from growth.models import Entry
from mentoring.actions import appointments
from mentoring.models import Appointment
from people.models import Notice
from people.stale import Refused
from people.words import formal_day, short_day
from tests.factories import AppointmentFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

NEW, LIST = reverse("mentoring:appointment-new"), reverse("mentoring:appointment-list")


def url(letter, page):
    return reverse(f"mentoring:appointment-{page}", args=[letter.pk])


def letter_of(cast, **fields):
    return AppointmentFactory(
        studio=cast.a.studio, **{"mentor": cast.a.mentor, "issued_by": cast.a.staff, **fields}
    )


def typed(cast, **fields):
    return {
        "mentors": [cast.a.mentor.pk, cast.a.other_mentor.pk],
        "starts_on": days_ago(1),
        "ends_on": days_ahead(364),
        "issued_on": days_ago(1),
        **fields,
    }


def test_several_are_appointed_at_once_with_numbers_in_a_row(cast):
    answer = send(cast.client(cast.a.staff), NEW, typed(cast, cohort=cast.a.cohort.pk))
    assert answer["Location"] == LIST
    letters = list(Appointment.objects.order_by("number"))
    assert [(one.number, one.cohort, one.issued_by) for one in letters] == [
        (1, cast.a.cohort, cast.a.staff), (2, cast.a.cohort, cast.a.staff),
    ]  # fmt: skip
    assert Notice.objects.filter(person=cast.a.mentor, text__contains="聘书").count() == 1
    assert Entry.objects.get(person=cast.a.other_mentor, text__startswith="受聘").milestone


def test_the_same_form_sent_twice_appoints_once(cast):
    client = cast.client(cast.a.staff)
    filled = {**hidden_fields(client.get(NEW)), **typed(cast)}
    assert [client.post(NEW, filled).status_code for _ in range(2)] == [302, 302]
    assert Appointment.objects.count() == 2


def test_overlapping_terms_are_refused_for_all_and_use_up_no_number(cast):
    standing = letter_of(cast, mentor=cast.a.other_mentor)
    answer = send(cast.client(cast.a.staff), NEW, typed(cast))
    assert answer.status_code == 422
    assert "聘期不能重叠" in answer.content.decode()
    assert list(Appointment.objects.all()) == [standing]
    send(cast.client(cast.a.staff), NEW, typed(cast, mentors=[cast.a.mentor.pk]))
    assert Appointment.objects.get(mentor=cast.a.mentor).number == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mentors": []}, "请点一下聘哪几位"),
        ({"ends_on": days_ago(1)}, "要在从哪天起以后"),
        ({"issued_on": "明天"}, "请写成这样的日期"),
    ],
)
def test_bad_input_is_said_and_nothing_is_written(cast, fields, words):
    answer = send(cast.client(cast.a.staff), NEW, typed(cast, **fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Appointment.objects.exists()


def test_a_mentor_of_another_street_cannot_be_appointed(cast):
    answer = send(cast.client(cast.a.staff), NEW, typed(cast, mentors=[cast.b.mentor.pk]))
    assert answer.status_code == 422
    assert not Appointment.objects.exists()


def test_the_database_keeps_terms_apart(cast):
    first = letter_of(cast, mentor=cast.a.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        letter_of(cast, mentor=cast.a.lead, starts_on=first.ends_on, ends_on=days_ahead(900))
    appointments.end(first, on=days_ago(3), reason="工作变动")
    assert letter_of(cast, mentor=cast.a.lead, starts_on=days_ago(2)).pk


def test_what_runs_out_within_sixty_days_stands_on_top(cast):
    soon = letter_of(cast, ends_on=days_ahead(60))
    letter_of(cast, mentor=cast.a.other_mentor, ends_on=days_ahead(61))
    letter_of(cast, mentor=cast.a.lead, ends_on=days_ago(1))
    page = cast.client(cast.a.staff).get(LIST)
    assert list(page.context["expiring"]) == [soon]
    assert f"{short_day(days_ahead(60))}到期" in page.content.decode()
    letter_of(cast, starts_on=days_ahead(61), ends_on=days_ahead(400))
    assert not cast.client(cast.a.staff).get(LIST).context["expiring"]


def test_what_runs_out_waits_for_staff_until_it_is_renewed(cast):
    letter = letter_of(cast, ends_on=days_ahead(20))

    def waiting(person):
        page = cast.client(person).get(reverse("studio:todo"))
        return [item.name for _, items in page.context["parts"] for item in items]

    assert waiting(cast.a.staff) == [f"{letter}{short_day(letter.ends_on)}到期，要不要续聘"]
    assert waiting(cast.a.mentor) == waiting(cast.b.staff) == []
    letter_of(cast, starts_on=days_ahead(21), ends_on=days_ahead(400))
    assert waiting(cast.a.staff) == []


def test_ending_early_needs_a_reason_and_tells_the_mentor(cast):
    letter, client = letter_of(cast, mentor=cast.a.lead), cast.client(cast.a.staff)
    assert send(client, url(letter, "end"), ended_on=days_ago(1), end_reason="").status_code == 422
    assert send(client, url(letter, "end"), ended_on=days_ahead(200), end_reason="退休").status_code == 422
    send(client, url(letter, "end"), ended_on=days_ago(1), end_reason="退休了")
    letter.refresh_from_db()
    assert (letter.ended_on, letter.end_reason) == (days_ago(1), "退休了")
    assert Notice.objects.filter(person=cast.a.lead, text__contains="退休了").count() == 1
    assert "提前结束" in client.get(LIST).content.decode()
    with pytest.raises(Refused, match="已经提前结束"):
        appointments.end(letter, on=days_ago(2), reason="再来一次")


def test_a_term_is_put_right_and_a_stale_edit_is_not(cast):
    letter, client = letter_of(cast), cast.client(cast.a.staff)
    stale = hidden_fields(client.get(url(letter, "edit")))
    right = {"starts_on": days_ago(90), "ends_on": days_ahead(275), "cohort": ""}
    assert send(client, url(letter, "edit"), right)["Location"] == letter.get_absolute_url()
    letter.refresh_from_db()
    assert letter.starts_on == days_ago(90)
    assert client.post(url(letter, "edit"), {**stale, **right}).status_code == 409
    other = letter_of(cast, starts_on=days_ahead(276), ends_on=days_ahead(500))
    answer = send(client, url(other, "edit"), {**right, "ends_on": days_ahead(499)})
    assert "聘期不能重叠" in answer.content.decode()


def test_paper_and_word_say_the_same(cast):
    letter = letter_of(cast)
    for person in (cast.a.staff, cast.a.mentor):
        client = cast.client(person)
        paper = client.get(url(letter, "print")).content.decode()
        answer = client.get(url(letter, "word"))
        assert answer["Content-Disposition"].startswith("attachment")
        document = Document(io.BytesIO(b"".join(answer.streaming_content)))
        said = [paragraph.text for paragraph in document.paragraphs]
        for words in (letter.mentor.name, formal_day(letter.ends_on), letter.studio.name, letter.full_number):
            assert words in paper
            assert any(words in one for one in said)
        section = document.sections[0]
        assert section.page_width > section.page_height


def test_only_staff_of_the_studio_and_the_mentor_find_it(cast):
    letter = letter_of(cast)
    whole = type(Appointment.objects.all()).visible_to.in_full
    for person in filter(None, cast.roles().values()):
        kept = set(Appointment.objects.visible_to(person))
        assert kept == set(whole(Appointment.objects.all(), person))
        assert kept == ({letter} if person in (cast.a.staff, cast.a.mentor) else set())


def test_pages_keep_the_rules_whatever_the_number(cast, django_assert_max_num_queries):
    letter, client = letter_of(cast), cast.client(cast.a.staff)
    AppointmentFactory.create_batch(26, studio=cast.a.studio, ends_on=days_ahead(30), issued_by=cast.a.staff)
    for page in (LIST, NEW, *(url(letter, name) for name in ("detail", "print", "edit", "end"))):
        client.get(page)
        with django_assert_max_num_queries(12):
            answer = client.get(page)
        assert answer.status_code == 200
        assert_page(answer.content)
    assert "page=" in client.get(LIST).content.decode()
    assert_page(cast.client(cast.a.mentor).get(url(letter, "detail")).content, role="mentor")
