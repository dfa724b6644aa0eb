"""The first pages of lists are asked by kept queries: for everybody the same rows as asked anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.actions.slips import categories_of
from casework.models import BuildingGroup, Household, Slip, Topic, Visit
from tests.casework.cures import consulting
from tests.casework.test_buildings import group as group
from tests.casework.test_side_exits import submitted
from tests.casework.test_topics import begun
from tests.casework.test_visits import household, visit
from tests.factories import days_ago
from tests.forms import send

PEOPLE = ("staff", "lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice")


@pytest.mark.parametrize(
    ("page", "model"),
    [("visit-list", Visit), ("book", Household), ("topic-list", Topic), ("group-list", BuildingGroup)],
)
def test_everybody_reads_what_they_may_see_and_nothing_else(cast, group, page, model):
    visit(cast)
    household(cast)
    begun(cast)
    for street in (cast.a, cast.b):
        for name in PEOPLE:
            person = getattr(street, name, None)
            answer = person and cast.client(person).get(reverse(f"casework:{page}"))
            if not answer or answer.status_code != 200:
                continue
            shown = answer.content.decode()
            for row in model.objects.all():
                seen = model.objects.visible_to(person).filter(pk=row.pk).exists()
                assert (f'href="{row.get_absolute_url()}"' in shown) == seen, (name, row)


def test_only_the_other_open_cases_of_the_street_are_offered_to_merge_into(cast):
    kept, double = consulting(cast), submitted(cast)
    url = reverse("casework:case-merge", args=[double.pk])
    form = cast.client(cast.a.staff).get(url).context["form"]
    assert [value for value, _ in form.fields["into"].choices] == ["", kept.pk]
    assert cast.client(cast.b.staff).get(url).status_code == 404


def test_a_household_is_chosen_from_the_book_of_ones_own_place(cast):
    own, client = household(cast), cast.client(cast.a.apprentice)
    page = client.get(reverse("casework:visit-new"))
    assert [value for value, _ in page.context["form"].fields["household"].choices] == ["", own.pk]
    given = {"way": "visited", "held_on": str(days_ago(1)), "household": own.pk}
    send(client, reverse("casework:visit-new"), given)
    assert Visit.objects.get().household == own
    theirs = cast.client(cast.a.peer).get(reverse("casework:visit-new"))
    assert [value for value, _ in theirs.context["form"].fields["household"].choices] == [""]
    refused = send(cast.client(cast.a.peer), reverse("casework:visit-new"), given)
    assert refused.status_code == 422


def test_a_building_is_chosen_for_a_slip_and_for_a_household(cast, group):
    house, client = group.buildings.get(), cast.client(cast.a.apprentice)
    place = cast.a.apprentice.neighbourhood_id
    kind = categories_of(cast.a.studio)[0]
    slip = {"problem": "灯不亮", "category": kind.pk, "received_on": str(days_ago(0))}
    send(client, reverse("casework:slip-new"), slip, neighbourhood=place, building=house.pk)
    assert Slip.objects.get().building == house
    line = {"kind": "alone", "name": "王阿姨", "every_days": 30, "neighbourhood": place}
    send(client, reverse("casework:household-new"), line, building=house.pk)
    assert Household.objects.get().building == house


def test_staff_choose_for_whom_they_write_and_the_page_asks_as_little_for_many(cast):
    client = cast.client(cast.a.staff)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("casework:case-new"))
    offered = set(page.context["form"].fields["owner"].rows.values())
    assert {cast.a.apprentice, cast.a.mentor, cast.a.lead} <= offered
    assert not {cast.a.staff, cast.b.apprentice, cast.guest} & offered
    assert len(asked) <= 12
