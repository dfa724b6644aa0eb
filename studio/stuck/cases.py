"""What gets stuck around hard cases: steps past their day, cases that wait to be accepted."""

from datetime import date

from django.db.models import F
from django.utils import timezone

from casework.models import Case, Step
from people.addresses import address_of
from people.models import Neighbourhood
from people.words import due, waited

from .rule import Rule, called, person


def _late_steps(studio, limits):
    late = Step.objects.open().filter(studio=studio, due_on__lt=timezone.localdate())
    return late.filter(prescription__case__state="treating").annotate(since=F("due_on"))


def _tell_step(told):
    whose = called(told, "owner") if told["owner_name"] else told["typed"]
    said = (told["text"][:40], whose, due(date.fromisoformat(told["since"])))
    return {
        "text": f"{told['title']}：药方第{told['order']}步",
        "meta": " · ".join(part for part in said if part),
        "url": address_of("casework:case-detail", told["case"]),
        "action": "看药方",
        "mobile": told["owner_mobile"] or "",
        "whom": whose,
    }


def _unaccepted(studio, limits):
    waiting = Case.objects.filter(studio=studio, state="submitted", removed_at__isnull=True)
    return waiting.filter(due_on__lt=timezone.localdate()).annotate(since=F("due_on"))


def _tell_case(told):
    place = Neighbourhood(name=told["place"]).short_name if told["place"] else called(told, "owner")
    return {
        "text": f"{told['title']}还没有受理",
        "meta": f"{place}，{waited(date.fromisoformat(told['sent'][:10]))}",
        "url": address_of("casework:case-triage", told["pk"]),
        "action": "去受理",
        "mobile": told["owner_mobile"],
        "whom": called(told, "owner"),
    }


RULES = (
    Rule(
        "step",
        "药方过了日子的步骤",
        _late_steps,
        {
            "case": "prescription__case_id",
            "title": "prescription__case__title",
            "order": "order",
            "text": "text",
            "typed": "owner_name",
            "since": "due_on",
            **person("owner", "owner"),
        },
        _tell_step,
    ),
    Rule(
        "case",
        "等着受理的案例",
        _unaccepted,
        {
            "pk": "pk",
            "title": "title",
            "place": "neighbourhood__name",
            "sent": "state_since",
            **person("owner", "owner"),
        },
        _tell_case,
    ),
)
