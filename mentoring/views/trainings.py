"""四训: who is called to a training and why; the session that is planned from the list. For staff."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import page_of
from people.stale import Refused
from people.views.base import show_form

from ..actions import course as actions
from ..course import topics_of
from ..coverage import needs_of, pairs_of
from ..forms.course import MOST_TOPICS, AskForm, DropForm, InviteForm, TrainingPlanForm
from ..models import Cohort, TrainingList
from ..needs import BY_VISITS, propose
from .cohorts import STAFF_ONLY
from .course import cohort_of


@require_safe
def training_list(request):
    require(request.standing.staff, STAFF_ONLY)
    lists = TrainingList.objects.visible_to(request.user).select_related("cohort", "session")
    return render(
        request, "mentoring/training/list.html", {"page": page_of(request, lists, by="confirmed_at")}
    )


@require_safe
def training_new(request):
    """定名单, first page: which training about what. Leads to the list itself."""
    require(request.standing.staff, STAFF_ONLY)
    cohort = cohort_of(request)
    topics = topics_of(cohort.studio_id) if cohort else []
    ask = AskForm(request.GET or None, topics=topics)
    chosen = ask.chosen()
    if cohort and chosen.get("kind") and chosen.get("keys"):
        keys = "+".join(chosen["keys"][:MOST_TOPICS])
        return redirect("mentoring:training-list-invite", cohort=cohort.pk, kind=chosen["kind"], keys=keys)
    asked = bool(request.GET.get("kind") or request.GET.get("keys"))
    return render(request, "mentoring/training/ask.html", {"cohort": cohort, "ask": ask, "asked": asked})


def _ask_cohort(person, pk):
    return Cohort.objects.filter(studio__in=person.standing.staff, pk=pk).select_related("studio")


_COHORT = KeptQuery(_ask_cohort)


def training_invite(request, cohort, kind, keys):
    """定名单, second page: whom, each with the reason."""
    require(request.standing.staff, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    cohort = _COHORT.get_or_404(request.user, pk=cohort)
    wanted = keys.split("+")
    picked = [topic for topic in topics_of(cohort.studio_id) if topic.key in wanted][:MOST_TOPICS]
    if kind not in TrainingList.Kind.values or not picked:
        raise Http404
    form = InviteForm(request.POST or None, rows=_rows(cohort, kind, picked))
    if request.method == "POST" and form.is_valid():
        given = {"cohort": cohort, "kind": kind, "topics": picked, "chosen": form.chosen()}
        made = once(request, lambda: actions.confirm(by=request.user, **given))
        messages.success(request, "名单定了，学员和师傅都收到了通知。")
        return redirect(made)
    context = {"cohort": cohort, "kind": TrainingList.Kind(kind), "topics": picked}
    return show_form(request, "mentoring/training/new.html", form, **context)


def _rows(cohort, kind, topics):
    """[(pairing, Proposal)] of everybody who is paired in the cohort."""
    pairs = pairs_of(cohort)
    needs = needs_of(cohort, [pair.apprentice for pair in pairs], few=False, visited=kind in BY_VISITS)
    found = propose(kind, needs, topics, today=timezone.localdate())
    return list(zip(pairs, found, strict=True))


def _found(request, pk):
    lists = TrainingList.objects.visible_to(request.user).select_related(
        "cohort", "studio", "session__mentor"
    )
    return get_object_or_404(lists, pk=pk)


@require_safe
def training_detail(request, pk):
    training = _found(request, pk)
    invites = training.invites.select_related("apprentice__neighbourhood")
    context = {"training": training, "invites": invites, "open": training.state == "confirmed"}
    return render(request, "mentoring/training/detail.html", context)


def training_plan(request, pk):
    training = _found(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(training.state == "confirmed", "这份名单已经安排过，或者不办了")
    form = TrainingPlanForm(request.POST or None, training=training)
    if request.method == "POST" and form.is_valid():
        try:
            session = once(request, lambda: actions.plan(training, by=request.user, **form.facts()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "安排好了，参加的人都会收到通知。")
            return redirect(session)
    return show_form(request, "mentoring/training/plan.html", form, training=training)


def training_drop(request, pk):
    training = _found(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(training.state == "confirmed", "这份名单已经安排过，或者不办了")
    form = DropForm(request.POST or None)
    form.fields["version"].initial = training.version
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        return redirect(once(request, lambda: actions.drop(training, version=version)))
    return show_form(request, "mentoring/training/drop.html", form, training=training)
