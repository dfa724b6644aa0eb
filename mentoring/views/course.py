"""带教计划: what was taught to whom, and what each apprentice still lacks (缺啥补啥)."""

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.kept import KeptQuery
from people.models import Person
from people.once import once, sent_before
from people.stale import Refused
from people.views.base import id_of, show_form

from ..actions import course as actions
from ..course import by_competency, topics_of
from ..coverage import covered, needs_of, pairs_of
from ..forms.course import SessionTopicsForm, TopicForm
from ..models import Cohort, Pairing, Session, TrainingInvite, TrainingList
from ..models.pairing import CURRENT
from ..session_start import WRITERS, may_log
from .cohorts import STAFF_ONLY
from .pairings import chosen_cohort
from .sessions import visible_session

NOBODYS = "带教计划只有本工作室的师傅、学员和街道能看"


@require_safe
def course_plan(request):
    """The great table: for staff of a whole cohort or one group of it, for a mentor of the own group."""
    standing = request.standing
    if standing.staff:
        cohort, cohorts = chosen_cohort(request)
        return _table(request, cohort, cohorts, pairs_of(cohort) if cohort else [])
    if standing.mentor:
        pair = next(iter(_LED.all(person=request.user.pk)), None)
        pairs = pairs_of(pair.cohort, request.user) if pair else []
        return _table(request, pair and pair.cohort, [], pairs, [one.apprentice_id for one in pairs])
    require(standing.apprentice, NOBODYS)
    return redirect("mentoring:course-mine")


def _ask_led(nobody, person):
    """The running pair of the newest class that this mentor leads."""
    led = Pairing.objects.running().filter(mentor=person).select_related("cohort")
    return led.order_by("-cohort__starts_on", "pk")[:1]


_LED = KeptQuery(_ask_led)


def _table(request, cohort, cohorts, pairs, few=None):
    groups = {pair.group_id: pair.mentor.called for pair in pairs}
    group = id_of(request.GET.get("group"))
    group = group if group in groups else None
    if len(groups) == 1 and "by" in request.GET:
        group = next(iter(groups))
    topics = topics_of(cohort.studio_id) if cohort else []
    known = covered(cohort, few) if cohort else {}
    shown = [pair for pair in pairs if pair.group_id == group] if group else pairs
    cells = [
        (label, [_row(topic, shown, known) for topic in found]) for label, found in by_competency(topics)
    ]
    own = f"?cohort={cohort.pk}" if cohort else "?"
    tabs = [{"label": "全期", "url": own, "current": group is None}]
    tabs += [
        {"label": f"{called}组", "url": f"{own}&group={pk}", "current": pk == group}
        for pk, called in groups.items()
    ]
    context = {
        "cohort": cohort,
        "cohorts": cohorts,
        "pairs": shown,
        "by_person": group is not None,
        "parts": cells,
        "tabs": tabs if len(groups) > 1 else _two_ways(own, group),
        "is_staff": bool(request.standing.staff),
    }
    return render(request, "mentoring/course/plan.html", context)


def _two_ways(own, group):
    """A mentor's one group: what is lacking altogether, or one by one."""
    return [
        {"label": "合起来看", "url": own, "current": group is None},
        {"label": "一个一个看", "url": f"{own}&by=person", "current": group is not None},
    ]


def _row(topic, pairs, known):
    """One topic: who had it when. `days` stand in the order of `pairs`; None is not yet."""
    days = [known.get(pair.apprentice_id, {}).get(topic.key) for pair in pairs]
    missing = [pair.apprentice.name for pair, day in zip(pairs, days, strict=True) if day is None]
    held = [day for day in days if day]
    return {
        "topic": topic,
        "cells": list(zip(pairs, days, strict=True)),
        "had": len(held),
        "missing": missing,
        "last": max(held, default=None),
    }


@require_safe
def course_mine(request):
    require(request.standing.apprentice, "这一页是学员自己的")
    return _of_person(request, request.user)


_PERSON = KeptQuery(lambda viewer, pk: Person.objects.visible_to(viewer).filter(pk=pk))


@require_safe
def course_of(request, pk):
    """缺啥补啥 of one apprentice: for the mentor, staff and the apprentice."""
    return _of_person(request, _PERSON.get_or_404(request.user, pk=pk))


def _ask_pair(person, apprentice):
    """The pair that stands now, or else the last one that `person` may see."""
    now = Case(When(state__in=CURRENT, then=0), default=1)
    seen = Pairing.objects.visible_to(person).filter(apprentice=apprentice)
    return seen.select_related("cohort").order_by(now, "-starts_on")[:1]


def _ask_invites(nobody, person):
    """Trainings that the person is called to and that are still to come."""
    found = TrainingInvite.objects.filter(apprentice=person)
    found = found.exclude(training__state=TrainingList.State.DROPPED)
    found = found.exclude(training__session__state__in=(Session.State.LOGGED, Session.State.CANCELLED))
    return found.select_related("training__session__mentor").order_by("-pk")[:10]


_PAIR, _INVITES = KeptQuery(_ask_pair), KeptQuery(_ask_invites)


def _of_person(request, person):
    pair = next(iter(_PAIR.all(request.user, apprentice=person.pk)), None)
    if pair is None and person != request.user:
        raise Http404
    near = person == request.user or person.pk in request.standing.pupils
    require(near or (pair and pair.studio_id in request.standing.staff), "只有本人、师傅和街道能看")
    context = {"whose": person, "own": person == request.user, "pair": pair, "parts": [], "invites": []}
    if pair:
        topics = topics_of(pair.cohort.studio_id)
        (need,) = needs_of(pair.cohort, [person], visited=False)
        context |= {
            "weak": [need.weak_words(axis) for axis in need.weak_axes()],
            "to_do": [topic for topic in need.missing(topics) if need.is_weak(topic.competency)],
            "parts": [
                (label, [(topic, need.covered.get(topic.key)) for topic in found])
                for label, found in by_competency(topics)
            ],
            "invites": _INVITES.all(person=person.pk),
        }
    return render(request, "mentoring/course/person.html", context)


# --- 应知必会 --------------------------------------------------------------------------------------


@require_safe
def topic_list(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    parts = by_competency(topics_of(studio.pk, all_of_them=True))
    return render(request, "mentoring/course/topics.html", {"parts": parts})


def topic_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in actions.TOPIC_FIELDS}
        return _kept(request, form, lambda: actions.add_topic(studio=studio, **given))
    return show_form(request, "mentoring/course/topic.html", form)


def topic_edit(request, key):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    topic = next((one for one in topics_of(studio.pk, all_of_them=True) if one.key == key), None)
    if topic is None:
        raise Http404
    form = TopicForm(request.POST or None, topic=topic)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in (*actions.TOPIC_FIELDS, "version")}
        given["version"] = given["version"] or 0
        return _kept(request, form, lambda: actions.change_topic(topic, studio=studio, **given), topic=topic)
    return show_form(request, "mentoring/course/topic.html", form, topic=topic)


def _kept(request, form, act, **context):
    back = reverse("mentoring:topic-list")
    done = sent_before(request)
    if done:
        return redirect(done)
    try:
        once(request, act, path=lambda row: back)
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return show_form(request, "mentoring/course/topic.html", form, **context)
    messages.success(request, "存好了")
    return redirect(back)


def session_topics(request, pk):
    """讲到的内容 of one session, put right by its mentor or staff."""
    session = visible_session(request, pk)
    require(may_log(request.user, session.group), WRITERS)
    topics = topics_of(session.studio_id)
    standing = getattr(session, "course", None)
    initial = {"keys": standing.keys if standing else []}
    form = SessionTopicsForm(
        request.POST if request.method == "POST" else None, topics=topics, initial=initial
    )
    if form.is_valid():
        keys = form.cleaned_data["keys"]
        return redirect(once(request, lambda: actions.set_topics(session, keys, by=request.user)))
    return show_form(request, "mentoring/course/session.html", form, session=session)


def cohort_of(request):
    """The staff's cohort that the address names, or the newest one; None without any."""
    cohort, _ = chosen_cohort(request)
    return Cohort.objects.select_related("studio").get(pk=cohort.pk) if cohort else None
