"""记一次带教: the page, its draft, its photos, and what happens when it is sent."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from people.actions import drafts
from people.once import AlreadyDone, once, sent_before
from people.views.base import show_form

from .. import session_start
from ..actions import sessions
from ..forms.sessions import SessionForm
from ..models import Group, SessionPhoto
from ..session_rules import pairs_around, pairs_of
from . import photos

PLAN_GONE = "这次安排已经记过了，或者取消了。要另记一次，请再点一次“提交记录”"
DRAFT_KEPT = "已存草稿，还没有提交。"


def session_new(request):
    start = session_start.begin(request)
    if start is None:
        return _choose_group(request)
    if request.method == "POST":
        return _posted(request, start)
    draft, other = drafts.choose(request, start.key)
    pairings = pairs_of(start.group)
    around = _around(request, start, pairings, draft)
    form = _form(start, pairings, initial=session_start.prefill(start, pairings), around=around)
    drafts.fill(form, draft)
    ids = draft.data.get("photo_ids", []) if draft else []
    return _page(request, start, form, waiting=_waiting(request, ids), draft=draft, other=other)


def _form(start, pairings, data=None, **kwargs):
    form = SessionForm(data, group=start.group, pairings=pairings, by_proxy=start.by_proxy, **kwargs)
    if start.plan and start.plan.theme:
        form.fields["theme"].help_text = "安排的时候写的主题。这次不是讲这个，改掉或者删掉就行。"
    return form


def _around(request, start, pairings, draft=None):
    """Apprentices of other groups are offered when asked for, where the plan has some, or the draft."""
    if "others" in request.GET or "with_others" in request.POST or (draft and "with_others" in draft.data):
        return pairs_around(start.group)
    planned = set(start.plan.there) if start.plan and request.method == "GET" else set()
    guests = planned.difference(pairing.apprentice_id for pairing in pairings)
    return pairs_around(start.group) if guests else ()


def _posted(request, start):
    if "restart" in request.POST:
        drafts.clear(request.user, start.key)
        return redirect(start.url)
    done = sent_before(request)
    if done:
        return redirect(done.path)
    pairings = pairs_of(start.group)
    form = _form(start, pairings, request.POST, around=_around(request, start, pairings))
    ids = request.POST.getlist("photo_ids")
    if "save_draft" in request.POST or "drop_photo" in request.POST:
        return _keep_draft(request, start, ids)
    if form.is_valid() and start.plan_gone:
        form.add_error(None, PLAN_GONE)
    if form.is_valid():
        done = once(request, lambda: _log(request, start, form, ids), path=done_url)
        return redirect(done.path if isinstance(done, AlreadyDone) else done_url(done))
    ids += _keep_files(request, start, room=SessionPhoto.MOST - len(ids))
    return _page(request, start, form, waiting=_waiting(request, ids))


def done_url(session):
    return reverse("mentoring:session-done", args=[session.pk])


def _log(request, start, form, ids):
    """Log it with the photos that are there; one that fails is told about and never holds up the record."""
    ids = ids + _keep_files(request, start, room=SessionPhoto.MOST - len(ids))
    session = sessions.log(
        group=start.group,
        by=request.user,
        photos=_waiting(request, ids),
        planned=start.plan,
        **form.facts(),
    )
    drafts.clear(request.user, start.key)
    return session


def _keep_files(request, start, *, room):
    """Ids of the photos sent with the form itself (without script); tells of those that could not be kept."""
    kept, sentences = photos.take_files(request, SessionPhoto, studio=start.group.studio, room=room)
    for sentence in sentences:
        messages.warning(request, f"{sentence}。记录可以先交，照片以后补。")
    return [str(photo.pk) for photo in kept]


def _keep_draft(request, start, ids):
    """「先存着」 and 「去掉」 of a photo where there is no script."""
    dropped = request.POST.get("drop_photo")
    posted = request.POST.copy()
    ids = [pk for pk in ids if pk != dropped]
    posted.setlist("photo_ids", ids + _keep_files(request, start, room=SessionPhoto.MOST - len(ids)))
    posted.pop("drop_photo", None)
    posted.pop("save_draft", None)
    try:
        drafts.save(request.user, start.key, posted, device=drafts.device_of(request))
    except drafts.TooLong:
        messages.warning(request, "写得太多，草稿存不下，请先交一部分。")
        form = _form(start, pairs_of(start.group), request.POST)
        return _page(request, start, form, waiting=_waiting(request, ids))
    messages.info(request, DRAFT_KEPT)
    return redirect(start.url)


def _waiting(request, ids):
    return photos.waiting(request.user, SessionPhoto, ids)


def _page(request, start, form, *, waiting, draft=None, other=None):
    context = {
        "start": start,
        "photos": waiting,
        "draft": draft,
        "other": other,
        "groups": _tabs(start),
        "other_url": session_start.page_url(start.group.pk, session_start.NO_PLAN, proxy=start.by_proxy),
        "draft_url": reverse("people:draft", args=[start.key]),
        "others_url": f"{start.url}&others=1",
        "plan_url": f"{reverse('mentoring:session-plan')}?group={start.group.pk}",
    }
    return show_form(request, "mentoring/session/form.html", form, **context)


def _tabs(start):
    """The mentor's groups as tabs, where there are several."""
    return [
        {"label": str(group), "url": session_start.page_url(group.pk), "current": group.pk == start.group.pk}
        for group in start.groups
    ]


def _choose_group(request):
    """Staff choose for whom they write; a mentor without a group is told whom to ask."""
    running = Group.objects.filter(
        studio__in=request.standing.staff, cohort__ends_on__gte=timezone.localdate()
    )
    groups = running.select_related("mentor", "cohort", "studio").order_by("studio", "cohort", "number")
    urls = [(group, session_start.page_url(group.pk, proxy=True)) for group in groups]
    context = {"groups": urls, "is_staff": bool(request.standing.staff)}
    return render(request, "mentoring/session/choose.html", context)
