"""The gallery: every part of a page in every state, for whoever builds or judges pages. Staff only."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from people import words
from people.competencies import Competency, Topic
from people.forms.base import FilterForm, PlainForm
from people.forms.dress import Dictated, MobileField, Suggested
from people.paging import Page


class SampleForm(PlainForm):
    """One field of every kind."""

    submit_label = "提交记录"
    who = forms.MultipleChoiceField(
        label="带了谁",
        choices=[("1", "周岚（甲居民区）"), ("2", "沈一鸣（乙居民区）"), ("3", "陆晓（丙居民区）")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请点一下带了哪位徒弟"},
    )
    when = forms.ChoiceField(
        label="什么时候",
        choices=[("today", "今天"), ("yesterday", "昨天"), ("before", "前天"), ("pick", "选日期")],
        widget=forms.RadioSelect,
    )
    held_on = forms.DateField(
        label="哪一天", required=False, widget=forms.DateInput({"data-when": "when=pick"})
    )
    topics = forms.MultipleChoiceField(
        label="讲了什么", choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="说几句", max_length=2000, required=False, widget=Dictated)
    place = forms.CharField(label="在哪里", widget=Suggested(["片区党群服务中心", "红色议事厅"]))
    category = forms.ChoiceField(
        label="类别", choices=[("", "---------"), ("lift", "加装电梯"), ("parking", "停车")]
    )
    mobile = MobileField(help_text="11位数字，登录时用")
    years = forms.IntegerField(label="党务年限", required=False, max_value=60)
    photos = forms.FileField(
        label="照片",
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )
    stay = forms.BooleanField(label="在这台手机上保持登录", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].widget.tick_all = "全组"


class SampleFilter(FilterForm):
    state = forms.ChoiceField(label="状态", choices=[("doing", "会诊中"), ("done", "已结案")])
    since = forms.DateField(label="从哪天起")
    word = forms.CharField(label="找什么")


@require_safe
def gallery(request):
    """Show every component. The samples name nobody who exists."""
    if not request.standing.staff:
        raise PermissionDenied("这一页只有街道工作人员能看")
    today = timezone.localdate()
    bad = SampleForm(
        {"note": "停车位的事，先请双方坐下来。" * 160, "mobile": "123", "years": "很多年"}, auto_id="bad_%s"
    )
    fresh = SampleForm(
        initial={"who": ["1", "2"], "when": "today", "topics": ["communication"]}, auto_id="new_%s"
    )
    return render(
        request,
        "studio/gallery.html",
        {
            "fresh_form": fresh,
            "bad_form": bad,
            "filter_form": SampleFilter(auto_id="filter_%s"),
            "page": Page([], older="sample", first=False),
            "heat": {"year": today.year, "month": today.month, "counts": _heat(today)},
            "empty_month": {},
            "days": [today + timedelta(days=days) for days in (-400, -2, -1, 0, 1, 9)],
            "now": timezone.now(),
            **_samples(today),
            **_figures(),
        },
    )


def _heat(today):
    return {
        today.replace(day=day): count
        for day, count in ((2, 1), (5, 2), (9, 3), (12, 1), (16, 5), (20, 4), (26, 1))
    }


def _figures():
    now = dict(zip(Competency.values, (4, 3, 3, 3, 2), strict=True))
    last = dict(zip(Competency.values, (3, 3, 2, 2, 2), strict=True))
    return {
        "scores": now,
        "last_scores": last,
        "two_scores": {"party": 3, "team": 2},
        "month_rows": [("1月", 12), ("2月", 7), ("3月", 18), ("4月", 21), ("5月", 19), ("6月", 24)],
        "tiles": [
            {"label": "带教活动", "value": 24, "unit": "次", "note": words.than(24, 21), "url": "#tiles"},
            {"label": "会诊中", "value": 4, "unit": "件", "note": words.than(4, 5, "件"), "url": "#tiles"},
            {"label": "按时复诊", "value": "18/20", "unit": "步", "note": words.than(18, 18, "步")},
            {"label": "结案", "value": 6, "unit": "件"},
        ],
    }


def _samples(today):
    stages = ("提交", "受理", "会诊", "开药方", "复诊", "结案", "入库")
    return {
        "chips": [
            ("todo", "待受理"),
            ("doing", "会诊中"),
            ("plan", "执行药方"),
            ("done", "已结案"),
            ("kept", "已入库"),
            ("late", "逾期3天"),
            ("off", "暂缓"),
        ],
        "steps": [
            {
                "label": label,
                "state": "past" if place < 2 else "now" if place == 2 else "todo",
                "date": words.short_day(today - timedelta(days=9 - place)) if place < 3 else "",
            }
            for place, label in enumerate(stages)
        ],
        "entries": [
            {
                "mark": "session",
                "kind": "带教",
                "when": words.day(today),
                "text": "到三号楼看了加装电梯的公示栏，学着跟一楼住户谈",
                "url": "#timeline",
                "who": "顾书记",
            },
            {
                "mark": "case",
                "kind": "会诊",
                "when": words.day(today - timedelta(days=4)),
                "text": "“晾衣架占了绿地”的药方走完了第2步",
                "url": "#timeline",
            },
            {
                "mark": "star",
                "kind": "里程碑",
                "when": words.day(today - timedelta(days=40)),
                "text": "拜师：跟着顾书记，本期一起走",
                "note": "拜师帖已存档",
            },
            {
                "mark": "review",
                "kind": "考核",
                "when": words.day(today - timedelta(days=70)),
                "text": "年中考核：良好",
            },
        ],
        "actions": [
            {"label": "打电话", "url": "tel:02150000000", "hint": "给周岚"},
            {"label": "看档案", "url": "#person", "hint": "周岚的"},
        ],
        "summary": [
            {"label": "日期", "value": words.day(today), "url": "#summary"},
            {"label": "带了谁", "value": "周岚、沈一鸣", "url": "#summary"},
            {
                "label": "讲了什么",
                "value": "一楼住户担心采光。\n先听完，再把日照图摊开来讲。",
                "url": "#summary",
            },
            {"label": "地点", "value": "", "url": "#summary"},
        ],
        "tabs": [
            {"label": label, "url": "#tabs", "current": label == "全部"}
            for label in ("全部", "带教", "心得", "会诊", "里程碑")
        ],
        "history": [
            {
                "who": "顾书记",
                "what": "改了这次带教",
                "when": words.moment(timezone.now()),
                "changes": [
                    {"label": "时长", "before": "1小时", "after": "半天"},
                    {"label": "地点", "after": "三号楼"},
                ],
            },
            {"who": "街道工作人员 秦", "what": "代记", "when": words.day(today - timedelta(days=1))},
        ],
        "photos": [{"url": "#files", "thumb_url": static("icon.svg"), "alt": f"第{n}张照片"} for n in (1, 2)],
        "files": [
            {"name": "业委会章程（讨论稿）.docx", "url": "#files", "size": "48千字节", "remove_url": "#files"}
        ],
        "rows": [
            ("018", "加装电梯一楼住户反对", "乙居民区", "doing", "会诊中", 3),
            ("017", "地下车库充电桩谁来管", "丙居民区", "late", "逾期2天", 5),
            ("015", "楼道堆物反复清、反复堆", "甲居民区", "done", "已结案", 2),
        ],
    }
