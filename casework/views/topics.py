"""课题: common problems on top, the topics below; one topic with its notes and findings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.kept import KeptQuery
from people.models import Neighbourhood
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.stale import Refused
from people.views.base import id_of, show_form

from .. import common
from ..actions import topics
from ..draft_keys import topic_key
from ..forms.topics import FindingsForm, TopicForm, TopicNoteForm
from ..models import Case, Topic, TopicNote, Visit

STAFF_ONLY = "课题由街道工作人员来定"
NOT_YOURS = "课题由领衔的师傅和街道来改"
MOST_PROBLEMS = 12

_TOPIC = KeptQuery(
    lambda person, pk: (
        Topic.objects.visible_to(person).select_related("studio", "lead", "opened_by").filter(pk=pk)
    )
)

_NOTES = KeptQuery(lambda person, topic: TopicNote.objects.filter(topic=topic).select_related("by")[:50])


def _listed(person):
    return Topic.objects.visible_to(person).select_related("lead", "studio__street")


_FIRST_PAGE = KeptQuery(lambda person: newest(_listed(person), by="opened_on"))


@require_safe
def topic_list(request):
    person, standing = request.user, request.standing
    require(standing.member_studios or standing.district, "课题是工作室里的人看的")
    if "page" in request.GET:
        page = page_of(request, _listed(person), by="opened_on")
    else:
        page = first_page(_FIRST_PAGE.all(person), by="opened_on")
    sees_problems = sorted(standing.staff | standing.district)
    context = {
        "page": page,
        "rows": [row(topic, in_street=not standing.district) for topic in page],
        "problems": common.problems(sees_problems)[:MOST_PROBLEMS] if sees_problems and page.first else [],
        "can_begin": bool(standing.staff),
        "is_district": bool(standing.district),
    }
    return render(request, "casework/topic/list.html", context)


def row(topic, *, in_street):
    """What a line of the list says: who leads, or for the district which street."""
    whose = f"{topic.lead.called}领衔" if in_street else str(topic.studio.street or "")
    about = (whose, topic.get_category_display(), topic.get_place_kind_display())
    return {
        "url": topic.get_absolute_url(),
        "title": topic.title,
        "about": " · ".join(part for part in about if part),
        "chip": "doing" if topic.is_open else "done",
        "state": "在研究" if topic.is_open else "已结题",
    }


@require_safe
def topic_detail(request, pk):
    topic = _TOPIC.get_or_404(request.user, pk=pk)
    can_edit = topic.editable_by(request.user)
    context = {
        "topic": topic,
        "notes": _NOTES.all(topic=pk),
        "can_edit": can_edit,
        "history": history_of(topic) if can_edit else [],
    }
    return render(request, "casework/topic/detail.html", context)


def topic_new(request):
    """`?category=…&place_kind=…`: begun from a common problem; `?visit=`: from what a visit found."""
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    known = {"category": Case.Category.values, "place_kind": Neighbourhood.Kind.values}
    initial = {name: request.GET[name] for name, those in known.items() if request.GET.get(name) in those}
    initial |= _found_on_a_visit(request)
    # What was begun elsewhere is not mixed with the draft.
    key = "" if initial else topic_key("new")
    form = TopicForm(request.POST or None, studio=studio, initial=initial, draft_key=key)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in topics.WRITTEN}

        def begin():
            drafts.clear(request.user, key)
            return topics.begin(studio=studio, by=request.user, **values)

        made = once(request, begin)
        messages.success(request, "课题定好了，领衔的师傅已经知道")
        return redirect(made)
    return _show(request, form, heading="定一个课题")


def _show(request, form, **context):
    """The form with what was typed before and not sent."""
    asked = request.method == "GET" and form.draft_key
    draft, other = drafts.choose(request, form.draft_key) if asked else (None, None)
    context |= {"draft": draft, "other": other}
    return show_form(request, "casework/topic/form.html", drafts.fill(form, draft), **context)


def _found_on_a_visit(request):
    """The problem that a visit found, as the reason for a topic; nothing without one."""
    pk = id_of(request.GET.get("visit"))
    found = Visit.objects.visible_to(request.user).filter(pk=pk or 0).exclude(problem="")
    visit = found.select_related("neighbourhood").first()
    if visit is None:
        return {}
    kind = visit.neighbourhood.kind if visit.neighbourhood_id else ""
    return {"title": visit.problem[:30], "why": visit.problem, "place_kind": kind}


def topic_edit(request, pk):
    topic = _open_topic(request, pk)
    form = TopicForm(request.POST or None, instance=topic, studio=topic.studio)
    if request.method == "POST" and form.is_valid():
        topic.version = form.cleaned_data["version"] or 0
        return redirect(once(request, lambda: topics.change(topic, by=request.user)))
    return _show(request, form, topic=topic, heading="改课题")


def topic_note(request, pk):
    topic = _open_topic(request, pk)
    key = topic_key("note", topic.pk)
    form = TopicNoteForm(request.POST or None, draft_key=key)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("held_on", "text")}

        def add():
            drafts.clear(request.user, key)
            return topics.add_note(topic, by=request.user, **told)

        once(request, add)
        messages.success(request, "记好了")
        return redirect(topic)
    return _show(request, form, topic=topic, heading="记一次研讨")


def topic_close(request, pk):
    topic = _open_topic(request, pk)
    key, initial = topic_key("end", topic.pk), {"findings": topic.findings, "version": topic.version}
    form = FindingsForm(request.POST or None, initial=initial, draft_key=key)
    if request.method == "POST" and form.is_valid():
        topic.version = form.cleaned_data["version"] or 0
        findings = form.cleaned_data["findings"]

        def close():
            drafts.clear(request.user, key)
            return topics.close(topic, findings=findings, by=request.user)

        done = once(request, close)
        messages.success(request, "结题了，大家都能看到得出了什么")
        return redirect(done)
    return _show(request, form, topic=topic, heading="结题")


def _open_topic(request, pk):
    """A topic that this person may change; where it was closed by this very form, its page says so."""
    topic = _TOPIC.get_or_404(request.user, pk=pk)
    inside = topic.studio_id in request.standing.staff or topic.lead_id == request.user.pk
    require(inside, NOT_YOURS)
    if not topic.is_open and request.method == "GET":
        raise Refused("这个课题已经结题了")
    return topic
