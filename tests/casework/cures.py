"""Cases on their way to a cure, made through the very actions."""

from casework.actions import consultations, followups, outcomes, prescriptions
from casework.actions.prescriptions import Plan
from casework.models import Case, Prescription, Step
from tests.factories import CaseConsultantFactory, ConsultingCaseFactory, days_ahead


def consulting(cast, *, asked=None, **fields):
    """The apprentice's case in 会诊; the lead presides; by default both mentors are asked."""
    street = cast.a
    fields = {"studio": street.studio, "owner": street.apprentice, "chair": street.lead, **fields}
    case = ConsultingCaseFactory(due_on=days_ahead(7), **fields)
    for person in asked if asked is not None else (street.mentor, street.other_mentor):
        CaseConsultantFactory(case=case, person=person, invited_by=street.staff)
    return case


def plan(person=None, *, text="请设计单位到场算采光", days=7, name="", kind=Step.OwnerKind.APPRENTICE):
    return Plan(
        text=text, owner_kind=kind, owner=person, owner_name=name, due_on=days_ahead(days), mode="visit"
    )


def prescribe(case, *plans, by=None, followup_by=None, days=14):
    """A prescription of these plans; by default one step of the owner."""
    return prescriptions.issue(
        case=case, diagnosis="利益没算清，话没说到一处。", steps=plans or (plan(case.owner),),
        followup_on=days_ahead(days), followup_by=followup_by or case.chair, by=by or case.chair,
    )  # fmt: skip


def treating(cast, *plans, **fields):
    """A case with its prescription, looked at by the owner's mentor."""
    case = consulting(cast, **fields)
    prescription = prescribe(case, *plans, followup_by=cast.a.mentor)
    case.refresh_from_db()
    return case, prescription


def reviewing(cast):
    """A case whose steps are done and that was looked at."""
    case, prescription = treating(cast)
    followups.report(step=prescription.steps.get(), state="done", text="数据当场给他看了。", by=case.owner)
    check(prescription, cast.a.mentor)
    case.refresh_from_db()
    return case


def check(prescription, by):
    seen = Prescription.Seen.FINE
    return followups.check_up(prescription=prescription, verdict=seen, note="楼道里有说有笑。", by=by)


def evaluated(cast):
    """A case that both sides have evaluated."""
    case = reviewing(cast)
    outcomes.evaluate(
        case=case, side="apprentice", result="solved", best_move="先量采光", learned=["communication"],
        by=case.owner,
    )  # fmt: skip
    outcomes.evaluate(case=case, side="mentor", result="better", best_move="先听后讲", by=cast.a.mentor)
    return case


def opine(case, author, text="先单独上门，把采光测给他看。"):
    return consultations.give_opinion(case=case, author=author, text=text, by=author)


def state_of(case):
    return Case.objects.values_list("state", flat=True).get(pk=case.pk)
