"""The front page of each desk, 待办, and the switch between desks."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework import todo as cases
from casework.models import Case
from growth import charts
from growth.models import NextStep, Reflection
from mentoring import todo as sessions
from mentoring.models import Cohort, Pairing, Session
from people.models import Membership
from people.words import than

from .. import figures, todo
from ..context import desk_of, studio_of


@require_safe
def home(request):
    pages = {
        "staff": staff_home,
        "mentor": mentor_home,
        "apprentice": apprentice_home,
        "consultant": consultant_home,
    }
    desk = desk_of(request)
    if desk == "district":
        return redirect("studio:overview")
    return pages.get(desk, nobody_home)(request)


@require_safe
def todo_list(request):
    parts = todo.by_urgency(todo.waiting_for(request.user))
    return render(request, "studio/todo.html", {"parts": parts})


def staff_home(request):
    """今天该办什么 · 哪里卡住了 · 数据怎么样 (DESIGN 4.1)."""
    studio, today = studio_of(request), timezone.localdate()
    cohort = Cohort.objects.filter(studio=studio).order_by("-starts_on").first()
    since = figures.months_back(today, 6)[-1]
    days = figures.session_days(studio, since)
    late, quiet = figures.late_steps(studio, today), list(figures.quiet_pairs(studio, today)[:6])
    context = {
        "studio": studio,
        "cohort": cohort,
        "waiting": todo.waiting_for(request.user, todo.FEW)[:5],
        "late": late.select_related("prescription__case", "owner")[:6],
        "quiet": quiet,
        "tiles": staff_tiles(studio, today),
        "as_of": timezone.localtime(),
        "calendar": charts.months_of(days),
        "first_steps": None if cohort and days else first_steps(studio, cohort),
    }
    return render(request, "studio/home/staff.html", context)


def staff_tiles(studio, today):
    months = figures.Months.of(today)
    held, before = figures.sessions([studio.pk], months).get(studio.pk, (0, 0))
    case = figures.cases([studio.pk], months).get(studio.pk, {})
    done, due = figures.steps_on_time([studio.pk], months).get(studio.pk, (0, 0))
    closed = case.get("closed", 0)
    return [
        {"label": "本月带教", "value": held, "unit": "次", "note": than(held, before), "url": "/sessions/"},
        {
            "label": "会诊中",
            "value": case.get("consulting", 0),
            "unit": "件",
            "url": "/cases/?state=consulting",
        },
        {"label": "药方按时做到", "value": done, "unit": f"步，到期{due}步", "url": "/cases/?state=treating"},
        {
            "label": "本月结案",
            "value": closed,
            "unit": "件",
            "note": than(closed, case.get("closed_before", 0), "件"),
            "url": "/cases/?state=closed",
        },
    ]


def first_steps(studio, cohort):
    """What a new studio does, in any order: (label, url, done)."""
    people = Membership.objects.current().filter(studio=studio, role="apprentice").exists()
    return [
        ("加人员", "/people/import/", people),
        ("建期次", "/cohorts/new/", cohort is not None),
        ("结对", "/pairings/", Pairing.objects.filter(studio=studio).exists()),
        ("记第一次带教", "/sessions/new/", Session.objects.held().filter(studio=studio).exists()),
    ]


def mentor_home(request):
    person = request.user
    pupils = (
        Pairing.objects.filter(mentor=person, state__in=("active", "paused"))
        .select_related("apprentice__neighbourhood")
        .order_by("group", "pk")
    )
    context = {
        "planned": [(one, sessions.log_url(one)) for one in sessions.sessions_to_log(person)[:2]],
        "draft": sessions.session_draft(person),
        "confirm": sessions.waiting_confirmation(person)[:1],
        "waiting_cases": todo.counts(person).get("consult", 0),
        "other_waiting": [
            item for item in todo.waiting_for(person) if item.action not in ("提意见", "记这一次", "看一看")
        ],
        "pupils": with_latest_session(pupils),
        "unanswered": Reflection.objects.filter(
            person__in=person.standing.pupils, replied_at__isnull=True, removed_at__isnull=True
        ).count(),
    }
    return render(request, "studio/home/mentor.html", context)


def with_latest_session(pairings):
    """[(pairing, day of the latest session with this apprentice or None)] in two queries."""
    from_ids = [pairing.apprentice_id for pairing in pairings]
    latest = figures.latest_sessions(from_ids)
    return [(pairing, latest.get(pairing.apprentice_id)) for pairing in pairings]


def apprentice_home(request):
    person = request.user
    own = Reflection.objects.filter(person=person, removed_at__isnull=True)
    context = {
        "steps": NextStep.objects.open().filter(person=person, report_link="").select_related("by")[:5],
        "to_report": cases.to_report(person).select_related("prescription__case").order_by("due_on")[:5],
        "said": own.filter(replied_at__isnull=False)
        .select_related("replied_by")
        .order_by("-replied_at")
        .first(),
        "open_cases": Case.objects.open().filter(owner=person).order_by("-state_since")[:3],
        "drafts": cases.my_drafts(person)[:1],
        "mentors": person.standing.mentors,
        "recent": person.sessions.filter(
            state="logged", removed_at__isnull=True, held_on__gte=timezone.localdate() - timedelta(days=14)
        )
        .select_related("mentor")
        .order_by("-held_on", "-pk")
        .first(),
    }
    return render(request, "studio/home/apprentice.html", context)


def consultant_home(request):
    waiting = cases.to_consult(request.user).select_related("neighbourhood")
    return render(request, "studio/home/consultant.html", {"waiting": waiting})


def nobody_home(request):
    """Somebody with an account and no role now."""
    return render(request, "studio/home/nobody.html")
