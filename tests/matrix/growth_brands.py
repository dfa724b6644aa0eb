"""品牌项目."""

from django.core.files.base import ContentFile

from growth.actions import brands
from growth.models import Brand, BrandPhoto
from tests.factories import days_ahead

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
MEMBERS = {"guest": FORBIDDEN, "stranger": FORBIDDEN, "*": OK}
STEPS = ("approved", "running", "debriefed", "closed")


def brand(state):
    """A project of the apprentice's neighbourhood, guided by the mentor, at that stage."""

    def make(cast):
        a = cast.a
        found = Brand.objects.filter(owner=a.apprentice, state=state).first()
        if found:
            return (found.pk,)
        year = 2030 + (*("applied",), *STEPS).index(state)
        one = brands.apply(
            studio=a.studio, neighbourhood=a.apprentice.neighbourhood, year=year, owner=a.apprentice,
            by=a.apprentice, name="车棚能充电", problem="没有地方充电", expected="能充电了", ways=["接上电"],
            guide=a.mentor, partners=[], milestones=[("装好插座", days_ahead(9))],
        )  # fmt: skip
        if state in STEPS:
            brands.approve(one, by=a.staff)
        if state in STEPS[1:]:
            brands.write_note(one, quarter=1, text="接好了电", pace="on_plan", by=a.apprentice)
        if state in STEPS[2:]:
            brands.debrief(one, results=[("能充电了", "")], voices="方便", lesson="先接电", by=a.apprentice)
        if state in STEPS[3:]:
            brands.close(one, verdict="办成了", by=a.staff)
        return (one.pk,)

    return make


def milestone(cast):
    (pk,) = brand("running")(cast)
    return (Brand.objects.get(pk=pk).milestones.get().pk,)


def photo(cast):
    (pk,) = brand("running")(cast)
    made = BrandPhoto.objects.create(
        studio=cast.a.studio, brand_id=pk, quarter=1, uploaded_by=cast.a.apprentice, width=1, height=1,
        image=ContentFile(b"photo", "brand.jpg"), thumb=ContentFile(b"photo", "brand-s.jpg"),
    )  # fmt: skip
    return (made.pk, "small")


INSIDE = ("staff", "lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice")


def inside(**given):
    """Everybody of street A and the district see an approved project; others find nothing."""
    return {"*": MISSING, "district": FORBIDDEN, **dict.fromkeys(INSIDE, FORBIDDEN), **given}


SEEN = inside(**dict.fromkeys((*INSIDE, "district"), OK))


def of_runners(ok):
    return inside(staff=ok, apprentice=ok)


def of_staff(ok):
    return inside(staff=ok)


ROWS = [
    Row("growth:brand-list", MEMBERS),
    Row(
        "growth:brand-new",
        dict.fromkeys(("guest", "stranger", "district", "lead", "mentor", "other_mentor"), FORBIDDEN)
        | {"b_mentor": FORBIDDEN, "*": OK},
        dict.fromkeys(("guest", "stranger", "district", "lead", "mentor", "other_mentor"), FORBIDDEN)
        | {"b_mentor": FORBIDDEN, "*": SENT_BACK},
    ),
    Row("growth:brand-detail", SEEN, args=brand("approved")),
    Row("growth:brand-card", SEEN, args=brand("approved")),
    Row("growth:brand-edit", of_runners(OK), of_runners(SENT_BACK), args=brand("approved")),
    Row(
        "growth:brand-approve",
        {"staff": OK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        args=brand("applied"),
    ),
    Row("growth:brand-note", of_runners(OK), of_runners(SENT_BACK), args=brand("running")),
    Row(
        "growth:brand-midterm",
        inside(staff=OK, mentor=OK),
        inside(staff=SENT_BACK, mentor=SENT_BACK),
        args=brand("running"),
    ),
    Row("growth:brand-debrief", of_runners(OK), of_runners(SENT_BACK), args=brand("running")),
    Row("growth:brand-close", of_staff(OK), of_staff(SENT_BACK), args=brand("debriefed")),
    Row("growth:brand-spread", of_staff(OK), of_staff(SENT_BACK), args=brand("closed")),
    Row("growth:brand-milestone-done", of_runners(OK), of_runners(SENT_BACK), args=milestone),
    Row("growth:brand-photo", SEEN | {"district": MISSING}, args=photo),
]
