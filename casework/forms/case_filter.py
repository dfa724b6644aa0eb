"""The filter above the list of cases."""

from django import forms

from people.forms.base import ANY, FilterForm
from people.forms.known import KnownRow

from ..models import Case, State
from .offered import places_of_studios

OPEN, ALL, MINE, LATE = "open", "all", "mine", "late"
STATES = [(OPEN, "在办的"), (ALL, "全部")] + [
    (state.value, state.label) for state in State if state != State.DRAFT
]


class CaseFilter(FilterForm):
    """`wait`: what waits for the reader, or what is late. Neighbourhoods only for staff."""

    q = forms.CharField(label="找什么", max_length=30)
    state = forms.ChoiceField(label="到哪一步", choices=STATES, initial=OPEN)
    category = forms.ChoiceField(label="类别", choices=[("", "全部"), *Case.Category.choices])
    neighbourhood = KnownRow(label="居民区")
    wait = forms.ChoiceField(label="在等谁", choices=[("", "全部"), (MINE, "等我办的"), (LATE, "逾期的")])

    def __init__(self, *args, studios=(), **kwargs):
        super().__init__(*args, **kwargs)
        if studios:
            self.fields["neighbourhood"].offer(places_of_studios(studios), blank=ANY)
        else:
            del self.fields["neighbourhood"], self.fields["wait"]
