"""交接: three short parts, one of them at least."""

from django.urls import reverse

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated

from ..actions.handovers import PARTS, draft_key
from ..models import Handover


class HandoverForm(StudioModelForm):
    submit_label = "交给他"
    carries_version = True
    unmarked = PARTS

    class Meta:
        model = Handover
        fields = PARTS
        widgets = dict.fromkeys(PARTS, Dictated({"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = f"交给{self.instance.to_mentor.called}"
        self.fields["taught"].help_text = "学会了什么，手里在做什么"
        self.fields["unfinished"].help_text = "布置了还没做完的，答应过要带的"
        self.fields["care"].help_text = "性格、家里的难处、容易卡住的地方。徒弟看不到这一页"

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[draft_key(self.instance)])}

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name, "").strip() for name in PARTS) and not self.errors:
            self.add_error("taught", "请至少写一样")
        return cleaned


class WaiveForm(StudioForm):
    submit_label = "这次不用写"
    carries_version = True
