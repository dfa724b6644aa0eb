"""The demonstration holds what it promises. It is loaded once for the module and rolled back after it."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from casework.models import Case, Followup, Opinion, Outcome, Prescription, State, Step
from growth.actions.rebuild import rebuild
from growth.models import Entry, NextStep, Rating, Reflection
from mentoring.models import Cohort, Pairing, Session, TalkNote
from people import privacy
from people.models import Membership, Neighbourhood, Notice, Person, Studio
from people.roles import MENTOR_ROLES, Role
from people.workdays import workdays_between
from studio.demo import DEMO_SIGN_INS
from studio.demo.clock import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
WHOLE_TABLES = (Studio, Person, Session, Reflection, Case, Followup, Entry, Notice, NextStep)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def quan():
    return Studio.objects.get(brand_name="泉+")


def counts():
    return {model: model.objects.count() for model in WHOLE_TABLES}


def texts():
    """Every sentence that somebody wrote at length, with where it stands."""
    written = [
        (Session, "note"),
        (Session, "findings"),
        (TalkNote, "text"),
        (Reflection, "learned"),
        (Reflection, "plan"),
        (Reflection, "puzzle"),
        (Reflection, "reply"),
        (Case, "title"),
        (Case, "story"),
        (Case, "question"),
        (Opinion, "text"),
        (Prescription, "diagnosis"),
        (Prescription, "cautions"),
        (Prescription, "followup_note"),
        (Step, "text"),
        (Followup, "text"),
        (Followup, "verdict_note"),
        (Outcome, "best_move"),
    ]
    for model, name in written:
        for text in model.objects.exclude(**{name: ""}).values_list(name, flat=True):
            yield f"{model.__name__}.{name}", text


# --- How much there is --------------------------------------------------------------------------------------


def test_two_street_studios_stand_below_the_district_one(quan):
    assert quan.parent.brand_name == "大梁带小梁"
    assert quan.parent.children.count() == 2
    assert quan.street.name == "石泉路街道"


def test_one_cohort_of_six_mentors_with_five_apprentices_runs(quan):
    cohort = Cohort.objects.running().get(studio=quan)
    groups = cohort.groups.annotate(taught=Count("pairings"))
    assert [group.taught for group in groups] == [5] * 6
    mentors = Membership.objects.filter(studio=quan, role__in=MENTOR_ROLES)
    assert mentors.count() == 6
    assert mentors.filter(role=Role.LEAD).count() == 1


def test_there_is_as_much_life_as_promised(quan):
    assert Session.objects.held().filter(studio=quan).count() >= 70
    assert Session.objects.held().count() >= 80
    assert Session.objects.planned().filter(held_on__gte=timezone.localdate()).count() >= 6
    assert Reflection.objects.count() >= 40
    assert Case.objects.filter(studio=quan).count() >= 24


def test_every_role_is_filled_and_every_kind_of_apprentice_learns():
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == set(Role.values)
    kinds = Membership.objects.filter(role=Role.APPRENTICE).values("apprentice_kind").distinct()
    assert kinds.count() == 6


def test_a_case_stands_in_every_state():
    states = Counter(Case.objects.values_list("state", flat=True))
    assert set(states) == set(State.values)


def test_every_category_of_case_is_there():
    categories = set(Case.objects.exclude(state=State.DRAFT).values_list("category", flat=True))
    assert categories == set(Case.Category.values)


def test_ways_of_teaching_and_topics_vary():
    held = Session.objects.held()
    assert set(held.values_list("mode", flat=True)) == set(Session.Mode.values)
    topics = {topic for chosen in held.values_list("topics", flat=True) for topic in chosen}
    assert len(topics) >= 5
    assert held.exclude(proxy_source="").count() >= 3
    assert NextStep.objects.filter(origin=NextStep.Origin.SESSION).count() >= 15


def test_consultations_have_several_voices_and_prescriptions_several_steps():
    closed = Case.objects.filter(state__in=(State.CLOSED, State.PUBLISHED), prescriptions__isnull=False)
    assert closed.count() >= 6
    for case in closed.annotate(voices=Count("opinions", distinct=True)):
        assert 2 <= case.voices <= 4
        assert 3 <= case.prescriptions.get().steps.count() <= 5
        assert case.outcomes.count() == 2
    assert Step.objects.values("owner_kind").distinct().count() == len(Step.OwnerKind.values)


# --- What is stuck ------------------------------------------------------------------------------------------


def test_the_desk_finds_something_stuck(quan):
    today = timezone.localdate()
    late = Step.objects.open().filter(studio=quan, due_on__lt=today)
    assert late.count() >= 2
    waiting = Case.objects.filter(studio=quan, state=State.SUBMITTED).order_by("state_since").first()
    assert workdays_between(timezone.localdate(waiting.state_since), today) > quan.accept_workdays
    quiet_since = today - timedelta(days=quan.quiet_days)
    recent = Session.objects.held().filter(held_on__gte=quiet_since).values("apprentices")
    quiet = Pairing.objects.running().filter(studio=quan).exclude(apprentice__in=recent)
    assert [pairing.apprentice.name for pairing in quiet] == ["瞿文杰"]


# --- Days and hours -----------------------------------------------------------------------------------------


def test_everything_happened_in_the_past_half_year_on_working_days():
    now, first = timezone.now(), timezone.now() - timedelta(days=195)
    moments = [
        *Session.objects.held().values_list("logged_at", flat=True),
        *Reflection.objects.values_list("at", flat=True),
        *Case.objects.values_list("state_since", flat=True),
        *Followup.objects.values_list("at", flat=True),
        # A brand takes a year.
        *Notice.objects.exclude(link__startswith="/brands/").values_list("at", flat=True),
    ]
    assert all(first < moment < now for moment in moments)
    assert {timezone.localtime(moment).weekday() for moment in moments} <= {0, 1, 2, 3, 4}


def test_sessions_lie_in_each_of_the_last_six_months():
    today = timezone.localdate()
    held = {(day.year, day.month) for day in Session.objects.held().values_list("held_on", flat=True)}
    months, first = set(), today.replace(day=1)
    for _ in range(6):
        first = (first - timedelta(days=1)).replace(day=1)
        months.add((first.year, first.month))
    assert months <= held


@pytest.mark.parametrize("weekday", range(7))
def test_the_clock_keeps_the_order_of_days_whatever_day_today_is(weekday):
    today = timezone.localdate() + timedelta(days=weekday)
    clock = Clock(today)
    days = [clock.day(offset) for offset in [*range(-60, 0), *range(1, 15)]]
    assert days == sorted(days)
    assert max(day.weekday() for day in days) == 4
    assert clock.day(-1) < today < clock.day(1)


# --- Loading ------------------------------------------------------------------------------------------------


def test_loading_twice_adds_nothing_and_says_so():
    before, said = counts(), StringIO()
    call_command("load_demo", stdout=said)
    assert counts() == before
    assert "什么也没有改" in said.getvalue()


def test_rebuilding_the_ledger_changes_nothing():
    written = Entry.objects.order_by("pk").values()
    before = list(written.all())
    assert len(before) > 500
    rebuild()
    assert list(written.all()) == before


@pytest.mark.parametrize(
    ("label", "mobile", "password"), DEMO_SIGN_INS, ids=[row[1] for row in DEMO_SIGN_INS]
)
def test_the_printed_sign_ins_open(client, label, mobile, password):
    person = Person.objects.get(mobile=mobile)
    assert person.check_password(password)
    assert person.called in label
    assert any(held.get_role_display() in label for held in person.memberships.all())


# --- The words ----------------------------------------------------------------------------------------------


def test_no_text_repeats():
    repeated = [text for text, times in Counter(text for _, text in texts()).items() if times > 1]
    assert repeated == []


def test_the_privacy_scanner_finds_nothing():
    found = [(where, finding.matched) for where, text in texts() for finding in privacy.findings(text)]
    assert found == []


def test_notes_and_stories_are_as_long_as_people_write_them():
    held = Session.objects.held().exclude(mode=Session.Mode.TALK)
    talks = TalkNote.objects.values_list("text", flat=True)
    for note in [*held.values_list("note", flat=True), *talks]:
        assert 20 <= len(note) <= 120, note
    for story in Case.objects.exclude(state=State.DRAFT).values_list("story", flat=True):
        assert 100 <= len(story) <= 300, story


def test_nobody_of_the_demonstration_is_named_in_a_case():
    names = set(Person.objects.values_list("name", flat=True))
    told = "".join(Case.objects.values_list("story", flat=True))
    assert [name for name in names if name in told] == []


def test_neighbourhoods_are_real_and_mobiles_belong_to_nobody():
    assert all(mobile.startswith("1990000") for mobile in Person.objects.values_list("mobile", flat=True))
    places = Neighbourhood.objects.filter(people__isnull=False)
    assert set(places.values_list("street__name", flat=True)) == {"石泉路街道", "长风新村街道"}


def test_apprentices_have_rated_themselves_at_least_once(quan):
    rated = Rating.objects.filter(studio=quan).values("person").distinct()
    assert rated.count() >= 25


def test_methods_of_the_library_are_put_to_use():
    used = Session.objects.held().filter(methods__isnull=False).distinct().count()
    assert used >= 8
    assert Prescription.objects.filter(methods__isnull=False).distinct().count() >= 5
