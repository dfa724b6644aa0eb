"""专项跟进."""

from mentoring.models import Campaign, Contact, Matter
from tests.study_factories import CampaignFactory, ContactFactory, MatterFactory

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
WORKERS = ("staff", "lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice")
MEMBERS = dict.fromkeys(WORKERS, OK)
B_MEMBERS = dict.fromkeys(("b_staff", "b_mentor", "b_apprentice"), OK)


def election(cast):
    found = Campaign.objects.filter(studio=cast.a.studio).first()
    return ((found or CampaignFactory(studio=cast.a.studio)).pk,)


def followed(cast):
    """The apprentice's own neighbourhood, followed by the mentor; asked for several times on one database."""
    found = Matter.objects.filter(studio=cast.a.studio).first()
    made = found or MatterFactory(
        campaign_id=election(cast)[0],
        studio=cast.a.studio,
        neighbourhood=cast.a.apprentice.neighbourhood,
        mentor=cast.a.mentor,
        owner=cast.a.apprentice,
    )
    return (made.pk,)


def logged(cast):
    matter = Matter.objects.get(pk=followed(cast)[0])
    found = Contact.objects.filter(matter=matter).first()
    return ((found or ContactFactory(matter=matter, studio=cast.a.studio, by=cast.a.mentor)).pk,)


def of_staff(status):
    others = dict.fromkeys(WORKERS[1:], FORBIDDEN)
    return {"staff": status, **others, "*": MISSING}


def of_matter(staff, lead, mentor, apprentice):
    return {"staff": staff, "lead": lead, "mentor": mentor, "apprentice": apprentice, "*": MISSING}


ROWS = [
    Row("mentoring:campaign-list", {**MEMBERS, **B_MEMBERS, "*": FORBIDDEN}),
    Row(
        "mentoring:campaign-new",
        {"staff": OK, "b_staff": OK, "*": FORBIDDEN},
        {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN},
    ),
    Row("mentoring:campaign-detail", {**MEMBERS, "*": MISSING}, args=election),
    Row("mentoring:campaign-edit", of_staff(OK), of_staff(SENT_BACK), args=election),
    Row("mentoring:campaign-close", of_staff(OK), of_staff(SENT_BACK), args=election),
    Row(
        "mentoring:matter-detail",
        of_matter(OK, OK, OK, OK),
        of_matter(SENT_BACK, SENT_BACK, SENT_BACK, FORBIDDEN),
        args=followed,
    ),
    Row(
        "mentoring:matter-edit",
        of_matter(OK, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        of_matter(SENT_BACK, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        args=followed,
    ),
    Row(
        "mentoring:contact-remove",
        of_matter(OK, FORBIDDEN, OK, FORBIDDEN),
        of_matter(SENT_BACK, FORBIDDEN, SENT_BACK, FORBIDDEN),
        args=logged,
    ),
]
