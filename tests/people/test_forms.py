"""What every form of the site has: our words, our keyboards, the token, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django import forms
from django.template import engines
from django.utils.formats import get_format
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from people.forms.base import TOO_OLD, FilterForm, StudioForm, StudioModelForm
from people.forms.dress import DICTATE, Dictated, MobileField, Suggested
from people.models import Feedback
from people.once import new_token
from people.templatetags.page import error_items

KINDS = [("lift", "加装电梯"), ("parking", "停车")]


class VisitForm(StudioForm):
    title = forms.CharField(label="一句话", max_length=6)
    held_on = forms.DateField(label="哪天", required=False)
    times = forms.IntegerField(label="几次", required=False, max_value=9)
    kind = forms.ChoiceField(label="类别", choices=KINDS, widget=forms.RadioSelect)
    note = forms.CharField(label="情况", required=False, widget=Dictated)
    place = forms.CharField(label="地点", required=False, widget=Suggested(["议事厅"]))


def sent(**data):
    good = {"title": "看楼道", "kind": "lift", "form_token": new_token()}
    return VisitForm({**good, **data})


def printed(form):
    template = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render({"form": form})


def test_a_good_form_gives_only_what_was_asked():
    form = sent()
    assert form.is_valid()
    assert set(form.cleaned_data) == {"title", "held_on", "times", "kind", "note", "place"}


@pytest.mark.parametrize("token", ["", "forged", "1:2:3"])
def test_without_a_good_token_one_is_asked_to_press_again_and_it_then_works(token):
    form = sent(form_token=token)
    assert not form.is_valid()
    assert form.non_field_errors() == [TOO_OLD]
    fresh = form["form_token"].value()
    assert fresh != token
    assert sent(form_token=fresh).is_valid()


def test_the_form_knows_how_long_it_was_open():
    opened = VisitForm()["opened_at"].value()
    assert sent(opened_at=opened).full_clean() is None
    form = sent(opened_at=opened)
    form.is_valid()
    assert form.seconds_open in (0, 1)
    forged = sent(opened_at="1:abc")
    assert forged.is_valid()
    assert forged.seconds_open is None


def test_the_token_keeps_its_name_under_a_prefix():
    assert 'name="form_token"' in str(VisitForm(prefix="a")["form_token"])
    assert 'name="a-title"' in str(VisitForm(prefix="a")["title"])


def test_messages_are_ours_and_in_order():
    form = VisitForm({"title": "写得实在太长了", "times": "很多", "held_on": "前几天"})
    words = [message for _, message in form.error_fields()]
    assert words == [
        TOO_OLD,
        "写得有点多，请留在6字以内，现在是7字",
        "请写成这样的日期：2024年6月18日",
        "请写数字",
        "请选类别",
    ]


def test_each_error_leads_to_what_can_be_filled_in():
    form = VisitForm({"form_token": new_token()})
    html = printed(form)
    for target, _ in error_items(form):
        assert f'id="{target}"' in html


def test_a_message_of_the_form_itself_is_kept():
    class OwnWords(StudioForm):
        who = forms.CharField(label="谁", error_messages={"required": "请点一下带了哪位徒弟"})
        age = forms.IntegerField(validators=[_not_odd])

    form = OwnWords({"age": "3", "form_token": new_token()})
    assert [message for _, message in form.error_fields()] == ["请点一下带了哪位徒弟", "请写双数"]


def _not_odd(value):
    if value % 2:
        raise forms.ValidationError("请写双数", code="odd")


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["-", "/", ".", "年"]), st.booleans())
def test_days_are_read_however_they_are_written(value, mark, wide):
    text = (
        f"{value.year}年{value.month}月{value.day}日"
        if mark == "年"
        else f"{value.year}{mark}{value.month}{mark}{value.day}"
    )
    if wide:
        text = text.translate({ord("0") + n: ord("０") + n for n in range(10)})
    form = sent(held_on=text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == value


def test_a_day_is_shown_to_the_native_picker_whatever_the_language():
    assert get_format("DATE_INPUT_FORMATS")[0] != "%d"
    assert 'type="date"' in str(VisitForm(initial={"held_on": date(2024, 6, 18)})["held_on"])
    assert 'value="2024-06-18"' in str(VisitForm(initial={"held_on": date(2024, 6, 18)})["held_on"])


def test_numbers_have_a_number_keyboard_and_read_full_width_figures():
    assert 'inputmode="numeric"' in str(VisitForm()["times"])
    assert 'type="text"' in str(VisitForm()["times"])
    form = sent(times="７")
    assert form.is_valid()
    assert form.cleaned_data["times"] == 7


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["{}", "+86{}", "+86 {}", " {} "]),
    st.booleans(),
)
def test_a_mobile_number_is_read_however_it_is_written(number, pattern, grouped):
    shown = f"{number[:3]}-{number[3:7]} {number[7:]}" if grouped else number
    assert MobileField().clean(pattern.format(shown)) == number


@pytest.mark.parametrize("text", ["123", "23800000000", "1380000000a", "138000000001", "电话"])
def test_what_is_no_mobile_number_is_told_so(text):
    with pytest.raises(forms.ValidationError, match="1开头的11位数字"):
        MobileField().clean(text)


def test_the_printed_form_keeps_the_rules_of_a_form():
    html = printed(VisitForm())
    assert "novalidate" in html
    assert "*" not in html
    assert html.count("（选填）") == 4
    assert DICTATE in html
    assert html.count('type="submit"') == 1
    assert "<datalist" in html
    assert "maxlength" not in html
    assert "<legend" in html


def test_help_stands_before_the_error_and_the_error_before_the_input():
    class Helped(StudioForm):
        name = forms.CharField(label="姓名", help_text="身份证上的")

    html = printed(Helped({}))
    places = [html.index(part) for part in ("<label", "身份证上的", "请填写姓名", 'name="name"')]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_what_was_typed_stays_when_the_form_comes_back():
    html = printed(VisitForm({"title": "写得实在太长了", "note": "<b>楼道</b>", "kind": "lift"}))
    assert "写得实在太长了" in html
    assert "&lt;b&gt;楼道&lt;/b&gt;" in html
    assert "checked" in html


def test_either_or_fields_are_not_marked_optional():
    class Either(StudioForm):
        unmarked = ("one", "other")
        one = forms.CharField(label="甲", required=False)
        other = forms.CharField(label="乙", required=False)

    assert "（选填）" not in printed(Either())


def test_a_filter_asks_for_nothing_and_leaves_out_what_it_cannot_read():
    class CaseFilter(FilterForm):
        kind = forms.ChoiceField(label="类别", choices=KINDS)
        since = forms.DateField(label="从哪天")

    form = CaseFilter({"kind": "lift", "since": "不知道"})
    assert form.chosen() == {"kind": "lift"}
    assert CaseFilter({}).chosen() == {}
    assert ">全部<" in str(form["kind"])


def test_an_autosaving_form_has_a_line_to_say_so():
    class Saved(VisitForm):
        def form_attrs(self):
            return {"data-autosave": "/drafts/visit/"}

    assert 'data-autosave="/drafts/visit/"' in printed(Saved())
    assert 'id="save-line"' in printed(Saved())
    assert 'name="save_draft"' in printed(Saved())


def test_a_model_form_may_carry_the_version_it_began_from():
    class FeedbackForm(StudioModelForm):
        carries_version = True

        class Meta:
            model = Feedback
            fields = ("text",)

    row = Feedback(text="字再大一点", at=now() - timedelta(days=1))
    row.version = 4
    assert 'value="4"' in str(FeedbackForm(instance=row)["version"])
