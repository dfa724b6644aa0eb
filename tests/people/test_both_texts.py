"""Who is told that somebody else was quicker reads words on both sides, never codes."""

from datetime import date

import pytest
from django.http import QueryDict

from mentoring.models import Session
from people.both_texts import both_texts
from people.stale import StaleEdit
from tests.factories import NeighbourhoodFactory, PersonFactory


def test_codes_days_and_blanks_are_told_in_words():
    now = Session(held_on=date(2023, 6, 18), minutes=60, topics=["party", "team"], note="")
    posted = QueryDict("held_on=2023-06-19&minutes=240&topics=party&topics=other&note=先听完")
    assert list(both_texts(posted, StaleEdit(now, ("held_on", "minutes", "topics", "note")))) == [
        ("日期", "2023年6月18日（周日）", "2023年6月19日（周一）"),
        ("时长", "1小时", "半天"),
        ("讲了什么", "党建业务，队伍建设", "党建业务，其他"),
        ("说一说", "", "先听完"),
    ]


def test_a_day_that_cannot_be_read_is_shown_as_typed():
    [(_label, _now, typed)] = both_texts(QueryDict("held_on=下周"), StaleEdit(Session(), ("held_on",)))
    assert typed == "下周"


@pytest.mark.django_db
def test_people_and_places_are_told_by_name():
    field, place = "neighbourhood", NeighbourhoodFactory()
    person = PersonFactory()
    [(_label, _now, typed)] = both_texts(QueryDict(f"{field}={place.pk}"), StaleEdit(person, (field,)))
    assert typed == str(place)
