"""The front page of each desk, 待办, and the switch between desks."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework import todo as cases
from casework.models import Case
from growth import charts
from growth.models import Entry, Kind, NextStep, Reflection
from mentoring import todo as sessions
from mentoring.cadence import theme_for
from mentoring.models import CadenceCell, CadenceKind, Cohort, Group, Pairing, Session
from mentoring.session_start import own_groups
from people.counting import number_of
from people.kept import KeptQuery
from people.models import Membership
from people.once import new_token
from people.words import than

from .. import figures, stuck, todo
from ..context import desk_of, studio_of
from .overview import outcome_tile


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
    studio = studio_of(request)
    cohort = Cohort.objects.filter(studio=studio).order_by("-starts_on").first()
    days = figures.session_days(studio, 6)
    context = {
        "studio": studio,
        "cohort": cohort,
        "waiting": todo.waiting_for(request.user, todo.FEW)[:5],
        "stuck": stuck.stuck(studio, stuck.FEW)[: stuck.FEW],
        "rhythm": this_month(studio),
        "tiles": staff_tiles(studio),
        "as_of": timezone.localtime(),
        "calendar": charts.months_of(days),
        "first_steps": None if cohort and days else first_steps(studio, cohort),
    }
    return render(request, "studio/home/staff.html", context)


def staff_tiles(studio):
    held, before = figures.sessions([studio.pk]).get(studio.pk, (0, 0))
    case = figures.cases([studio.pk]).get(studio.pk, {})
    done, due = figures.steps_on_time([studio.pk]).get(studio.pk, (0, 0))
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
        outcome_tile([case], "/outcomes/"),
    ]


def this_month(studio):
    """(groups whose theme of this month is set, groups without), or None where no theme is kept."""
    if not studio.keeps_theme:
        return None
    return next(iter(_THIS_MONTH.all(studio=studio.pk)), None)


def _ask_this_month(person, studio):
    today = timezone.localdate()
    cells = CadenceCell.objects.filter(
        group=OuterRef("pk"), kind=CadenceKind.THEME, year=today.year, period=today.month
    )
    groups = Group.objects.filter(
        studio=studio, cohort__starts_on__lte=today, cohort__ends_on__gte=today
    ).order_by()
    counted = groups.annotate(is_set=Exists(cells)).values("studio")
    told = counted.annotate(done=Count("pk", filter=Q(is_set=True)), left=Count("pk", filter=Q(is_set=False)))
    return told.values_list("done", "left")


_THIS_MONTH = KeptQuery(_ask_this_month)


def first_steps(studio, cohort):
    """What a new studio does, in any order: (label, url, done)."""
    people = Membership.objects.current().filter(studio=studio, role="apprentice").exists()
    return [
        ("加人员", "/people/import/", people),
        ("建期次", "/cohorts/new/", cohort is not None),
        ("定本月主题", "/cadence/", CadenceCell.objects.filter(studio=studio).exists()),
        ("结对", "/pairings/", Pairing.objects.filter(studio=studio).exists()),
        ("记第一次带教", "/sessions/new/", Session.objects.held().filter(studio=studio).exists()),
    ]


def mentor_home(request):
    person = request.user
    # What has a place of its own on this page is not listed once more.
    others = todo.waiting_for(person, leaving_out=("consult", "log", "confirm"))
    waiting, pupils = todo.counts(person), _PUPILS.all(person)
    context = {
        "planned": [(one, sessions.log_url(one)) for one in _PLANNED.all(person)] if "log" in waiting else [],
        "draft": sessions.session_draft(person),
        "confirm": _CONFIRM.all(person) if "confirm" in waiting else [],
        "waiting_cases": waiting.get("consult", 0),
        "other_waiting": others,
        "pupils": [(one, one.latest, new_token() if one.state == "active" else "") for one in pupils],
        "unanswered": sum(pairing.unanswered for pairing in pupils),
        "themes": own_themes(person),
    }
    return render(request, "studio/home/mentor.html", context)


def own_themes(person):
    """[(group, 本月主题 or "")] of the mentor's running groups, where the studio keeps one."""
    today = timezone.localdate()
    running = [g for g in own_groups(person) if g.cohort.starts_on <= today <= g.cohort.ends_on]
    kept = [group for group in running if group.studio.keeps_theme][:2]
    return [(group, theme_for(group), [today.year, "theme", today.month, group.pk]) for group in kept]


def _ask_pupils(person):
    """Pairs with `latest`, the day of the latest session, and `unanswered`, the number of 心得 that wait."""
    lines = Entry.objects.filter(person=OuterRef("apprentice"), kind=Kind.SESSION).order_by("-on", "-pk")
    silent = Reflection.objects.filter(
        person=OuterRef("apprentice"), replied_at__isnull=True, removed_at__isnull=True
    )
    pairs = Pairing.objects.filter(mentor=person, state__in=("active", "paused"))
    return (
        pairs.select_related("apprentice__neighbourhood")
        .annotate(latest=Subquery(lines.values("on")[:1]), unanswered=number_of(silent, "person"))
        .order_by("group", "pk")
    )


_PUPILS = KeptQuery(_ask_pupils)
_PLANNED = KeptQuery(lambda person: sessions.sessions_to_log(person)[:2])
_CONFIRM = KeptQuery(lambda person: sessions.waiting_confirmation(person)[:1])


def apprentice_home(request):
    person = request.user
    context = {
        "steps": _OWN_STEPS.all(person),
        "invited": [one.session for one in _INVITED.all(person)] if "invited" in todo.counts(person) else [],
        "to_report": _TO_REPORT.all(person),
        "said": next(iter(_ANSWERED.all(person)), None),
        "open_cases": _OPEN_CASES.all(person),
        "drafts": _DRAFTS.all(person),
        "mentors": person.standing.mentors,
        "recent": next(iter(_RECENT.all(person)), None),
    }
    return render(request, "studio/home/apprentice.html", context)


def _ask_own_steps(person):
    steps = NextStep.objects.open().filter(person=person, report_link="")
    return steps.select_related("by")[:5]


def _ask_answered(person):
    own = Reflection.objects.filter(person=person, removed_at__isnull=True, replied_at__isnull=False)
    return own.select_related("replied_by").order_by("-replied_at")[:1]


def _ask_recent(person):
    since = timezone.localdate() - timedelta(days=14)
    held = Session.objects.held().filter(apprentices=person, held_on__gte=since)
    return held.select_related("mentor").order_by("-held_on", "-pk")[:1]


_OWN_STEPS, _ANSWERED, _RECENT = map(KeptQuery, (_ask_own_steps, _ask_answered, _ask_recent))
_INVITED = KeptQuery(
    lambda person: sessions.invitations_to_answer(person).select_related(
        "session__mentor", "session__base", "session__neighbourhood"
    )[:2]
)
_TO_REPORT = KeptQuery(lambda person: cases.to_report(person).order_by("due_on")[:5])
_OPEN_CASES = KeptQuery(
    lambda person: Case.objects.open().filter(owner=person).defer("story").order_by("-state_since")[:3]
)
_DRAFTS = KeptQuery(lambda person: cases.my_drafts(person)[:1])
_TO_CONSULT = KeptQuery(cases.to_consult)


def consultant_home(request):
    waiting = _TO_CONSULT.all(request.user)
    return render(request, "studio/home/consultant.html", {"waiting": waiting})


def nobody_home(request):
    """Somebody with an account and no role now."""
    return render(request, "studio/home/nobody.html")
