"""Who reads whose opinion when, and what may be done to one."""

import pytest

from casework.actions import consultations, triage
from casework.models import Clarification, Opinion
from growth.models import Entry
from people.models import Notice
from people.stale import Refused, StaleEdit
from tests.casework.cures import consulting, opine, prescribe
from tests.factories import MethodFactory

pytestmark = pytest.mark.django_db


def readers(cast, case):
    """The roles that see the other_mentor's opinion in this case."""
    return {
        role
        for role, person in cast.roles().items()
        if person
        and Opinion.objects.visible_to(person).filter(case=case, author=cast.a.other_mentor).exists()
    }


def test_others_opinions_are_hidden_until_one_has_given_ones_own(cast):
    case = consulting(cast, asked=(cast.a.mentor, cast.a.other_mentor, cast.guest))
    opine(case, cast.a.other_mentor)
    assert readers(cast, case) == {"other_mentor", "lead", "staff"}
    opine(case, cast.guest)
    assert readers(cast, case) == {"other_mentor", "lead", "staff", "guest"}


def test_after_the_prescription_everybody_in_the_case_reads_all_opinions(cast):
    case = consulting(cast)
    opine(case, cast.a.other_mentor)
    prescribe(case)
    assert readers(cast, case) == {"other_mentor", "lead", "staff", "mentor", "apprentice"}


def test_a_held_consultation_keeps_opinions_hidden(cast):
    case = consulting(cast)
    opine(case, cast.a.other_mentor)
    triage.hold(case=case, reason="等规划图", by=cast.a.staff)
    assert readers(cast, case) == {"other_mentor", "lead", "staff"}


def test_a_second_round_hides_only_its_own_opinions(cast):
    case = consulting(cast)
    opine(case, cast.a.other_mentor, "第一轮的主意")
    prescribe(case)
    triage.reopen(case=case, reason="一楼又反悔了", by=cast.a.staff)
    case.refresh_from_db()
    opine(case, cast.a.other_mentor, "第二轮的主意")
    seen = Opinion.objects.visible_to(cast.a.mentor).filter(case=case)
    assert [opinion.text for opinion in seen] == ["第一轮的主意"]


def test_one_opinion_a_person_and_round(cast):
    case = consulting(cast)
    opine(case, cast.a.mentor)
    with pytest.raises(Refused, match="已经提过意见"):
        opine(case, cast.a.mentor, "再说一个")


def test_staff_write_down_what_was_told_by_phone(cast):
    case = consulting(cast)
    opinion = consultations.give_opinion(
        case=case, author=cast.a.mentor, text="先请人道歉。", by=cast.a.staff
    )
    assert (opinion.author, opinion.written_by) == (cast.a.mentor, cast.a.staff)
    entry = Entry.objects.get(person=cast.a.mentor)
    assert entry.text == f"给疑难案例出主意：{case.title}"
    assert entry.by == cast.a.staff


def test_an_opinion_changes_until_the_prescription_and_a_stale_change_is_refused(cast):
    case = consulting(cast)
    opinion = opine(case, cast.a.mentor)
    stale = Opinion.objects.get(pk=opinion.pk)
    method = MethodFactory()
    consultations.change_opinion(opinion=opinion, text="改过的主意", by=cast.a.mentor, methods=[method])
    assert list(Opinion.objects.get().methods.all()) == [method]
    with pytest.raises(StaleEdit):
        consultations.change_opinion(opinion=stale, text="旧页上的主意", by=cast.a.mentor)
    prescribe(case)
    with pytest.raises(Refused):
        consultations.change_opinion(opinion=opinion, text="太晚了", by=cast.a.mentor)
    assert Opinion.objects.get().text == "改过的主意"


def test_the_chair_is_told_of_an_opinion_and_the_owner_is_not(cast):
    case = consulting(cast)
    opine(case, cast.a.mentor)
    assert [notice.person for notice in Notice.objects.all()] == [cast.a.lead]


def test_a_question_goes_to_the_owner_and_its_answer_to_the_consultation(cast):
    case = consulting(cast)
    asked = consultations.ask(case=case, question="一楼住的是谁？", by=cast.a.mentor)
    assert Notice.objects.get().person == cast.a.apprentice
    consultations.answer(clarification=asked, answer="一对老夫妻", by=cast.a.apprentice)
    told = set(Notice.objects.filter(text__contains="有回话").values_list("person", flat=True))
    assert told == {cast.a.mentor.pk, cast.a.other_mentor.pk, cast.a.lead.pk}
    with pytest.raises(Refused, match="已经回答过"):
        consultations.answer(clarification=asked, answer="再答一次", by=cast.a.apprentice)
    assert Clarification.objects.visible_to(cast.a.other_mentor).get().answer == "一对老夫妻"
    assert not Clarification.objects.visible_to(cast.b.staff).exists()
