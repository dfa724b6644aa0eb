"""What the link of a slip says and where it leads (people/scoped_links.py)."""

from django.urls import reverse

from people.scoped_links import Invitation, Purpose

from .models import Slip, SlipState
from .models.slip import UNDER_WAY


def slip_of(link):
    rows = Slip.objects.select_related(
        "studio", "category", "neighbourhood", "building", "handler", "resident"
    )
    return rows.filter(pk=link.target, studio=link.studio_id).first()


def _invitation(link):
    slip = slip_of(link)
    if slip is None or slip.state not in (*UNDER_WAY, SlipState.FINISHED):
        return None
    return Invitation(f"三联单{slip.no}", slip.problem, "打开这张单子")


def _home(link):
    return reverse("casework:slip-link", args=[link.pk])


PURPOSE = Purpose("slip", invitation=_invitation, home=_home)
