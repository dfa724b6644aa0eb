"""专项跟进: the list, a new campaign, the board of the whole street, closing."""

from django.contrib import messages
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require
from people.kept import KeptQuery
from people.once import once, sent_before
from people.views.base import show_form

from ..actions import campaigns
from ..campaign_templates import CHOICES, OWN, TEMPLATES
from ..forms.campaigns import CampaignForm, CloseForm
from ..models import Campaign, Contact, Matter, Stage
from .cohorts import STAFF_ONLY

MOST = 50


def _ask_list(person):
    mine = Q(matters__mentor=person) | Q(matters__owner=person)
    standing = person.standing
    whole = Campaign.objects.visible_to(person)
    if not (standing.staff or standing.lead):
        whole = whole.filter(mine).distinct()
    stuck = Count("matters", filter=Q(matters__stuck_at__isnull=False))
    counted = whole.annotate(places=Count("matters"), stuck=stuck, done=Count("matters__done_at"))
    return counted.order_by(F("closed_at").asc(nulls_first=True), "-starts_on", "-pk")[:MOST]


_LIST = KeptQuery(_ask_list)


@require_safe
def campaign_list(request):
    standing = request.standing
    require(standing.staff or standing.mentor or standing.apprentice, "专项跟进只有本工作室的人能看")
    context = {"campaigns": _LIST.all(request.user), "can_open": bool(standing.staff)}
    return render(request, "mentoring/campaign/list.html", context)


def campaign_new(request):
    """Staff choose shipped stages or write their own; both stand in the same form."""
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    template = request.GET.get("template", "election")
    form = CampaignForm(request.POST or None, studio=studio, template=template)
    if request.method == "POST" and form.is_valid():
        given = {**form.facts(), "studio": studio, "by": request.user}
        made = once(request, lambda: campaigns.open_campaign(**given))
        messages.success(request, "开始跟进了。请看看每个居民区由谁跟。")
        return redirect(made)
    chosen = template if template in TEMPLATES else OWN
    tabs = [
        {"label": label, "url": f"{request.path}?template={key}", "current": key == chosen}
        for key, label in CHOICES
    ]
    return show_form(request, "mentoring/campaign/form.html", form, tabs=tabs)


def _ask_stages(person, campaign):
    return Stage.objects.filter(campaign=campaign).order_by("order")


def _ask_matters(person, campaign):
    found = Matter.objects.visible_to(person).filter(campaign=campaign).with_latest()
    return found.select_related("neighbourhood", "mentor", "owner", "stage").order_by(
        "neighbourhood__code", "pk"
    )


STAGES, _MATTERS = KeptQuery(_ask_stages), KeptQuery(_ask_matters)
_ONE = KeptQuery(
    lambda person, pk: Campaign.objects.visible_to(person).filter(pk=pk).select_related("studio")
)


@require_safe
def campaign_detail(request, pk):
    """The board: neighbourhoods in their fixed order × stages. On a phone the same as a list."""
    campaign = _ONE.get_or_404(request.user, pk=pk)
    only_stuck = "stuck" in request.GET
    matters, today = _MATTERS.all(request.user, campaign=campaign.pk), timezone.localdate()
    for matter in matters:
        matter.quiet_for = quiet_for(campaign, matter, today)
        matter.last_as = Contact.Kind(matter.last_kind).label if matter.last_kind else ""
    held_up = [matter for matter in matters if matter.stuck_at or matter.quiet_for]
    context = {
        "campaign": campaign,
        "stages": STAGES.all(request.user, campaign=campaign.pk),
        "matters": held_up if only_stuck else matters,
        "is_staff": campaign.studio_id in request.standing.staff,
        "only_stuck": only_stuck,
        "filters": [
            {"label": f"全部 {len(matters)}", "url": request.path, "current": not only_stuck},
            {"label": f"卡住的 {len(held_up)}", "url": f"{request.path}?stuck=1", "current": only_stuck},
        ],
    }
    return render(request, "mentoring/campaign/detail.html", context)


def quiet_for(campaign, matter, today):
    """Days without a contact where that is long for this campaign, else 0. `matter` with `last_on`."""
    if matter.done_at or campaign.closed_at:
        return 0
    days = (today - (matter.last_on or max(campaign.starts_on, matter.stage_since))).days
    return days if days > campaign.quiet_days else 0


def _of_staff(request, pk):
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user).select_related("studio"), pk=pk)
    require(campaign.studio_id in request.standing.staff, STAFF_ONLY)
    return campaign


def campaign_edit(request, pk):
    campaign = _of_staff(request, pk)
    form = CampaignForm(request.POST or None, instance=campaign, studio=campaign.studio)
    if request.method == "POST" and form.is_valid():
        campaign.version = form.cleaned_data["version"] or 0
        edited = once(request, lambda: campaigns.edit(campaign, **form.facts()))
        messages.success(request, "改好了。")
        return redirect(edited)
    return show_form(request, "mentoring/campaign/edit.html", form, campaign=campaign)


def campaign_close(request, pk):
    """Asks once; where it was closed, the other way round."""
    campaign = _of_staff(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    form = CloseForm(request.POST or None)
    form.fields["version"].initial = campaign.version
    form.submit_label = "接着跟进" if campaign.closed_at else "收尾"
    if request.method == "POST" and form.is_valid():
        campaign.version = form.cleaned_data["version"] or 0
        if campaign.closed_at:
            return redirect(once(request, lambda: campaigns.open_again(campaign)))
        return redirect(once(request, lambda: campaigns.close(campaign, by=request.user)))
    return show_form(request, "mentoring/campaign/close.html", form, campaign=campaign)
