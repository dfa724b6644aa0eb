"""三个一: the board of a year, one cell of it, and what fills a row."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from growth.models import Entry, Kind
from people import words
from people.access import require
from people.actions import drafts
from people.history import history_of
from people.once import once, sent_before
from people.views.base import id_of, show_form
from people.workdays import caveat

from .. import cadence
from ..actions import cadence as acts
from ..forms.cadence import CellForm, FillForm, LinkForm, ReportForm, UnlinkForm
from ..models import CadenceCell, CadenceKind, Group

WHO_SEES = "三个一只有本工作室的师傅、学员和街道工作人员能看"
WHO_SETS = "这一格由这一组的师傅和街道工作人员来定"
SOONEST, LATEST = 2010, 2100
MOST_HELD = 40


def _studio(request):
    standing = request.standing
    studio = next(filter(None, map(standing.studio_as, ("staff", "mentor", "apprentice"))), None)
    require(studio, WHO_SEES)
    return studio


@require_safe
def cadence_board(request):
    studio, today = _studio(request), timezone.localdate()
    year = id_of(request.GET.get("year"))
    year = year if year and SOONEST <= year <= LATEST else today.year
    terms, shown = _terms(request, studio, year, today)
    rows = cadence.board(studio, year, request.user, today, shown)
    staff = studio.pk in request.standing.staff
    groups = [row.group for row in rows if row.group]
    own = {group.pk for group in groups if group.mentor_id == request.user.pk}
    wide = cadence.months_of(rows)
    context = {
        "studio": studio,
        "year": year,
        "years": [_year_tab(one, year) for one in (today.year - 1, today.year, today.year + 1)],
        "terms": terms,
        "rows": rows,
        "fillable": {
            row.group.pk if row.group else 0 for row in rows if staff or (row.group and row.group.pk in own)
        },
        "staff": staff,
        "months": [(month, month in wide) for month in range(1, 13)],
        "now": _now(rows, studio) if year == today.year else "",
        "late": cadence.overdue(rows),
        "caveat": caveat(today.replace(year=year, month=12, day=31)),
    }
    return render(request, "mentoring/cadence/board.html", context)


def _terms(request, studio, year, today):
    """(tabs, cohorts to show) for staff: of several classes in a year what runs now, else the last.

    Everybody else has few groups and sees them all.
    """
    if studio.pk not in request.standing.staff:
        return [], None
    cohorts = list(cadence.cohorts_of(studio, year))
    running = [one for one in cohorts if one.starts_on <= today <= one.ends_on]
    asked = id_of(request.GET.get("cohort"))
    shown = [one for one in cohorts if one.pk == asked] or running or cohorts[-1:]
    if len(cohorts) == len(shown):
        return [], cohorts
    address = f"{reverse('mentoring:cadence-board')}?year={year}&cohort="
    return [
        {"label": one.name, "url": f"{address}{one.pk}", "current": one in shown} for one in cohorts
    ], shown


def _year_tab(one, year):
    return {
        "label": f"{one}年",
        "url": f"{reverse('mentoring:cadence-board')}?year={one}",
        "current": one == year,
    }


def _now(rows, studio):
    """本月3组已定主题，2组未定: of the groups alone."""
    if not studio.keeps_theme:
        return ""
    months = [slot for row in rows if row.group for slot in row.slots if slot.kind == "theme" and slot.is_now]
    if not months:
        return ""
    if len(months) == 1:
        return f"本月主题：{months[0].theme}" if months[0].theme else "本月主题还没定"
    set_already = sum(slot.cell is not None for slot in months)
    return f"本月{set_already}组已定主题，{len(months) - set_already}组未定"


def _slot(request, year, kind, period, group):
    """The cell an address names, visible to this person, or 404."""
    studio = _studio(request)
    if kind not in CadenceKind.values or not SOONEST <= year <= LATEST:
        raise Http404
    kind = CadenceKind(kind)
    if not 1 <= period <= cadence.PERIODS[kind]:
        raise Http404
    of_group = None
    if group:
        seen = cadence.groups_of(studio, year, request.user)
        of_group = next((one for one in seen if one.pk == group), None)
        if of_group is None:
            raise Http404
    cell = acts.cell_of(studio=studio, group=of_group, kind=kind, year=year, period=period)
    return cadence.Slot(studio, of_group, kind, year, period, cell if cell.pk else None), cell


def _may_set(request, slot):
    own = slot.group is not None and slot.group.mentor_id == request.user.pk
    return slot.studio.pk in request.standing.staff or own


@require_safe
def cadence_cell(request, year, kind, period, group):
    """One cell: a page of its own, or for htmx the panel that opens under its row, with the form at once."""
    slot, cell = _slot(request, year, kind, period, group)
    linked = cell.linked
    # Whoever may not read it sees that there is one, without a link.
    readable = linked and type(linked).objects.visible_to(request.user).filter(pk=linked.pk).exists()
    context = {
        "slot": slot,
        "cell": cell,
        "linked": linked,
        "told": cadence.told(linked) if linked else "",
        "readable": readable,
        "can_set": _may_set(request, slot),
        "may_report": kind != CadenceKind.THEME,
        "board_url": _board(year, slot),
        "rows": [
            {"label": "主题", "value": cell.theme or "还没定"},
            {"label": "日期", "value": cell.held_on and words.day(cell.held_on)},
            {"label": "主讲或主持", "value": cell.host},
            {"label": "地点", "value": cell.place},
            {"label": "几号前办", "value": words.before(slot.due_on)},
        ],
    }
    if request.htmx:
        if context["can_set"] and slot.state != "done":
            context["form"] = _cell_form(request, slot, cell, auto_id=f"cell{group}_%s")
        answer = render(request, "mentoring/cadence/_panel.html", context)
    else:
        context["history"] = history_of(cell) if cell.pk else []
        answer = render(request, "mentoring/cadence/cell.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _cell_form(request, slot, cell, data=None, **more):
    """Theme, day, host and place; for staff also the other groups that may take the same."""
    others = []
    if slot.studio.pk in request.standing.staff:
        known = cadence.groups_of(slot.studio, slot.year, request.user)
        others = [one for one in known if one != slot.group]
        others = [one for one in others if cadence.concerns(one, slot.kind, slot.year, slot.period)]
    action = reverse("mentoring:cadence-plan", args=slot.args)
    return CellForm(data, instance=cell, groups=others, action=action, **more)


def cadence_plan(request, year, kind, period, group):
    slot, cell = _slot(request, year, kind, period, group)
    require(_may_set(request, slot), WHO_SETS)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = _cell_form(request, slot, cell, request.POST or None)
    if request.method == "POST" and form.is_valid():
        cell.version = form.cleaned_data["version"] or 0
        once(request, lambda: acts.plan(cell, by=request.user, also=form.also(), **form.words()))
        messages.success(request, f"{slot.title}定好了")
        return redirect(_board(year, slot))
    return show_form(request, "mentoring/cadence/plan.html", form, slot=slot)


def _board(year, slot=None):
    """The board of the year, at the row of the slot."""
    place = f"#row-{slot.args[-1]}" if slot else ""
    term = f"&cohort={slot.group.cohort_id}" if slot and slot.group else ""
    return f"{reverse('mentoring:cadence-board')}?year={year}{term}{place}"


def _written(request, year, kind, period, group):
    """The slot and its row, for those who may set it; 404 where nothing is set yet."""
    slot, cell = _slot(request, year, kind, period, group)
    require(_may_set(request, slot), WHO_SETS)
    if cell.pk is None:
        raise Http404
    return slot, cell


def cadence_link(request, year, kind, period, group):
    slot, cell = _written(request, year, kind, period, group)
    found = [
        *acts.sessions_for(cell, request.user)[:MOST_HELD],
        *acts.meetings_for(cell, request.user)[:MOST_HELD],
        *acts.visits_for(cell, request.user)[:MOST_HELD],
    ]
    form = LinkForm(request.POST or None, held=found)
    form.fields["version"].initial = cell.version
    if request.method == "POST" and form.is_valid():
        cell.version = form.cleaned_data["version"] or 0
        done = once(request, lambda: acts.link(cell, form.chosen(), by=request.user))
        messages.success(request, f"{slot.title}已办")
        return redirect(done)
    return show_form(request, "mentoring/cadence/link.html", form, slot=slot, cell=cell, found=found)


def cadence_unlink(request, year, kind, period, group):
    slot, cell = _written(request, year, kind, period, group)
    form = UnlinkForm(request.POST or None)
    form.fields["version"].initial = cell.version
    if request.method == "POST" and form.is_valid():
        cell.version = form.cleaned_data["version"] or 0
        return redirect(once(request, lambda: acts.unlink(cell, by=request.user)))
    return show_form(request, "mentoring/cadence/unlink.html", form, slot=slot, cell=cell)


def cadence_report(request, year, kind, period, group):
    slot, cell = _written(request, year, kind, period, group)
    require(kind != CadenceKind.THEME, "每月主题要靠带教来办，不用写总结")
    done = sent_before(request)
    if done:
        return redirect(done)
    key = f"cadence-report-{cell.pk}"
    form = ReportForm(
        request.POST or None,
        initial={"report": cell.report or starter(slot), "version": cell.version},
        draft_url=reverse("people:draft", args=[key]),
    )
    if request.method == "POST" and form.is_valid():
        cell.version = form.cleaned_data["version"] or 0

        def act():
            drafts.clear(request.user, key)
            return acts.report(cell, text=form.cleaned_data["report"], by=request.user)

        done = once(request, act)
        messages.success(request, f"{slot.title}写好了")
        return redirect(done)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    return show_form(request, "mentoring/cadence/report.html", form, slot=slot, draft=draft, other=other)


def starter(slot):
    """The first sentence, from the records: how often, about what. Nothing recorded is said, not guessed."""
    first, last = cadence.days_of(slot.kind, slot.year, slot.period)
    lines = Entry.objects.filter(studio=slot.studio, kind=Kind.SESSION, on__range=(first, last))
    if slot.group:
        lines = lines.filter(person=slot.group.mentor_id)
    number = lines.values("source_type", "source_id").distinct().count()
    cells = CadenceCell.objects.filter(
        studio=slot.studio, group=slot.group, kind=CadenceKind.THEME, year=slot.year,
        period__range=(first.month, last.month),
    )  # fmt: skip
    themes = "、".join(cell.theme for cell in cells.order_by("period"))
    told = (
        f"{slot.name}，{slot.whose}共带教{number}次" if number else f"{slot.name}，{slot.whose}没有带教记录"
    )
    return f"{told}{f'，主题有{themes}' if themes else ''}。\n"


def cadence_fill(request, year, how, group):
    """照去年 fills the open cells of a row from last year's; 各组同题 those of all groups from this row."""
    studio = _studio(request)
    if how not in ("last-year", "same") or not SOONEST <= year <= LATEST:
        raise Http404
    rows = cadence.board(studio, year, request.user)
    row = next((one for one in rows if (one.group.pk if one.group else 0) == group), None)
    if row is None:
        raise Http404
    own = row.group is not None and row.group.mentor_id == request.user.pk
    require(studio.pk in request.standing.staff or (own and how == "last-year"), WHO_SETS)
    slots, words_of = _to_fill(request, rows, row, how)
    form = FillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = sent_before(request)
        if not done:
            once(
                request,
                lambda: acts.fill(slots, words_of=words_of, by=request.user),
                path=lambda count: _board(year),
            )
            messages.success(request, "定好了，已经定过的没有动")
        return redirect(_board(year))
    planned = [(slot, words_of(slot)) for slot in slots if words_of(slot)]
    context = {"row": row, "how": how, "year": year, "planned": planned, "board_url": _board(year)}
    return show_form(request, "mentoring/cadence/fill.html", form, **context)


def _to_fill(request, rows, row, how):
    """(open slots, words for a slot): from last year's row of the same mentor, or from `row` itself."""
    if how == "same":
        source = {(slot.kind, slot.period): slot.cell for slot in row.slots if slot.cell}
        slots = [slot for one in rows if one is not row and one.group for slot in one.slots if not slot.cell]
        return slots, lambda slot: _words(source.get((slot.kind, slot.period)))
    old = CadenceCell.objects.visible_to(request.user).filter(studio=row.studio, year=row.slots[0].year - 1)
    if row.group:
        former = Group.objects.filter(studio=row.studio, mentor=row.group.mentor_id)
        old = old.filter(group__in=former)
    else:
        old = old.filter(group__isnull=True)
    source = {(cell.kind, cell.period): cell for cell in old.order_by("pk")}
    return [s for s in row.slots if not s.cell], lambda slot: _words(
        source.get((slot.kind.value, slot.period))
    )


def _words(cell):
    return cell and {"theme": cell.theme, "host": cell.host, "place": cell.place}
