"""Factories for questions, practices, scenes and matters followed."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mentoring.models import (
    Campaign,
    CastMember,
    Contact,
    Matter,
    Participant,
    Performance,
    Practice,
    Question,
    Scene,
    SceneRole,
    Series,
    Stage,
    Stop,
    Uptake,
    Visit,
)
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


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = Series

    studio = factory.SubFactory(StudioFactory)
    name = factory.Sequence(lambda n: f"跟着先进学先进{n}")


class VisitFactory(DjangoModelFactory):
    """Arranged, with one stop; `along=[…]` adds those who go."""

    class Meta:
        model = Visit
        skip_postgeneration_save = True

    studio = factory.SubFactory(StudioFactory)
    title = "去梅川学六维关怀"
    on = factory.LazyFunction(lambda: days_ago(2))
    by = factory.LazyAttribute(lambda visit: make_person(visit.studio, Role.STAFF))

    @factory.post_generation
    def along(self, create, extracted, **kwargs):
        Stop.objects.create(studio=self.studio, visit=self, order=1, place="梅川居民区", focus="六维关怀")
        for person in extracted or ():
            Participant.objects.create(studio=self.studio, visit=self, person=person)


class PracticeFactory(DjangoModelFactory):
    """Seen somewhere, without an uptake."""

    class Meta:
        model = Practice

    studio = factory.SubFactory(StudioFactory)
    name = factory.Sequence(lambda n: f"六维关怀{n}")
    what = "新生儿送鸡蛋，乔迁送蛋糕，升学送一支笔。"
    place = "梅川居民区"
    seen_by = factory.LazyAttribute(lambda practice: make_person(practice.studio, Role.APPRENTICE))


class UptakeFactory(DjangoModelFactory):
    class Meta:
        model = Uptake

    practice = factory.SubFactory(PracticeFactory)
    studio = factory.SelfAttribute("practice.studio")
    person = factory.LazyAttribute(lambda uptake: make_person(uptake.studio, Role.APPRENTICE))
    plan = "先从乔迁的三户人家送起"
    check_on = factory.LazyFunction(lambda: days_ahead(90))


class SceneFactory(DjangoModelFactory):
    """Finished, with two parts."""

    class Meta:
        model = Scene
        skip_postgeneration_save = True

    studio = factory.SubFactory(StudioFactory)
    title = factory.Sequence(lambda n: f"一楼的王阿姨不同意{n}")
    setting = "晚上七点，居委会活动室，加装电梯征询会。"
    conflict = "一楼怕挡光，六楼走不动。"
    script = "书记：大家先坐。\n王阿姨：我不同意。\n门外有人敲门"
    questions = "换了您，第一句话怎么说？"
    topics = factory.LazyFunction(lambda: ["communication"])
    state = Scene.State.READY
    by = factory.LazyAttribute(lambda scene: make_person(scene.studio, Role.MENTOR))

    @factory.post_generation
    def parts(self, create, extracted, **kwargs):
        for order, name in enumerate(("书记", "王阿姨"), start=1):
            SceneRole.objects.create(studio=self.studio, scene=self, order=order, name=name)


class PerformanceFactory(DjangoModelFactory):
    """Yesterday, not yet recorded; `players=[…]` take the parts in their order."""

    class Meta:
        model = Performance
        skip_postgeneration_save = True

    scene = factory.SubFactory(SceneFactory)
    studio = factory.SelfAttribute("scene.studio")
    on = factory.LazyFunction(lambda: days_ago(1))
    by = factory.LazyAttribute(lambda performance: make_person(performance.studio, Role.STAFF))

    @factory.post_generation
    def players(self, create, extracted, **kwargs):
        for person, role in zip(extracted or (), self.scene.roles.order_by("order"), strict=False):
            CastMember.objects.create(studio=self.studio, performance=self, person=person, role=role)
