"""What texts are taken apart into, and what typed words ask for."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from people.search import marked, snippet
from people.search_words import asks, typed, vector, words_in


def holds(text, word):
    """Whether PostgreSQL finds the typed words in the text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector([("A", text)], []), asks(typed(word))])
        return cursor.fetchone()[0]


def test_long_words_are_cut_into_their_parts_too():
    assert {"业委会", "换届", "停车难"} <= set(words_in("业委会换届以后，停车难"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("加装电梯一楼住户反对", "电梯"),
        ("加装电梯一楼住户反对", "加装电梯"),
        ("加装电梯一楼住户反对", "电梯 一楼"),
        ("楼道堆物清了又堆", "楼道"),
        ("垃圾分类ＡＢＣ项目", "abc"),
        ("夜里停车难", "停车难"),
        ("三号楼漏水", "漏水"),
    ],
)
def test_what_is_typed_is_found(text, word):
    assert holds(text, word)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["充电", "电梯 充电", "物业"])
def test_what_is_not_there_is_not_found(word):
    assert not holds("加装电梯一楼住户反对", word)


@pytest.mark.django_db
@given(text=st.text(max_size=80), word=st.text(max_size=20))
def test_no_text_and_no_word_stumbles(text, word):
    assert vector([("A", text.replace("\x00", ""))], ["s1"])
    if asks(typed(word.replace("\x00", ""))):
        holds(text.replace("\x00", ""), word.replace("\x00", ""))


def test_the_hit_is_marked_and_the_snippet_stands_around_it():
    pieces = marked("加装电梯，装电梯", ["电梯"])
    assert [(piece.text, piece.hit) for piece in pieces] == [
        ("加装", False), ("电梯", True), ("，装", False), ("电梯", True),
    ]  # fmt: skip
    told = snippet("前" * 100 + "电梯" + "后" * 100, ["电梯"])
    assert told[0].text.startswith("…前")
    assert [piece.text for piece in told if piece.hit] == ["电梯"]
    assert told[-1].text.endswith("…")
