"""「给学员结对」 in five pages: 期次, 带教书记, 学员, 分组, 核对. What is chosen is kept page by page."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from people.access import require
from people.once import once, sent_before
from people.stale import Refused
from people.views.base import show_form
from people.words import day

from ..actions import pairings
from ..forms.pairing_wizard import ConfirmForm
from ..models import Pairing
from ..pairing_wizard import LAST, NotYet, Wizard
from .cohorts import STAFF_ONLY

PAGES = {
    1: ("mentoring:pairing-new", "给哪一期结对？"),
    2: ("mentoring:pairing-new-mentors", "请哪几位书记带？"),
    3: ("mentoring:pairing-new-apprentices", "给哪些学员找师傅？"),
    4: ("mentoring:pairing-new-groups", "谁跟哪位师傅？"),
    LAST: ("mentoring:pairing-new-check", "请核对，没问题就确认结对"),
}


def step(view):
    """For staff; whoever comes too early is led to the page that is still to be filled in."""

    @wraps(view)
    def opened(request):
        require(request.standing.staff, STAFF_ONLY)
        try:
            return view(request, Wizard(request.user))
        except NotYet as early:
            if str(early):
                messages.warning(request, str(early))
            return redirect(PAGES[early.page][0])

    return opened


@step
def pairing_new(request, wizard):
    form = wizard.first_form(_posted(request), request.GET.get("cohort", ""))
    reached = 0 if "check" in request.GET or form.is_bound else wizard.reached
    go_on = {"reached": reached, "reached_url": reverse(PAGES[reached][0])} if reached > 1 else {}
    return _keep_or_show(request, wizard, form, **go_on)


@step
def pairing_new_mentors(request, wizard):
    form = wizard.form(2, _posted(request))
    return _keep_or_show(request, wizard, form, cohort=wizard.cohort, full=form.full())


@step
def pairing_new_apprentices(request, wizard):
    form = wizard.form(3, _posted(request))
    return _keep_or_show(request, wizard, form, cohort=wizard.cohort, room=form.room)


@step
def pairing_new_groups(request, wizard):
    """分组, with 先分一遍 and the way back from it."""
    own = request.get_full_path()
    if "restore" in request.POST:
        wizard.restore()
        messages.info(request, "恢复成先分一遍以前的样子了。")
        return redirect(own)
    form = wizard.form(4, _posted(request), may_be_empty="suggest" in request.POST)
    if "suggest" in request.POST and form.is_valid():
        wizard.suggest(form)
        messages.info(request, "先分好了，理由写在旁边。不合适的直接改，自己选的不会动。")
        return redirect(own)
    context = {"cohort": wizard.cohort, "can_restore": wizard.has_suggestion}
    return _keep_or_show(request, wizard, form, sections=form.sections(wizard.reasons()), **context)


def pairing_new_check(request):
    """核对; sent again, the form leads to the pairs that it has made."""
    done = sent_before(request)
    return redirect(done) if done else _check(request)


@step
def _check(request, wizard):
    wanted, cohort = wizard.wanted(), wizard.cohort
    form, back = ConfirmForm(_posted(request)), f"{reverse('mentoring:pairing-list')}?cohort={cohort.pk}"

    def act():
        given = {"cohort": cohort, "wanted": wanted, "starts_on": wizard.starts_on, "kind": wizard.kind}
        made = pairings.pair_all(**given, by=request.user)
        wizard.forget()
        return made

    if form.is_valid():
        try:
            once(request, act, path=lambda made: back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"结好了{len(wanted)}对，师傅和徒弟都收到了通知。")
            return redirect(back)
    context = {"rows": summary_rows(wizard, wanted), "number": len(wanted)}
    return _show(request, LAST, form, template="mentoring/pairing/new_check.html", **context)


def summary_rows(wizard, wanted):
    """The rows of 核对, each with its 改."""
    rows = [("期次", wizard.cohort.name, 1), ("从哪天开始", day(wizard.starts_on), 1)]
    rows.append(("怎么带", Pairing.Kind(wizard.kind).label, 1))
    for mentor in wizard.mentors.values():
        names = [apprentice.name for of, apprentice in wanted if of == mentor]
        if names:
            sum_up = f"，加上已带的共{mentor.taken + len(names)}名" if mentor.taken else ""
            rows.append((f"{mentor.called}（{mentor.name}）：{len(names)}名{sum_up}", "、".join(names), 4))
    paired = {apprentice for _, apprentice in wanted}
    left = [one.name for one in wizard.apprentices.values() if one not in paired]
    if left:
        rows.append((f"先不分：{len(left)}名", "、".join(left), 4))
    return [
        {"label": label, "value": value, "url": f"{reverse(PAGES[page][0])}?check=1"}
        for label, value, page in rows
    ]


# --- small things -----------------------------------------------------------------------------------------


def _posted(request):
    return request.POST if request.method == "POST" else None


def _keep_or_show(request, wizard, form, **context):
    """Keep the page and go on, or show it with what is to be changed."""
    if "save_draft" in request.POST:
        wizard.keep(form.key, request.POST)
        messages.info(request, "已存草稿，还没有结对。")
        return redirect(request.get_full_path())
    if form.is_valid():
        wizard.keep(form.key, request.POST)
        return redirect(_next(request, form.page))
    return _show(request, form.page, form, **context)


def _next(request, page):
    return PAGES[LAST if "check" in request.GET else page + 1][0]


def _show(request, page, form, *, template="", **context):
    changing = "check" in request.GET
    if page == 1 and not changing:
        back_url, back = reverse("mentoring:pairing-list"), "先不结"
    else:
        back_url = reverse(PAGES[LAST if changing else page - 1][0])
        back = "回去核对" if changing else "回上一步"
    context |= {"page": page, "last": LAST, "heading": PAGES[page][1], "back_url": back_url, "back": back}
    context["submit"] = "改好了" if changing else form.submit_label
    return show_form(request, template or f"mentoring/pairing/new_{page}.html", form, **context)
