"""The first pages of lists are asked by kept queries: for everybody the same rows as asked anew."""

import pytest
from django.urls import reverse

from casework.models import BuildingGroup, Household, Topic, Visit
from tests.casework.cures import consulting
from tests.casework.test_buildings import group as group
from tests.casework.test_side_exits import submitted
from tests.casework.test_topics import begun
from tests.casework.test_visits import household, visit

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
