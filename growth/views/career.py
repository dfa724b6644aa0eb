"""任职 and 荣誉 of a person; 培养成果 of the studio."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require
from people.addresses import address_of
from people.history import history_of
from people.kept import KeptQuery
from people.models import Membership
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.uploads import serve_private
from people.views.base import show_form
from people.words import day, short_day

from ..actions import career
from ..forms.career import HonourForm, OutcomeFilter, PostForm, RemoveForm
from ..models import Honour, Post
from ..outcomes import RANKS, outcomes
from .files import open_file

STAFF_ONLY = "任职由街道工作人员来记"
MOST = 100
RANK_NAMES = dict(Post.Rank.choices)


def studio_where(request, person):
    """The staff's own studio that the person belongs or belonged to, or None."""
    held = _HELD.all(request.user, person=person.pk) if request.standing.staff else []
    return held[0].studio if held else None


_HELD = KeptQuery(
    lambda viewer, person: (
        Membership.objects.filter(person=person, studio__in=viewer.standing.staff)
        .select_related("studio")
        .order_by("-starts_on")[:1]
    )
)
_POSTS = KeptQuery(lambda viewer, whose: Post.objects.visible_to(viewer).filter(person=whose)[:MOST])
_HONOURS = KeptQuery(lambda viewer, whose: Honour.objects.visible_to(viewer).filter(person=whose)[:MOST])


def own_studio(request, person):
    """Where a person's own honour is written: the studio of the first desk."""
    if person.pk != request.user.pk:
        return None
    return next((one.studio for one in request.standing.memberships), None)


@require_safe
def career_page(request, pk):
    person = open_file(request, pk)
    posts = _POSTS.all(request.user, whose=person.pk)
    honours = _HONOURS.all(request.user, whose=person.pk)
    staff = studio_where(request, person) is not None
    context = {
        "whose": person,
        "own": person.pk == request.user.pk,
        "posts": posts,
        "honours": honours,
        "is_staff": staff,
        "can_add_honour": staff or person.pk == request.user.pk,
    }
    return render(request, "growth/career/page.html", context)


def post_new(request, pk):
    person = open_file(request, pk)
    studio = studio_where(request, person)
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    counted = career.counts_at_first(studio, person, timezone.localdate())
    form = PostForm(request.POST or None, initial={"counted": counted, "starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in career.POST_FIELDS}
        made = once(request, lambda: career.add_post(studio=studio, person=person, by=request.user, **given))
        return redirect(made)
    return show_form(request, "growth/career/post.html", form, whose=person)


def _post(request, pk):
    posts = Post.objects.visible_to(request.user).select_related("person", "studio")
    post = get_object_or_404(posts, pk=pk)
    require(post.studio_id in request.standing.staff, STAFF_ONLY)
    return post


def post_edit(request, pk):
    post = _post(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = PostForm(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        post.version = form.cleaned_data["version"] or 0
        given = {name: form.cleaned_data[name] for name in career.POST_FIELDS}
        return redirect(once(request, lambda: career.change_post(post, given)))
    context = {"whose": post.person, "post": post, "history": history_of(post)}
    return show_form(request, "growth/career/post.html", form, **context)


def post_remove(request, pk):
    post = _post(request, pk)
    return _remove(request, post, f"{post.person.name}任{post.title}")


def _remove(request, row, named):
    form, back = RemoveForm(request.POST or None), row.get_absolute_url()
    done = sent_before(request)
    if done:
        return redirect(done)
    if request.method == "POST" and form.is_valid():
        once(request, lambda: career.remove(row, by=request.user), path=lambda nothing: back)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect(back)
    return show_form(request, "growth/career/remove.html", form, named=named, back=back)


# --- 荣誉 ---------------------------------------------------------------------------------------------------


def honour_new(request, pk):
    person = open_file(request, pk)
    studio = studio_where(request, person) or own_studio(request, person)
    require(studio, "荣誉由本人或街道来记")
    done = sent_before(request)
    if done:
        return redirect(done)
    form = HonourForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in (*career.HONOUR_FIELDS, "photo")}
        made = once(
            request, lambda: career.add_honour(studio=studio, person=person, by=request.user, **given)
        )
        return redirect(made)
    return show_form(request, "growth/career/honour.html", form, whose=person)


def _honour(request, pk):
    honours = Honour.objects.visible_to(request.user).select_related("person", "studio")
    honour = get_object_or_404(honours, pk=pk)
    mine = honour.person_id == request.user.pk or honour.studio_id in request.standing.staff
    require(mine, "荣誉由本人或街道来记")
    return honour


def honour_edit(request, pk):
    honour = _honour(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = HonourForm(request.POST or None, request.FILES or None, instance=honour)
    if request.method == "POST" and form.is_valid():
        honour.version = form.cleaned_data["version"] or 0
        given = {name: form.cleaned_data[name] for name in career.HONOUR_FIELDS}
        photo = form.cleaned_data["photo"]
        return redirect(once(request, lambda: career.change_honour(honour, given, photo)))
    return show_form(request, "growth/career/honour.html", form, whose=honour.person, honour=honour)


def honour_remove(request, pk):
    honour = _honour(request, pk)
    return _remove(request, honour, honour.title)


@require_safe
def honour_photo(request, pk, size):
    honour = get_object_or_404(Honour.objects.visible_to(request.user).exclude(image=""), pk=pk)
    if size not in ("large", "small"):
        raise Http404
    return serve_private(honour.image if size == "large" else honour.thumb, "荣誉.jpg", inline=True)


# --- 培养成果 ----------------------------------------------------------------------------------------


def _chosen_outcomes(studio, chosen):
    found = Post.objects.outcomes().filter(studio=studio).select_related("person")
    if "rank" in chosen:
        found = found.filter(rank=chosen["rank"])
    if "year" in chosen:
        found = found.filter(starts_on__year=chosen["year"])
    return found


def _outcome(post):
    """(address, who and what, the words under it) of one row."""
    words = f"{day(post.starts_on)}起 · {RANK_NAMES[post.rank]}"
    if post.ends_on:
        words += f" · 到{short_day(post.ends_on)}"
    return address_of("growth:career", post.person_id), f"{post.person.name}：{post.title}", words


_OUTCOMES = KeptQuery(lambda viewer, studio: newest(_chosen_outcomes(studio, {}), by="starts_on"))


@require_safe
def outcome_list(request):
    """Who took up which post after learning here, newest first, and the sums as the reports count them."""
    studio = request.standing.studio_as("staff")
    require(studio, "这一页只有街道工作人员能看")
    counts = outcomes([studio.pk]).get(studio.pk, {})
    today = timezone.localdate()
    form = OutcomeFilter(request.GET or None, years=range(today.year, today.year - 8, -1))
    chosen = form.chosen()
    if chosen or "page" in request.GET:
        page = page_of(request, _chosen_outcomes(studio.pk, chosen), by="starts_on")
    else:
        page = first_page(_OUTCOMES.all(studio=studio.pk), by="starts_on")
    page.rows = [_outcome(post) for post in page]
    tiles = [{"label": rank.label, "value": counts.get(rank, 0), "unit": "名"} for rank in RANKS]
    context = {
        "tiles": tiles,
        "page": page,
        "form": form,
        "chosen": chosen,
        "clear_url": reverse("growth:outcome-list") if chosen else "",
    }
    return render(request, "growth/career/outcomes.html", context)
