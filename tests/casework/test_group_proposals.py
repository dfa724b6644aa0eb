"""Where a 楼栋党小组 is due: the rule by itself, and what hypothesis finds about it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.group_proposals import House, proposals


def house(pk, members, *, place=None, estate="", **stairwells):
    place = pk if place is None else place
    return House(pk, f"{place}号楼", estate, place, members, stairwells)


def told(houses, least=5):
    return [
        ([one.pk for one in found.houses], found.stairwell, found.members)
        for found in proposals(houses, least)
    ]


def test_five_in_a_building_propose_a_group_and_four_do_not():
    assert told([house(3, 5)]) == [([3], "", 5)]
    assert told([house(3, 4)]) == []
    assert proposals([house(3, 5)], 5)[0].name == "3号楼党小组"


def test_the_number_is_the_studios_own():
    assert told([house(3, 3)], least=3) == [([3], "", 3)]


def test_two_stairwells_with_enough_may_have_one_each():
    found = told([house(3, 11, 一单元=6, 二单元=5)])
    assert found == [([3], "", 11), ([3], "一单元", 6), ([3], "二单元", 5)]
    assert told([house(3, 8, 一单元=6, 二单元=2)]) == [([3], "", 8)]


def test_buildings_side_by_side_are_put_together():
    assert told([house(3, 2), house(4, 3), house(9, 4)]) == [([3, 4], "", 5)]


def test_far_ones_other_estates_and_empty_ones_are_not():
    assert told([house(3, 3), house(30, 3)]) == []
    assert told([house(3, 3, estate="甲苑"), house(4, 3, estate="乙苑")]) == []
    assert told([house(3, 3), house(4, 0), house(5, 3)]) == []
    assert told([house(3, 3), house(4, 6), house(5, 3)]) == [([4], "", 6)]


houses = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 9), st.sampled_from(["", "甲苑"])), max_size=12
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(houses, st.integers(2, 8))
def test_every_proposal_has_enough_and_no_building_is_in_two(rows, least):
    found = proposals(
        [house(n, members, place=place, estate=estate) for n, (place, members, estate) in enumerate(rows)],
        least,
    )
    whole = [one for one in found if not one.stairwell]
    assert all(one.members >= least for one in found)
    assert all(one.members == sum(each.members for each in one.houses) for one in whole)
    used = [each.pk for one in whole for each in one.houses]
    assert len(used) == len(set(used))
    big = {n for n, (_, members, _) in enumerate(rows) if members >= least}
    assert big <= set(used)
