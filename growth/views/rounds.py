"""考核评估: the list of rounds, one round, and everything that is settled before it is open."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, save_once, sent_before
from people.paging import Page, page_of
from people.roles import MENTOR_ROLES, Role
from people.stale import Refused
from people.views.base import id_of, show_form
from people.words import short_day, span

from .. import rosters
from ..actions import rounds
from ..forms.assessments import (
    AskForm,
    IndicatorsForm,
    PeopleForm,
    PersonChoiceForm,
    RoundEditForm,
    RoundForm,
    StreetForm,
    first_dates,
)
from ..models import Appeal, Assessed, Grade, Indicator, Result, Round, Sheet, Side

STAFF_ONLY = "这一页只有街道工作人员能看"
NOT_PREPARING = "打分已经开始了，这里不能再改"
PEOPLE_SIZE = 50
CHIPS = {
    Round.State.PREPARING: "plan",
    Round.State.SCORING: "doing",
    Round.State.MODERATING: "todo",
    Round.State.PUBLICISED: "doing",
    Round.State.PUBLISHED: "done",
}


ROUND = KeptQuery(lambda viewer, pk: Round.objects.visible_to(viewer).filter(pk=pk).select_related("studio"))
_ASSESSED = KeptQuery(
    lambda viewer, pk: (
        Assessed.objects.visible_to(viewer)
        .filter(pk=pk)
        .select_related("round__studio", "person__neighbourhood")
    )
)


def round_for_staff(request, pk, *states):
    """The round for its staff: 404 invisible, 403 for others; refused in other states than `states`."""
    found = ROUND.get_or_404(request.user, pk=pk)
    require(found.studio_id in request.standing.staff, STAFF_ONLY)
    _refuse_other_states(found, states)
    return found


def _refuse_other_states(found, states):
    if states and found.state not in states:
        raise Refused(f"“{found.name}”现在是“{found.get_state_display()}”，这一步现在不用办")


def assessed_for_staff(request, pk, *states):
    """One person in a round, as `round_for_staff`. About oneself nobody acts."""
    found = _ASSESSED.get_or_404(request.user, pk=pk)
    staff = found.studio_id in request.standing.staff and found.person_id != request.user.pk
    require(staff, STAFF_ONLY)
    _refuse_other_states(found.round, states)
    return found


# ── list and one round ──────────────────────────────────────────────────────────────────────────────────────


@require_safe
def round_list(request):
    """Staff read all rounds of the studio; others those they score or stand in."""
    visible = Round.objects.visible_to(request.user)
    page = page_of(request, visible, by="until")
    context = {
        "page": page,
        "rows": [(one, CHIPS[Round.State(one.state)]) for one in page],
        "staff": bool(request.standing.staff),
        "has_results": bool(request.standing.apprentice),
    }
    return render(request, "growth/round/list.html", context)


_DETAIL = KeptQuery(
    lambda viewer, pk: (
        Round.objects.visible_to(viewer).filter(pk=pk).select_related("studio", "indicators", "published_by")
    )
)


@require_safe
def round_detail(request, pk):
    found = _DETAIL.get_or_404(request.user, pk=pk)
    if found.studio_id in request.standing.staff:
        return _for_staff(request, found)
    return _for_others(request, found)


def _for_staff(request, found):
    preparing = found.state == Round.State.PREPARING
    context = {
        "round": found,
        "chip": CHIPS[Round.State(found.state)],
        "steps": _stepper(found),
        "facts": _facts(found, preparing),
        "people": rounds.number_of(found),
        "progress": None if preparing else rounds.progress(found),
        "problems": _problems(found) if preparing else [],
        "street": rounds.street_of(found) if preparing else [],
        "appeals": _appeals(found) if found.results_shown else [],
        "history": history_of(found),
        "mine": not preparing and bool(_MINE.all(request.user, round_=found.pk)),
    }
    return render(request, "growth/round/detail.html", context)


_MINE = KeptQuery(
    lambda viewer, round_: (
        Sheet.objects.filter(scorer=viewer.pk, round=round_).order_by().values_list("pk", flat=True)[:1]
    )
)
_APPEALS = KeptQuery(
    lambda viewer, round_: (
        Appeal.objects.filter(round=round_)
        .select_related("assessed__person")
        .order_by("answered_at", "pk")[:20]
    )
)


def _appeals(found):
    """Open ones first."""
    return _APPEALS.all(round_=found.pk)


def _problems(found):
    pages = {
        "people": "growth:round-people", "scorers": "growth:round-scorers", "edit": "growth:round-edit",
    }  # fmt: skip
    return [(sentence, reverse(pages[page], args=[found.pk])) for sentence, page in rounds.problems(found)]


def _stepper(found):
    order = [state for state in Round.State if state != Round.State.PUBLICISED or found.publicised]
    now = order.index(Round.State(found.state))
    return [
        {"label": state.label, "state": "past" if place < now else "now" if place == now else "later"}
        for place, state in enumerate(order)
    ]


def _facts(found, preparing):
    labels = ("自评", "师傅", "街道", "群众测评")
    weighed = zip(labels, found.weights.values(), strict=True)
    parts = [f"{label}{weight}" for label, weight in weighed if weight]
    bounds = f"优秀{found.excellent_from}起，良好{found.good_from}起，合格{found.pass_from}起"
    shown = f"公示{found.appeal_days}天" if found.publicised else "不公示，直接公布"
    edit = reverse("growth:round-edit", args=[found.pk]) if preparing else ""
    rows = [
        {"label": "看哪段时间", "value": span(found.since, found.until), "url": edit},
        {"label": "几号前打完", "value": short_day(found.score_by), "url": edit},
        {"label": "各方比重", "value": "，".join(parts), "url": edit},
        {"label": "等次", "value": bounds, "url": edit},
        {"label": "公布前", "value": shown, "url": edit},
        {
            "label": "指标",
            "value": f"{found.indicators}",
            "url": reverse("growth:round-indicators", args=[found.pk]),
        },
    ]
    return rows


_OWN_COUNTED = KeptQuery(
    lambda viewer, round_: (
        Sheet.objects.visible_to(viewer)
        .filter(round=round_, scorer=viewer.pk)
        .order_by()
        .values("round")
        .annotate(all=Count("*"), sent=Count("sent_at"))
    )
)


def _for_others(request, found):
    """Scorers, those assessed and their mentors; of the district the numbers of grades alone."""
    shown = found.results_shown
    rows = Assessed.objects.none()
    if shown:
        rows = Assessed.objects.visible_to(request.user).filter(round=found).select_related("person")
    counted = _OWN_COUNTED.all(request.user, round_=found.pk)
    district = found.studio_id in request.standing.district
    context = {
        "round": found,
        "chip": CHIPS[Round.State(found.state)],
        "steps": _stepper(found),
        "results": _newest(rows),
        "sheets": counted[0] if counted else {"all": 0, "sent": 0},
        "grades": _grades(found) if district else None,
    }
    return render(request, "growth/round/own.html", context)


def _newest(rows):
    """[(assessed, the newest result)] in the fixed order of the people."""
    rows = list(rows.order_by("order", "pk")[:200])
    found = {}
    for result in Result.objects.filter(assessed__in=[one.pk for one in rows]).order_by("number"):
        found[result.assessed_id] = result
    return [(one, found.get(one.pk)) for one in rows]


def _grades(found):
    """[(grade, number of people)] in the fixed order; what the district reads."""
    rows = Result.objects.filter(assessed__round=found, assessed__dropped_at__isnull=True)
    later = Result.objects.filter(assessed=OuterRef("assessed"), number__gt=OuterRef("number"))
    counts = dict(rows.filter(~Exists(later)).order_by().values_list("grade").annotate(Count("pk")))
    return [(grade.label, counts.get(grade.value, 0)) for grade in Grade]


# ── preparing ───────────────────────────────────────────────────────────────────────────────────────────────


def round_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, "考核评估由街道工作人员来办")
    done = sent_before(request)
    if done:
        return redirect(done)
    last = rounds.last_round(studio)
    initial = {name: getattr(last, name) for name in rounds.COPIED if last and hasattr(last, name)}
    form = RoundForm(
        request.POST or None, studio=studio, copies=last, initial={**initial, **first_dates(last)}
    )
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        copied = last if fields.pop("with_people", False) else None
        made = once(
            request,
            lambda: rounds.prepare(studio=studio, by=request.user, copy_people_of=copied, **fields),
        )
        return redirect(made)
    return show_form(request, "growth/round/form.html", form, last=last)


def round_edit(request, pk):
    found = round_for_staff(request, pk, Round.State.PREPARING)
    form = RoundEditForm(request.POST or None, instance=found, studio=found.studio)
    if request.method == "POST" and form.is_valid():
        found.version = form.cleaned_data["version"] or 0
        return redirect(save_once(request, found, RoundForm.Meta.fields))
    return show_form(request, "growth/round/form.html", form, round=found)


def indicators(request, pk):
    """The indicators of a round; a change makes a new version, which an open round does not take."""
    found = round_for_staff(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    newest = rounds.newest_set(found.studio, by=request.user)
    shown = found.indicators if found.state == Round.State.PREPARING else newest
    form = IndicatorsForm(request.POST or None, indicators=Indicator.objects.filter(set=shown))
    if request.method == "POST" and form.is_valid():
        taken = {}

        def change():
            made, taken["now"] = rounds.change_indicators(found, rows=form.rows(), by=request.user)
            taken["version"] = made
            return found

        once(request, change)
        if taken:
            messages.success(request, _words_of(found, **taken))
        return redirect(found)
    context = {"round": found, "open": found.state != Round.State.PREPARING, "shown": shown}
    return show_form(request, "growth/round/indicators.html", form, **context)


def _words_of(found, *, version, now):
    if now:
        return f"存成了{version}，这一轮就用这一版。"
    return f"存成了{version}。“{found.name}”已经开始打分，还用原来的；下一轮用新的这一版。"


def people(request, pk):
    """Who is assessed, with the mentor who scores; in the fixed order of the pairs."""
    found = round_for_staff(request, pk, Round.State.PREPARING)
    known = rosters.rosters_of(found.studio)
    apprentices = rounds.scorers_to_choose(found.studio, Role.APPRENTICE)
    form = PeopleForm(request.POST or None, rosters=known, apprentices=apprentices)
    if request.method == "POST" and form.is_valid():
        added = []
        pairs = _chosen_pairs(found.studio, form)
        path = reverse("growth:round-people", args=[found.pk])
        once(request, lambda: added.append(rounds.add_people(found, pairs)), path=lambda nothing: path)
        if added:
            messages.success(request, f"加进来{added[0]}人。" if added[0] else "这些人都已经在里面了。")
        return redirect(path)
    after = id_of(request.GET.get("page")) or 0
    rows = found.assessed.present().filter(order__gt=after).select_related("person__neighbourhood")
    rows = list(rows[: PEOPLE_SIZE + 1])
    older = str(rows[PEOPLE_SIZE - 1].order) if len(rows) > PEOPLE_SIZE else ""
    rows = rows[:PEOPLE_SIZE]
    mentors = Sheet.objects.filter(assessed__in=[one.pk for one in rows], side=Side.MENTOR)
    named = {sheet.assessed_id: sheet.scorer for sheet in mentors.select_related("scorer")}
    context = {
        "round": found,
        "page": Page([(one, named.get(one.pk)) for one in rows], older, first=not after),
        "number": rounds.number_of(found),
    }
    return show_form(request, "growth/round/people.html", form, **context)


def _chosen_pairs(studio, form):
    """[(person id, mentor id)] of the roster and of the single person; the mentor as the rosters know."""
    pairs = {}
    if form.cleaned_data.get("roster"):
        for learner in rosters.learners_of(studio, form.cleaned_data["roster"]):
            pairs[learner.person_id] = learner.mentor_id
    if form.person:
        mentors = form.person.standing.mentors
        pairs.setdefault(form.person.pk, mentors[0].pk if mentors else None)
    return list(pairs.items())


def person_mentor(request, pk):
    assessed = assessed_for_staff(request, pk, Round.State.PREPARING)
    mentors = rounds.scorers_to_choose(assessed.round.studio, *MENTOR_ROLES)
    form = PersonChoiceForm(request.POST or None, people=mentors, label="师傅", submit="就请这位打分")
    path = reverse("growth:round-people", args=[assessed.round_id])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["person"]
        once(request, lambda: rounds.set_mentor(assessed, chosen), path=lambda nothing: path)
        return redirect(path)
    context = {
        "up_url": path,
        "up": "考核哪些人",
        "heading": f"谁当{assessed.person.name}的师傅来打分",
        "lead": "只管这一轮打分，结对不变。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def person_remove(request, pk):
    path = reverse("growth:round-list")
    done = sent_before(request)
    if done:
        return redirect(done)
    assessed = assessed_for_staff(request, pk, Round.State.PREPARING)
    path = reverse("growth:round-people", args=[assessed.round_id])
    form = AskForm(request.POST or None, submit="这一轮不考核")
    if request.method == "POST" and form.is_valid():
        once(request, lambda: rounds.remove_person(assessed), path=lambda nothing: path)
        return redirect(path)
    context = {
        "up_url": path,
        "up": "考核哪些人",
        "heading": f"这一轮不考核{assessed.person.name}？",
        "lead": "从名单里去掉，以后还可以再加进来。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def scorers(request, pk):
    found = round_for_staff(request, pk, Round.State.PREPARING)
    staff = rounds.scorers_to_choose(found.studio, Role.STAFF)
    chosen = list(found.street_scorers.values_list("person", flat=True))
    form = StreetForm(request.POST or None, staff=staff, chosen=chosen, split=found.street_split)
    if request.method == "POST" and form.is_valid():
        ids = [one.pk for one in form.cleaned_data["people"]]
        split = form.cleaned_data["split"] == "split"
        path = found.get_absolute_url()
        once(request, lambda: rounds.set_street(found, ids, split=split), path=lambda nothing: path)
        return redirect(path)
    context = {
        "up_url": found.get_absolute_url(),
        "up": found.name,
        "heading": "街道由谁打分",
        "lead": "自评由学员本人打，师傅那一份在“考核哪些人”里定。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


# ── moves ───────────────────────────────────────────────────────────────────────────────────────────────────


def round_open(request, pk):
    done = sent_before(request)
    if done:
        return redirect(done)
    found = round_for_staff(request, pk, Round.State.PREPARING)
    form = AskForm(request.POST or None, submit="开始打分")
    if request.method == "POST" and form.is_valid():
        opened = once(request, lambda: rounds.open_round(found, by=request.user))
        messages.success(request, "开始打分了，要打分的人都收到了通知。")
        return redirect(opened)
    context = {"round": found, "problems": _problems(found), "people": rounds.number_of(found)}
    return show_form(request, "growth/round/open.html", form, **context)


def round_withdraw(request, pk):
    """退回准备, or, once scoring is over, go on scoring."""
    done = sent_before(request)
    if done:
        return redirect(done)
    found = round_for_staff(request, pk, Round.State.SCORING)
    form = AskForm(request.POST or None, submit="退回准备")
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: rounds.withdraw(found)))
    context = {
        "up_url": found.get_absolute_url(),
        "up": found.name,
        "heading": "退回准备？",
        "lead": "打分表都收回来，改好指标、比重或者人以后再开始。已经有人交了就不能退。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)
