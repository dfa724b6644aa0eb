"""疗效评价 by each side alone, 结案, and what the ledger of everyone concerned says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.actions import outcomes, triage
from casework.models import Case, Outcome, State
from growth.actions import ledger
from growth.ledger_line import sources
from growth.models import Entry
from people.models import Notice
from people.stale import Refused, StaleEdit
from tests.casework.cures import evaluated, opine, reviewing, state_of
from tests.factories import days_ago

pytestmark = pytest.mark.django_db


def give(case, side, by, **fields):
    return outcomes.evaluate(case=case, side=side, result="solved", best_move="先量采光", by=by, **fields)


def readers(cast, case):
    return {
        role
        for role, person in cast.roles().items()
        if person and Outcome.objects.visible_to(person).filter(case=case)
    }


def test_one_side_is_hidden_from_everybody_until_the_other_has_spoken(cast):
    case = reviewing(cast)
    give(case, "apprentice", cast.a.apprentice)
    assert readers(cast, case) == {"apprentice"}
    give(case, "mentor", cast.a.mentor)
    assert readers(cast, case) == {"apprentice", "mentor", "other_mentor", "lead", "staff"}


def test_the_ledger_tells_the_result_only_when_both_have_spoken(cast):
    case = reviewing(cast)
    give(case, "apprentice", cast.a.apprentice, learned=["communication"])
    entry = Entry.objects.get(person=cast.a.apprentice, text__contains="疗效")
    assert (entry.text, entry.competencies) == (f"评了疗效：{case.title}", [])
    give(case, "mentor", cast.a.mentor)
    entry.refresh_from_db()
    assert (entry.text, entry.competencies) == ("评疗效“解决了”：先量采光", ["communication"])


def test_a_side_evaluates_once_and_may_change_it_while_it_is_alone(cast):
    case = reviewing(cast)
    outcome = give(case, "apprentice", cast.a.apprentice)
    with pytest.raises(Refused, match="已经评过"):
        give(case, "apprentice", cast.a.apprentice)
    stale = Outcome.objects.get()
    values = {"result": "better", "residents": "", "best_move": "先听", "learned": []}
    outcomes.change(outcome=outcome, by=cast.a.apprentice, **values)
    with pytest.raises(StaleEdit):
        outcomes.change(outcome=stale, by=cast.a.apprentice, **values)
    give(case, "mentor", cast.a.mentor)
    with pytest.raises(Refused, match="不能再改"):
        outcomes.change(outcome=outcome, by=cast.a.apprentice, **values)
    assert Outcome.objects.get(side="apprentice").result == "better"


def test_closing_needs_both_sides(cast):
    case = reviewing(cast)
    give(case, "apprentice", cast.a.apprentice)
    with pytest.raises(Refused, match="还有一方没有评"):
        outcomes.close(case=case, reason="急着结", by=cast.a.staff)


def test_after_the_time_for_it_one_side_is_enough_with_a_reason(cast):
    case = reviewing(cast)
    Case.objects.filter(pk=case.pk).update(due_on=days_ago(1))
    with pytest.raises(Refused, match="写一句为什么"):
        outcomes.close(case=case, reason=" ", by=cast.a.staff)
    outcomes.close(case=case, reason="师傅住院了", by=cast.a.staff)
    assert case.moves.last().note == "师傅住院了"
    assert state_of(case) == State.CLOSED


def test_closing_writes_a_milestone_for_the_owner_and_a_line_for_everyone_who_spoke(cast):
    case = evaluated_after(cast)
    outcomes.close(case=case, by=cast.a.staff)
    closed = Entry.objects.filter(aspect="closed")
    assert {(entry.person, entry.milestone) for entry in closed} == {
        (cast.a.apprentice, True),
        (cast.a.lead, False),
        (cast.a.other_mentor, False),
    }
    assert closed.get(person=cast.a.apprentice).competencies == ["communication"]
    told = set(Notice.objects.filter(text__contains="结案了").values_list("person", flat=True))
    assert told == {cast.a.apprentice.pk, cast.a.lead.pk, cast.a.other_mentor.pk, cast.a.mentor.pk}


def evaluated_after(cast):
    """An evaluated case in which the other mentor gave an opinion."""
    case = evaluated(cast)
    Case.objects.filter(pk=case.pk).update(state=State.CONSULTING)
    opine(case, cast.a.other_mentor)
    Case.objects.filter(pk=case.pk).update(state=State.REVIEWING)
    case.refresh_from_db()
    return case


def test_rebuilding_the_ledger_from_its_sources_changes_nothing(cast):
    case = evaluated_after(cast)
    outcomes.close(case=case, by=cast.a.staff)
    before = ledger_rows()
    record_all()
    assert ledger_rows() == before
    Entry.objects.all().delete()
    record_all()
    assert ledger_rows() == before


def record_all():
    """Write the ledger again from every row of this floor."""
    for model in sources():
        if model._meta.app_label == "casework":
            for row in model._default_manager.all():
                ledger.record(row)


def ledger_rows():
    names = ("person", "kind", "on", "text", "link", "milestone", "competencies", "by", "aspect", "source_id")
    return sorted(map(str, Entry.objects.values_list(*names)))


def test_a_reopened_case_is_evaluated_anew(cast):
    case = evaluated(cast)
    outcomes.close(case=case, by=cast.a.staff)
    triage.reopen(case=case, reason="又吵起来了", by=cast.a.staff)
    case.refresh_from_db()
    assert (case.state, case.round) == (State.CONSULTING, 2)
    assert not Entry.objects.filter(aspect="closed").exists()
    assert Outcome.objects.visible_to(cast.a.apprentice).filter(case=case, round=1).count() == 2


def test_everything_is_dated_when_it_happened(cast):
    case = reviewing(cast)
    long_ago = timezone.now() - timedelta(days=3)
    outcome = give(case, "apprentice", cast.a.apprentice, at=long_ago)
    assert outcome.at == long_ago
    assert Entry.objects.get(person=cast.a.apprentice, text__contains="疗效").on == days_ago(3)
