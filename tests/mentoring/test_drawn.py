"""Parts of pages that Python draws: what people wrote stays text. Terms, pairs and proposals by who looks."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.models import Advancement, Pairing
from mentoring.templatetags.agenda import month_cell
from mentoring.templatetags.cadence import cadence_line
from mentoring.templatetags.campaigns import stage_cells
from mentoring.views.calendar import Cell
from tests.factories import CadenceCellFactory, CohortFactory, days_ago, days_ahead

TODAY = timezone.localdate()
SLY = "<b>停车&</b>"
SAFE = "&lt;b&gt;停车&amp;&lt;/b&gt;"


def test_a_theme_on_the_board_is_text(cast):
    CadenceCellFactory(
        studio=cast.a.studio, group=cast.a.group, year=TODAY.year, period=TODAY.month, theme=SLY
    )
    page = cast.client(cast.a.staff).get("/cadence/").content.decode()
    assert SAFE in page
    assert SLY not in page
    drawn = cadence_line({"slots": [{"slot": None, "span": 3, "name": "第1季度"}]}, SLY, 5)
    assert drawn == '<td colspan="3"></td>'


def test_what_is_stuck_and_what_stands_on_a_day_are_text():
    stages = [SimpleNamespace(order=number) for number in (1, 2, 3)]
    matter = SimpleNamespace(done_at=None, stage=stages[1], stuck_at=TODAY, stuck=SLY, stage_since=TODAY)
    drawn = stage_cells(matter, stages)
    assert drawn.startswith('<td class="is-past">走过了</td><td class="is-here is-held">')
    assert drawn.endswith("</td><td></td>")
    assert SAFE in drawn
    item = SimpleNamespace(kind="session", url="/a/?b=1&c=2", title=SLY, at=None, done=False)
    cell = Cell(TODAY, True, True, "", False, [item], 3, "/calendar/")
    drawn = month_cell(cell)
    assert SAFE in drawn
    assert "/a/?b=1&amp;c=2" in drawn
    assert "还有3次带教" in drawn


def test_terms_stand_newest_first_and_older_ones_on_further_pages(cast):
    for number in range(10):
        CohortFactory(
            studio=cast.a.studio, name=f"老{number}期", starts_on=days_ago(1000 + 100 * number),
            ends_on=days_ago(950 + 100 * number),
        )  # fmt: skip
    CohortFactory(studio=cast.b.studio, name="别处的一期", starts_on=days_ahead(1), ends_on=days_ahead(90))
    client, url = cast.client(cast.a.staff), reverse("mentoring:cohort-list")
    answer = client.get(url)
    first, page = answer.content.decode(), answer.context["page"]
    assert first.index(cast.a.cohort.name) < first.index("老0期")
    assert "别处的一期" not in first
    assert "老9期" not in first
    rest = client.get(url, {"page": page.older}).content.decode()
    assert "老9期" in rest
    assert "老0期" not in rest


@pytest.mark.parametrize(("who", "seen"), [("staff", True), ("mentor", True), ("other_street", False)])
def test_the_story_and_what_is_proposed_are_seen_by_those_of_the_pair(cast, who, seen):
    pairing = Pairing.objects.get(apprentice=cast.a.apprentice)
    Advancement.objects.create(
        studio=cast.a.studio, cohort=cast.a.cohort, apprentice=cast.a.apprentice, mentor=cast.a.mentor,
        proposal="stay", reasons="肯学", starts_on=TODAY, proposed_by=cast.a.staff,
    )  # fmt: skip
    client = cast.client(cast.b.mentor if who == "other_street" else getattr(cast.a, who))
    assert (client.get(pairing.get_absolute_url()).status_code == 200) == seen
    listed = client.get(reverse("mentoring:advancement-list")).context["page"]
    assert ([one.apprentice for one in listed] == [cast.a.apprentice]) == seen
