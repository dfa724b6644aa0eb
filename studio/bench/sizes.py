"""How much life there is in the scratch database: a district of streets, most of it in one big street."""

from dataclasses import asdict, dataclass

# A class runs for half a year with eight groups of five, in a district of twelve streets. What grows from
# size to size is how many classes there were and what was written in them; the one that runs now stays as
# large as a street can gather.
GROUPS, PUPILS = 8, 5
TERM_DAYS, RUNNING_DAYS = 182, 120


@dataclass(frozen=True)
class Size:
    """`terms` classes in each street, one after the other; in the first `big_terms`, `big_classes` side
    by side in those that are over.

    Six tenths of `sessions` and of `cases` belong to the first street.
    """

    name: str
    sessions: int
    cases: int
    streets: int
    terms: int
    big_terms: int
    big_classes: int

    def params(self) -> dict:
        """Named parameters of the SQL files."""
        fixed = {"groups": GROUPS, "pupils": PUPILS, "term_days": TERM_DAYS, "running_days": RUNNING_DAYS}
        return asdict(self) | fixed


SMALL = Size("1k", 1_000, 1_000, streets=12, terms=2, big_terms=2, big_classes=1)
LARGE = Size("100k", 100_000, 100_000, streets=12, terms=6, big_terms=20, big_classes=5)
TOY_SMALL = Size("200", 200, 200, streets=2, terms=1, big_terms=1, big_classes=1)
TOY_LARGE = Size("600", 600, 600, streets=2, terms=1, big_terms=2, big_classes=1)
