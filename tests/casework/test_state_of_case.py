"""The state machine of a case: random walks through every action find only moves of the table."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casework.actions import cases, prescriptions, triage
from casework.actions.ground import move
from casework.actions.locking import locked
from casework.models import Case, CaseMove, State
from casework.models.case_state import MOVES
from growth.models import Entry, NextStep
from people.models import Notice
from people.stale import Refused
from tests.casework.cures import plan
from tests.casework.writing import draft_of
from tests.cast import make_cast
from tests.factories import ConsultingCaseFactory, days_ahead


def actions(cast, case):
    """Every action that may move a case, by name."""
    staff, lead, owner = cast.a.staff, cast.a.lead, cast.a.apprentice
    why = {"reason": "等设计单位", "by": staff}
    return {
        "submit": lambda: cases.submit(case=case, by=owner),
        "withdraw": lambda: cases.withdraw(case=case, by=owner),
        "accept": lambda: triage.accept(
            case=case, handling="online", chair=lead, consultants=[cast.a.mentor], by=staff
        ),
        "answer": lambda: triage.answer(case=case, text="到二楼窗口盖章就行", by=staff),
        "send_back": lambda: triage.send_back(case=case, sentence="请补一张照片", by=staff),
        "transfer": lambda: triage.transfer(case=case, to="城建办", **why),
        "hold": lambda: triage.hold(case=case, **why),
        "resume": lambda: triage.resume(case=case, by=staff),
        "reopen": lambda: triage.reopen(case=case, **why),
        "issue": lambda: prescriptions.issue(
            case=case, diagnosis="没说到一处", steps=[plan(owner)], followup_on=days_ahead(9),
            followup_by=lead, by=lead,
        ),
    }  # fmt: skip


NAMES = "submit withdraw accept answer send_back transfer hold resume reopen issue".split()


def traces(case):
    """What a refused move must leave as it was."""
    row = Case.objects.values().get(pk=case.pk)
    rows = (CaseMove.objects.filter(case=case), Notice.objects, Entry.objects, NextStep.objects)
    return row, *(counted.count() for counted in rows)


class Walk(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = make_cast()
        self.case = draft_of(self.cast.a.apprentice, self.cast.a.studio)

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @staticmethod
    def carried_out(act):
        """The table refuses a move with a sentence; the database one that lacks somebody in the chair."""
        try:
            with transaction.atomic():
                act()
        except (Refused, IntegrityError):
            return False
        return True

    def attempt(self, act, wanted=None):
        before, was = traces(self.case), Case.objects.get(pk=self.case.pk)
        if not self.carried_out(act):
            assert traces(self.case) == before
            return
        now = Case.objects.get(pk=self.case.pk)
        assert now.state in MOVES[was.state]
        assert was.state != State.HELD or now.state in (was.held_from, State.TRANSFERRED)
        assert wanted is None or now.state == wanted
        last = now.moves.last()
        assert (last.before, last.after) == (was.state, now.state)
        assert now.moves.count() == before[1] + 1
        assert now.version > was.version

    @rule(name=st.sampled_from(NAMES))
    def act(self, name):
        self.attempt(actions(self.cast, self.case)[name])

    @rule(state=st.sampled_from([State.REVIEWING, State.CLOSED, State.PUBLISHED]))
    def go_on(self, state):
        self.attempt(lambda: move(locked(self.case), state, by=self.cast.a.staff), wanted=state)

    @invariant()
    def the_ledger_says_what_the_case_says(self):
        if not hasattr(self, "case"):
            return
        case = Case.objects.get(pk=self.case.pk)
        lines = {(line.person_id, line.text) for line in case.ledger_lines()}
        told = Entry.objects.filter(source_type__model="case", source_id=case.pk)
        assert set(told.values_list("person", "text")) == lines
        waiting = NextStep.objects.filter(source_type__model="case", source_id=case.pk, state="open")
        assert waiting.count() == (case.state == State.RETURNED or case.held_from == State.RETURNED)


@pytest.mark.django_db
def test_random_walks_take_only_moves_of_the_table():
    run_state_machine_as_test(
        Walk, settings=settings(max_examples=12, stateful_step_count=14, deadline=None, database=None)
    )


def test_every_state_can_be_reached_and_few_are_final():
    reached, edge = set(), {State.DRAFT}
    while edge:
        reached |= edge
        edge = {after for before in edge for after in MOVES[before]} - reached
    assert reached == set(State)
    assert {state for state in State if not MOVES[state]} == {State.MERGED, State.WITHDRAWN}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {"number": None},
        {"question": ""},
        {"chair": None},
        {"state": "held"},
        {"held_from": "submitted"},
        {"state": "closed"},
        {"closed_at": "2024-06-18T00:00Z"},
    ],
)
def test_the_database_holds_what_each_state_needs(broken):
    case = ConsultingCaseFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**broken)
