"""The link by which a guest reads one case and gives an opinion (people/scoped_links.py)."""

from django.urls import reverse

from people.scoped_links import Invitation, Purpose

from .models import CaseGuest, State

PURPOSE = "case-guest"
# Before 受理 nobody is asked; what was handed on, taken back or merged is no guest's business any more.
OPEN_TO_GUESTS = (
    State.CONSULTING,
    State.TREATING,
    State.REVIEWING,
    State.CLOSED,
    State.PUBLISHED,
    State.HELD,
)


def guest_of(link):
    """The guest that a link was given to, with the case; None when the case is closed to guests."""
    found = CaseGuest.objects.filter(pk=link.target, studio=link.studio_id, case__removed_at__isnull=True)
    return found.filter(case__state__in=OPEN_TO_GUESTS).select_related("case__studio", "case__owner").first()


def _invitation(link):
    guest = guest_of(link)
    if guest is None:
        return None
    lead = f"{guest.case.studio}请您给一件疑难案例出主意。点一下就能看，不用登录。"
    return Invitation(f"{guest.called}，您好", lead, "看看这件案例")


GUEST_LINK = Purpose(PURPOSE, _invitation, lambda link: reverse("casework:guest-case", args=[link.pk]))
