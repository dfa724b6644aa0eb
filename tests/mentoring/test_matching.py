"""「按专长和短板先分一遍」: places, fixed pairs, and that no other way of sharing out is better."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import Apprentice, Mentor, propose, reason, skills_of, total_worth
from people.competencies import Competency

AXES = list(Competency)
PLACES = st.sampled_from([None, 1, 2, 3])
KINDS = st.sampled_from(["", "old", "new"])


@st.composite
def classes(draw):
    """(mentors, apprentices, capacity, fixed, earlier): sometimes too few places, never overfull."""
    capacity = draw(st.integers(1, 5))
    mentors = [
        Mentor(
            f"m{number}", draw(st.frozensets(st.sampled_from(AXES), max_size=3)), draw(PLACES), draw(KINDS),
            draw(st.integers(0, capacity)),
        )
        for number in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    weak = st.lists(st.sampled_from(AXES), max_size=2, unique=True)
    apprentices = [
        Apprentice(f"a{number}", tuple(draw(weak)), draw(PLACES), draw(KINDS))
        for number in range(draw(st.integers(0, 12)))
    ]
    pairs = [(mentor.key, one.key) for mentor in mentors for one in apprentices]
    earlier = draw(st.sets(st.sampled_from(pairs), max_size=4)) if pairs else set()
    free, fixed = places(mentors, capacity), {}
    for one in apprentices:
        if free and draw(st.integers(0, 4)) == 0:
            fixed[one.key] = free.pop(draw(st.integers(0, len(free) - 1)))
    return mentors, apprentices, capacity, fixed, earlier


def places(mentors, capacity):
    """The key of a mentor for each place left."""
    return [one.key for one in mentors for _ in range(capacity - one.taken)]


def at_random(shuffled, mentors, apprentices, capacity, fixed):
    """[(mentor, apprentice)]: fixed pairs kept, the others placed anyhow as far as places go."""
    free = places(mentors, capacity)
    for key in fixed.values():
        free.remove(key)
    others = [one.key for one in apprentices if one.key not in fixed]
    shuffled.shuffle(free)
    shuffled.shuffle(others)
    return [(mentor, one) for one, mentor in fixed.items()] + list(zip(free, others, strict=False))


def assert_good(mentors, apprentices, capacity, fixed, earlier, draws, shuffled):
    found = propose(mentors, apprentices, capacity=capacity, fixed=fixed, earlier=earlier)
    pairs = [(one.mentor, one.apprentice) for one in found]
    room = places(mentors, capacity)
    for mentor in mentors:
        assert [key for key, _ in pairs].count(mentor.key) <= room.count(mentor.key)
    assert len({one for _, one in pairs}) == len(pairs) == min(len(apprentices), len(room))
    assert all((mentor, one) in pairs for one, mentor in fixed.items())
    assert all(one.reason for one in found)
    best = total_worth(pairs, mentors, apprentices, earlier=earlier)
    for _ in range(draws):
        other = at_random(shuffled, mentors, apprentices, capacity, fixed)
        assert total_worth(other, mentors, apprentices, earlier=earlier) <= best


@settings(max_examples=100, deadline=None)
@given(classes(), st.randoms(use_true_random=False))
def test_places_and_fixed_pairs_are_kept_and_nothing_at_random_is_better(drawn, shuffled):
    assert_good(*drawn, draws=20, shuffled=shuffled)


def big_class(mentors, apprentices, seed=7):
    """A class of people drawn at random, the same at every run."""
    dice = random.Random(seed)
    return (
        [
            Mentor(
                number, frozenset(dice.sample(AXES, 2)), dice.randrange(80), dice.choice(["old", "new", ""])
            )
            for number in range(mentors)
        ],
        [
            Apprentice(
                number, tuple(dice.sample(AXES, 2)), dice.randrange(80), dice.choice(["old", "new", ""])
            )
            for number in range(apprentices)
        ],
    )


def test_no_one_of_a_thousand_random_ways_is_better():
    mentors, apprentices = big_class(6, 30)
    fixed, earlier = {0: 3, 1: 3}, {(one.key, 5) for one in mentors[:3]}
    assert_good(mentors, apprentices, 5, fixed, earlier, draws=1000, shuffled=random.Random(1))


def test_a_thousand_apprentices_fill_two_hundred_mentors():
    mentors, apprentices = big_class(200, 1000)
    found = propose(mentors, apprentices, capacity=5)
    assert len(found) == 1000
    assert sum(one.reason.startswith("对应") for one in found) > 900


def test_too_many_by_hand_is_an_error():
    learners = [Apprentice("甲"), Apprentice("乙")]
    with pytest.raises(ValueError, match="places"):
        propose([Mentor("师傅", taken=1)], learners, capacity=2, fixed={"甲": "师傅", "乙": "师傅"})


def test_the_load_is_shared_evenly_where_nothing_else_speaks():
    mentors = [Mentor("忙", taken=3), Mentor("闲")]
    found = propose(mentors, [Apprentice(number) for number in range(3)], capacity=5)
    assert [one.mentor for one in found] == ["闲"] * 3


def test_an_earlier_pair_is_not_repeated_where_there_is_another():
    mentors = [Mentor("旧", frozenset(AXES)), Mentor("新")]
    found = propose(mentors, [Apprentice("学", ("party", "team"))], capacity=1, earlier={("旧", "学")})
    assert [one.mentor for one in found] == ["新"]


@pytest.mark.parametrize(
    ("tags", "axes"),
    [
        (["加装电梯", "楼道环境"], {"governance"}),
        (["停车", "矛盾调解"], {"governance", "communication"}),
        (["党务工作", "换届选举"], {"party"}),
        (["养老助残", "志愿者队伍"], {"governance", "team"}),
        (["应急处置"], {"emergency"}),
        (["书法"], set()),
        ([], set()),
    ],
)
def test_free_words_name_competencies(tags, axes):
    assert skills_of(tags) == axes


@pytest.mark.parametrize(
    ("mentor", "apprentice", "again", "words"),
    [
        (Mentor(1, {"communication"}, 1), Apprentice(2, ("communication",), 2), False,
         "对应“沟通协调”，且不在同一居民区"),
        (Mentor(1, {"party", "team"}, 1, "old"), Apprentice(2, ("party", "team"), 2, "old"), False,
         "对应“党建业务”和“队伍建设”，且不在同一居民区，居民区类型一样"),
        (Mentor(1), Apprentice(2), False, "人数匀着分"),
        (Mentor(1, place=3), Apprentice(2, place=3), True, "人数匀着分，只是在同一居民区，只是以前结过对"),
    ],
)  # fmt: skip
def test_the_reason_stands_in_words(mentor, apprentice, again, words):
    assert reason(mentor, apprentice, again=again) == words
