"""Unpublished marks reach nobody who may not see them: no page, count, order, notice or query tells."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from growth.actions import results
from growth.models import Adjustment, Appeal, Assessed, Entry, Mark, NextStep, Result, Sheet
from people.models import Notice
from tests.factories import MembershipFactory

from . import assessing

OUTSIDERS = ("guest", "stranger", "district", "lead", "b_staff", "b_mentor", "b_apprentice")
SECRET = "这句话谁也不该看见"


def marked(street, value, words=""):
    """An open round in which everybody but the staff has sent, with words that would give it away."""
    round_ = assessing.opened(street)
    for sheet in Sheet.objects.filter(round=round_).exclude(side="street").select_related("round", "scorer"):
        marks = {one.pk: (value, words) for one in round_.indicators.indicators.all()}
        assessing.sheets.send(sheet, marks=marks, strengths=[words], improve=[words], by=sheet.scorer)
    return round_


def pages_of(client, round_, person):
    """Every page around the round that the person can open, as text, without what changes at each look."""
    assessed = Assessed.objects.filter(round=round_).first()
    urls = [
        reverse("growth:round-list"),
        reverse("growth:round-detail", args=[round_.pk]),
        reverse("growth:round-matrix", args=[round_.pk]),
        reverse("growth:round-moderate", args=[round_.pk]),
        reverse("growth:my-sheets", args=[round_.pk]),
        reverse("growth:my-results"),
        reverse("growth:result-detail", args=[assessed.pk]),
        reverse("growth:assessed-moderate", args=[assessed.pk]),
        reverse("growth:file-detail", args=[assessed.person_id]),
        reverse("people:notice-list"),
        reverse("studio:todo"),
        "/",
    ]
    return "\n".join(client.get(url).content.decode() for url in urls)


@pytest.mark.parametrize(
    "role",
    ["peer", "other_apprentice", "other_mentor", "staff", *OUTSIDERS],
)
def test_words_of_others_stand_on_no_page_before_scoring_is_over(cast, role):
    """Staff too, while they have sheets of their own to send."""
    round_ = assessing.opened(cast.a)
    for side in ("self", "mentor"):
        sheet = assessing.sheet_of(round_, cast.a.apprentice, side)
        marks = {one.pk: (4, SECRET) for one in round_.indicators.indicators.all()}
        assessing.sheets.send(sheet, marks=marks, strengths=[SECRET], by=sheet.scorer)
    assert SECRET not in pages_of(cast.client(cast.roles()[role]), round_, role)


@pytest.mark.parametrize("side", ["self", "mentor"])
def test_a_sheet_opens_for_its_scorer_alone(cast, side):
    round_ = assessing.scored(cast.a)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, side)
    for role, person in cast.roles().items():
        answer = cast.client(person).get(sheet.get_absolute_url())
        wanted = 302 if person is None else 200 if person == sheet.scorer else 404
        assert answer.status_code == wanted, role


def test_after_scoring_marks_are_for_the_staff_of_this_street(cast):
    round_ = assessing.moderating(cast.a)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    for role, person in cast.roles().items():
        seen = Sheet.objects.visible_to(person).filter(pk=sheet.pk).exists() if person else False
        marks = Mark.objects.visible_to(person).filter(sheet=sheet).exists() if person else False
        assert (seen, marks) == ((True, True) if role in ("staff", "mentor") else (False, False)), role


def test_before_they_are_shown_results_are_for_the_staff_alone(cast):
    round_ = assessing.moderating(cast.a)
    for role, person in cast.roles().items():
        if person is None:
            continue
        seen = Result.objects.visible_to(person).filter(assessed__round=round_).count()
        assert seen == (3 if role == "staff" else 0), role
        assert Assessed.objects.visible_to(person).count() == seen


@pytest.mark.parametrize("make", [assessing.publicised, assessing.published])
def test_shown_results_are_for_the_person_the_mentor_and_the_staff(cast, make):
    round_ = make(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    may = {"staff", "apprentice", "mentor"}
    for role, person in cast.roles().items():
        if person is None:
            continue
        assert Assessed.objects.visible_to(person).filter(pk=mine.pk).exists() == (role in may), role
        assert (cast.client(person).get(mine.get_absolute_url()).status_code == 200) == (role in may), role


def test_staff_who_are_assessed_themselves_see_nothing_of_themselves_before(cast):
    MembershipFactory(studio=cast.a.studio, person=cast.a.apprentice, role="staff")
    round_ = assessing.moderating(cast.a)
    me = type(cast.a.apprentice).objects.get(pk=cast.a.apprentice.pk)
    mine = assessing.of(round_, me)
    assert not Assessed.objects.visible_to(me).filter(pk=mine.pk).exists()
    assert not Mark.objects.visible_to(me).filter(sheet__assessed=mine).exclude(sheet__scorer=me).exists()
    client = cast.client(me)
    assert client.get(reverse("growth:assessed-moderate", args=[mine.pk])).status_code == 404
    page = client.get(reverse("growth:round-moderate", args=[round_.pk])).content.decode()
    assert f'/assess/people/{mine.pk}/"' not in page


def comparable(text):
    """A page without tokens and moments."""
    return re.sub(r'value="[^"]{30,}"|\d{1,2}:\d\d', "", text)


@pytest.mark.parametrize("role", ["peer", "other_mentor", "staff", "district", "apprentice"])
def test_pages_read_the_same_whatever_was_marked(cast, role):
    """Good marks or bad ones: no order, count, chip or sentence of an open round differs."""
    person = cast.roles()[role]
    seen = []
    for value in (2, 4):
        with transaction.atomic():
            round_ = marked(cast.a, value)
            text = comparable(pages_of(cast.client(person), round_, person))
            text = text.replace(f"/assess/{round_.pk}/", "/assess/N/")
            seen.append(re.sub(r"/(people|results|sheets)/\d+/", r"/\1/N/", text))
            transaction.set_rollback(True)  # as if it had never been
    assert seen[0] == seen[1]


@pytest.mark.parametrize("role", ["apprentice", "mentor", "other_mentor", "staff", "district"])
def test_as_many_queries_whether_marks_are_there_or_not(cast, role):
    person = cast.roles()[role]
    round_ = assessing.opened(cast.a)
    own = [reverse(f"growth:{page}") for page in ("my-file", "round-list", "my-results")]
    of_round = ("round-detail", "my-sheets", "round-matrix", "round-moderate")
    urls = ["/", *own, *(reverse(f"growth:{page}", args=[round_.pk]) for page in of_round)]
    client = cast.client(person)

    def asked():
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as caught:
                client.get(url)
            found.append((url, len(caught)))
        return found

    before = asked()
    # Only what others sent: one's own sheets may show.
    for sheet in Sheet.objects.filter(round=round_).exclude(scorer=person).select_related("round", "scorer"):
        assessing.score(sheet, 4)
    assert asked() == before


def test_notices_tell_no_mark_and_no_grade(cast):
    assessing.published(cast.a)
    told = Notice.objects.filter(text__contains="考核")
    assert told.exists()
    for notice in told:
        assert not re.search(r"优秀|良好|合格|待提高|\d\.\d|\d分", notice.text)


def test_the_ledger_and_next_steps_say_nothing_before_publication(cast):
    round_ = assessing.publicised(cast.a)
    assert not Entry.objects.filter(kind="assessment").exists()
    assert not NextStep.objects.filter(origin="assessment").exists()
    results.publish(assessing.over(round_), by=cast.a.staff)
    assert Entry.objects.filter(kind="assessment").count() == 3
    assert NextStep.objects.filter(origin="assessment").count() == 6


def test_the_history_of_a_round_tells_no_mark(cast):
    round_ = assessing.scored(cast.a)
    page = cast.client(cast.a.staff).get(reverse("growth:round-detail", args=[round_.pk])).content.decode()
    assert "修改记录" in page
    assert "看得见的" not in page


def test_appeals_and_adjustments_are_for_the_person_and_the_staff(cast):
    round_ = assessing.publicised(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    results.appeal(mine, text=SECRET, by=cast.a.apprentice)
    results.adjust(mine, round_.indicators.indicators.first(), value=4, why="看过", by=cast.a.staff)
    for role, person in cast.roles().items():
        if person is None:
            continue
        assert Appeal.objects.visible_to(person).exists() == (role in ("staff", "apprentice")), role
        assert Adjustment.objects.visible_to(person).exists() == (role == "staff"), role
        if role not in ("staff", "apprentice"):
            assert SECRET not in pages_of(cast.client(person), round_, person), role


def test_the_district_reads_numbers_of_grades_and_no_name(cast):
    round_ = assessing.published(cast.a)
    page = cast.client(cast.district).get(round_.get_absolute_url()).content.decode()
    assert "合格" in page
    assert cast.a.apprentice.name not in page


def test_an_unsent_draft_is_its_writers_alone(cast):
    round_ = assessing.opened(cast.a)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    client = cast.client(cast.a.mentor)
    page = client.get(sheet.get_absolute_url())
    first = round_.indicators.indicators.first()
    client.post(page.context["form"].draft_url, {f"words_{first.pk}": SECRET, "rev": "1"})
    assert SECRET in client.get(sheet.get_absolute_url()).content.decode()
    for role, person in cast.roles().items():
        if person not in (None, cast.a.mentor):
            assert SECRET not in pages_of(cast.client(person), round_, person), role
