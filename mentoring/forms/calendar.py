"""The filter above the calendar, and the forms of the feed."""

from django import forms

from people.forms.base import FilterForm, StudioForm


class CalendarFilter(FilterForm):
    """By group; month and view travel along."""

    group = forms.ChoiceField(label="带教组")

    def __init__(self, data=None, *, groups, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["group"].choices = [("", "全部"), *((str(group.pk), str(group)) for group in groups)]


class FeedForm(StudioForm):
    """One button: make an address, or take it back."""

    form_tag = False
