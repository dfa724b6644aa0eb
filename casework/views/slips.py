"""三联单 at a desk: the list with its three counters, one slip, and what is done with it."""

from django.contrib import messages
from django.db.models import Count, Value
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from people import scoped_links
from people.access import require
from people.actions import drafts
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.stale import Refused, StaleEdit
from people.views.base import id_of, show_form
from people.views.drafts import keep_for_later
from people.words import due, due_kind, exact_moment, near_day

from .. import slip_rights as may
from ..actions import slips
from ..forms.slips import (
    REGISTER_KEY,
    CallBackForm,
    DispatchForm,
    DropForm,
    FinishForm,
    GiveBackForm,
    SlipFilter,
    SlipForm,
    StepSlipForm,
)
from ..models import Slip, SlipState, Step, Visit
from ..models.slip import TO_SEND, UNDER_WAY

CHIPS = {
    "open": "todo", "sent": "plan", "accepted": "doing", "finished": "todo", "called_back": "done",
    "rejected": "todo", "consulted": "kept", "dropped": "off",
}  # fmt: skip
NOT_HERE = "三联单由街道工作人员、居民区书记和楼栋党小组组长登记"
NOT_TO_SEND = "派单由街道工作人员、居民区书记和楼栋党小组组长来做"
NOT_YOURS = "这张三联单由承办人来办"
LINKED = ("category", "neighbourhood", "building", "handler")


@require_safe
def slip_list(request):
    person, standing = request.user, request.standing
    studios = standing.staff or standing.apprentice
    form = SlipFilter(request.GET or None, studios=studios, in_streets=bool(standing.staff))
    chosen = form.chosen()
    if chosen or "page" in request.GET:
        found = form.apply(Slip.objects.visible_to(person)).select_related(*LINKED)
        page = page_of(request, found, by="state_since")
    else:
        page = first_page(_FIRST_PAGE.all(person), by="state_since")
    context = {
        "form": form,
        "page": page,
        "rows": [row(slip) for slip in page],
        "filtered": bool(chosen),
        "clear_url": reverse("casework:slip-list") if chosen else "",
        "is_staff": bool(standing.staff),
        "can_register": may.may_register(person),
    }
    if page.first and (standing.staff or standing.apprentice):
        context["tiles"] = tiles(*_THIS_YEAR.all(person))
    return render(request, "casework/slip/list.html", context)


_FIRST_PAGE = KeptQuery(
    lambda person: newest(Slip.objects.visible_to(person).open().select_related(*LINKED), by="state_since")
)


def _ask_this_year(person):
    """One row of all that the person sees: grouped by nothing that differs."""
    found = Slip.objects.visible_to(person).filter(year=timezone.localdate().year).order_by()
    counted = found.annotate(one=Value(1)).values("one")
    return counted.annotate(all=Count("*"), sent=Count("sent_at"), finished=Count("finished_at"))


_THIS_YEAR = KeptQuery(_ask_this_year)


def tiles(told=None):
    """收集问题 · 派单 · 办结 of this year, as the report counts them."""
    told = told or {"all": 0, "sent": 0, "finished": 0}
    names = (("收集问题", "all", "个"), ("派单", "sent", "张"), ("办结", "finished", "件"))
    return [{"label": label, "value": told[key], "unit": unit, "note": "今年"} for label, key, unit in names]


def row(slip):
    """What a line of the list says."""
    about = (slip.category.name, slip.where, slip.whose)
    open_due = slip.due_on if slip.state in UNDER_WAY else None
    return {
        "pk": slip.pk,
        "url": slip.get_absolute_url(),
        "title": slip.problem,
        "no": slip.no,
        "about": " · ".join(part for part in about if part),
        "state": slip.get_state_display(),
        "chip": CHIPS[slip.state],
        "due": due(open_due) if open_due else "",
        "late": bool(open_due) and due_kind(open_due) == "late",
        "since": near_day(slip.state_since),
    }


def _ask_slip(person, pk):
    linked = (*LINKED, "studio", "resident", "registered_by", "sent_by", "called_back_by", "group", "visit")
    found = Slip.objects.visible_to(person).filter(pk=pk)
    return found.select_related(*linked, "step__prescription", "of_case", "case")


# Sixteen tables: planning that takes ten times as long as reading it, so the plan is kept.
_SLIP = KeptQuery(_ask_slip)


def found_slip(request, pk):
    return _SLIP.get_or_404(request.user, pk=pk)


@require_safe
def slip_detail(request, pk):
    slip, person = found_slip(request, pk), request.user
    moves = slip.moves.select_related("by")
    staff = may.is_staff(slip, person)
    links = scoped_links.links_of(slips.LINK, slip) if staff else ()
    context = {
        "slip": slip,
        "chips": chips(slip),
        "problem_rows": problem_rows(slip),
        "duty_rows": duty_rows(slip),
        "resident": slip.resident if sees_resident(slip, person) else None,
        "trail": trail(moves),
        "can_dispatch": may.may_dispatch(slip, person),
        "can_work": may.may_work(slip, person),
        "mine": slip.handler_id == person.pk,
        "can_call_back": may.may_call_back(slip, person),
        "can_drop": may.may_drop(slip, person),
        "sends_link": may.may_dispatch(slip, person) and slip.state in UNDER_WAY and not slip.handler_id,
        "links": links,
        "has_link": any(link.is_usable for link in links),
        "shows_code": slip.ask_code if staff else "",
        "writes_case": slip.case_id and slip.case.writer_id == person.pk,
        "history": history_of(slip) if staff else (),
    }
    return render(request, "casework/slip/detail.html", context)


def sees_resident(slip, person):
    """Those who deal with the resident, as `shown_to` of casework/residents.py has it."""
    if slip.resident_id is None:
        return False
    works = slip.handler_id == person.pk and slip.gives_phone
    wrote = person.pk in (slip.registered_by_id, slip.sent_by_id)
    return works or wrote or may.is_staff(slip, person) or may.is_local(slip, person)


def chips(slip):
    found = [{"kind": CHIPS[slip.state], "text": slip.get_state_display()}]
    if slip.state in UNDER_WAY:
        found.append({"kind": due_kind(slip.due_on), "text": due(slip.due_on)})
    if slip.returns:
        found.append({"kind": "off", "text": f"退过{slip.returns}次"})
    return found


def problem_rows(slip):
    """问题联."""
    registered = (
        slip.registered_by.called if slip.registered_by_id else slip.registered_name or "居民自己点的"
    )
    rows = [
        ("收到日期", near_day(slip.received_on)),
        ("来源", slip.origin),
        ("类别", slip.category.name),
        ("在哪里", slip.where),
        ("要求", slip.wish),
        ("登记人", registered),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def duty_rows(slip):
    """责任联; nothing before it is sent."""
    if slip.sent_at is None:
        return []
    rows = [
        ("承办人", slip.whose),
        ("党小组", slip.group.name if slip.group_id and slip.group.name != slip.whose else ""),
        ("办理时限", due(slip.due_on) if slip.state in UNDER_WAY else near_day(slip.due_on)),
        ("派单", f"{slip.sent_by.called}，{exact_moment(slip.sent_at)}"),
        ("接单", exact_moment(slip.accepted_at) if slip.accepted_at else "还没接"),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def trail(moves):
    """For components/timeline.html."""
    verbs = {
        SlipState.SENT: "派单", SlipState.ACCEPTED: "接单", SlipState.FINISHED: "办结",
        SlipState.CALLED_BACK: "回访", SlipState.REJECTED: "退单", SlipState.CONSULTED: "退单，转会诊",
        SlipState.DROPPED: "不办了", SlipState.OPEN: "回访说没办好，再派一次",
    }  # fmt: skip
    return [
        {
            "mark": "case", "when": exact_moment(move.at), "who": move.who,
            "text": verbs[SlipState(move.after)] + (f"：{move.note}" if move.note else ""),
        }
        for move in moves
    ]  # fmt: skip


# --- 登记 -------------------------------------------------------------------------------------------------


def slip_new(request):
    """群众点单; `?visit=`: from a visit; `?step=`: from a prescription, where 承办人 and 时限 remain."""
    if id_of(request.GET.get("step")):
        return _new_of_step(request, id_of(request.GET["step"]))
    studio = may.studio_to_register(request.user)
    require(studio, NOT_HERE)
    done = sent_before(request)
    if done:
        return redirect(done)
    visit = _visit(request)
    kept = keep_for_later(request, REGISTER_KEY)
    if kept:
        return kept
    form = SlipForm(request.POST or None, person=request.user, studio=studio, visit=visit)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "studio": studio, "by": request.user}
        if visit:
            given |= {"visit": visit, "source": Slip.Source.VISIT, "resident": visit.resident}

        def register():
            drafts.clear(request.user, REGISTER_KEY)
            return slips.register(**given)

        return redirect(once(request, register))
    draft, other = (
        drafts.choose(request, REGISTER_KEY) if request.method == "GET" and not visit else (None, None)
    )
    drafts.fill(form, draft)
    return show_form(request, "casework/slip/new.html", form, draft=draft, other=other, visit=visit)


def _visit(request):
    pk = id_of(request.GET.get("visit"))
    return get_object_or_404(Visit.objects.visible_to(request.user), pk=pk) if pk else None


def _new_of_step(request, pk):
    steps = Step.objects.visible_to(request.user).select_related(
        "studio", "owner", "prescription__case__neighbourhood"
    )
    step = get_object_or_404(steps, pk=pk)
    case = step.prescription.case
    local = request.user.pk in (case.owner_id, case.chair_id)
    require(local or step.studio_id in request.standing.staff, NOT_TO_SEND)
    done = sent_before(request)
    if done:
        return redirect(done)
    waiting = step.slips.filter(state__in=TO_SEND).first()
    if waiting:
        return redirect("casework:slip-send", waiting.pk)
    form = StepSlipForm(request.POST or None, studio=step.studio, step=step)
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: _send_step(step, form, request.user)))
    return show_form(request, "casework/slip/of_step.html", form, step=step, case=case)


def _send_step(step, form, by):
    slip = slips.register(
        studio=step.studio, category=form.cleaned_data["category"], problem=step.text, by=by, step=step,
        source=Slip.Source.STEP, neighbourhood=step.prescription.case.neighbourhood,
    )  # fmt: skip
    return slips.dispatch(slip, **form.given(), by=by)


# --- What is done with a slip ------------------------------------------------------------------------------


def _act(request, slip, form, act, template, **context):
    """Run `act()` once when the form is good; a refusal stands on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(request, act))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, template, form, slip=slip, **context)


def slip_send(request, pk):
    slip = found_slip(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    able = may.is_staff(slip, request.user) or may.is_local(slip, request.user)
    require(able and slips.may_send(slip), NOT_TO_SEND)
    form = DispatchForm(request.POST or None, studio=slip.studio, place=slip.neighbourhood_id, slip=slip)
    proposed = slip.moves.filter(after=SlipState.REJECTED).last() if slip.returns else None

    def send():
        if form.cleaned_data["version"] not in (None, slip.version):
            raise StaleEdit(slip, ("handler_name", "due_on"))
        return slips.dispatch(slip, **form.given(), by=request.user)

    return _act(request, slip, form, send, "casework/slip/send.html", proposed=proposed)


def slip_finish(request, pk):
    slip = found_slip(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(may.may_work(slip, request.user), NOT_YOURS)
    form = FinishForm(request.POST or None)
    given = _as(slip, request.user)
    return _act(
        request,
        slip,
        form,
        lambda: slips.finish(slip, **form.cleaned_data, **given),
        "casework/slip/finish.html",
    )


def slip_accept(request, pk):
    """One button on the slip's page."""
    slip = found_slip(request, pk)
    require(may.may_work(slip, request.user), NOT_YOURS)
    if request.method == "POST" and slip.state == SlipState.SENT:
        slips.accept(slip, **_as(slip, request.user))
        messages.success(request, "接单了")
    return redirect(slip)


def slip_give_back(request, pk):
    slip = found_slip(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(may.may_work(slip, request.user), NOT_YOURS)
    form = GiveBackForm(request.POST or None)
    given = _as(slip, request.user)
    return _act(
        request, slip, form, lambda: slips.give_back(slip, **form.cleaned_data, **given),
        "casework/slip/give_back.html",
    )  # fmt: skip


def _as(slip, person):
    """Who acts: whoever has the slip; staff write it down in the name of somebody without an account."""
    if slip.handler_id == person.pk:
        return {"by": person}
    return {"by": person, "by_name": slip.whose}


def slip_call_back(request, pk):
    slip = found_slip(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(may.may_call_back(slip, request.user), "办结了才回访，由派单的一方来问")
    form = CallBackForm(request.POST or None)
    return _act(
        request, slip, form, lambda: slips.call_back(slip, **form.cleaned_data, by=request.user),
        "casework/slip/call_back.html", resident=slip.resident if sees_resident(slip, request.user) else None,
    )  # fmt: skip


def slip_drop(request, pk):
    slip = found_slip(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(may.may_drop(slip, request.user), "这一页只有街道工作人员能看")
    form = DropForm(request.POST or None)
    return _act(
        request, slip, form, lambda: slips.drop(slip, **form.cleaned_data, by=request.user),
        "casework/slip/drop.html",
    )  # fmt: skip


def slip_give_link(request, pk):
    """The address for whoever has the slip and no account: made by a POST, shown once."""
    slip = found_slip(request, pk)
    require(may.may_dispatch(slip, request.user) and slip.state in UNDER_WAY, NOT_TO_SEND)
    if request.method != "POST":
        return redirect(slip)
    fresh = slips.link_for(slip, by=request.user)
    what = f"{slip.whose}您好，有一张三联单请您办：{slip.problem[:80]}，{due(slip.due_on)}。"
    text = f"{what}点开就能接单和办结，不用登录："
    return scoped_links.show(request, fresh, back=slip.get_absolute_url(), words=text)
