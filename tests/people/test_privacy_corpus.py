"""How well the scanner reads: a corpus of sentences as secretaries write them, marked by hand."""

import re
from collections import Counter
from pathlib import Path

import pytest

from people.privacy import findings

CORPUS = Path(__file__).with_name("privacy_corpus.txt")
_MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")
MOST_LOST = {"mobile": 0.02, "identity": 0.02, "card": 0.02, "door": 0.1}


def sentences():
    """[(text, {(kind, start, end)})]."""
    read = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, marked, at = "", set(), 0
        for mark in _MARK.finditer(line):
            text += line[at : mark.start()]
            marked.add((mark[1], len(text), len(text) + len(mark[2])))
            text, at = text + mark[2], mark.end()
        read.append((text + line[at:], marked))
    return read


@pytest.fixture(scope="module")
def counted():
    """{(kind, "found" | "lost" | "wrong"): how often}; a finding counts when kind and place are exact."""
    counts = Counter()
    for text, marked in sentences():
        found = {(one.kind, one.start, one.end) for one in findings(text)}
        for word, those in (("found", found & marked), ("lost", marked - found), ("wrong", found - marked)):
            counts.update((kind, word) for kind, _start, _end in those)
    return counts


def test_the_corpus_has_two_hundred_sentences_and_hard_ones_without_anything():
    read = sentences()
    assert len({text for text, _marked in read}) >= 200
    assert sum(not marked for _text, marked in read) >= 50


@pytest.mark.parametrize("kind", MOST_LOST)
def test_what_is_there_is_found(counted, kind):
    found, lost = counted[kind, "found"], counted[kind, "lost"]
    assert found / (found + lost) >= 1 - MOST_LOST[kind]


@pytest.mark.parametrize("kind", MOST_LOST)
def test_what_is_found_is_there(counted, kind):
    found, wrong = counted[kind, "found"], counted[kind, "wrong"]
    assert found / (found + wrong) >= 0.9
