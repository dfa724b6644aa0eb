"""Where a new session begins: whose group, which plan, who writes it, what is filled in already."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from people.kept import KeptQuery
from people.models import Draft
from people.views.base import id_of

from .cadence import theme_for
from .forms.session_parts import OWN_PLACE, current, place_key
from .forms.sessions import day_values
from .models import Attendance, Group, Invitation, Session

DRAFTS = "session-"
NO_PLAN = "0"
# Plans of today and yesterday are among the newest few.
RECENT = 8
WRITERS = "记带教、安排带教由带教书记和街道工作人员来做"


@dataclass(frozen=True)
class Start:
    """`plan`: the planned Session that this one is, or None; `last`: the one held last, or None; both know
    `there`, the ids of their apprentices. `plan_gone`: a plan was named that is over.
    `groups`: the mentor's groups to choose among, where none was named."""

    group: Group
    plan: Session | None
    last: Session | None
    by_proxy: bool
    key: str
    plan_gone: bool = False
    groups: tuple[Group, ...] = ()

    @property
    def url(self):
        """The page of the form with just this beginning."""
        return page_url(self.group.pk, self.plan.pk if self.plan else NO_PLAN, proxy=self.by_proxy)


def page_url(group, plan="", *, proxy=False):
    said = {"group": group, "plan": plan, "proxy": "1" if proxy else ""}
    return f"{reverse('mentoring:session-new')}?{urlencode({k: v for k, v in said.items() if v})}"


def begin(request):
    """The Start that address, posted fields or draft name, or None while a group is still to be chosen.

    Raises Http404 or PermissionDenied for those who log no sessions.
    """
    said = _said(request)
    groups = _groups(request.user, said)
    if not groups:
        return None
    group = groups[0]
    by_proxy = group.mentor_id != request.user.pk
    posted = request.method == "POST"
    recent = _RECENT[by_proxy].all(request.user, group=group.pk)
    plan = _plan(request.user, recent, said, posted=posted, group=group.pk, by_proxy=by_proxy)
    gone = posted and plan is None and said.get("plan", NO_PLAN) != NO_PLAN
    key = draft_key(group, id_of(said["plan"]) if gone else plan and plan.pk, by_proxy)
    last = next((session for session in recent if session.state == Session.State.LOGGED), None)
    return Start(group, plan, last, by_proxy, key, gone, tuple(groups))


def _said(request):
    """What names the group and the plan: the posted form; a draft's own fields; else the address."""
    if request.method == "POST":
        return request.POST
    asked = request.GET
    if "group" not in asked and (pk := id_of(asked.get("draft"))):
        mine = Draft.objects.visible_to(request.user)
        draft = mine.filter(pk=pk, key__startswith=DRAFTS).first()
        if draft:
            return {name: values[0] for name, values in draft.data.items() if values}
    return asked


def _groups(person, said):
    """The named group alone; else the mentor's own, the likeliest first; else none."""
    standing = person.standing
    if said.get("group"):
        group = _NAMED_GROUP.get_or_404(person, pk=id_of(said["group"]) or 0)
        if not may_log(person, group):
            raise PermissionDenied(WRITERS)
        return [group]
    if standing.mentor and not said.get("proxy"):
        own = own_groups(person)
        if own:
            return own
    if not (standing.staff or standing.mentor):
        if standing.apprentice:
            raise PermissionDenied(WRITERS)
        raise Http404
    return []


def may_log(person, group):
    """The group's mentor, and staff of its studio in the mentor's place."""
    standing = person.standing
    own = group.mentor_id == person.pk and group.studio_id in standing.mentor
    return own or group.studio_id in standing.staff


def _whole(groups):
    return groups.select_related("cohort", "mentor", "studio")


def _ask_own_groups(person):
    return _whole(Group.objects.filter(mentor=person, studio__in=person.standing.mentor))


_NAMED_GROUP = KeptQuery(lambda person, pk: _whole(Group.objects.visible_to(person)).filter(pk=pk))
_OWN_GROUPS = KeptQuery(_ask_own_groups)


def own_groups(person):
    """Groups that the person leads or led as a mentor: those of a running cohort first, then the latest."""
    today = timezone.localdate()
    return sorted(
        _OWN_GROUPS.all(person),
        key=lambda group: (
            not group.cohort.starts_on <= today <= group.cohort.ends_on,
            -group.cohort.starts_on.toordinal(),
            group.pk,
        ),
    )


def _plan(person, recent, said, *, posted, group, by_proxy):
    """The plan of the group that is named, or that offers itself; or None."""
    named = said.get("plan", "")
    plans = [session for session in recent if session.state == Session.State.PLANNED]
    if named or posted:
        found = next((plan for plan in plans if str(plan.pk) == named), None)
        return found or _older_plan(person, group, by_proxy, id_of(named))
    return next((plan for plan in plans if not plan.unfinished), None)


def _older_plan(person, group, by_proxy, pk):
    if not pk:
        return None
    return _known(person, group, by_proxy).filter(state=Session.State.PLANNED, pk=pk).first()


def _known(person, group, by_proxy):
    """Sessions of the group, given by its id. Each knows `there`, `came` and `declined`, the ids of its
    apprentices, of those marked as there and of those who cannot come, and `unfinished`: a draft waits."""
    there = Attendance.objects.filter(session=OuterRef("pk")).order_by("pk").values("apprentice")
    # The draft's name as `draft_key` writes it, in the database's words: the id may be a placeholder.
    key = Concat(Value(f"{DRAFTS}{_written(by_proxy)}-"), Cast(OuterRef("group_id"), CharField()))
    drafts = Draft.objects.filter(person=person, key=key)
    asked = Invitation.objects.filter(session=OuterRef("pk")).order_by("pk").values("person")
    found = Session.objects.filter(group=group, removed_at__isnull=True)
    return found.annotate(
        there=ArraySubquery(there),
        came=ArraySubquery(asked.filter(came=True)),
        declined=ArraySubquery(asked.filter(answer=Invitation.Answer.NO)),
        unfinished=Exists(drafts),
    )


def _recent(person, group, by_proxy):
    """The newest that were held or are to be logged now."""
    due = Q(state=Session.State.PLANNED, held_on__in=due_days())
    known = _known(person, group, by_proxy)
    return known.filter(due | Q(state=Session.State.LOGGED)).order_by("-held_on", "-pk")[:RECENT]


_RECENT = {
    by_proxy: KeptQuery(lambda person, group, by_proxy=by_proxy: _recent(person, group, by_proxy))
    for by_proxy in (False, True)
}


def due_days():
    """The days whose plans are offered for logging: today and yesterday."""
    today = timezone.localdate()
    return [today, today - timedelta(days=1)]


def draft_key(group, plan_pk, by_proxy):
    """The draft's name: one for each plan, so that two sessions never mix; else one for the group."""
    if plan_pk:
        return f"{DRAFTS}plan-{plan_pk}"
    return f"{DRAFTS}{_written(by_proxy)}-{group.pk}"


def _written(by_proxy):
    return "proxy" if by_proxy else "new"


def prefill(start, pairings):
    """Initial values: from the plan; else from the last session of the group; else the only apprentice."""
    today = timezone.localdate()
    plan, last = start.plan, start.last
    now = current(pairings)
    if plan:
        expected = plan.came or [pk for pk in plan.there if pk not in plan.declined]
        present = [str(pk) for pk in expected]
    elif last:
        present = [str(pk) for pk in last.there if str(pk) in now]
    else:
        present = now if len(now) == 1 else []
    return {
        "present": present,
        **day_values(min(plan.held_on, today) if plan else today, today),
        "minutes": (last and last.minutes) or Session.Duration.HOUR,
        "mode": plan.mode if plan else Session.Mode.FACE,
        "where": (place_key(plan) if plan else "") or OWN_PLACE,
        "others": present,
        "place": plan.place if plan else "",
        "theme": (plan.theme if plan else "") or theme_for(start.group),
    }
