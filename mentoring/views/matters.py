"""专项跟进 in one neighbourhood: the next contact in one tap and one line, and those before."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from people.access import require
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import page_of
from people.views.base import show_form

from ..actions import campaigns
from ..forms.campaigns import ContactForm, EntrustForm, RemoveContactForm
from ..models import Contact, Matter
from .campaigns import STAGES
from .cohorts import STAFF_ONLY

CONTACTS_SHOWN = 20
SHOWN = ("campaign", "neighbourhood", "mentor", "owner", "stage", "studio", "stuck_by")
NOT_YOURS = "联系由跟进的师傅和街道来记"

_ONE = KeptQuery(lambda person, pk: Matter.objects.visible_to(person).filter(pk=pk).select_related(*SHOWN))


def matter_detail(request, pk):
    matter = _ONE.get_or_404(request.user, pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    can_log = matter.followed_by(request.user) and not matter.campaign.closed_at
    stages = STAGES.all(request.user, campaign=matter.campaign_id)
    form = ContactForm(request.POST if request.method == "POST" else None, matter=matter, stages=stages)
    if request.method == "POST":
        require(can_log, NOT_YOURS)
        if form.is_valid():
            given = {**form.facts(), "by": request.user}
            logged = once(request, lambda: campaigns.log_contact(matter, **given))
            messages.success(request, "记好了。")
            return redirect(logged)
    contacts = Contact.objects.there().filter(matter=matter).select_related("by", "stage")
    page = page_of(request, contacts, by="on", size=CONTACTS_SHOWN)
    for contact in page:
        contact.removable = can_log and campaigns.may_remove(contact, request.user)
    context = {
        "matter": matter,
        "campaign": matter.campaign,
        "steps": _steps(stages, matter),
        "page": page,
        "can_log": can_log,
        "is_staff": matter.studio_id in request.standing.staff,
        "kinds": Contact.Kind.choices,
    }
    return show_form(request, "mentoring/campaign/matter.html", form, **context)


def _steps(stages, matter):
    """For components/stepper.html."""
    here = matter.stage.order

    def state(stage):
        if matter.done_at or stage.order < here:
            return "past"
        return "now" if stage.order == here else "todo"

    return [{"label": stage.name, "state": state(stage)} for stage in stages]


def matter_edit(request, pk):
    """Staff say which mentor follows and who answers for it."""
    matter = get_object_or_404(Matter.objects.visible_to(request.user).select_related(*SHOWN), pk=pk)
    require(matter.studio_id in request.standing.staff, STAFF_ONLY)
    form = EntrustForm(request.POST or None, instance=matter)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        given = {name: form.cleaned_data[name] for name in ("mentor", "owner")}
        # The form has written into its instance: who was there before is asked anew.
        fresh = Matter.objects.select_related(*SHOWN).get(pk=matter.pk)
        fresh.version = version or 0
        return redirect(once(request, lambda: campaigns.entrust(fresh, **given)))
    return show_form(request, "mentoring/campaign/entrust.html", form, matter=matter)


def contact_remove(request, pk):
    """A page that asks; it can be found again for 30 days."""
    found = Contact.objects.visible_to(request.user).select_related(
        "matter__campaign", "matter__neighbourhood", "by"
    )
    contact = get_object_or_404(found, pk=pk)
    require(campaigns.may_remove(contact, request.user), "只有记的人和街道工作人员能去掉")
    form = RemoveContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        campaigns.remove_contact(contact, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect(contact.matter)
    return show_form(request, "mentoring/campaign/contact_remove.html", form, contact=contact)
