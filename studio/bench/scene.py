"""Who looks, and at what: people and rows of the big street, chosen by the same rule at every size."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.test import Client
from django.utils import timezone

from casework.models import (
    AgendaItem,
    Building,
    BuildingGroup,
    Case,
    CaseConsultant,
    Followup,
    Household,
    LibraryCase,
    Opinion,
    Slip,
    State,
    Step,
    Topic,
)
from casework.models import Visit as HomeVisit
from casework.models.slip import UNDER_WAY
from growth.models import Aim, Assessed, Method, NotebookPage, Reflection, Round, Sheet, StudyNote
from mentoring.models import (
    Advancement,
    Base,
    Campaign,
    Group,
    Matter,
    Meeting,
    Pairing,
    Performance,
    Practice,
    Question,
    Session,
    Visit,
)
from people.models import Membership, Neighbourhood, Person
from people.roles import Role


@dataclass
class Scene:
    """`persons`: who opens a page, by name; `rows`: what a page is about, by name."""

    persons: dict[str, Person]
    rows: dict[str, object]

    def cookie(self, name: str) -> str:
        """A Cookie header that is signed in as this person; "" for nobody."""
        if not name:
            return ""
        client = Client()
        client.force_login(self.persons[name])
        return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def scene() -> Scene:
    """Choose from the filled database. Raises IndexError when it holds too little."""
    today = timezone.localdate()
    group = (
        Group.objects.filter(cohort__ends_on__gte=today, number=2)
        .select_related("studio", "mentor")
        .order_by("pk")[0]
    )
    pairing = Pairing.objects.filter(group=group).select_related("apprentice").order_by("pk")[0]
    studio, held = group.studio, Session.objects.held().filter(group=group).order_by("-held_on", "-pk")
    rows = {
        "group": group,
        "pairing": pairing,
        "apprentice": pairing.apprentice,
        "cohort": group.cohort,
        "teacher": group.mentor,
        "packet": Advancement.objects.filter(studio=studio).order_by("-proposed_at", "-pk")[0],
        "session": held[0],
        "meeting": Meeting.objects.held().filter(studio=studio).order_by("-held_on", "-pk")[0],
        "street": studio,
        "base": Base.objects.filter(studio=studio)[0],
        "place": Neighbourhood.objects.filter(street=studio.street_id)[0],
        "method": Method.objects.filter(studio=studio)[0],
        "reflection": Reflection.objects.filter(mentor=group.mentor).order_by("-on", "-pk")[0],
        "library": LibraryCase.objects.published().filter(studio=studio).order_by("-read_at", "-pk")[0],
        "topic": Topic.objects.filter(studio=studio).order_by("-opened_on", "-pk")[0],
        **_file_parts(group, pairing.apprentice),
        **_study(studio),
        **_cases(studio),
        **_ground(studio),
        **_consultation(studio),
        **_assessments(group, pairing.apprentice),
    }
    persons = {
        "staff": _holder(Role.STAFF, studio),
        "district": _holder(Role.DISTRICT, studio.parent),
        "guest": _holder(Role.CONSULTANT, studio),
        "mentor": group.mentor,
        "apprentice": pairing.apprentice,
        "asked": rows["invitation"].person,
        "chair": rows["consulting"].chair,
        "patient": rows["treating"].owner,
        "sender": rows["submitted"].owner,
        "doer": rows["step"].owner,
        "judge": rows["report"].step.prescription.followup_by,
        "evaluator": rows["reviewing"].owner,
    }
    return Scene(persons, rows)


def _file_parts(group, apprentice):
    """Of the parts of a file one each, and the file of many years."""
    veteran = Pairing.objects.filter(group__cohort=group.cohort, group__number=3).order_by("pk")[0]
    return {
        "veteran": veteran.apprentice,
        "note": StudyNote.objects.filter(person=apprentice).order_by("-on", "-pk")[0],
        "notebook_page": NotebookPage.objects.filter(studio=group.studio).order_by("-on", "-pk")[0],
        "aim": Aim.objects.filter(person=apprentice)[0],
    }


def _study(studio):
    """Of each kind of page around studying one row, the newest."""
    performance = Performance.objects.filter(studio=studio).select_related("scene").order_by("-on", "-pk")[0]
    return {
        "question": Question.objects.filter(studio=studio).order_by("-asked_at", "-pk")[0],
        "campaign": Campaign.objects.filter(studio=studio)[0],
        "matter": Matter.objects.filter(studio=studio)[0],
        "visit": Visit.objects.filter(studio=studio).order_by("-on", "-pk")[0],
        "practice": Practice.objects.filter(studio=studio).order_by("-seen_on", "-pk")[0],
        "performance": performance,
        "scene": performance.scene,
    }


def _cases(studio):
    """One case of the studio for each state that has pages of its own, the newest; what belongs to it."""
    found = (
        Case.objects.filter(studio=studio).select_related("owner", "chair").order_by("-submitted_at", "-pk")
    )
    states = (State.SUBMITTED, State.CONSULTING, State.TREATING, State.REVIEWING, State.CLOSED)
    cases = {str(state): found.filter(state=state)[0] for state in states}
    spoke = Opinion.objects.filter(case=OuterRef("case"), author=OuterRef("person"))
    asked = CaseConsultant.objects.filter(~Exists(spoke), case=cases["consulting"]).select_related("person")
    steps = Step.objects.open().filter(prescription__case=cases["treating"]).select_related("owner")
    reports = Followup.objects.filter(verdict="", step__prescription__case=cases["treating"])
    return {
        **cases,
        "invitation": asked[0],
        "step": steps[0],
        "prescription": steps[0].prescription,
        "report": reports.select_related("step__prescription__followup_by")[0],
    }


def _ground(studio):
    """A slip that is under way, a visit, a household, a building, and a building's group."""
    slips = Slip.objects.filter(studio=studio, state__in=UNDER_WAY).order_by("-state_since", "-pk")
    return {
        "slip": slips[0],
        "home_visit": HomeVisit.objects.filter(studio=studio).order_by("-held_on", "-pk")[0],
        "household": Household.objects.filter(studio=studio)[0],
        "building": Building.objects.filter(studio=studio)[0],
        "building_group": BuildingGroup.objects.filter(studio=studio)[0],
    }


def _consultation(studio):
    """The 会诊会 over the newest case that has one, still going on where there is such a case."""
    items = AgendaItem.objects.filter(studio=studio).select_related("meeting")
    item = (items.filter(meeting__ended_at=None) or items).order_by("-case_id")[0]
    return {"consultation": item.meeting, "agenda_item": item}


def _assessments(group, apprentice):
    """Rounds by state, and what the mentor and the apprentice open in them."""
    rounds = Round.objects.filter(studio=group.studio)
    scoring, moderating = (rounds.get(state=state) for state in ("scoring", "moderating"))
    sheets = Sheet.objects.filter(round=scoring, scorer=group.mentor, sent_at__isnull=True)
    return {
        "scoring_round": scoring,
        "moderating_round": moderating,
        "sheet": sheets.order_by("pk")[0],
        "moderated": moderating.assessed.order_by("order")[0],
        "assessed": Assessed.objects.filter(person=apprentice, round__state="published").order_by("-pk")[0],
    }


def _holder(role, studio):
    return Membership.objects.current().filter(role=role, studio=studio).select_related("person")[0].person
