"""Totals are right for any weights, marks and 没法判断: checked against a reference written differently."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from growth.weighing import Judged, as_copy, from_copy, grade_of, weigh

BOUNDS = {"excellent": "4.50", "good": "3.50", "pass": "2.50"}
SIDES = ("self", "mentor", "street")


@st.composite
def weights(draw):
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    parts = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]]
    return dict(zip((*SIDES, "mass"), parts, strict=True))


# Of each indicator: what each scorer of each side gave, None for 没法判断.
MARKS = st.lists(
    st.fixed_dictionaries({side: st.lists(st.none() | st.integers(1, 5), max_size=3) for side in SIDES}),
    min_size=1,
    max_size=12,
)
BALLOTS = st.fixed_dictionaries({mark: st.integers(0, 40) for mark in range(1, 6)})


def judged(marks):
    rows = []
    for key, sides in enumerate(marks):
        known = {side: [mark for mark in given if mark is not None] for side, given in sides.items()}
        rows.append(
            Judged(key, f"第{key}项", "party", {side: (sum(m), len(m)) for side, m in known.items() if m})
        )
    return rows


def by_hand(marks, weights, ballots):
    """The same total, ballot by ballot and step by step as a person would work it out."""
    values = []
    for sides in marks:
        whole = Fraction(0)
        counted = Fraction(0)
        for side in SIDES:
            given = [mark for mark in sides[side] if mark is not None]
            if given and weights[side] > 0:
                whole += Fraction(sum(given), len(given)) * weights[side]
                counted += weights[side]
        if counted:
            values.append(whole / counted)
    crowd = [mark for mark, count in ballots.items() for _ in range(count)]
    people_weight = sum(weights[side] for side in SIDES)
    parts = []
    if values and people_weight:
        parts.append((sum(values) / len(values), people_weight))
    if crowd and weights["mass"]:
        parts.append((Fraction(sum(crowd), len(crowd)), weights["mass"]))
    if not parts:
        return None
    return sum(mark * weight for mark, weight in parts) / sum(weight for _, weight in parts)


@given(MARKS, weights(), BALLOTS)
def test_the_total_is_right_for_any_weights_marks_and_no_judgements(marks, weights, ballots):
    outcome = weigh(judged(marks), weights=weights, masses=ballots, bounds=BOUNDS)
    expected = by_hand(marks, weights, ballots)
    if expected is None:
        assert (outcome.total, outcome.grade) == (None, "")
        return
    assert abs(Fraction(outcome.total) - expected) <= Fraction(1, 200)
    assert 1 <= outcome.total <= 5
    assert outcome.grade == grade_of(outcome.total, BOUNDS) != ""


@given(MARKS, weights(), BALLOTS)
def test_a_result_can_be_weighed_again_from_its_copy(marks, weights, ballots):
    given = {"weights": weights, "masses": ballots, "bounds": BOUNDS}
    rows = judged(marks)
    outcome = weigh(rows, **given)
    copied, again = from_copy(as_copy(rows, outcome, **given))
    assert (copied, again) == (rows, given)
    assert weigh(copied, **again) == outcome


@given(MARKS, weights(), BALLOTS, st.integers(100, 500))
def test_an_adjusted_value_stands_for_the_marks_of_its_indicator(marks, weights, ballots, hundredths):
    rows = judged(marks)
    rows[0].adjusted = Decimal(hundredths) / 100
    outcome = weigh(rows, weights=weights, masses=ballots, bounds=BOUNDS)
    assert outcome.values[0] == rows[0].adjusted


def test_half_a_hundredth_goes_up():
    rows = [Judged(1, "一", "", {"self": (4, 1)}), Judged(2, "二", "", {"self": (25, 8)})]
    only_self = {"self": 100, "mentor": 0, "street": 0, "mass": 0}
    # (4 + 3.125) / 2 = 3.5625; 3.125 alone is 3.13.
    outcome = weigh(rows, weights=only_self, masses={}, bounds=BOUNDS)
    assert (outcome.total, outcome.values[2], outcome.grade) == (Decimal("3.56"), Decimal("3.13"), "good")


def test_who_could_not_judge_gives_the_weight_to_the_others():
    rows = [
        Judged(1, "一", "", {"mentor": (4, 1), "street": (2, 1)}),
        Judged(2, "二", "", {"mentor": (4, 1)}),
    ]
    weights = {"self": 0, "mentor": 50, "street": 50, "mass": 0}
    outcome = weigh(rows, weights=weights, masses={}, bounds=BOUNDS)
    assert outcome.values == {1: Decimal("3.00"), 2: Decimal("4.00")}
    assert outcome.total == Decimal("3.50")
