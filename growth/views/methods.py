"""工作法: the shipped methods and the studio's own, the surest first; 口述; the items of 五必."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.views.base import id_of, show_form

from .. import worked
from ..actions import methods
from ..forms.small import MethodEditForm, MethodForm, MethodItemsForm, ToldMethodForm
from ..models import Brand, Method

STAFF_ONLY = "工作法由街道工作人员来加"
ALONG = ("studio", "parent", "told_by")
SHIPPED_FIVE = "五必工作法"


_METHODS = KeptQuery(lambda viewer: Method.objects.visible_to(viewer).select_related("studio")[:200])
_METHOD = KeptQuery(lambda viewer, pk: Method.objects.visible_to(viewer).filter(pk=pk).select_related(*ALONG))
_BRAND = KeptQuery(
    lambda viewer, method: (
        Brand.objects.visible_to(viewer).filter(method=method).select_related("neighbourhood")[:1]
    )
)
_VARIANTS = KeptQuery(
    lambda viewer, method: (
        Method.objects.visible_to(viewer).filter(parent=method, is_told=False).select_related("studio")
    )
)


@require_safe
def method_list(request):
    standing = request.standing
    found = _METHODS.all(request.user)
    context = {
        "methods": worked.in_order(method for method in found if not method.is_told),
        "told": [method for method in found if method.is_told],
        "can_add": bool(standing.staff),
        "can_tell": bool(standing.mentor),
    }
    return render(request, "growth/method/list.html", context)


@require_safe
def method_detail(request, pk):
    method = _METHOD.get_or_404(request.user, pk=pk)
    standing = request.standing
    can_edit = method.studio_id in standing.staff
    # The project it grew from, for those who may see that.
    brand = next(iter(_BRAND.all(request.user, method=method.pk)), None)
    context = {
        "method": method,
        "brand": brand,
        "worked": worked.counts([method.pk])[method.pk],
        "cases": worked.cases(request.user, method),
        "variants": _VARIANTS.all(request.user, method=method.pk),
        "can_edit": can_edit,
        "can_vary": bool(standing.staff) and not method.is_told,
        "can_set_items": bool(standing.staff) and method.name == SHIPPED_FIVE,
        "history": history_of(method) if can_edit else [],
    }
    return render(request, "growth/method/detail.html", context)


def method_new(request):
    """A method of one's own; `?from=` a visible one: its local variant begins with its words."""
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    wanted = id_of(request.GET.get("from"))
    parent = (
        Method.objects.visible_to(request.user).filter(pk=wanted, is_told=False).first() if wanted else None
    )
    form = MethodForm(request.POST or None, studio=studio, initial=_begin_from(parent))
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: methods.add(studio=studio, parent=parent, values=form.cleaned_data))
        return redirect(made)
    return show_form(request, "growth/method/form.html", form, parent=parent)


def _begin_from(parent):
    if parent is None:
        return {}
    return {"summary": parent.summary, "steps": "\n".join(parent.steps), "fits": parent.fits}


def method_edit(request, pk):
    """Change one; of one that was told, write out the steps."""
    found = Method.objects.visible_to(request.user).select_related(*ALONG)
    method = get_object_or_404(found, pk=pk)
    require(method.studio_id in request.standing.staff, "自带的工作法不能改，可以加一个自己的")
    form = MethodEditForm(request.POST or None, instance=method, studio=method.studio)
    if request.method == "POST" and form.is_valid():
        method.version = form.cleaned_data["version"] or 0
        return redirect(once(request, lambda: methods.write_out(method, by=request.user)))
    return show_form(request, "growth/method/form.html", form, method=method)


def method_tell(request):
    """口述: a mentor tells how it is done, in one box."""
    studio = request.standing.studio_as("mentor")
    require(studio, "口述工作法是给带教书记用的")
    done = sent_before(request)
    if done:
        return redirect(done)
    form = ToldMethodForm(request.POST or None, studio=studio)
    if "save_draft" in request.POST:
        drafts.save(request.user, methods.TOLD_KEY, request.POST, device=drafts.device_of(request))
        messages.info(request, "已存草稿，还没有交")
        return redirect("growth:method-tell")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = once(
            request,
            lambda: methods.take_down(studio=studio, name=told["name"], told=told["told"], by=request.user),
        )
        messages.success(request, "记好了。街道整理成步骤以后，大家都能看到")
        return redirect(made)
    draft, other = drafts.choose(request, methods.TOLD_KEY) if request.method == "GET" else (None, None)
    asked = {"draft": draft, "other_draft": other}
    return show_form(request, "growth/method/tell.html", drafts.fill(form, draft), **asked)


def method_items(request):
    """五必访、五必问、五必记: what this studio visits, asks and records."""
    studio = request.standing.studio_as("staff")
    require(studio, "五必的内容由街道工作人员来定")
    done = sent_before(request)
    if done:
        return redirect(done)
    items = methods.items_of(studio)
    initial = {name: "\n".join(getattr(items, name)) for name in methods.ITEMS} | {"version": items.version}
    form = MethodItemsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        items.version = form.cleaned_data["version"] or 0
        lists = {name: form.cleaned_data[name] for name in methods.ITEMS}
        page = reverse("growth:method-items")
        done = once(request, lambda: methods.set_items(items, **lists), path=lambda made: page)
        messages.success(request, "存好了，接待与走访时就按这些来勾")
        return redirect(page)
    return show_form(request, "growth/method/items.html", form)
