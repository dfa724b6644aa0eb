"""Factories for questions, practices, scenes and matters followed."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mentoring.models import Campaign, Contact, Matter, Question, Stage
from people.roles import Role

from .factories import NeighbourhoodFactory, StudioFactory, days_ago, days_ahead, make_person


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


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    studio = factory.SubFactory(StudioFactory)
    name = factory.Sequence(lambda n: f"换届选举{n}")
    starts_on = factory.LazyFunction(lambda: days_ago(20))


class StageFactory(DjangoModelFactory):
    class Meta:
        model = Stage

    campaign = factory.SubFactory(CampaignFactory)
    studio = factory.SelfAttribute("campaign.studio")
    order = 1
    name = factory.LazyAttribute(lambda stage: f"第{stage.order}件")


class MatterFactory(DjangoModelFactory):
    """In the first of three stages."""

    class Meta:
        model = Matter

    campaign = factory.SubFactory(CampaignFactory)
    studio = factory.SelfAttribute("campaign.studio")
    neighbourhood = factory.LazyAttribute(lambda matter: NeighbourhoodFactory(street=matter.studio.street))
    stage_since = factory.LazyFunction(lambda: days_ago(5))

    @factory.lazy_attribute
    def stage(self):
        stages = list(self.campaign.stages.all()) or [
            StageFactory(campaign=self.campaign, order=order) for order in (1, 2, 3)
        ]
        return stages[0]


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    matter = factory.SubFactory(MatterFactory)
    studio = factory.SelfAttribute("matter.studio")
    stage = factory.SelfAttribute("matter.stage")
    kind = Contact.Kind.ANALYSE
    on = factory.LazyFunction(lambda: days_ago(1))
    by = factory.LazyAttribute(lambda contact: make_person(contact.studio, Role.MENTOR))
