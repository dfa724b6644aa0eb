"""Study notes, notebook pages, 短板 and aims, the printed file, bundles of files."""

from django.core.files.base import ContentFile
from django.utils import timezone

from growth.models import Aim, FileBundle, NotebookPage, NotebookPhoto, StudyNote, Weakness
from growth.models.aim import half_of
from mentoring.models import Cohort, Pairing
from tests.factories import days_ago

from .growth import FILE, LEARNERS, LEARNERS_POST, SENT_BACK, apprentice, where
from .mentoring_pairings import of_house
from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

STAFF = where(OK, "staff", "b_staff") | {"*": FORBIDDEN}
READ = where(OK, "staff", "mentor", "apprentice") | {"*": MISSING}
OWN = {"apprentice": OK, "staff": FORBIDDEN, "mentor": FORBIDDEN, "*": MISSING}
OWN_POST = OWN | {"apprentice": SENT_BACK}
# A notebook page is not the mentor's to read before its owner has confirmed it.
PAGE = where(OK, "staff", "apprentice") | {"*": MISSING}


def note(cast):
    made = StudyNote.objects.create(
        studio=cast.a.studio,
        person=cast.a.apprentice,
        learned_from="reading",
        title="楼组议事",
        words="先听后说",
    )
    return (made.pk,)


def weakness(cast):
    made = Weakness.objects.create(
        studio=cast.a.studio, person=cast.a.apprentice, against="duty", text="不敢上门"
    )
    return (made.pk,)


def aim(cast):
    """One that the mentor is asked about."""
    year, half = half_of(timezone.localdate())
    made = Aim.objects.filter(person=cast.a.apprentice).first() or Aim.objects.create(
        studio=cast.a.studio,
        person=cast.a.apprentice,
        year=year,
        half=half,
        slot=1,
        text="自己主持一次议事会",
        sign="散会有决议",
    )
    return (made.pk,)


def page(cast):
    """A page that waits for its typist."""
    made = NotebookPage.objects.create(
        studio=cast.a.studio, person=cast.a.apprentice, on=days_ago(3), sent_by=cast.a.apprentice
    )
    return (made.pk,)


def photo(cast):
    made = NotebookPhoto.objects.create(
        studio=cast.a.studio,
        page_id=page(cast)[0],
        image=ContentFile(b"\xff\xd8", name="a.jpg"),
        thumb=ContentFile(b"\xff\xd8", name="b.jpg"),
        width=1,
        height=1,
    )
    return (made.pk, "small")


def bundle(cast):
    people = list(Pairing.objects.filter(studio=cast.a.studio).values_list("apprentice", flat=True))
    made = FileBundle.objects.create(
        studio=cast.a.studio,
        name="本期成长档案",
        people=people,
        done=len(people),
        file=ContentFile(b"PK", name="a.zip"),
        made_by=cast.a.staff,
    )
    return (made.pk,)


def cohort(cast):
    return (Cohort.objects.filter(studio=cast.a.studio).first().pk,)


OF_STAFF = {"staff": OK, "*": MISSING}

ROWS = [
    Row("growth:file-print", FILE | {"district": MISSING, "guest": MISSING}, args=apprentice),
    Row("growth:file-word", FILE | {"district": MISSING, "guest": MISSING}, args=apprentice),
    Row("growth:my-aims", {"*": OK}),
    Row("growth:aims", FILE | {"district": MISSING, "guest": MISSING}, args=apprentice),
    Row("growth:aim-new", LEARNERS, LEARNERS_POST),
    Row(
        "growth:aim-detail",
        READ,
        {"mentor": SENT_BACK, "staff": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        args=aim,
    ),
    Row("growth:weakness-new", LEARNERS, LEARNERS_POST),
    Row("growth:weakness-edit", OWN, OWN_POST, args=weakness),
    Row("growth:weakness-remove", OWN, OWN | {"apprentice": AWAY}, args=weakness),
    Row("growth:note-list", where(FORBIDDEN, "guest", "stranger") | {"*": OK}),
    Row("growth:note-new", LEARNERS, LEARNERS_POST),
    Row("growth:note-detail", READ, args=note),
    Row("growth:note-edit", OWN, OWN_POST, args=note),
    Row("growth:note-remove", OWN, OWN | {"apprentice": AWAY}, args=note),
    Row("growth:notebook-list", where(FORBIDDEN, "guest", "stranger", "district") | {"*": OK}),
    Row(
        "growth:notebook-new",
        LEARNERS | where(OK, "staff", "b_staff"),
        LEARNERS_POST | where(SENT_BACK, "staff", "b_staff"),
    ),
    Row(
        "growth:notebook-detail",
        PAGE,
        {"staff": SENT_BACK, "apprentice": FORBIDDEN, "*": MISSING},
        args=page,
    ),
    Row(
        "growth:notebook-remove",
        PAGE | {"staff": FORBIDDEN},
        {"apprentice": AWAY, "staff": FORBIDDEN, "*": MISSING},
        args=page,
    ),
    Row("growth:notebook-photo", PAGE, args=photo),
    Row("growth:bundle-detail", OF_STAFF, {"staff": AWAY, "*": MISSING}, args=bundle),
    Row("growth:bundle-file", OF_STAFF, args=bundle),
    Row("mentoring:cohort-files", of_house(OK), of_house(SENT_BACK), args=cohort),
]
