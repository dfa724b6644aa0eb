"""工作法: the shipped methods and the studio's own."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.history import history_of
from people.once import once, save_once, sent_before
from people.views.base import show_form

from ..forms.small import MethodEditForm, MethodForm
from ..models import Brand, Method

WRITTEN = ("name", "summed_up_by", "summary", "steps", "fits")


@require_safe
def method_list(request):
    methods = Method.objects.visible_to(request.user).select_related("studio")[:200]
    return render(
        request, "growth/method/list.html", {"methods": methods, "can_add": bool(request.standing.staff)}
    )


@require_safe
def method_detail(request, pk):
    method = get_object_or_404(Method.objects.visible_to(request.user).select_related("studio"), pk=pk)
    can_edit = method.studio_id in request.standing.staff
    # The project it grew from, for those who may see that.
    brand = (
        Brand.objects.visible_to(request.user).filter(method=method).select_related("neighbourhood").first()
    )
    context = {
        "method": method,
        "brand": brand,
        "can_edit": can_edit,
        "history": history_of(method) if can_edit else [],
    }
    return render(request, "growth/method/detail.html", context)


def method_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, "工作法由街道工作人员来加")
    done = sent_before(request)
    if done:
        return redirect(done)
    form = MethodForm(request.POST or None, studio=studio)
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: Method.objects.create(studio=studio, **form.cleaned_data)))
    return show_form(request, "growth/method/form.html", form)


def method_edit(request, pk):
    method = get_object_or_404(Method.objects.visible_to(request.user), pk=pk)
    require(method.studio_id in request.standing.staff, "自带的工作法不能改，可以加一个自己的")
    form = MethodEditForm(request.POST or None, instance=method, studio=method.studio)
    if request.method == "POST" and form.is_valid():
        method.version = form.cleaned_data["version"] or 0
        return redirect(save_once(request, method, WRITTEN))
    return show_form(request, "growth/method/form.html", form, method=method)
