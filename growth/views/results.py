"""考核结果: publicising and publishing, what a person and the mentor read, corrections."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.competencies import Competency
from people.kept import KeptQuery
from people.once import once, sent_before
from people.views.base import show_form

from ..actions import results
from ..forms.assessments import AskForm
from ..forms.moderation import CorrectForm
from ..models import Assessed, Result, Round, Side
from ..models.score import BALLOTS
from .rounds import STAFF_ONLY, round_for_staff

State = Round.State
SIDES = (*((side.value, side.label) for side in Side),)
# So many rounds the trend goes back.
TREND, MOST_ROUNDS = 8, 60


# ── moves ───────────────────────────────────────────────────────────────────────────────────────────────────


def round_publicise(request, pk):
    done = sent_before(request)
    if done:
        return redirect(done)
    found = round_for_staff(request, pk, State.MODERATING)
    form = AskForm(request.POST or None, submit="开始公示")
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: results.publicise(found, by=request.user)))
    context = {
        "up_url": found.get_absolute_url(),
        "up": found.name,
        "heading": "开始公示？",
        "lead": f"公示{found.appeal_days}天。本人看到自己的结果，师傅看到徒弟的，别人看不到。"
        "有意见可以在这几天里提。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def round_publish(request, pk):
    """公布. Whoever comes second is told who was first."""
    done = sent_before(request)
    if done:
        return redirect(done)
    found = round_for_staff(request, pk)
    form = AskForm(request.POST or None, submit="公布")
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: results.publish(found, by=request.user))
        messages.success(request, "公布了。每个人的结果进了成长档案，下一步进了“接下来”。")
        return redirect(made)
    if found.state == State.PUBLISHED:
        return redirect(found)
    context = {
        "up_url": found.get_absolute_url(),
        "up": found.name,
        "heading": f"公布“{found.name}”？",
        "lead": "公布以后分数不能再改，要改只能另存一版，写明原因。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────


@require_safe
def my_results(request):
    """One's own results over the rounds, newest first."""
    rows = Assessed.objects.visible_to(request.user).filter(person=request.user).select_related("round")
    rows = rows.filter(round__state__in=(State.PUBLICISED, State.PUBLISHED), dropped_at__isnull=True)
    context = {"rows": _with_results(rows.order_by("-round__until", "-pk")[:50])}
    return render(request, "growth/result/list.html", context)


def _with_results(rows):
    """[(assessed, the newest result)]."""
    rows, found = list(rows), {}
    for result in Result.objects.filter(assessed__in=[one.pk for one in rows]).order_by("number"):
        found[result.assessed_id] = result
    return [(one, found[one.pk]) for one in rows if one.pk in found]


_ASSESSED = KeptQuery(
    lambda viewer, pk: (
        Assessed.objects.visible_to(viewer)
        .filter(pk=pk)
        .select_related("round__studio", "round__published_by", "person__neighbourhood")
    )
)
_VERSIONS = KeptQuery(
    lambda viewer, assessed: (
        Result.objects.visible_to(viewer).filter(assessed=assessed).select_related("by").order_by("-number")
    )
)
_ROUNDS = KeptQuery(
    lambda viewer, person, studio: (
        Assessed.objects.visible_to(viewer)
        .filter(
            person=person,
            studio=studio,
            dropped_at__isnull=True,
            round__state__in=(State.PUBLICISED, State.PUBLISHED),
        )
        .select_related("round")
        .order_by("-round__until", "-round__pk")[:MOST_ROUNDS]
    )
)


def open_result(request, pk):
    """(assessed, versions newest first): 404 unless the viewer may read this person's result."""
    assessed = _ASSESSED.get_or_404(request.user, pk=pk)
    versions = _VERSIONS.all(request.user, assessed=assessed.pk)
    staff = assessed.round.studio_id in request.standing.staff
    if not versions or not (assessed.round.results_shown or staff):
        return assessed, []
    return assessed, versions


@require_safe
def result_detail(request, pk):
    assessed, versions = open_result(request, pk)
    staff = assessed.round.studio_id in request.standing.staff and assessed.person_id != request.user.pk
    if not assessed.round.results_shown:
        require(staff, "结果还没有公示")
        return redirect("growth:assessed-moderate", assessed.pk)
    own = assessed.person_id == request.user.pk
    result = versions[0] if versions else None
    trend = _trend(request.user, assessed)
    earlier = [one for one, _ in trend if one.round.until < assessed.round.until]
    appeals = list(assessed.appeals.select_related("answered_by")) if own or staff else []
    context = {
        "assessed": assessed,
        "round": assessed.round,
        "result": result,
        "versions": versions,
        "scores": result.competencies if result else {},
        "previous": dict(trend)[earlier[-1]].competencies if earlier else None,
        "rows": _rows(result),
        "explained": bool(result) and any(row["adjusted"] for row in result.copy["indicators"]),
        "sides": [(side, label) for side, label in SIDES if result and result.copy["weights"].get(side)],
        "masses": _masses(result),
        "trend": _told(trend) if len(trend) > 1 else [],
        "axes": Competency.labels,
        "appeals": appeals,
        "can_appeal": own and assessed.round.appeals_open and all(one.answered_at for one in appeals),
        "can_correct": staff and assessed.round.state == State.PUBLISHED,
        "staff": staff,
        "own": own,
        "until": assessed.round.appeal_until,
    }
    return render(request, "growth/result/detail.html", context)


def _trend(viewer, assessed):
    """[(assessed, result)] of the person's shown rounds in this studio, oldest first, up to this one."""
    rows = _ROUNDS.all(viewer, person=assessed.person_id, studio=assessed.studio_id)
    newest = [one for one in rows if one.round.until <= assessed.round.until][:TREND]
    return _with_results(newest)[::-1]


def _told(trend):
    """Rows of the trend's table: round, grade, the five marks in their fixed order."""
    return [
        (
            one.round,
            result.get_grade_display(),
            [_plain(result.competencies.get(axis)) for axis in Competency.values],
        )
        for one, result in trend
    ]


def _plain(mark):
    """3.0 as 3."""
    return None if mark is None else f"{mark:g}"


def _rows(result):
    """Each indicator with the mean of each side and what counts."""
    found = []
    for row in result.copy["indicators"] if result else ():
        means = [_mean(row["sides"].get(side)) for side, _ in SIDES if result.copy["weights"].get(side)]
        found.append({**row, "means": means})
    return found


def _mean(pair):
    if not pair or not pair[1]:
        return ""
    return f"{pair[0] / pair[1]:.1f}".removesuffix(".0")


def _masses(result):
    if not result or not sum(result.copy["masses"].values()):
        return []
    return [(label, result.copy["masses"][str(mark)]) for _, mark, label in BALLOTS]


def correct(request, pk):
    """更正: a new version beside the old ones."""
    done = sent_before(request)
    if done:
        return redirect(done)
    assessed, versions = open_result(request, pk)
    staff = assessed.round.studio_id in request.standing.staff and assessed.person_id != request.user.pk
    require(staff, STAFF_ONLY)
    round_for_staff(request, assessed.round_id, State.PUBLISHED)
    form = CorrectForm(request.POST or None, result=versions[0])
    if request.method == "POST" and form.is_valid():
        path = assessed.get_absolute_url()
        once(
            request,
            lambda: results.correct(assessed, **form.given(), by=request.user),
            path=lambda nothing: path,
        )
        return redirect(path)
    context = {
        "up_url": assessed.get_absolute_url(),
        "up": f"{assessed.person.name}的结果",
        "heading": f"更正{assessed.person.name}的结果",
        "lead": "原来的一版都留着。本人和师傅会收到通知。",
    }
    return show_form(request, "growth/result/correct.html", form, **context)
