"""Dressing a form field: our words for its messages, our classes and keyboards for its widget.

Django's own fields are used everywhere; this is the one place that makes them speak and look like the studio.
"""

import unicodedata
from functools import lru_cache

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.text import format_lazy

DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
MOMENT_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
DICTATE = "点一下框，再点键盘上的话筒，说出来就行。几句话就够。"
PICK = "请选"

_MESSAGES = {
    "max_length": "写得有点多，请留在%(limit_value)d字以内，现在是%(show_value)d字",
    "min_length": "请写满%(limit_value)d字，现在是%(show_value)d字",
    "max_value": "请写不大于%(limit_value)s的数",
    "min_value": "请写不小于%(limit_value)s的数",
    "max_digits": "数字太长了，请看看是不是多写了",
    "max_decimal_places": "小数位数多了，请留%(max)s位",
    "max_whole_digits": "数字太大了，请看看是不是多写了",
    "step_size": "请写%(limit_value)s的倍数",
    "invalid_choice": "请从列出来的里面选一个",
    "invalid_list": "请从列出来的里面选",
    "invalid_pk_value": "请从列出来的里面选",
    "list": "请从列出来的里面选",
    "missing": "文件没有传上来，请再选一次",
    "empty": "这个文件是空的，请换一个",
    "contradiction": "请选一个新文件，或者点“去掉”，不用两样都点",
    "invalid_image": "这个文件不是照片，请重新选一张",
    "invalid_extension": "这种文件收不了，请换一个",
    "null_characters_not_allowed": "里面有看不见的字符，请重新写一遍",
    "unique": "已经有一样的了，请换一个",
}


def fold_digits(value):
    """Full-width figures and marks to plain ones ("１９８4．2" → "1984.2"); only text is touched."""
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


class Dictated(forms.Textarea):
    """A large box with the hint that one may speak."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 4, "enterkeyhint": "done", **(attrs or {})})


class SeveralFiles(forms.FileInput):
    """A file input that takes several at once; the field is given a list."""

    allow_multiple_selected = True


class Suggested(forms.TextInput):
    """A line with suggestions (datalist). `options` is a list of strings and may be set later."""

    template_name = "components/suggested.html"

    def __init__(self, options=(), attrs=None):
        super().__init__(attrs)
        self.options = options

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"]["list"] = list_id
        return {**context, "list_id": list_id, "options": list(self.options)}


class MobileField(forms.CharField):
    """A Chinese mobile number, typed in whatever way; gives eleven digits."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "手机号", "max_length": 20, **kwargs})
        self.widget.attrs.setdefault("inputmode", "tel")
        self.widget.folds_digits = True

    def to_python(self, value):
        value = fold_digits(super().to_python(value))
        digits = "".join(mark for mark in value if mark not in " -－—()（）")
        return digits.removeprefix("+86") if len(digits) > 11 else digits

    def validate(self, value):
        super().validate(value)
        if value and not (len(value) == 11 and value.isascii() and value.isdigit() and value[0] == "1"):
            raise forms.ValidationError("手机号是1开头的11位数字，请再看看", code="mobile")


class Rows(ModelChoiceIterator):
    """The rows to choose among, read once for a form: Django's own opens a cursor at each look."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in self.queryset:
            yield self.choice(row)


def dress(field, *, optional_mark=True, words=True):
    """Give a field our messages, keyboard hints and classes; `show_optional` says: print （选填）.

    Without `words` the messages stay as they are: a form that nothing was sent to has nothing to say.
    """
    field.dressed = True
    field.show_optional = optional_mark and not field.required and not isinstance(field, forms.BooleanField)
    if words:
        _dress_words(field)
    _dress_numbers_and_days(field)
    _dress_choices(field)
    _dress_widget(field.widget)
    if isinstance(field.widget, Dictated) and not field.help_text:
        field.help_text = DICTATE


def _dress_words(field):
    """Messages of our own, except where the form class gave its own."""
    stock = _stock_messages(type(field))
    words = dict(_MESSAGES)
    label = field.label or ""
    picks = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    words["required"] = format_lazy("请选{}" if picks else "请填写{}", label) if label else "这里还没填"
    if isinstance(field, forms.FileField):
        words["required"] = "请选一个文件"
    if isinstance(field, forms.BooleanField):
        words["required"] = "请点一下这一项"
    if "invalid" in stock:
        words["invalid"] = _invalid_words(field)
    own = {check.code for check in field.validators if "message" in getattr(check, "__dict__", ())}
    for code, text in words.items():
        if code not in own and field.error_messages.get(code) == stock.get(code):
            field.error_messages[code] = text


def _invalid_words(field):
    if isinstance(field, forms.DateField | forms.DateTimeField):
        return "请写成这样的日期：2024年6月18日"
    if isinstance(field, forms.TimeField):
        return "请写成这样的时间：14:30"
    if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        return "请写数字"
    if isinstance(field, forms.EmailField):
        return "请写成这样的邮箱：name@example.cn"
    if isinstance(field, forms.URLField):
        return "请写完整的网址"
    return "请再看看这里，写法对不上"


@lru_cache
def _stock_messages(field_class):
    """Django's own messages of a field class, so that ours replace only those."""
    messages = {}
    for base in reversed(field_class.__mro__):
        messages.update(getattr(base, "default_error_messages", {}))
    return messages


def _dress_numbers_and_days(field):
    widget = field.widget
    if isinstance(field, forms.DateTimeField) and isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
        field.input_formats = MOMENT_FORMATS
        widget.folds_digits = True
    elif isinstance(field, forms.DateField) and isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
        field.input_formats = DAY_FORMATS
        widget.folds_digits = True
    elif isinstance(field, forms.TimeField) and isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
        widget.folds_digits = True
    elif isinstance(widget, forms.NumberInput):
        # type=number drops full-width figures and changes with the mouse wheel
        widget.input_type = "text"
        whole = not isinstance(field, forms.FloatField | forms.DecimalField)
        widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
        widget.attrs.setdefault("autocomplete", "off")
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)
        widget.folds_digits = True


def _dress_choices(field):
    """The empty choice in words; none among chips of a required field."""
    widget = field.widget
    if isinstance(field, forms.ModelChoiceField):
        if field.iterator is ModelChoiceIterator:
            field.iterator = Rows
        if getattr(field, "empty_label", None) == "---------":
            field.empty_label = None if isinstance(widget, forms.RadioSelect) else PICK
        # Where the choices were given, they stand.
        if "_choices" not in field.__dict__:
            widget.choices = field.choices
        return
    if not isinstance(field, forms.ChoiceField) or not isinstance(widget, forms.Select | forms.RadioSelect):
        return
    choices = list(field.choices)
    if choices and choices[0][0] in ("", None) and choices[0][1] == "---------":
        chips = isinstance(widget, forms.RadioSelect)
        blank = [] if chips and field.required else [("", "不选" if chips else PICK)]
        field.choices = [*blank, *choices[1:]]


_BARE = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput, forms.HiddenInput)


def _dress_widget(widget):
    if isinstance(widget, _BARE):
        return
    kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    classes = widget.attrs.get("class", "")
    if kind not in classes.split():
        widget.attrs["class"] = f"{kind} {classes}".strip()
    if isinstance(widget, forms.ClearableFileInput):
        widget.initial_text, widget.input_text, widget.clear_checkbox_label = "现在是", "换成", "去掉"
    # The browser must not cut what was typed or dictated; our sentence says how much is too much.
    widget.attrs.pop("maxlength", None)
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        if widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = 4
