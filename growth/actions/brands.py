"""品牌项目: applying, approving, the quarters, the look in the middle, the year's end, and what goes on."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.actions.notices import tell
from people.models import Membership
from people.roles import Role
from people.stale import Refused, StaleEdit, save_version

from ..models import Brand, BrandMilestone, BrandNote, BrandPhoto, BrandResult, BrandState, Method, NextStep
from ..models.brand import MOST_PHOTOS
from . import ledger, next_steps

WRITTEN = ("name", "problem", "ways", "expected", "guide", "partners")
ONE_A_YEAR = "这个居民区今年已经有一个品牌项目了，一年只报一个"


@transaction.atomic
def apply(*, studio, neighbourhood, year, owner, by, milestones=(), at=None, **words):
    """申报. `milestones`: [(text, due_on)]; `words`: values for WRITTEN. Raises Refused for a second one."""
    at = at or timezone.now()
    brand = Brand(
        studio=studio, neighbourhood=neighbourhood, year=year, owner=owner, applied_at=at, applied_by=by,
        **words,
    )  # fmt: skip
    try:
        with transaction.atomic():
            brand.save(force_insert=True)
    except IntegrityError:
        raise Refused(ONE_A_YEAR) from None
    _set_milestones(brand, milestones)
    staff = Membership.objects.current().filter(studio=studio, role=Role.STAFF).select_related("person")
    people = [one.person for one in staff if one.person_id != by.pk]
    tell(
        people,
        f"{neighbourhood}申报了品牌项目：{brand.name}",
        link=brand.get_absolute_url(),
        studio=studio,
        at=at,
    )
    return brand


@transaction.atomic
def change(brand, *, by, milestones=(), at=None, **words):
    """Put the application right, or the plan of one that runs. Sending it again answers what was asked."""
    if brand.is_told:
        raise Refused("已经述职了，申报时写的不再改")
    for name, value in words.items():
        setattr(brand, name, value)
    brand.return_note = ""
    _save(brand, [*words], unshown=["return_note"])
    _set_milestones(brand, milestones)
    if brand.is_under_way:
        _give(brand, by, at or timezone.now())
    return brand


def _set_milestones(brand, wanted):
    """Make the open milestones say exactly `wanted`; what is done stays."""
    open_ones = {(one.text, one.due_on): one for one in brand.milestones.filter(done_at__isnull=True)}
    for key, milestone in open_ones.items():
        if key not in wanted:
            next_steps.of_source(milestone).filter(state=NextStep.State.OPEN).delete()
            milestone.delete()
    BrandMilestone.objects.bulk_create(
        BrandMilestone(studio=brand.studio, brand=brand, text=text, due_on=due_on)
        for text, due_on in wanted
        if (text, due_on) not in open_ones
    )


def _give(brand, by, at):
    """Open milestones of a running project stand in the owner's 接下来, once each."""
    for milestone in brand.milestones.filter(done_at__isnull=True):
        if not next_steps.of_source(milestone).exists():
            next_steps.assign(
                studio=brand.studio, person=brand.owner, text=f"{brand.name}：{milestone.text}",
                origin=NextStep.Origin.BRAND, by=by, due_on=milestone.due_on, source=milestone,
                link=brand.get_absolute_url(), report_link=brand.get_absolute_url(), at=at,
            )  # fmt: skip


@transaction.atomic
def send_back(brand, *, note, by, at=None):
    """请补充: the owner puts it right and sends it again."""
    if brand.state != BrandState.APPLIED:
        raise Refused("已经立项了，不能再退回补充")
    brand.return_note = note
    _save(brand, ["return_note"])
    _tell_owner(brand, f"品牌项目“{brand.name}”请补充：{note}", by, at)
    return brand


@transaction.atomic
def approve(brand, *, by, at=None):
    """立项: from now on the whole studio sees it, and its milestones stand in 接下来."""
    at = at or timezone.now()
    brand.move_to(BrandState.APPROVED)
    brand.return_note, brand.approved_at, brand.approved_by = "", at, by
    _save(brand, ["state", "return_note", "approved_at", "approved_by"])
    _give(brand, by, at)
    ledger.record(brand)
    _tell_owner(brand, f"品牌项目“{brand.name}”立项了", by, at)
    return brand


@transaction.atomic
def write_note(brand, *, quarter, text, pace, by, needs="", photos=(), at=None):
    """每季一报: writing again replaces the words. The first one sets the project going."""
    at = at or timezone.now()
    if not brand.is_under_way:
        raise Refused(f"这个项目现在是“{brand.get_state_display()}”，不写进展")
    if brand.state == BrandState.APPROVED:
        brand.move_to(BrandState.RUNNING)
        _save(brand, ["state"])
    note = BrandNote.objects.filter(brand=brand, quarter=quarter).first()
    if note is None:
        note = BrandNote(studio=brand.studio, brand=brand, quarter=quarter, by=by, at=at)
    note.brand, note.text, note.pace, note.needs = brand, text, pace, needs
    if note.pk:
        save_version(note, ["text", "pace", "needs"])
    else:
        note.save(force_insert=True)
        if needs or pace != BrandNote.Pace.ON_PLAN:
            _tell_staff_and_guide(brand, note, by, at)
    add_photos(brand, quarter, photos, by=by, at=at)
    ledger.record(note)
    return note


def _tell_staff_and_guide(brand, note, by, at):
    """Who could help hears of a project that is slow, stands still or asks for help."""
    held = Membership.objects.current().filter(studio=brand.studio, role=Role.STAFF).select_related("person")
    people = [brand.guide, *(one.person for one in held)]
    told = [person for person in people if person is not None and person.pk != by.pk]
    wish = f"，需要{note.needs}帮" if note.needs else ""
    text = f"品牌项目“{brand.name}”{note.get_quarter_display()}{note.get_pace_display()}{wish}"
    tell(told, text, link=brand.get_absolute_url(), studio=brand.studio, at=at)


@transaction.atomic
def add_photos(brand, quarter, photos, *, by, at=None):
    """`photos`: taken by people.uploads. What is more than MOST_PHOTOS of a quarter is left out."""
    room = MOST_PHOTOS - brand.photos.filter(quarter=quarter).count()
    for photo in list(photos)[: max(room, 0)]:
        BrandPhoto.objects.create(
            studio=brand.studio, brand=brand, quarter=quarter, image=photo.image, thumb=photo.thumb,
            width=photo.width, height=photo.height, uploaded_by=by, uploaded_at=at or timezone.now(),
        )  # fmt: skip


@transaction.atomic
def finish_milestone(milestone, *, by, at=None):
    """节点做好了: also in 接下来. A second time changes nothing."""
    at = at or timezone.now()
    if milestone.brand.state == BrandState.APPLIED:
        raise Refused("还没有立项，先等街道看过")
    rows = BrandMilestone.objects.filter(pk=milestone.pk, done_at__isnull=True)
    if rows.update(done_at=at, done_by=by):
        for step in next_steps.of_source(milestone):
            next_steps.close(step, by=by, at=at)
    return milestone


@transaction.atomic
def look_in_the_middle(brand, *, words, by, at=None):
    """中期看一看."""
    at = at or timezone.now()
    brand.move_to(BrandState.MIDTERM)
    brand.midterm, brand.midterm_at, brand.midterm_by = words, at, by
    _save(brand, ["midterm"], unshown=["state", "midterm_at", "midterm_by"])
    ledger.record(brand)
    _tell_owner(brand, f"品牌项目“{brand.name}”中期看过了，请看看写了什么", by, at)
    return brand


@transaction.atomic
def debrief(brand, *, results, voices, lesson, by, at=None):
    """年底述职. `results`: [(text, source)]. Until it is closed it may be written again."""
    at = at or timezone.now()
    if brand.state != BrandState.DEBRIEFED:
        brand.move_to(BrandState.DEBRIEFED)
        brand.debriefed_at, brand.debriefed_by = at, by
    brand.voices, brand.lesson = voices, lesson
    _save(brand, ["voices", "lesson"], unshown=["state", "debriefed_at", "debriefed_by"])
    brand.results.all().delete()
    BrandResult.objects.bulk_create(
        BrandResult(studio=brand.studio, brand=brand, text=text, source=source) for text, source in results
    )
    ledger.record(brand)
    return brand


@transaction.atomic
def close(brand, *, verdict, by, at=None):
    """结项, with the words of the street."""
    at = at or timezone.now()
    brand.move_to(BrandState.CLOSED)
    brand.verdict, brand.closed_at, brand.closed_by = verdict, at, by
    _save(brand, ["verdict"], unshown=["state", "closed_at", "closed_by"])
    ledger.record(brand)
    _tell_owner(brand, f"品牌项目“{brand.name}”结项了", by, at)
    return brand


@transaction.atomic
def spread(brand, *, by, at=None, **method):
    """推广: the project becomes a 工作法 of the studio, and each knows the other."""
    at = at or timezone.now()
    brand.move_to(BrandState.SPREAD)
    brand.method = Method.objects.create(studio=brand.studio, **method)
    brand.spread_at, brand.spread_by = at, by
    _save(brand, ["state", "method", "spread_at", "spread_by"])
    ledger.record(brand)
    _tell_owner(brand, f"品牌项目“{brand.name}”成了工作法“{brand.method.name}”", by, at)
    return brand


def _tell_owner(brand, text, by, at):
    people = [person for person in (brand.owner, brand.guide) if person is not None and person.pk != by.pk]
    tell(people, text, link=brand.get_absolute_url(), studio=brand.studio, at=at)


def _save(brand, fields, unshown=()):
    try:
        save_version(brand, [*fields, *unshown])
    except StaleEdit as stale:
        raise StaleEdit(stale.current, fields) from stale
