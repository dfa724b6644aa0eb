"""培养晋级: the list, the packet of one apprentice, signing, the word, the decision."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from growth.models import Entry, Kind
from people.access import require
from people.actions import drafts
from people.kept import KeptQuery
from people.models import Person
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.stale import Refused
from people.views.base import show_form
from people.word_sheet import word_answer

from ..actions import advancements as actions
from ..advancement_word import packet_document
from ..forms.advancements import DecideForm, DropForm, ProposeForm, SignForm, WordForm
from ..models import Advancement, Pairing
from .cohorts import STAFF_ONLY

MOST_LINES = 60
PROPOSERS = "培养晋级由师傅或街道来提"


def listed(person):
    """For staff what their studios propose, for the others what they may see; without the long texts."""
    staff, found = person.standing.staff, Advancement.objects
    # Staff see all of their studios: asked so, the newest come straight from the index.
    found = found.filter(studio__in=staff) if staff else found.visible_to(person)
    return found.select_related("apprentice", "mentor", "cohort").defer("reasons", "evidence", "frozen")


# What the list says of a pair.
PAIR = ("studio", "group", "mentor__name", "mentor__salutation", "apprentice__name", "apprentice__unit")
PAIR += ("apprentice__post", "apprentice__neighbourhood__name")


def _proposable(person):
    """Current pairs whose apprentice staff or the mentor may propose something for; none is under way."""
    busy = Advancement.objects.under_way().filter(apprentice=OuterRef("apprentice"))
    pairs = Pairing.objects.current().exclude(Exists(busy)).only(*PAIR)
    staff = person.standing.staff
    pairs = pairs.filter(studio__in=staff) if staff else pairs.filter(mentor=person)
    pairs = pairs.select_related("apprentice__neighbourhood", "mentor")
    return pairs.order_by("-cohort__starts_on", "group__number", "pk")[:200]


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="proposed_at"))
_PROPOSABLE = KeptQuery(_proposable)


@require_safe
def advancement_list(request):
    standing = request.standing
    proposes = standing.staff or standing.mentor
    require(standing.member_studios, "培养晋级只有本工作室的人能看")
    state = request.GET.get("state", "")
    state = state if state in Advancement.State.values else ""
    if state or "page" in request.GET:
        found = listed(request.user)
        page = page_of(request, found.filter(state=state) if state else found, by="proposed_at")
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="proposed_at")
    tabs = [("", "全部"), *((value, label) for value, label in Advancement.State.choices)]
    context = {
        "page": page,
        "tabs": [
            {"label": label, "url": f"?state={value}", "current": value == state} for value, label in tabs
        ],
        "pairs": _PROPOSABLE.all(request.user) if page.first and not state and proposes else [],
    }
    return render(request, "mentoring/advancement/list.html", context)


def _pairs_of(viewer, person):
    seen = Pairing.objects.visible_to(viewer).filter(apprentice=person)
    return seen.select_related("studio", "cohort", "mentor", "apprentice__neighbourhood")


def _ask_person(viewer, pk):
    return Person.objects.visible_to(viewer).select_related("neighbourhood").filter(pk=pk)


_PERSON = KeptQuery(_ask_person)
_CURRENT = KeptQuery(lambda viewer, person: _pairs_of(viewer, person).current().order_by("-starts_on")[:1])
_LAST = KeptQuery(lambda viewer, person: _pairs_of(viewer, person).order_by("-starts_on", "-pk")[:1])


def _pairing(request, person):
    """The pair on whose strength something is proposed: the current one, else the last."""
    found = _CURRENT.all(request.user, person=person.pk) or _LAST.all(request.user, person=person.pk)
    return found[0] if found else None


def advancement_new(request, pk):
    """提出: the packet of one apprentice (`pk`)."""
    person = _PERSON.get_or_404(request.user, pk=pk)
    pairing = _pairing(request, person)
    staff = pairing and pairing.studio_id in request.standing.staff
    require(staff or person.pk in request.standing.pupils, PROPOSERS)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = ProposeForm(request.POST or None, pairing=pairing, entries=_entries(request, person))
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.save(request.user, actions.draft_key(person), request.POST)
        messages.info(request, "先存着了，还没有提。")
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        given = {**form.details(), "entries": form.cleaned_data["evidence"], "by": request.user}
        try:
            made = once(request, lambda: actions.propose(pairing=pairing, **given))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "提出来了，师傅和学员都收到了通知。")
            return redirect(made)
    if request.method == "GET":
        drafts.fill(form, drafts.newest(request.user, actions.draft_key(person)))
    return show_form(request, "mentoring/advancement/new.html", form, whose=person, pairing=pairing)


# What the form says of a line; those that are chosen are read anew when it is sent.
LINE = ("on", "kind", "text", "milestone", "by__name")


def _lines(viewer, person):
    lines = Entry.objects.visible_to(viewer).filter(person=person).select_related("by").only(*LINE)
    return lines.order_by("-on", "-pk")


def _weighty(viewer, person):
    lines = _lines(viewer, person)
    lines = lines.filter(Q(milestone=True) | Q(kind__in=(Kind.ASSESSMENT, Kind.HONOUR)))
    return lines[: MOST_LINES // 2]


_WEIGHTY = KeptQuery(_weighty)
_NEWEST = KeptQuery(lambda viewer, person: _lines(viewer, person)[:MOST_LINES])


def _entries(request, person):
    """Lines to choose evidence from: milestones and results of any time, and the newest others."""
    found = {entry.pk: entry for entry in _WEIGHTY.all(request.user, person=person.pk)}
    for entry in _NEWEST.all(request.user, person=person.pk)[: MOST_LINES - len(found)]:
        found.setdefault(entry.pk, entry)
    return sorted(found.values(), key=lambda entry: (entry.on, entry.pk), reverse=True)


def _found(request, pk):
    return _WHOLE.get_or_404(request.user, pk=pk)


def _ask_whole(person, pk):
    along = (
        "studio", "cohort", "apprentice__neighbourhood", "mentor", "proposed_by", "mentor_signed_by",
        "street_signed_by", "decided_by", "next_cohort", "next_mentor",
    )  # fmt: skip
    return Advancement.objects.visible_to(person).select_related(*along).filter(pk=pk)


_WHOLE = KeptQuery(_ask_whole)


def rights(request, one):
    """What this person may do now: {can_…: bool}."""
    person, standing = request.user, request.standing
    staff = one.studio_id in standing.staff
    mentor = person.pk == one.mentor_id or one.apprentice_id in standing.pupils
    other = {one.mentor_signed_by_id, one.street_signed_by_id}
    return {
        "can_sign_mentor": one.is_open and mentor and not one.mentor_signed_at and person.pk not in other,
        "can_sign_street": one.is_open and staff and not one.street_signed_at and person.pk not in other,
        "can_say": one.is_open and person.pk == one.apprentice_id,
        "can_decide": one.is_ready and staff,
        "can_drop": one.is_open and (staff or person.pk == one.proposed_by_id),
    }


@require_safe
def advancement_detail(request, pk):
    one = _found(request, pk)
    context = {"one": one, "frozen": one.frozen, **rights(request, one)}
    return render(request, "mentoring/advancement/detail.html", context)


@require_safe
def advancement_paper(request, pk):
    """导出Word: the packet on paper."""
    one = _found(request, pk)
    return word_answer(packet_document(one), f"培养晋级_{one.apprentice.name}.docx")


def _act(request, pk, form_class, right, why, act, template, **initial):
    """One small form over an open packet: its right is asked, its version kept, its refusal told."""
    one = _found(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(rights(request, one)[right], why)
    form = form_class(request.POST or None, initial={name: getattr(one, name) for name in initial})
    form.fields["version"].initial = one.version
    if request.method == "POST" and form.is_valid():
        one.version = form.cleaned_data["version"] or 0
        try:
            return redirect(once(request, lambda: act(one, form.cleaned_data)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, template, form, one=one)


def advancement_sign(request, pk):
    """The mentor's or the street's signature, by who opens the page."""
    one = _found(request, pk)
    side = "mentor" if rights(request, one)["can_sign_mentor"] else "street"

    def act(one, given):
        return actions.sign(one, side=side, words=given["words"], by=request.user)

    why = "由师傅和街道各签一个字，一个人只签一次"
    return _act(request, pk, SignForm, f"can_sign_{side}", why, act, "mentoring/advancement/sign.html")


def advancement_word(request, pk):
    def act(one, given):
        return actions.say(one, word=given["word"], by=request.user)

    why, page = "这里由学员本人来说", "mentoring/advancement/word.html"
    return _act(request, pk, WordForm, "can_say", why, act, page, word=True)


def advancement_decide(request, pk):
    def act(one, given):
        return actions.decide(one, decision=given["decision"], words=given["words"], by=request.user)

    why, page = "师傅和街道都签了字，街道工作人员才好定", "mentoring/advancement/decide.html"
    return _act(request, pk, DecideForm, "can_decide", why, act, page)


def advancement_drop(request, pk):
    def act(one, given):
        return actions.drop(one, by=request.user)

    page = "mentoring/advancement/drop.html"
    return _act(request, pk, DropForm, "can_drop", STAFF_ONLY, act, page)
