"""带教活动: the list, one session, its history."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from growth.actions import next_steps
from growth.models import Method, NextStep
from people import words
from people.access import require
from people.history import history_of
from people.kept import KeptQuery
from people.paging import first_page, newest, page_of

from ..actions.session_talks import text_for
from ..course import topics_of
from ..forms.session_filter import SessionFilter
from ..models import Attendance, Group, Invitation, Session, SessionPhoto
from ..session_start import WRITERS, may_log, own_groups

PRESENT = Prefetch("attendance", Attendance.objects.select_related("apprentice").order_by("pk"))
SHOWN = (
    "studio",
    "cohort",
    "group__mentor",
    "mentor",
    "base",
    "neighbourhood",
    "logged_by",
    "planned_by",
    "course",
)


@require_safe
def session_list(request):
    """Staff: all of the studio. Mentors: their own. Apprentices: their own, others of the group by title."""
    standing = request.standing
    if standing.staff:
        return _list(request, _STAFF_GROUPS.all(request.user), "staff")
    if standing.mentor:
        return _list(request, own_groups(request.user), "mentor")
    if standing.apprentice:
        return _list(request, (), "apprentice")
    raise Http404


def _of_staff(person):
    return Session.objects.visible_to(person).filter(studio__in=person.standing.staff)


def _of_mentor(person):
    return Session.objects.visible_to(person).filter(mentor=person)


def _of_apprentice(person):
    attended = Attendance.objects.filter(session=OuterRef("pk"), apprentice=person)
    seen = Attendance.objects.filter(Q(apprentice=person) | Q(apprentice__in=person.standing.peers))
    found = Session.objects.filter(pk__in=seen.values("session"), removed_at__isnull=True)
    return found.annotate(attended=Exists(attended))


def _groups_of_staff(person):
    groups = Group.objects.filter(studio__in=person.standing.staff).select_related("mentor")
    shown = groups.only("number", "mentor__name", "mentor__salutation")
    return shown.order_by("-cohort", "number")[:60]


def _rows(sessions):
    """With what a row shows; `present` are the names of who took part."""
    there = Attendance.objects.filter(session=OuterRef("pk")).order_by("pk").values("apprentice__name")
    return sessions.select_related("mentor", "group__mentor").annotate(present=ArraySubquery(there))


OF = {"staff": _of_staff, "mentor": _of_mentor, "apprentice": _of_apprentice}
_FIRST_PAGE = {desk: KeptQuery(lambda person, of=of: newest(_rows(of(person)))) for desk, of in OF.items()}
_STAFF_GROUPS = KeptQuery(_groups_of_staff)


def _list(request, groups, desk):
    form = SessionFilter(request.GET, groups=groups)
    if len(groups) < 2:
        del form.fields["group"]
    if form.chosen() or "page" in request.GET:
        page = page_of(request, _rows(form.narrow(OF[desk](request.user))))
    else:
        page = first_page(_FIRST_PAGE[desk].all(request.user))
    context = {
        "page": page,
        "form": form,
        "chosen": form.chosen(),
        "clear_url": request.path if form.chosen() else "",
        "desk": desk,
        "can_log": desk != "apprentice",
    }
    return render(request, "mentoring/session/list.html", context)


def posted(request):
    """What was sent, even if it is nothing at all; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def visible_session(request, pk):
    """The session with all that its page shows, or 404."""
    return _SESSION.get_or_404(request.user, pk=pk)


def _ask_session(person, pk):
    found = Session.objects.visible_to(person).select_related(*SHOWN)
    return found.prefetch_related(PRESENT).filter(pk=pk)


def _ask_steps(person, session, studio):
    """What came from the session and is not dropped."""
    source = Session(pk=session, studio_id=studio)
    found = next_steps.of_source(source).exclude(state=NextStep.State.DROPPED)
    return found.select_related("person").order_by("pk")


def _ask_own_steps(person, session, studio):
    own = Q(person=person) | Q(person__in=person.standing.pupils)
    return _ask_steps(person, session, studio).filter(own)


def _ask_invited(person, session):
    return Invitation.objects.filter(session=session).select_related("person").order_by("pk")


def _ask_methods(person, session):
    used = Session.methods.through.objects.filter(session=session)
    return Method.objects.filter(pk__in=used.values("method"))


_SESSION, _INVITED, _METHODS = map(KeptQuery, (_ask_session, _ask_invited, _ask_methods))
_STEPS, _OWN_STEPS = KeptQuery(_ask_steps), KeptQuery(_ask_own_steps)
_PHOTOS = KeptQuery(lambda person, session: SessionPhoto.objects.filter(session=session))


@require_safe
def session_detail(request, pk):
    session = visible_session(request, pk)
    person, present = request.user, [row.apprentice for row in session.attendance.all()]
    can_edit = session.editable_by(person)
    planned, today = session.state == Session.State.PLANNED, timezone.localdate()
    due = planned and session.held_on <= today
    responsible = may_log(person, session.group) or session.mentor_id == person.pk
    asked = _INVITED.all(session=session.pk)
    mine = next((row for row in asked if row.person_id == person.pk), None)
    context = {
        "session": session,
        "names": "、".join(person.name for person in present),
        "methods": _METHODS.all(session=session.pk),
        "photos": _photos(session),
        "steps": _steps(session, person, responsible),
        "can_edit": can_edit,
        "mine": mine if planned and session.held_on >= today else None,
        "invited": answers_of(asked) if planned and responsible else [],
        "missing": missing_from(asked, present) if responsible and not planned else [],
        "subjects": _subjects(session),
        "can_tell_subjects": responsible and session.state == Session.State.LOGGED,
        "talk": text_for(session, person),
        "answers": list(session.answers.all()) if session.mode == Session.Mode.ANSWERS else [],
        "can_answer": can_edit and session.mode == Session.Mode.ANSWERS,
        "can_log": due and may_log(person, session.group),
        "can_change_plan": session.plan_editable_by(person),
        "can_confirm": session.waits_for(person),
        "can_reflect": session.state == Session.State.LOGGED and person in present,
        "can_see_history": responsible,
        "is_staff": session.studio_id in request.standing.staff,
    }
    return render(request, "mentoring/session/detail.html", context)


def answers_of(asked):
    """[(能来 | 来不了 | 还没答, names)] of Invitations, those without anybody left out."""
    labels = (("yes", "能来"), ("no", "来不了"), ("", "还没答"))
    told = [(label, [_told(row) for row in asked if row.answer == answer]) for answer, label in labels]
    return [(label, names) for label, names in told if names]


def missing_from(asked, present):
    """Who was asked and did not come, once it is logged."""
    there = {person.pk for person in present}
    return [_told(row) for row in asked if row.person_id not in there]


def _told(row):
    return f"{row.person.name}（{row.reason}）" if row.reason else row.person.name


def _subjects(session):
    """Names of the topics of 应知必会 that the session covered."""
    standing = getattr(session, "course", None)
    keys = standing.keys if standing else []
    return [topic.name for topic in topics_of(session.studio_id) if topic.key in keys] if keys else []


def _photos(session):
    """In the shape of components/photos.html."""
    return [
        {
            "url": reverse("mentoring:photo", args=[photo.pk]),
            "thumb_url": reverse("mentoring:photo-thumb", args=[photo.pk]),
            "alt": f"{words.short_day(session.held_on)}带教的照片，第{number}张",
        }
        for number, photo in enumerate(_PHOTOS.all(session=session.pk), start=1)
    ]


def _steps(session, person, responsible):
    """What was given to do: all of it for those responsible, one's own for an apprentice."""
    asked = _STEPS if responsible else _OWN_STEPS
    return asked.all(person, session=session.pk, studio=session.studio_id)


@require_safe
def session_done(request, pk):
    """「记好了」, for whoever has just written it."""
    session = visible_session(request, pk)
    if not session.editable_by(request.user):
        return redirect(session)
    names = "、".join(row.apprentice.name for row in session.attendance.all())
    context = {"session": session, "names": names, "by_proxy": session.mentor_id != request.user.pk}
    return render(request, "mentoring/session/done.html", context)


@require_safe
def session_history(request, pk):
    session = visible_session(request, pk)
    require(may_log(request.user, session.group) or session.mentor_id == request.user.pk, WRITERS)
    context = {"session": session, "items": history_of(session)}
    return render(request, "mentoring/session/history.html", context)
