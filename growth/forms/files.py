"""Which part of a growth file is printed or taken along."""

from django import forms

from people.forms.base import FilterForm


class BookForm(FilterForm):
    submit_label = "就看这一段"
    since = forms.DateField(label="从哪天起")
    until = forms.DateField(label="到哪天止")
    full = forms.BooleanField(label="带上心得和笔记的全文")

    def period(self):
        """{since, until, full} for growth.file_book.book_of; days the wrong way round change places."""
        chosen = self.chosen()
        since, until = chosen.get("since"), chosen.get("until")
        if since and until and since > until:
            since, until = until, since
        return {"since": since, "until": until, "full": bool(chosen.get("full"))}
