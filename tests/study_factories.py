"""Factories for questions, practices, scenes and matters followed."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mentoring.models import Question
from people.roles import Role

from .factories import StudioFactory, days_ahead, make_person


class QuestionFactory(DjangoModelFactory):
    """A private question that waits; `answered=True` answers it."""

    class Meta:
        model = Question

    class Params:
        answered = factory.Trait(
            answer="先听她把话说完，再一起去看现场。",
            answered_at=factory.LazyFunction(timezone.now),
            answered_by=factory.SelfAttribute("mentor"),
            due_on=None,
        )

    studio = factory.SubFactory(StudioFactory)
    asker = factory.LazyAttribute(lambda question: make_person(question.studio, Role.APPRENTICE))
    mentor = factory.LazyAttribute(lambda question: make_person(question.studio, Role.MENTOR))
    text = "楼组长说不想干了，第一句话该怎么说？"
    due_on = factory.LazyFunction(lambda: days_ahead(3))
