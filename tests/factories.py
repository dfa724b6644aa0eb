"""One factory per model. Defaults make a valid row; tests name only what they are about."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from casework.models import Case, CaseConsultant, Followup, Opinion, Outcome, Prescription, Step
from growth.models import Brand, Honour, Method, NextStep, Post, Reflection
from mentoring.models import (
    Appointment,
    Attendance,
    Base,
    CadenceCell,
    Cohort,
    Group,
    Pairing,
    Pledge,
    Session,
)
from people.models import Membership, Neighbourhood, Person, Street, Studio
from people.roles import ApprenticeKind, Role


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def days_ahead(days):
    return timezone.localdate() + timedelta(days=days)


class StreetFactory(DjangoModelFactory):
    class Meta:
        model = Street

    province, city, district = "上海市", "市辖区", "普陀区"
    name = factory.Sequence(lambda n: f"第{n}街道")
    code = factory.Sequence(lambda n: f"310107{n:03d}")


class NeighbourhoodFactory(DjangoModelFactory):
    class Meta:
        model = Neighbourhood

    street = factory.SubFactory(StreetFactory)
    name = factory.Sequence(lambda n: f"第{n}居委会")
    code = factory.Sequence(lambda n: f"310107001{n:03d}")
    kind = Neighbourhood.Kind.OLD


class DistrictStudioFactory(DjangoModelFactory):
    class Meta:
        model = Studio

    level = Studio.Level.DISTRICT
    name = "大梁带小梁书记工作室"
    brand_name = "大梁带小梁"
    contact_phone = "021-00000000"


class StudioFactory(DjangoModelFactory):
    class Meta:
        model = Studio

    level = Studio.Level.STREET
    street = factory.SubFactory(StreetFactory)
    name = factory.LazyAttribute(lambda studio: f"{studio.street.name}书记工作室")
    contact_name = "工作室办公室"
    contact_phone = "021-11111111"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    mobile = factory.Sequence(lambda n: f"199{n:08d}")
    name = factory.Sequence(
        lambda n: "赵钱孙李周吴郑王冯陈"[n % 10] + "某" + "一二三四五六七八九十"[n // 10 % 10]
    )
    password = factory.django.Password("mima-for-tests")
    text_size_chosen = True


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    studio = factory.SubFactory(StudioFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.MENTOR
    starts_on = factory.LazyFunction(lambda: days_ago(200))


def make_person(studio, role, **fields):
    """A person with one current role in the studio; an apprentice gets a kind."""
    kind = ApprenticeKind.DEPUTY if role == Role.APPRENTICE else ""
    person = PersonFactory(**fields)
    MembershipFactory(studio=studio, person=person, role=role, apprentice_kind=kind)
    return person


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    studio = factory.SubFactory(StudioFactory)
    name = factory.Sequence(lambda n: f"第{n + 1}期")
    starts_on = factory.LazyFunction(lambda: days_ago(100))
    ends_on = factory.LazyFunction(lambda: days_ahead(200))


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    cohort = factory.SubFactory(CohortFactory)
    studio = factory.SelfAttribute("cohort.studio")
    mentor = factory.LazyAttribute(lambda group: make_person(group.studio, Role.MENTOR))
    number = factory.Sequence(lambda n: n + 1)


class PairingFactory(DjangoModelFactory):
    class Meta:
        model = Pairing

    group = factory.SubFactory(GroupFactory)
    cohort = factory.SelfAttribute("group.cohort")
    studio = factory.SelfAttribute("group.studio")
    mentor = factory.SelfAttribute("group.mentor")
    apprentice = factory.LazyAttribute(lambda pairing: make_person(pairing.studio, Role.APPRENTICE))
    starts_on = factory.SelfAttribute("cohort.starts_on")
    made_by = factory.SelfAttribute("mentor")


class PledgeFactory(DjangoModelFactory):
    """A letter that was sent."""

    class Meta:
        model = Pledge

    pairing = factory.SubFactory(PairingFactory)
    studio = factory.SelfAttribute("pairing.studio")
    state = Pledge.State.SENT
    text = "我想跟您学怎么开居民会。一定虚心学，认真记，踏实做。"
    sent_at = factory.LazyFunction(timezone.now)


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    studio = factory.SubFactory(StudioFactory)
    mentor = factory.LazyAttribute(lambda letter: make_person(letter.studio, Role.MENTOR))
    year = factory.SelfAttribute("issued_on.year")
    number = factory.Sequence(lambda n: n + 1001)  # clear of the counter
    starts_on = factory.LazyFunction(lambda: days_ago(100))
    ends_on = factory.LazyFunction(lambda: days_ahead(200))
    issued_on = factory.SelfAttribute("starts_on")
    issued_by = factory.LazyAttribute(lambda letter: make_person(letter.studio, Role.STAFF))


class BaseFactory(DjangoModelFactory):
    class Meta:
        model = Base

    studio = factory.SubFactory(StudioFactory)
    name = factory.Sequence(lambda n: f"基地{n}")


class SessionFactory(DjangoModelFactory):
    """A logged session; `present=[...]` adds the attendance."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    group = factory.SubFactory(GroupFactory)
    cohort = factory.SelfAttribute("group.cohort")
    studio = factory.SelfAttribute("group.studio")
    mentor = factory.SelfAttribute("group.mentor")
    held_on = factory.LazyFunction(lambda: days_ago(1))
    topics = factory.LazyFunction(lambda: ["governance"])
    note = "到现场看了楼道，讲了怎么一户一户说。"
    logged_at = factory.LazyFunction(timezone.now)
    logged_by = factory.SelfAttribute("mentor")

    @factory.post_generation
    def present(self, create, extracted, **kwargs):
        for apprentice in extracted or ():
            Attendance.objects.create(studio=self.studio, session=self, apprentice=apprentice)


class MethodFactory(DjangoModelFactory):
    class Meta:
        model = Method

    name = factory.Sequence(lambda n: f"工作法{n}")
    summary = "先听，再问，后办。"


class NextStepFactory(DjangoModelFactory):
    class Meta:
        model = NextStep

    studio = factory.SubFactory(StudioFactory)
    person = factory.LazyAttribute(lambda step: make_person(step.studio, Role.APPRENTICE))
    text = "把五个楼组长都走一遍"
    due_on = factory.LazyFunction(lambda: days_ahead(7))
    origin = NextStep.Origin.SESSION
    by = factory.SelfAttribute("person")


class ReflectionFactory(DjangoModelFactory):
    class Meta:
        model = Reflection

    studio = factory.SubFactory(StudioFactory)
    person = factory.LazyAttribute(lambda reflection: make_person(reflection.studio, Role.APPRENTICE))
    learned = "先让人把话说完，再谈办法。"


class CaseFactory(DjangoModelFactory):
    """A submitted case that waits for 受理; later states need what they need (chair, …)."""

    class Meta:
        model = Case

    studio = factory.SubFactory(StudioFactory)
    owner = factory.LazyAttribute(lambda case: make_person(case.studio, Role.APPRENTICE))
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    number = factory.Sequence(lambda n: n + 1)
    title = "加装电梯一楼住户反对"
    story = "三号楼要加装电梯，一楼一户担心采光，已经僵了两个月。"
    category = Case.Category.LIFT
    urgency = Case.Urgency.WEEK
    question = "一楼的采光补偿怎么谈得拢？"
    state = Case.State.SUBMITTED
    submitted_at = factory.LazyFunction(timezone.now)


class ConsultingCaseFactory(CaseFactory):
    state = Case.State.CONSULTING
    handling = Case.Handling.ONLINE
    chair = factory.LazyAttribute(lambda case: make_person(case.studio, Role.LEAD))


class CaseConsultantFactory(DjangoModelFactory):
    class Meta:
        model = CaseConsultant

    case = factory.SubFactory(ConsultingCaseFactory)
    studio = factory.SelfAttribute("case.studio")
    person = factory.LazyAttribute(lambda invited: make_person(invited.studio, Role.MENTOR))
    invited_by = factory.SelfAttribute("case.chair")


class OpinionFactory(DjangoModelFactory):
    class Meta:
        model = Opinion

    case = factory.SubFactory(ConsultingCaseFactory)
    studio = factory.SelfAttribute("case.studio")
    author = factory.LazyAttribute(lambda opinion: make_person(opinion.studio, Role.MENTOR))
    text = "先单独上门，把采光测给他看。"
    written_by = factory.SelfAttribute("author")


class PrescriptionFactory(DjangoModelFactory):
    class Meta:
        model = Prescription

    case = factory.SubFactory(ConsultingCaseFactory, state=Case.State.TREATING)
    studio = factory.SelfAttribute("case.studio")
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    number = factory.Sequence(lambda n: n + 1)
    diagnosis = "利益没算清，话没说到一处。"
    followup_on = factory.LazyFunction(lambda: days_ahead(14))
    followup_by = factory.SelfAttribute("case.chair")
    issued_by = factory.SelfAttribute("case.chair")


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    prescription = factory.SubFactory(PrescriptionFactory)
    studio = factory.SelfAttribute("prescription.studio")
    order = factory.Sequence(lambda n: n + 1)
    text = "请设计单位到场算采光"
    owner = factory.SelfAttribute("prescription.case.owner")
    due_on = factory.LazyFunction(lambda: days_ahead(7))


class FollowupFactory(DjangoModelFactory):
    class Meta:
        model = Followup

    step = factory.SubFactory(StepFactory)
    studio = factory.SelfAttribute("step.studio")
    state = "done"
    text = "设计单位来过了，数据当场给他看了。"
    by = factory.SelfAttribute("step.owner")


class OutcomeFactory(DjangoModelFactory):
    class Meta:
        model = Outcome

    case = factory.SubFactory(ConsultingCaseFactory, state=Case.State.REVIEWING)
    studio = factory.SelfAttribute("case.studio")
    side = Outcome.Side.APPRENTICE
    result = Outcome.Result.BETTER
    by = factory.SelfAttribute("case.owner")


class CadenceCellFactory(DjangoModelFactory):
    """This month's theme of a group."""

    class Meta:
        model = CadenceCell

    group = factory.SubFactory(GroupFactory)
    studio = factory.SelfAttribute("group.studio")
    kind = "theme"
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    period = factory.LazyFunction(lambda: timezone.localdate().month)
    theme = "电动车上楼怎么管"
    planned_at = factory.LazyFunction(timezone.now)
    planned_by = factory.SelfAttribute("group.mentor")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    studio = factory.SubFactory(StudioFactory)
    person = factory.LazyAttribute(lambda post: make_person(post.studio, Role.APPRENTICE))
    rank = Post.Rank.DEPUTY
    title = "甲居民区党总支副书记"
    starts_on = factory.LazyFunction(lambda: days_ago(30))
    counted = True
    by = factory.SelfAttribute("person")


class HonourFactory(DjangoModelFactory):
    class Meta:
        model = Honour

    studio = factory.SubFactory(StudioFactory)
    person = factory.LazyAttribute(lambda honour: make_person(honour.studio, Role.APPRENTICE))
    title = "街道优秀党务工作者"
    given_by = "中共甲街道工作委员会"
    on = factory.LazyFunction(lambda: days_ago(40))
    by = factory.SelfAttribute("person")


class BrandFactory(DjangoModelFactory):
    """An applied project of the owner's neighbourhood; `state` past that is set with what it needs."""

    class Meta:
        model = Brand

    studio = factory.SubFactory(StudioFactory)
    neighbourhood = factory.LazyAttribute(lambda brand: NeighbourhoodFactory(street=brand.studio.street))
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    name = "车棚能充电"
    problem = "老公房没有地方充电，电动车推上楼"
    ways = factory.LazyFunction(lambda: ["把旧车棚接上电", "每栋楼推一个人管钥匙"])
    expected = "一楼的车棚晚上能充电了"
    owner = factory.LazyAttribute(lambda brand: make_person(brand.studio, Role.APPRENTICE))
    applied_by = factory.SelfAttribute("owner")
