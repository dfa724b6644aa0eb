"""The roster's forms: who somebody is, and which roles they hold."""

import re

from django import forms
from django.utils import timezone

from ..kept import KeptQuery
from ..models import Membership, Neighbourhood, Person, Studio
from ..models.place import short_name_of
from ..roles import ApprenticeKind, Role
from .base import ANY, FilterForm, StudioForm, StudioModelForm
from .dress import MobileField

FIELDS = (
    "name",
    "salutation",
    "mobile",
    "neighbourhood",
    "unit",
    "post",
    "post_since",
    "birth_year",
    "party_work_years",
    "expertise",
)
MOST_TAGS = 10


class Tags(forms.CharField):
    """Words apart by commas or spaces, as a list of strings."""

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        words = [word for word in re.split(r"[、，,;；\s]+", super().to_python(value)) if word]
        return list(dict.fromkeys(words))

    def validate(self, value):
        super().validate("x" if value else "")
        long = next((word for word in value if len(word) > 20), None)
        if long:
            raise forms.ValidationError(f"“{long}”太长了，一项请留在20字以内")
        if len(value) > MOST_TAGS:
            raise forms.ValidationError(f"最多写{MOST_TAGS}项")


_PLACES = KeptQuery(
    lambda person, street: Neighbourhood.objects.filter(street=street).values_list("pk", "name")
)


class PersonFilter(FilterForm):
    name = forms.CharField(label="姓名", max_length=20)
    role = forms.ChoiceField(label="角色", choices=Role.choices)
    neighbourhood = forms.TypedChoiceField(label="居民区", coerce=int)
    former = forms.BooleanField(label="也看以前的")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        places = _PLACES.all(street=studio.street_id) if studio.street_id else []
        self.fields["neighbourhood"].choices = [
            ("", ANY),
            *((pk, short_name_of(name)) for pk, name in places),
        ]


class PersonForm(StudioModelForm):
    """One person's data. `studio` gives the neighbourhoods to choose from."""

    submit_label = "记下来"
    carries_version = True
    expertise = Tags(label="专长", required=False, help_text="几样用顿号隔开，如 物业、加装电梯")

    class Meta:
        model = Person
        fields = FIELDS
        field_classes = {"mobile": MobileField}
        labels = {"mobile": "手机"}

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        places = Neighbourhood.objects.of_studio(studio)
        if self.instance.neighbourhood_id:
            places = places | Neighbourhood.objects.filter(pk=self.instance.neighbourhood_id)
        self.fields["neighbourhood"].queryset = places
        self.fields["mobile"].help_text = "用来登录"
        self.fields["birth_year"].help_text = "只写年份，如 1984"
        self.fields["mobile"].error_messages["unique"] = "这个手机号已经是另一位的了，请再看看"


class NewPersonForm(PersonForm):
    """A new person with a first role. A known mobile is no fault: the view offers the role to its owner."""

    submit_label = "加进名册"
    carries_version = False
    role = forms.ChoiceField(label="角色", choices=())
    apprentice_kind = forms.ChoiceField(
        label="学员类别", choices=[("", "---------"), *ApprenticeKind.choices], required=False
    )
    starts_on = forms.DateField(label="角色从哪天开始", initial=timezone.localdate)
    add_to_existing = forms.BooleanField(required=False, widget=forms.HiddenInput({"id": False}))

    field_order = ("name", "salutation", "role", "apprentice_kind", "starts_on", "mobile")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, studio=studio, **kwargs)
        self.fields["role"].choices = [("", "---------"), *roles_of(studio)]
        self.fields["apprentice_kind"].widget.attrs["data-when"] = f"role={Role.APPRENTICE}"
        self.existing = None

    def clean(self):
        super().clean()
        check_kind(self)
        return self.cleaned_data

    def validate_unique(self):
        """Finds the owner of the mobile instead of refusing it."""
        mobile = self.cleaned_data.get("mobile")
        self.existing = Person.objects.filter(mobile=mobile).first() if mobile else None

    def person_fields(self):
        return {name: self.cleaned_data[name] for name in FIELDS}


class RoleForm(StudioForm):
    """One more role for somebody who has an account."""

    submit_label = "加这个角色"
    role = forms.ChoiceField(label="角色", choices=())
    apprentice_kind = forms.ChoiceField(
        label="学员类别", choices=[("", "---------"), *ApprenticeKind.choices], required=False
    )
    starts_on = forms.DateField(label="从哪天开始", initial=timezone.localdate)

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "---------"), *roles_of(studio)]
        self.fields["apprentice_kind"].widget.attrs["data-when"] = f"role={Role.APPRENTICE}"

    def clean(self):
        super().clean()
        check_kind(self)
        return self.cleaned_data


class EndRoleForm(StudioForm):
    submit_label = "结束这个角色"
    submit_class = "btn-danger-quiet"
    on = forms.DateField(label="最后一天", initial=timezone.localdate)


class NewPasswordForm(StudioForm):
    """A password that staff tell somebody; shown, not hidden, so that it can be read out."""

    submit_label = "换成这个密码"
    password = forms.CharField(
        label="新密码", strip=False, max_length=60, help_text="8位以上，字母和数字都有更稳妥"
    )
    password.widget.attrs["autocomplete"] = "off"


def roles_of(studio):
    """The roles that can be given in this studio, as choices."""
    street = studio.level == Studio.Level.STREET
    return [
        (role.value, role.label) for role in Role if role == Role.STAFF or (role != Role.DISTRICT) == street
    ]


def check_kind(form):
    """Apprentices have a kind, nobody else has."""
    chosen = form.cleaned_data.get("role")
    if chosen == Role.APPRENTICE and not form.cleaned_data.get("apprentice_kind"):
        form.add_error("apprentice_kind", "请选学员类别")
    if chosen and chosen != Role.APPRENTICE:
        form.cleaned_data["apprentice_kind"] = ""


def editable_roles(staff, person):
    """The person's memberships in the studios of `staff`, current ones first."""
    return Membership.objects.filter(person=person, studio__in=staff.standing.staff).order_by(
        "-starts_on", "-pk"
    )
