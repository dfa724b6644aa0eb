"""What every form of the site shares: Chinese words, one look, the form token and the moment it was opened.

- `PlainForm`: labels, messages and widgets only. For rows of a formset and the like.
- `FilterForm`: a GET form above a list.
- `StudioForm`, `StudioModelForm`: what is posted. They carry `form_token` (people/once.py) and `opened_at`;
  with `carries_version = True` also `version` (people/stale.py).
"""

import time

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.signing import BadSignature, TimestampSigner

from people.once import new_token, read_token

from .dress import dress, fold_digits

_opened = TimestampSigner(salt="opened-at")
OPENED_KEEP_SECONDS = 7 * 24 * 3600
TOO_OLD = "这一页放得太久了，请再点一次"
ANY = "全部"
_CARRIED = ("form_token", "opened_at")


class Helper(FormHelper):
    """Our forms post to their own page; crispy would look for a view called "" at every printing."""

    form_action = ""
    render_hidden_fields = True
    save_line = ""


class PlainForm(forms.Form):
    """A form in our words and look. Fields are dressed when first asked for, so that what a subclass does to
    them in its `__init__` counts."""

    submit_label = "提交"
    submit_class = "btn-main"
    form_class = "form"
    form_tag = True  # False: the template writes <form> itself
    # Names of fields that are not marked （选填） although they may be empty: "one of these two".
    unmarked = ()

    def __getitem__(self, name):
        field = self.fields.get(name)
        if field is not None and not hasattr(field, "dressed"):
            dress(field, optional_mark=name not in self.unmarked, words=self.is_bound)
        return super().__getitem__(name)

    def _widget_data_value(self, widget, html_name):
        value = super()._widget_data_value(widget, html_name)
        return fold_digits(value) if getattr(widget, "folds_digits", False) else value

    @property
    def helper(self):
        """How crispy prints the form. Subclasses extend it: `helper = super().helper; helper.layout = …`."""
        helper = Helper()
        helper.form_class = self.form_class
        helper.form_tag = self.form_tag
        helper.attrs = {"novalidate": "", **self.form_attrs()}
        helper.save_line = helper.attrs.get("data-autosave", "")
        if self.submit_label and self.form_tag:
            helper.add_input(Submit("", self.submit_label, css_class=self.submit_class))
        return helper

    def form_attrs(self):
        """Attributes of the <form> element, such as {"data-autosave": url}."""
        return {}

    def error_fields(self):
        """[(id to link to, message)] in the order of the fields, for the summary on top of the page."""
        found = [("", message) for message in self.non_field_errors()]
        for bound in self:
            for message in self.errors.get(bound.name, ()):
                found.append((target_id(bound), message))
        return found


def target_id(bound):
    """The id of the first thing a person can fill in for this field."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


class FilterForm(PlainForm):
    """A GET form over a list: nothing is required, nothing is marked （选填）, a bad value is left out."""

    submit_label = "筛选"
    submit_class = "btn-quiet"
    form_class = "filter"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = ANY
            elif isinstance(field.widget, forms.Select) and dict(field.choices).get("") is None:
                field.choices = [("", ANY), *field.choices]
        self.unmarked = tuple(self.fields)

    @property
    def helper(self):
        helper = super().helper
        helper.form_method = "get"
        return helper

    def chosen(self):
        """The values that were given and are good: {name: value}."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return {name: value for name, value in given.items() if value not in (None, "", [])}


class _Carrying(PlainForm):
    """Adds the hidden fields that every posted form carries."""

    carries_version = False
    # Without a token only where nothing is made by the sending, as in sign-in.
    carries_token = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seconds_open = None
        if self.carries_token:
            self.fields["form_token"] = _hidden(new_token)
            self.fields["opened_at"] = _hidden(lambda: _opened.sign(f"{time.time():.0f}"))
        if self.carries_version:
            version = getattr(getattr(self, "instance", None), "version", None)
            hidden = forms.HiddenInput({"id": False})
            self.fields["version"] = forms.IntegerField(required=False, widget=hidden, initial=version)

    def add_prefix(self, field_name):
        """The token keeps its plain name, whatever the prefix: people/once.py reads it from the POST."""
        return field_name if field_name in _CARRIED else super().add_prefix(field_name)

    def full_clean(self):
        super().full_clean()
        for name in _CARRIED:
            getattr(self, "cleaned_data", {}).pop(name, None)

    def _clean_form(self):
        super()._clean_form()
        if not self.carries_token:
            return
        self.seconds_open = _seconds_since(self.data.get("opened_at"))
        if read_token(self.data.get("form_token")) is None:
            self.add_error(None, TOO_OLD)
            self.data = self.data.copy()
            self.data["form_token"] = new_token()


def _hidden(initial):
    return forms.CharField(required=False, widget=forms.HiddenInput({"id": False}), initial=initial)


def _seconds_since(signed):
    """Whole seconds since the form was shown, or None when that is not known."""
    try:
        opened = float(_opened.unsign(signed or "", max_age=OPENED_KEEP_SECONDS))
    except (BadSignature, ValueError):
        return None
    return max(0, round(time.time() - opened))


class StudioForm(_Carrying):
    """A form that is posted."""


class StudioModelForm(_Carrying, forms.ModelForm):
    """A form over one model. `Meta.fields` names what it may write."""
