"""Telling people what happened."""

from django.utils import timezone

from ..models import Notice


def tell(persons, text, *, link="", studio, at=None):
    """One notice for each of `persons` (repeats and None are dropped); what is too long is cut."""
    at = at or timezone.now()
    chosen = {person.pk: person for person in persons if person is not None}
    text = text[: Notice._meta.get_field("text").max_length]
    Notice.objects.bulk_create(
        Notice(studio=studio, person=p, text=text, link=link, at=at) for p in chosen.values()
    )
