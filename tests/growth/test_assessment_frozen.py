"""Nothing that is published can change, whoever tries and with whatever: the database refuses it."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growth.actions import results, rounds
from growth.models import (
    Adjustment,
    Appeal,
    Assessed,
    Indicator,
    IndicatorSet,
    Mark,
    Result,
    Round,
    Sheet,
)
from people.stale import Refused

from . import assessing

FROZEN = (Round, Assessed, Sheet, Mark, Adjustment, Result, Appeal, Indicator, IndicatorSet)


@pytest.fixture
def published(cast):
    """A published round with an adjustment and an answered appeal."""
    round_ = assessing.publicised(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    results.adjust(mine, round_.indicators.indicators.first(), value=4, why="一起看过现场", by=cast.a.staff)
    made = results.appeal(mine, text="办成实事这一项我不同意", by=cast.a.apprentice)
    results.answer(made, text="看过材料，改了一项", outcome="changed", by=cast.a.staff)
    return results.publish(assessing.over(round_), by=cast.a.staff)


def refused(sql, *params):
    """By a check of ours, or by what pgtrigger protects."""
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
def test_raw_update_and_delete_are_refused(published, model):
    table, row = model._meta.db_table, model.objects.order_by("pk").first()
    assert row is not None
    column = "number" if model is IndicatorSet else "studio_id"
    refused(f"UPDATE {table} SET {column} = {column} WHERE id = %s", row.pk)
    refused(f"DELETE FROM {table} WHERE id = %s", row.pk)


@pytest.mark.parametrize("model", [Mark, Sheet, Assessed, Adjustment, Appeal, Result])
def test_nothing_is_added_to_what_is_published(published, model):
    row = model.objects.order_by("pk").first()
    row.pk = None
    with pytest.raises(IntegrityError, match="round_does_not_allow"), transaction.atomic():
        row.save(force_insert=True)


def test_a_row_cannot_be_moved_out_of_or_into_a_published_round(cast, published):
    other = assessing.opened(cast.a, name="下半年考核")
    refused("UPDATE growth_sheet SET round_id = %s WHERE round_id = %s", other.pk, published.pk)
    refused("UPDATE growth_sheet SET round_id = %s WHERE round_id = %s", published.pk, other.pk)


def test_a_later_version_needs_its_reason(published):
    row = Result.objects.order_by("pk").first()
    row.pk, row.number, row.why = None, 2, ""
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.pk, row.why = None, "票数记错了"
    row.save(force_insert=True)


def test_marks_stand_once_scoring_is_over(cast):
    assessing.moderating(cast.a)
    refused("UPDATE growth_mark SET value = 2")
    refused("DELETE FROM growth_sheet")


@pytest.mark.parametrize(
    "wrong",
    [
        {"self_weight": 9},
        {"mentor_weight": 41},
        {"mass_weight": 100, "self_weight": 0, "mentor_weight": 0, "street_weight": 0},
        {"good_from": "4.60"},
        {"pass_from": "0.50"},
    ],
)
def test_the_database_keeps_weights_and_bounds(cast, wrong):
    round_ = assessing.prepared(cast.a)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(**wrong)


def test_nobody_scores_one_person_for_two_sides(cast):
    round_ = assessing.opened(cast.a)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "street")
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(scorer=cast.a.mentor)


CHANGES = st.lists(
    st.sampled_from(["adjust", "ballots", "words", "drop", "close", "publish", "send", "answer"]), max_size=5
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_no_sequence_of_acts_changes_what_is_published(cast, changes):
    with transaction.atomic():
        round_ = assessing.published(cast.a)
        mine = assessing.of(round_, cast.a.apprentice)
        before = list(Result.objects.order_by("pk").values()), list(Mark.objects.order_by("pk").values())
        for change in changes:
            with pytest.raises(Refused), transaction.atomic():
                act(change, round_, mine, cast)
        after = list(Result.objects.order_by("pk").values()), list(Mark.objects.order_by("pk").values())
        assert after == before
        transaction.set_rollback(True)


def act(change, round_, mine, cast):
    staff = cast.a.staff
    if change == "adjust":
        results.adjust(mine, round_.indicators.indicators.first(), value=5, why="再调", by=staff)
    elif change == "ballots":
        results.count_ballots(mine, counts={"ballots_5": 3}, by=staff)
    elif change == "words":
        result = mine.results.select_related("assessed").get()
        results.put_words(result, strengths=["甲", "乙"], improve=["丙", "丁"])
    elif change == "drop":
        results.drop(mine, why="调走了", by=staff)
    elif change == "close":
        rounds.close(round_, without_unsent=True, by=staff)
    elif change == "publish":
        results.publish(round_, by=staff)
    elif change == "send":
        assessing.score(assessing.sheet_of(round_, cast.a.apprentice, "mentor"), 5)
    else:
        results.appeal(mine, text="还有意见", by=cast.a.apprentice)
