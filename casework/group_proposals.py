"""Where a 楼栋党小组 is due: pure counting, so that the rule can be read and tested by itself.

A building with enough Party members gets a group, whatever organisation they belong to; where each of its
stairwells has enough, a group for each is offered as well. Buildings next to each other that are short of
members are put together until there are enough.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class House:
    """`place`: the figure by which buildings stand side by side; `stairwells`: {name: members}."""

    pk: int
    name: str
    estate: str
    place: int
    members: int
    stairwells: dict = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Proposal:
    """`houses` in their order; `stairwell` where the group is for one of them only."""

    houses: tuple
    members: int
    why: str
    stairwell: str = ""

    @property
    def name(self):
        names = "、".join(house.name for house in self.houses)
        return f"{self.houses[0].estate}{names}{self.stairwell}党小组"


def proposals(houses, least):
    """[Proposal] for the Houses of one neighbourhood that have no group yet, in their order."""
    found, short = [], []
    for house in sorted(houses, key=lambda one: (one.estate, one.place, one.pk)):
        if house.members >= least:
            found.append(Proposal((house,), house.members, f"住着{house.members}名党员"))
            found += _by_stairwell(house, least)
            short.append(None)  # a building with its own group parts those on its sides
        else:
            short.append(house)
    return found + _adjacent(short, least)


def _by_stairwell(house, least):
    enough = {name: count for name, count in house.stairwells.items() if name and count >= least}
    if len(enough) < 2:
        return []
    return [
        Proposal((house,), count, f"这个单元就有{count}名党员，也可以单独建", name)
        for name, count in sorted(enough.items())
    ]


def _adjacent(short, least):
    """Neighbours that are short of members, put together as few as will do."""
    found, run = [], []
    for house in [*short, None]:
        next_door = run and house and house.estate == run[-1].estate and house.place - run[-1].place <= 2
        if house is None or not house.members or (run and not next_door):
            run = []
        if house is None or not house.members:
            continue
        run.append(house)
        total = sum(one.members for one in run)
        if total >= least:
            words = f"相邻{len(run)}栋楼一共{total}名党员"
            found.append(Proposal(tuple(run), total, words))
            run = []
    return found
