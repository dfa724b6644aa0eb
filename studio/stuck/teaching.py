"""What gets stuck in teaching: pairs without a session, plans without a log, questions, letters, 专项."""

from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from growth.models import Entry, Kind
from mentoring.models import Appointment, Matter, Pairing, Question, Session
from mentoring.session_start import page_url
from people.addresses import address_of
from people.words import day, short_day

from .rule import Rule, called, person


def _quiet_pairs(studio, limits):
    since = timezone.localdate() - timedelta(days=limits.quiet_days)
    recent = Entry.objects.filter(person=OuterRef("apprentice"), kind=Kind.SESSION, on__gte=since)
    quiet = Pairing.objects.running().filter(~Exists(recent), studio=studio, starts_on__lt=since)
    held = Q(apprentice__ledger__kind=Kind.SESSION)
    latest = Max("apprentice__ledger__on", filter=held)
    return quiet.annotate(latest=latest, since=Coalesce(latest, F("starts_on")))


def _tell_pair(told):
    mentor = called(told, "mentor")
    latest = told["latest"]
    waited = (timezone.localdate() - date.fromisoformat(told["since"])).days
    return {
        "text": f"{mentor}和{told['apprentice']}{waited}天没有带教记录，是不是漏记了？",
        "meta": f"上次是{day(date.fromisoformat(latest))}" if latest else "还没有记过",
        "url": f"{reverse('mentoring:session-new')}?proxy=1&group={told['group']}",
        "action": "代记",
        "mobile": told["mentor_mobile"],
        "whom": mentor,
    }


def _old_plans(studio, limits):
    before = timezone.localdate() - timedelta(days=1)
    return Session.objects.planned().filter(studio=studio, held_on__lt=before).annotate(since=F("held_on"))


def _tell_plan(told):
    mentor, on = called(told, "mentor"), date.fromisoformat(told["since"])
    about = told["theme"] or told["place"]
    return {
        "text": f"{short_day(on)}安排的带教还没有记，是记漏了，还是没有办？",
        "meta": "，".join(part for part in (f"{mentor}组", about) if part),
        "url": page_url(told["group"], told["pk"], proxy=True),
        "action": "代记",
        "mobile": told["mentor_mobile"],
        "whom": mentor,
    }


def _questions(studio, limits):
    late = Question.objects.waiting().filter(studio=studio, due_on__lt=timezone.localdate())
    return late.annotate(since=F("due_on"))


def _tell_question(told):
    mentor = called(told, "mentor")
    return {
        "text": f"{told['asker']}问{mentor}的一个问题还没有回答",
        "meta": f"原想{short_day(date.fromisoformat(told['since']))}前答上",
        "url": address_of("mentoring:question-detail", told["pk"]),
        "action": "看一看",
        "mobile": told["mentor_mobile"],
        "whom": mentor,
    }


def _letters(studio, limits):
    return Appointment.objects.filter(studio=studio).expiring().order_by().annotate(since=F("ends_on"))


def _tell_letter(told):
    mentor = called(told, "mentor")
    return {
        "text": f"{mentor}的聘书{short_day(date.fromisoformat(told['since']))}到期，要不要续聘",
        "meta": "后面还没有接着的聘书",
        "url": address_of("mentoring:appointment-detail", told["pk"]),
        "action": "看聘书",
        "mobile": told["mentor_mobile"],
        "whom": mentor,
    }


def _matters(studio, limits):
    held_up = Matter.objects.stuck().filter(studio=studio)
    return held_up.annotate(since=TruncDate("stuck_at", tzinfo=timezone.get_default_timezone()))


def _tell_matter(told):
    return {
        "text": f"{told['place']}的{told['campaign']}：{told['stuck']}",
        "meta": f"走到“{told['stage']}”，{short_day(date.fromisoformat(told['since']))}起卡住",
        "url": address_of("mentoring:matter-detail", told["pk"]),
        "action": "去看看",
        "mobile": told["mentor_mobile"] or "",
        "whom": called(told, "mentor") if told["mentor_name"] else "",
    }


_MENTOR = person("mentor", "mentor")
RULES = (
    Rule(
        "pair",
        "好久没有带教记录的结对",
        _quiet_pairs,
        {
            "apprentice": "apprentice__name",
            "group": "group_id",
            "latest": "latest",
            "since": "since",
            **_MENTOR,
        },
        _tell_pair,
    ),
    Rule(
        "plan",
        "安排过、还没有记的带教",
        _old_plans,
        {"pk": "pk", "group": "group_id", "theme": "theme", "place": "place", "since": "held_on", **_MENTOR},
        _tell_plan,
    ),
    Rule(
        "question",
        "还没有回答的问题",
        _questions,
        {"pk": "pk", "asker": "asker__name", "since": "due_on", **_MENTOR},
        _tell_question,
    ),
    Rule("letter", "快到期的聘书", _letters, {"pk": "pk", "since": "ends_on", **_MENTOR}, _tell_letter),
    Rule(
        "matter",
        "专项跟进里卡住的",
        _matters,
        {
            "pk": "pk",
            "place": "neighbourhood__name",
            "campaign": "campaign__name",
            "stage": "stage__name",
            "stuck": "stuck",
            "since": "since",
            **_MENTOR,
        },
        _tell_matter,
    ),
)
