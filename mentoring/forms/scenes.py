"""情景党课: the builder, the cast, and the talk afterwards."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm, StudioModelForm
from people.forms.days import not_in_future
from people.forms.dress import Dictated

from ..actions.cadence_counts import is_meant
from ..actions.scenes import edit_key
from ..actions.visits import may_be_asked
from ..models import Performance, Scene, Session
from .cadence import add_counts, counted
from .visits import labels_of, named

ROLE_ROWS = 8
SHOWN_ROWS = 4


class SceneForm(StudioModelForm):
    """A new scene, or with an instance a change of one."""

    carries_version = True

    class Meta:
        model = Scene
        fields = ("title", "setting", "conflict", "script", "questions", "topics")
        widgets = {
            "setting": Dictated({"rows": 4}),
            "conflict": Dictated({"rows": 3}),
            "script": Dictated({"rows": 14}),
            "questions": forms.Textarea({"rows": 4}),
        }

    topics = forms.MultipleChoiceField(
        label="哪方面", choices=Scene._meta.get_field("topics").base_field.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        self.submit_label = "存好"
        self.fields["title"].help_text = "比如：一楼的王阿姨不同意"
        self.fields["script"].help_text = "一行一句，写成“角色：说的话”。没有名字的一行是动作和转折。"
        self.fields["questions"].help_text = "一行一个。比如：换了您会先敲谁家的门？"
        for name in ("conflict", "script", "questions"):
            self.fields[name].required = False
        self._add_roles()
        people = may_be_asked(studio)
        self.fields["writers"] = forms.ModelMultipleChoiceField(
            people, label="谁一起写", required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["writers"].label_from_instance = named
        if self.instance.pk:
            self.initial["writers"] = [person.pk for person in self.instance.writers.all()]

    def _add_roles(self):
        known = list(self.instance.roles.order_by("order")) if self.instance.pk else []
        self.role_rows = max(ROLE_ROWS, len(known))
        self.known_roles = len(known)
        for n in range(self.role_rows):
            role = known[n] if n < len(known) else None
            self.fields[f"role_{n}"] = forms.CharField(
                label=f"角色{n + 1}", max_length=20, required=False, initial=getattr(role, "name", "")
            )
            self.fields[f"about_{n}"] = forms.CharField(
                label=f"角色{n + 1}是什么样的人", max_length=100, required=False,
                initial=getattr(role, "about", ""),
            )  # fmt: skip
        self.unmarked = ("conflict", "script", "questions", *(f"role_{n}" for n in range(self.role_rows)))
        self.unmarked += tuple(f"about_{n}" for n in range(self.role_rows))

    def role_fields(self):
        """Rows of two bound fields, for the template."""
        return [(n, self[f"role_{n}"], self[f"about_{n}"]) for n in range(self.role_rows)]

    def more_roles(self):
        return self.known_roles > SHOWN_ROWS

    @property
    def draft_url(self):
        return reverse("people:draft", args=[edit_key(self.instance)])

    def clean(self):
        super().clean()
        roles, names = [], set()
        for n in range(self.role_rows):
            name = (self.cleaned_data.get(f"role_{n}") or "").strip()
            about = (self.cleaned_data.get(f"about_{n}") or "").strip()
            if about and not name:
                self.add_error(f"role_{n}", "请写角色的名字，或者把后面的去掉")
            elif name in names:
                self.add_error(f"role_{n}", "前面已经有这个角色了，请换个名字")
            elif name:
                roles.append((name, about))
                names.add(name)
        self.cleaned_data["roles"] = roles
        return self.cleaned_data

    def facts(self):
        names = (*self._meta.fields, "roles", "writers")
        facts = {name: self.cleaned_data[name] for name in names}
        return {**facts, "writers": list(facts["writers"])}


class SettleForm(StudioForm):
    carries_version = True


class CastForm(StudioForm):
    """The day, the place, who plays which part, who looks on."""

    carries_version = True
    on = forms.DateField(label="哪一天演")
    place = forms.CharField(label="在哪里", max_length=60, required=False)

    def __init__(self, *args, scene, performance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.scene, self.performance = scene, performance
        self.submit_label = "改好了" if performance else "安排好了，告诉大家"
        self.people = {str(person.pk): person for person in may_be_asked(scene.studio)}
        self.roles = list(scene.roles.order_by("order"))
        choices = [(pk, named(person)) for pk, person in self.people.items()]
        parts, looks = {}, []
        if performance:
            self.initial = {"on": performance.on, "place": performance.place, **self.initial}
            self.fields["version"].initial = performance.version
            rows = list(performance.cast.all())
            parts = {row.role_id: str(row.person_id) for row in rows if row.role_id}
            looks = [str(row.person_id) for row in rows if not row.role_id]
        for role in self.roles:
            self.fields[f"part_{role.pk}"] = forms.ChoiceField(
                label=f"{role.name}由谁演", choices=[("", "还没定"), *choices], required=False,
                initial=parts.get(role.pk, ""), help_text=role.about,
            )  # fmt: skip
        self.fields["looks"] = forms.MultipleChoiceField(
            label="谁来看，一起谈", choices=labels_of(self.people.values()), required=False, initial=looks,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.unmarked = tuple(f"part_{role.pk}" for role in self.roles)

    def clean(self):
        data = super().clean()
        cast, taken = [], set()
        for role in self.roles:
            pk = data.get(f"part_{role.pk}")
            if pk and pk in taken:
                self.add_error(f"part_{role.pk}", "一个人演一个角色，请换一位")
            elif pk:
                cast.append((self.people[pk], role))
                taken.add(pk)
        cast += [(self.people[pk], None) for pk in data.get("looks", ()) if pk not in taken]
        if not taken and self.roles and not self.errors:
            self.add_error(f"part_{self.roles[0].pk}", "请至少定一个角色由谁演")
        data["cast"] = cast
        return data

    def facts(self):
        return {name: self.cleaned_data[name] for name in ("on", "place", "cast")}


class HeldForm(CastForm):
    """演过了: as it really was, and what was seen."""

    unmarked_more = ("seen", "minutes")

    def __init__(self, *args, slots=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = "记好了"
        self.fields["on"].label = "哪一天演的"
        self.fields["minutes"] = forms.TypedChoiceField(
            label="大约多久", choices=Session.Duration.choices, coerce=int, widget=forms.RadioSelect,
            initial=Session.Duration.HOUR, required=False, empty_value=Session.Duration.HOUR,
        )  # fmt: skip
        self.fields["seen"] = forms.CharField(
            label="大家看到了什么", max_length=1500, required=False, widget=Dictated
        )
        self.unmarked += self.unmarked_more
        title, day = self.scene.title, self.performance.on
        add_counts(self, slots, lambda slot: is_meant(slot, title=title, day=day))

    def clean_on(self):
        return not_in_future(self.cleaned_data["on"], "还没有到那一天，演过再记")

    def facts(self):
        more = {name: self.cleaned_data[name] for name in ("minutes", "seen")}
        return {**super().facts(), **more, "counts": counted(self)}


class SeenForm(StudioModelForm):
    submit_label = "写好了"
    carries_version = True

    class Meta:
        model = Performance
        fields = ("seen",)
        widgets = {"seen": Dictated({"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].required = True


class TakesForm(StudioForm):
    submit_label = "带走这一句"
    takes = forms.CharField(label="我带走的一句", max_length=200, widget=Dictated({"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["takes"].error_messages["required"] = "请说一句，几个字也行"
