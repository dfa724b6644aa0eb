"""用过 n 次，见效 m 次: what became of a method, told by the floors that use it.

Counted are evaluations (疗效评价) alone; nothing is clicked or liked. Lists stand in the order of the lower
Wilson bound: 9 of 10 before 2 of 2, and what nobody has tried behind what worked.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.96
_sources = {}


@dataclass(frozen=True)
class Worked:
    """`used`: evaluated uses; `well`: those in which nobody said that nothing changed or it got worse."""

    used: int = 0
    well: int = 0

    @property
    def words(self):
        return f"用过{self.used}次，见效{self.well}次" if self.used else "还没有评过疗效"

    @property
    def bound(self):
        return wilson(self.well, self.used)


def wilson(well, used):
    """The lower bound of the 95 % interval of a share; 0 where nothing was tried."""
    if not used:
        return 0.0
    share = well / used
    middle = share + Z * Z / (2 * used)
    spread = Z * sqrt(share * (1 - share) / used + Z * Z / (4 * used * used))
    # Where nothing worked, rounding may leave a hair less than nothing.
    return max(0.0, (middle - spread) / (1 + Z * Z / used))


def tell(**sources):
    """Register `counts(ids) -> {method id: Worked}` and `cases(person, method) -> [(title, url, result)]`."""
    _sources.update(sources)


def counts(ids):
    """{method id: Worked} of these methods."""
    found = _sources["counts"](list(ids)) if "counts" in _sources and ids else {}
    return {pk: found.get(pk, Worked()) for pk in ids}


def cases(person, method):
    """Where it was used, as far as the person may read it."""
    return _sources["cases"](person, method) if "cases" in _sources else []


def in_order(methods):
    """The methods with `worked`, the surest first; those that nobody has tried keep their order."""
    methods = list(methods)
    found = counts([method.pk for method in methods])
    for method in methods:
        method.worked = found[method.pk]
    return sorted(methods, key=lambda method: (-method.worked.bound, -method.worked.used, method.pk))
