"""A kept rule of visibility lets through exactly what the rule in full lets through, in any query."""

import pytest
from django.utils import timezone

from casework.models import Case, Prescription
from growth.models import Entry, NextStep, Rating, Reflection
from mentoring.models import Pairing, Session
from people.models import Person
from tests.factories import (
    CaseConsultantFactory,
    CaseFactory,
    ConsultingCaseFactory,
    NextStepFactory,
    PrescriptionFactory,
    ReflectionFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
KEPT = (Case, Prescription, Entry, NextStep, Rating, Reflection, Pairing, Session)


@pytest.fixture
def life(cast):
    """Something of each kind in both streets."""
    for street in (cast.a, cast.b):
        SessionFactory(group=street.group)
        ReflectionFactory(studio=street.studio, person=street.apprentice, mentor=street.mentor, shared=True)
        ReflectionFactory(
            studio=street.studio, person=street.peer, removed_at=timezone.now(), removed_by=street.peer
        )
        NextStepFactory(studio=street.studio, person=street.apprentice, by=street.mentor)
        CaseFactory(studio=street.studio, owner=street.apprentice)
        case = ConsultingCaseFactory(studio=street.studio, owner=street.other_apprentice, chair=street.lead)
        CaseConsultantFactory(case=case, person=cast.guest if street is cast.a else street.mentor)
        PrescriptionFactory(case=case)
    return cast


def everybody(cast):
    return [Person.objects.get(pk=one.pk) for one in cast.roles().values() if one is not None]


@pytest.mark.parametrize("model", KEPT)
def test_a_kept_rule_sees_what_the_rule_in_full_sees(life, model):
    queryset = type(model.objects.all())
    for person in everybody(life):
        kept = set(model.objects.visible_to(person).values_list("pk", flat=True))
        full = set(queryset.visible_to.in_full(model.objects.all(), person).values_list("pk", flat=True))
        assert kept == full, person


def test_it_holds_within_other_queries_and_under_other_names(life):
    for person in everybody(life):
        seen = set(Case.objects.visible_to(person).values_list("pk", flat=True))
        inside = Case.objects.filter(pk__in=Case.objects.visible_to(person).values("pk"))
        assert set(inside.values_list("pk", flat=True)) == seen
        narrowed = Case.objects.filter(title__contains="电梯").visible_to(person).exclude(chair__isnull=True)
        assert {case.pk for case in narrowed} == {
            case.pk for case in Case.objects.filter(pk__in=seen) if case.chair_id
        }


def test_who_gains_a_role_sees_more_at_the_next_request(life):
    before = Case.objects.visible_to(Person.objects.get(pk=life.stranger.pk)).count()
    life.a.staff.memberships.update(person=life.stranger)
    after = Case.objects.visible_to(Person.objects.get(pk=life.stranger.pk)).count()
    assert (before, after) == (0, 2)
