"""What the sections of the case page show about its cure: opinions, questions, prescriptions, evaluations.

Four queries at most, whatever the number of rows: small lists come as arrays of dictionaries, which the query
has cut to what the person may read. Templates only print.
"""

from datetime import datetime
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from people.competencies import Competency
from people.kept import KeptQuery
from people.models import Person

from .. import cure as may
from ..forms.consultation import AnswerForm
from ..models import (
    AgendaItem,
    Attachment,
    Case,
    CaseConsultant,
    CaseGuest,
    Clarification,
    Followup,
    Opinion,
    Outcome,
    Prescription,
    Slip,
    State,
    Step,
    StepState,
    TriedWay,
)
from ..models.slip import LIVING, TO_SEND

# Before these nothing of a cure can be there.
BEFORE = (State.DRAFT, State.SUBMITTED, State.RETURNED)


def cure(case, person):
    """Everything for the sections `consultation`, `prescription` and `outcome` of the case page."""
    if case.state in BEFORE and case.round == 1:
        return {"in_cure": False}
    small = _small_lists(case, person)
    prescribed = case.state != State.CONSULTING or case.round > 1
    steps = steps_of(case, person) if prescribed else []
    prescriptions = [
        {"it": prescription, "steps": list(group)}
        for prescription, group in groupby(steps, key=lambda step: step.prescription)
    ]
    current = next((one["it"] for one in prescriptions if one["it"].round == case.round), None)
    return {
        "in_cure": True,
        # While it is being carried out, the prescription stands above the story.
        "cure_first": case.state in (State.TREATING, State.REVIEWING),
        "my_steps": [step for step in steps if step.can_report and step.owner_id == person.pk],
        "to_judge": [report for step in steps for report in step.reports if report.can_judge],
        **_consultation(case, person, small),
        "prescriptions": prescriptions,
        "can_change_steps": current is not None and may.may_change_steps(current, person),
        "can_check_up": current is not None and may.may_check_up(current, person),
        **_outcome(case, person, small, current),
    }


def _called(prefix):
    return {"name": f"{prefix}__name", "salutation": f"{prefix}__salutation"}


def _rows(queryset, order, **columns):
    return ArraySubquery(
        queryset.filter(case=OuterRef("pk")).order_by(order).values(row=JSONObject(**columns))
    )


def _small_lists(case, person):
    return _SMALL_LISTS.all(person, pk=case.pk)[0]


def _ask_small_lists(person, pk):
    """One query: who is asked in this round, what was asked back, the evaluations that may be read."""
    asked = CaseConsultant.objects.filter(round=OuterRef("round"))
    return Case.objects.filter(pk=pk).values(
        asked=_rows(asked, "pk", pk="person_id", **_called("person")),
        outside=_rows(
            CaseGuest.objects.filter(round=OuterRef("round")), "pk", pk="pk", organisation="organisation",
            name="name", post="post",
        ),
        questions=_rows(
            Clarification.objects.all(), "pk", pk="pk", question="question", answer="answer", at="at",
            organisation="guest__organisation", guest="guest__name", post="guest__post", **_called("asker"),
        ),
        told=_rows(
            Outcome.objects.visible_to(person), "pk", round="round", side="side", result="result",
            residents="residents", best_move="best_move", learned="learned", at="at", **_called("by"),
        ),
        meetings=_rows(
            AgendaItem.objects.filter(round=OuterRef("round")), "pk", pk="pk", meeting="meeting_id",
            at="meeting__at", place="meeting__place", chair="meeting__chair_id", ended="meeting__ended_at",
        ),
        given=_rows(Outcome.objects.filter(round=OuterRef("round")), "pk", side="side", by="by_id"),
    )  # fmt: skip


def opinions_of(case, person):
    """The opinions that may be read, of the present round first; each with its author and `method_names`."""
    opinions = _OPINIONS.all(person, case=case.pk)
    for opinion in opinions:
        opinion.case = case
    return opinions


def _ask_opinions(person, case):
    return (
        Opinion.objects.visible_to(person)
        .filter(case=case)
        .select_related("author", "guest", "written_by")
        .annotate(method_names=method_names(Opinion, "opinion", OuterRef("pk")))
        .order_by("-round", "at", "pk")
    )


def tried_of(case):
    """The ways already tried, in their order."""
    return _TRIED.all(case=case.pk)


_TRIED = KeptQuery(lambda person, case: TriedWay.objects.filter(case=case))
_SMALL_LISTS, _OPINIONS = KeptQuery(_ask_small_lists), KeptQuery(_ask_opinions)


def _consultation(case, person, small):
    """Opinions that may be read, questions, and what the person may do about them."""
    opinions = opinions_of(case, person)
    for opinion in opinions:
        opinion.can_change = may.may_change_opinion(opinion, person)
    now = [opinion.author_id for opinion in opinions if opinion.round == case.round]
    heard = [opinion.guest_id for opinion in opinions if opinion.round == case.round]
    is_asked = person.pk != case.owner_id and (
        case.chair_id == person.pk or any(one["pk"] == person.pk for one in small["asked"])
    )
    going_on, leads = case.state == State.CONSULTING, may.leads(case, person)
    can_answer = may.may_answer(case, person)
    return {
        "opinions": opinions,
        "asked": [name_of(one) for one in small["asked"]] + [guest_name(one) for one in small["outside"]],
        "how_many": (len(small["asked"]), len(small["outside"])),
        "silent": _silent(small, now, heard) if leads else [],
        "questions": [_question(row, can_answer) for row in small["questions"]],
        "opinions_wait": going_on and not leads and person.pk not in now,
        "can_speak": going_on and is_asked and person.pk not in now,
        "can_ask": going_on and is_asked,
        "meetings": [_meeting(row, case, person, leads) for row in small["meetings"]],
        "can_write_down": may.may_write_down(case, person),
        "can_prescribe": going_on and leads,
        "leads": leads,
        "consulted": case.state not in (State.CONSULTING, State.HELD),
    }


def _meeting(row, case, person, leads):
    return {
        "url": reverse("casework:meeting-detail", args=[row["meeting"]]),
        "host_url": reverse("casework:meeting-host", args=[row["pk"]]),
        "at": datetime.fromisoformat(row["at"]),
        "place": row["place"],
        "ended": bool(row["ended"]),
        "can_host": not row["ended"] and (leads or row["chair"] == person.pk),
    }


def _silent(small, now, heard):
    """Who of those asked has not spoken: people, then guests."""
    people = [name_of(one) for one in small["asked"] if one["pk"] not in now]
    return people + [guest_name(one) for one in small["outside"] if one["pk"] not in heard]


def _question(row, can_answer):
    unanswered = not row["answer"]
    form = AnswerForm(auto_id=f"answer-{row['pk']}_%s") if can_answer and unanswered else None
    who = guest_name({**row, "name": row["guest"]}) if row["guest"] else name_of(row)
    return {**row, "who": who, "at": datetime.fromisoformat(row["at"]), "form": form}


def _outcome(case, person, small, current):
    reviewing = case.state == State.REVIEWING
    given = {row["side"]: row["by"] for row in small["given"]}
    side, both = may.side_of(case, current, person), len(given) == len(Outcome.Side)
    overdue = bool(case.due_on) and timezone.localdate() > case.due_on
    return {
        "outcomes": [_told_outcome(row) for row in small["told"]],
        "sides": [(word, value in given) for value, word in Outcome.Side.choices] if reviewing else [],
        "can_evaluate": reviewing and bool(side) and side not in given,
        "can_close": reviewing and may.leads(case, person) and (both or overdue),
    }


def _told_outcome(row):
    learned = set(row["learned"])
    return {
        "side": Outcome.Side(row["side"]).label,
        "round": row["round"],
        "result": Outcome.Result(row["result"]).label,
        "residents": Outcome.Residents(row["residents"]).label if row["residents"] else "",
        "best_move": row["best_move"],
        "learned": "、".join(word for value, word in Competency.choices if value in learned),
        "who": name_of(row),
        "at": datetime.fromisoformat(row["at"]),
    }


def guest_name(row):
    """How the guest of a dictionary row is called."""
    return CaseGuest(organisation=row["organisation"], name=row["name"], post=row["post"]).called


def name_of(row):
    """How the person of a dictionary row is called."""
    return Person(name=row["name"], salutation=row["salutation"]).called


def method_names(model, column, key):
    """Annotation: names of the methods that a row of `model` ticked, by `column` of the table between."""
    used = model.methods.through.objects.filter(**{column: key}).order_by("method_id")
    return ArraySubquery(used.values("method__name"))


def steps_of(case, person, prescription=None):
    """The steps of a case, newest prescription first, with their reports and `can_*` flags. Two queries."""
    steps = [
        step
        for step in _STEPS.all(person, case=case.pk)
        if prescription is None or step.prescription_id == prescription.pk
    ]
    reports = {step.pk: [] for step in steps}
    for report in _REPORTS.all(person, steps=list(reports)):
        reports[report.step_id].append(report)
    shared = {}
    for step in steps:
        step.prescription = shared.setdefault(step.prescription_id, step.prescription)
        step.prescription.case = case
        _flag(step, reports[step.pk], person)
    return steps


def _ask_steps(person, case):
    names = ("issued_by", "followup_by", "followed_up_by")
    return (
        Step.objects.filter(prescription__case=case)
        .select_related("owner", "changed_by", *(f"prescription__{name}" for name in names))
        .annotate(
            method_names=method_names(Prescription, "prescription", OuterRef("prescription")),
            slip_rows=_slips_of(OuterRef("pk")),
        )
        .order_by("-prescription__round", "order")
    )


def _slips_of(key):
    slips = Slip.objects.filter(step=key).order_by("pk")
    return ArraySubquery(slips.values(row=JSONObject(pk="pk", year="year", number="number", state="state")))


def _shown_slip(row):
    slip = Slip(year=row["year"], number=row["number"], state=row["state"])
    page = "casework:slip-send" if slip.state in TO_SEND else "casework:slip-detail"
    shown = {"url": reverse(page, args=[row["pk"]]), "no": slip.no, "state": slip.get_state_display()}
    return shown | {"to_send": slip.state in TO_SEND}


def _ask_reports(person, steps):
    reports = Followup.objects.filter(step__in=[steps]).select_related("by", "verdict_by")
    return reports.annotate(photo_ids=_photo_ids(OuterRef("pk")))


_STEPS, _REPORTS = KeptQuery(_ask_steps), KeptQuery(_ask_reports)


def _flag(step, reports, person):
    step.reports = reports
    # What the mentor said to a report stands beside it already.
    step.told_reason = "" if any(report.verdict_note == step.reason for report in reports) else step.reason
    step.can_report = may.may_report(step, person)
    step.can_put_off = step.can_report
    open_now = step.state not in (StepState.DONE, StepState.DROPPED)
    step.can_edit = open_now and may.may_change_steps(step.prescription, person)
    case = step.prescription.case
    step.can_slip = open_now and (may.leads(case, person) or case.owner_id == person.pk)
    # A slip names who carries it out: those who may send it see it, and nobody else here.
    knows = may.leads(case, person) or case.owner_id == person.pk
    step.slips_shown = [_shown_slip(row) for row in step.slip_rows] if knows else []
    step.can_slip = step.can_slip and not any(row["state"] in LIVING for row in step.slip_rows)
    for report in reports:
        report.step = step
        report.photos_shown = photo_rows(report.photo_ids)
        report.can_judge = (
            report is reports[-1] and step.state != StepState.DROPPED and may.may_judge(report, person)
        )


def _photo_ids(key):
    photos = Attachment.objects.filter(followup=key, is_image=True).order_by("pk")
    return ArraySubquery(photos.values("pk"))


def photo_rows(ids):
    """Photos for components/photos.html."""
    return [
        {
            "url": reverse("casework:case-file", args=[pk]),
            "thumb_url": reverse("casework:case-thumb", args=[pk]),
            "alt": f"复诊照片{number}",
        }
        for number, pk in enumerate(ids, start=1)
    ]
