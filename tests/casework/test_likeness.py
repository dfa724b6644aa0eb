"""Similar cases: by meaning, with the reason and what came of it, and only what one may read."""

from pathlib import Path

import numpy
import pytest
from django.urls import reverse

from casework import likeness
from casework.models import Case, Likeness
from people.search_words import words_in
from tests.factories import CaseFactory

from .cures import consulting
from .libraries import closed, published

CASES = Path(__file__).with_name("data") / "paraphrased.txt"
# The category that a writer would choose for each kind of case.
CATEGORY = {
    "停车": "parking", "加梯": "lift", "堆物": "corridor", "漏水": "property",
    "业委会": "owners", "物业费": "property", "养老": "care", "噪声": "neighbours",
    "养狗": "neighbours", "充电": "corridor", "旧改": "renewal", "党员": "party",
}  # fmt: skip


# --- How well alike cases are found -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def told():
    """(kinds, texts) of the evaluation set."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return tuple(zip(*(line.split(": ", 1) for line in lines), strict=True))


@pytest.fixture(scope="module")
def encoded(told):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness.settings, "CASE_VECTORS", True)
        return likeness.vectors(told[1])


def precision(scores, kinds):
    """(P@5, P@1): how many of the first five, and the first, are of the same kind; itself left out."""
    five = one = 0
    for place, kind in enumerate(kinds):
        order = [other for other in numpy.argsort(-scores[place]) if other != place][:5]
        right = [kinds[other] == kind for other in order]
        five, one = five + sum(right) / 5, one + right[0]
    return five / len(kinds), one / len(kinds)


def by_words(texts):
    """Scores as the fallback gives them: how many of the ten rarest words of one text stand in the other."""
    words = [{word for word in words_in(text) if len(word) > 1} for text in texts]
    often = {word: sum(word in one for one in words) for each in words for word in each}
    rare = [sorted(each, key=lambda word: (often[word], word))[:10] for each in words]
    ties = numpy.random.default_rng(1).random((len(texts), len(texts))) / 1000
    return ties + [[sum(word in other for word in each) for other in words] for each in rare]


def test_the_set_is_large_enough(told):
    kinds, texts = told
    assert len(set(texts)) >= 60
    assert len(set(kinds)) >= 10
    assert {kinds.count(kind) for kind in kinds} == {6}  # five others to be found for each


def test_vectors_find_alike_cases_better_than_words_and_chance(told, encoded):
    kinds, texts = told
    meaning = encoded @ encoded.T
    chance = numpy.random.default_rng(2).random(meaning.shape)
    found = {
        "vectors": precision(meaning, kinds),
        "rarest words": precision(by_words(texts), kinds),
        "chance": precision(chance, kinds),
    }
    print({name: tuple(round(value, 3) for value in values) for name, values in found.items()})
    assert found["vectors"][0] >= 0.40
    assert found["vectors"][0] >= 2 * max(found["rarest words"][0], found["chance"][0])


def test_as_they_are_shown_half_of_the_five_are_alike(told, encoded):
    kinds, _texts = told
    meaning, categories = encoded @ encoded.T, [CATEGORY[kind] for kind in kinds]
    shown = numpy.array(
        [
            likeness.rank(row, Case(category=category), categories, [""] * len(kinds))
            for row, category in zip(meaning, categories, strict=True)
        ]
    )
    five, one = precision(shown, kinds)
    print(f"as shown: P@5 {five:.3f}, P@1 {one:.3f}")
    assert five >= 0.50
    assert one >= 0.70


# --- What is shown ----------------------------------------------------------------------------------------


@pytest.fixture
def with_vectors(settings):
    settings.CASE_VECTORS = True


def test_another_street_is_shown_a_case_from_the_library_with_reason_and_result(cast, with_vectors):
    entry = published(
        cast, title="电瓶车推上楼充电", story="电瓶车在楼道里过夜充电，冒过烟。", category="corridor"
    )
    mine = CaseFactory(
        studio=cast.b.studio, owner=cast.b.apprentice, title="有人在走廊里给电瓶车充电", category="corridor",
        story="夜里电瓶车停在走廊充电，邻居怕着火。",
    )  # fmt: skip
    (line,) = likeness.similar_to(mine, cast.b.apprentice)
    assert line.url == entry.get_absolute_url()
    assert line.reason.startswith("同是楼道环境")
    assert "充电" in line.reason
    assert line.result == "好转了"


def test_what_one_may_not_read_is_not_shown(cast, with_vectors):
    closed(cast, title="电瓶车推上楼充电")
    mine = CaseFactory(studio=cast.b.studio, owner=cast.b.apprentice, title="电瓶车推上楼充电")
    assert likeness.similar_to(mine, cast.b.apprentice) == []
    own = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="电瓶车推上楼充电")
    assert len(likeness.similar_to(own, cast.a.apprentice)) == 1


def test_the_vector_is_stored_with_the_case_and_changes_with_its_words(cast, with_vectors):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    before = bytes(Likeness.objects.get(case=case).vector)
    case.story = "车库积水，水泵坏了"
    case.save(update_fields=("story",))
    assert len(before) == 1024
    assert bytes(Likeness.objects.get(case=case).vector) != before


def test_without_vectors_the_rarest_words_are_looked_for(cast):
    entry = published(cast, title="鸽子养在阳台上", story="阳台上养了二十几只鸽子，味道大。")
    mine = CaseFactory(
        studio=cast.b.studio, owner=cast.b.apprentice, title="楼上养鸽子", story="鸽子毛飘下来"
    )
    assert [line.url for line in likeness.similar_to(mine, cast.b.apprentice)] == [entry.get_absolute_url()]


def test_it_stands_on_the_page_of_the_question_and_where_one_consults_and_is_no_gate(cast):
    published(cast, title="鸽子养在阳台上", story="阳台上养了二十几只鸽子，味道大。")
    case = consulting(cast, title="楼上养鸽子", story="鸽子毛飘下来")
    similar = reverse("casework:case-similar", args=[case.pk])
    for page in ("casework:case-consult", "casework:case-detail"):
        told = cast.client(cast.a.mentor).get(reverse(page, args=[case.pk])).content.decode()
        assert "以前办过的类似案例" in told
        assert f'href="{similar}"' in told
    page = cast.client(cast.a.mentor).get(similar).content.decode()
    assert "鸽子养在阳台上" in page
    assert "后来：" in page
    mine = CaseFactory(
        studio=cast.a.studio, owner=cast.a.apprentice, title="楼上养鸽子", story="鸽子毛飘下来"
    )
    page = cast.client(cast.a.apprentice).get(reverse("casework:case-write", args=[mine.pk, 4]))
    assert "以前有人遇到过类似的，要不要先看看？" in page.content.decode()


def test_vectors_that_are_missing_are_added_later(cast, settings):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    settings.CASE_VECTORS = True
    assert likeness.add_missing() == 1
    assert Likeness.objects.filter(case=case).exists()
    assert likeness.add_missing() == 0
