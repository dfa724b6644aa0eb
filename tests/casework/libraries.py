"""Public texts on their way into the library, made through the very actions."""

from casework.actions import library, outcomes
from casework.models import LibraryCase
from tests.casework.cures import evaluated


def closed(cast, **changes):
    """A finished case of street A."""
    case = evaluated(cast)
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=changes)
    outcomes.close(case=case, by=cast.a.staff)
    case.refresh_from_db()
    return case


def written(cast, by=None, **changes):
    """A public text that nobody has read yet; the staff wrote it."""
    entry = library.entry_of(closed(cast, **changes))
    return library.write(entry, values={"comment": "先听后讲，哪里都用得上。"}, by=by or cast.a.staff)


def handed_over(cast, **changes):
    entry = written(cast, **changes)
    return library.hand_over(entry, by=cast.a.staff)


def published(cast, **changes):
    """In the library: the staff wrote it, the lead read it."""
    entry = handed_over(cast, **changes)
    library.publish(entry, by=cast.a.lead)
    return LibraryCase.objects.select_related("studio", "case").get(pk=entry.pk)
