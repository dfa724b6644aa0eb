"""A URLconf of one page with everything that static/js/studio.js does, and what it talks to."""

import time

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from people.forms.base import FilterForm, StudioForm
from people.forms.dress import Dictated

# What the last page's requests brought: [(what, data)].
received = []

TEMPLATE = """{% extends "base.html" %}{% load crispy_forms_tags %}
{% block title %}试一试{% endblock %}{% block heading %}试一试{% endblock %}
{% block content %}
{% crispy form %}
{% include "components/filter_bar.html" with form=filter_form %}
<div id="results"><h2 data-focus tabindex="-1">共 {{ word|length }} 条</h2></div>
<a href="/elsewhere/">离开</a>
{% endblock %}"""


class LogForm(StudioForm):
    submit_label = "提交记录"
    who = forms.MultipleChoiceField(
        label="带了谁", choices=[("1", "甲"), ("2", "乙"), ("3", "丙")], widget=forms.CheckboxSelectMultiple
    )
    when = forms.ChoiceField(
        label="什么时候",
        choices=[("today", "今天"), ("pick", "选日期")],
        widget=forms.RadioSelect,
        initial="today",
    )
    held_on = forms.DateField(
        label="哪一天", required=False, widget=forms.DateInput({"data-when": "when=pick"})
    )
    place = forms.CharField(label="在哪里", required=False)
    note = forms.CharField(label="说几句", required=False, widget=Dictated)
    photos = forms.FileField(
        label="照片", required=False, widget=forms.FileInput({"data-photo-upload": "/photo/"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].widget.tick_all = "全组"

    def form_attrs(self):
        return {"data-autosave": "/draft/"}


class WordFilter(FilterForm):
    word = forms.CharField(label="找什么")


@login_not_required
def page(request):
    form = LogForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        received.append(("form", request.POST.dict()))
        if form.is_valid():
            return HttpResponse("记好了")
    context = {"form": form, "filter_form": WordFilter(request.GET), "word": request.GET.get("word", "")}
    html = engines["django"].from_string(TEMPLATE).render(context, request)
    return HttpResponse(html, status=422 if form.errors else 200)


@login_not_required
def draft(request):
    received.append(("draft", request.POST.dict()))
    return HttpResponse("已存草稿 14:32", content_type="text/plain; charset=utf-8")


@login_not_required
def photo(request):
    received.append(("photo", request.FILES["photo"].name))
    if "bad" in request.FILES["photo"].name:
        return JsonResponse({"error": "这个文件不是照片，请重新选一张"}, status=422)
    return JsonResponse({"id": f"p{len(received)}", "thumb": "/static/icon.svg"})


@login_not_required
def elsewhere(request):
    return HttpResponse("别处")


def wait_for(what, *, seconds=5):
    """The data of the first request of this kind; a page that is gone sends on its own thread."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        for kind, data in received:
            if kind == what:
                return data
    raise AssertionError(f"no {what} arrived: {received}")


urlpatterns = [
    path("", page),
    path("draft/", draft),
    path("photo/", photo),
    path("elsewhere/", elsewhere),
]
