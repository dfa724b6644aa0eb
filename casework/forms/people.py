"""Choosing people in the forms of a cure, and who a step is given to."""

from django import forms

from people.models import Person

from ..models import Step

# Owners without an account are written by name.
NAMED = {
    "street": "街道（写科室名称）",
    "department": "职能部门（写名称）",
    "volunteer": "志愿者或党小组（写名称）",
}


def person_label(person: Person):
    """沈佩芝 沈书记（源园居民区）, so that two of one surname are told apart."""
    return f"{person.name} {person.called}" + (f"（{person.place}）" if person.place else "")


def owner_choices(owners):
    """Grouped choices of [(kind, person)]; at the end of its group an owner that is only a name."""
    groups = []
    for kind in Step.OwnerKind:
        found = [(f"person:{person.pk}", person_label(person)) for of, person in owners if of == kind]
        if kind.value in NAMED:
            found.append((kind.value, NAMED[kind.value]))
        if found:
            groups.append((kind.label, found))
    return [("", "请选"), *groups]


def owner_value(step):
    """The choice that stands for the owner a step has."""
    return f"person:{step.owner_id}" if step.owner_id else step.owner_kind


class OwnerMixin(forms.Form):
    """责任人: `who` is a person or a kind, `name` the name of an office or a group."""

    who = forms.ChoiceField(label="责任人（谁来办）", required=False)
    name = forms.CharField(
        label="科室、部门或党小组的名称", max_length=40, required=False, help_text="责任人不是一个人的时候写"
    )
    due_on = forms.DateField(label="几号前", required=False)

    def give_owners(self, owners, order):
        """`owners`: [(kind, person)]; `order`: the step's number, for the sentences."""
        self.order = order
        self.people = {f"person:{person.pk}": (kind, person) for kind, person in owners}
        self.fields["who"].choices = owner_choices(owners)
        self.fields["name"].widget.attrs["data-when"] = f"{self.add_prefix('who')}={'|'.join(NAMED)}"

    def check_owner(self):
        """Say what is missing about a step that is wanted."""
        data = self.cleaned_data
        if not data.get("who") and "who" not in self.errors:
            self.add_error("who", f"第{self.order}步还没写谁来做")
        elif data.get("who") in NAMED and not data.get("name"):
            self.add_error("name", f"请写一下第{self.order}步是哪个科室、部门或党小组")
        if not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", f"请写第{self.order}步几号前做好")

    def owner(self):
        """{owner_kind, owner, owner_name} of what was chosen."""
        who = self.cleaned_data["who"]
        kind, person = self.people.get(who, (who, None))
        name = "" if person else self.cleaned_data["name"]
        return {"owner_kind": kind, "owner": person, "owner_name": name}
