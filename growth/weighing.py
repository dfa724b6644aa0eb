"""From marks to a total and a grade: plain arithmetic on one person's marks, exact, without a database.

Each indicator: the mean of each side's marks, the sides weighed together. All indicators count alike;
群众测评 is weighed in at the end. 没法判断 counts nowhere: the weight goes to those who could judge. A value
that staff adjusted stands in place of its indicator's marks. Counts of records never enter (DESIGN §1.3).
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SCORED = ("self", "mentor", "street")
MASS = "mass"


@dataclass
class Judged:
    """One indicator: `sides` {side: (sum of marks, number of marks)}; `adjusted` by staff, or None."""

    key: int
    name: str
    competency: str = ""
    sides: dict[str, tuple[int, int]] = field(default_factory=dict)
    adjusted: Decimal | None = None
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """`total` 1–5 in hundredths or None where nobody judged; `values` {indicator key: mark or None}."""

    total: Decimal | None
    grade: str
    values: dict[int, Decimal | None]
    competencies: dict[str, Decimal]


def weigh(judged, *, weights, masses, bounds):
    """`weights` {side or "mass": 0–100}, `masses` {mark: ballots}, `bounds` {excellent, good, pass: from}."""
    exact = {one.key: _value(one, weights) for one in judged}
    people = _mean([mark for mark in exact.values() if mark is not None])
    number = sum(masses.values())
    crowd = Fraction(sum(mark * count for mark, count in masses.items()), number) if number else None
    total = _rounded(
        _weighed(
            [(people, sum(weights[side] for side in SCORED)), (crowd, weights[MASS])],
        )
    )
    return Outcome(
        total,
        grade_of(total, bounds),
        {key: _rounded(mark) for key, mark in exact.items()},
        _competencies(judged, exact),
    )


def grade_of(total, bounds):
    """excellent, good, pass or improve; "" without a total."""
    if total is None:
        return ""
    for grade in ("excellent", "good", "pass"):
        if total >= Decimal(bounds[grade]):
            return grade
    return "improve"


def _value(one, weights):
    if one.adjusted is not None:
        return Fraction(one.adjusted)
    means = {side: Fraction(total, count) for side, (total, count) in one.sides.items() if count}
    return _weighed([(mean, weights[side]) for side, mean in means.items()])


def _competencies(judged, exact):
    """{competency: mean of its indicators that were judged}."""
    marks = {}
    for one in judged:
        if one.competency and exact[one.key] is not None:
            marks.setdefault(one.competency, []).append(exact[one.key])
    return {name: _rounded(_mean(found)) for name, found in marks.items()}


def _weighed(pairs):
    """The weighed mean of [(mark or None, weight)]; None when nothing with a weight is there."""
    known = [(mark, weight) for mark, weight in pairs if mark is not None and weight]
    whole = sum(weight for _, weight in known)
    return sum(mark * weight for mark, weight in known) / Fraction(whole) if whole else None


def _mean(marks):
    return sum(marks, Fraction(0)) / len(marks) if marks else None


def _rounded(mark):
    """Half a hundredth goes up, as on paper."""
    if mark is None:
        return None
    hundredths, rest = divmod(mark.numerator * 100, mark.denominator)
    if rest * 2 >= mark.denominator:
        hundredths += 1
    return (Decimal(hundredths) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def as_copy(judged, outcome, *, weights, masses, bounds, **more):
    """All that the result was made of, as JSON; `from_copy` reads it."""
    rows = [
        {
            "key": one.key,
            "name": one.name,
            "competency": one.competency,
            "sides": {side: list(pair) for side, pair in one.sides.items()},
            "adjusted": _text(one.adjusted),
            "why": one.why,
            "value": _text(outcome.values[one.key]),
        }
        for one in judged
    ]
    return {
        "indicators": rows,
        "weights": weights,
        "masses": {str(mark): count for mark, count in masses.items()},
        "bounds": bounds,
        "competencies": {name: _text(mark) for name, mark in outcome.competencies.items()},
        **more,
    }


def from_copy(copy):
    """(judged, {weights, masses, bounds}) to weigh again."""
    judged = [
        Judged(
            row["key"],
            row["name"],
            row["competency"],
            {side: tuple(pair) for side, pair in row["sides"].items()},
            Decimal(row["adjusted"]) if row["adjusted"] else None,
            row["why"],
        )
        for row in copy["indicators"]
    ]
    masses = {int(mark): count for mark, count in copy["masses"].items()}
    return judged, {"weights": copy["weights"], "masses": masses, "bounds": copy["bounds"]}


def _text(mark):
    return None if mark is None else str(mark)
