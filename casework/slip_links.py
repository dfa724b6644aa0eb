"""What the link of a slip says and where it leads (people/scoped_links.py)."""

from django.urls import reverse

from people.scoped_links import Invitation, Purpose

from .models import BuildingGroup, Slip, SlipState
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


def group_of(link):
    groups = BuildingGroup.objects.active().filter(pk=link.target, studio=link.studio_id)
    return groups.select_related("neighbourhood", "studio").first()


def _leader_invitation(link):
    group = group_of(link)
    if group is None:
        return None
    return Invitation(f"{group}登记群众点单", "居民跟您说的事，在这里记一笔，街道就会派人来办。", "去登记")


def _leader_home(link):
    return reverse("casework:leader-order", args=[link.pk])


# A leader without an account writes down what residents say.
LEADER = Purpose("leader", invitation=_leader_invitation, home=_leader_home)
PURPOSE = Purpose("slip", invitation=_invitation, home=_home)
