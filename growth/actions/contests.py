"""擂台比武: opening, marking, absent judges, closing."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from people.actions.notices import tell
from people.stale import Refused, save_version

from ..models.brand import TOLD_AT_END
from ..models.contest import (
    Contest,
    ContestEntry,
    ContestItem,
    ContestJudge,
    ContestMark,
    ContestSheet,
    excellent_of,
    mean,
)
from . import ledger

# What a panel looks at, unless staff write their own: (name, words of 1, 3 and 5).
DEFAULT_ITEMS = (
    ("问题突破", "问题还在", "缓解了一半", "居民说这件事不再是问题"),
    ("群众参与", "只有居委会在做", "有骨干在做", "居民自己张罗起来"),
    ("党建带动", "看不出党组织的作用", "支部开了头", "党员带着楼组一起做成"),
    ("可推广", "离了这里做不成", "改一改能用", "别的居民区照着就能做"),
)
CLOSED = "比武已经公布，不能再改"


@transaction.atomic
def open_contest(
    *, studio, year, name, held_on, places, judges, brands, by, items=DEFAULT_ITEMS, at=None
):  # fmt: skip
    """Open it with a panel and projects that were told about. A judge has no sheet for the own project."""
    at = at or timezone.now()
    late = [brand for brand in brands if brand.state not in TOLD_AT_END]
    if late:
        raise Refused(f"“{late[0].name}”还没有述职，述职以后才能上台")
    contest = Contest.objects.create(
        studio=studio, year=year, name=name, held_on=held_on, places=places, made_by=by, made_at=at
    )
    place = {"studio": studio, "contest": contest}
    ContestItem.objects.bulk_create(
        ContestItem(**place, order=order, name=name, low=low, middle=middle, high=high)
        for order, (name, low, middle, high) in enumerate(items, 1)
    )
    entries = [ContestEntry.objects.create(**place, brand=brand) for brand in brands]
    panel = [ContestJudge.objects.create(**place, person=person) for person in judges]
    ContestSheet.objects.bulk_create(
        ContestSheet(**place, judge=judge, entry=entry)
        for judge in panel
        for entry in entries
        if judge.person_id not in (entry.brand.owner_id, entry.brand.guide_id)
    )
    link = contest.get_absolute_url()
    tell(judges, f"请您给{name}打分，{held_on.month}月{held_on.day}日", link=link, studio=studio, at=at)
    return contest


@transaction.atomic
def mark(sheet, *, marks, by, at=None):
    """Send a sheet: {item pk: (value or None, words)}. Until closing it may be sent again."""
    contest = Contest.objects.select_for_update().get(pk=sheet.contest_id)
    if contest.closed_at:
        raise Refused(CLOSED)
    if sheet.judge.absent:
        raise Refused("您这一次记成没有来，要打分请找街道工作人员")
    for item, (value, words) in marks.items():
        ContestMark.objects.update_or_create(
            studio=sheet.studio, sheet=sheet, item_id=item, defaults={"value": value, "words": words}
        )
    ContestSheet.objects.filter(pk=sheet.pk).update(sent_at=at or timezone.now())
    return sheet


@transaction.atomic
def set_absent(judge, *, why, by):
    """没来: the judge's sheets do not count. Empty words take it back."""
    contest = Contest.objects.select_for_update().get(pk=judge.contest_id)
    if contest.closed_at:
        raise Refused(CLOSED)
    ContestJudge.objects.filter(pk=judge.pk).update(absent=why)
    judge.absent = why
    return judge


def unsent(contest):
    """Sheets that are still missing, of judges who came."""
    missing = contest.sheets.filter(sent_at__isnull=True, judge__absent="")
    return missing.select_related("judge__person", "entry__brand")


def scores_of(contest):
    """{entry pk: exact mean over judges who came of their mean over items, None without a mark}."""
    marks = ContestMark.objects.filter(
        sheet__contest=contest, sheet__sent_at__isnull=False, sheet__judge__absent="", value__isnull=False
    )
    by_sheet = defaultdict(list)
    for entry, sheet, value in marks.values_list("sheet__entry", "sheet", "value"):
        by_sheet[entry, sheet].append(value)
    by_entry = defaultdict(list)
    for (entry, _), values in by_sheet.items():
        by_entry[entry].append(mean(values))
    return {entry: mean(by_entry[entry]) for entry in contest.entries.values_list("pk", flat=True)}


@transaction.atomic
def close_contest(contest, *, by, at=None):
    """公布: every judge who came has sent; the result stands in the files of the owners."""
    at = at or timezone.now()
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    if locked.closed_at:
        raise Refused("这次比武已经公布了")
    missing = unsent(contest).first()
    if missing:
        raise Refused(
            f"{missing.judge.person.called}还没有交“{missing.entry.brand.name}”的打分表；没来的请记上没来"
        )
    scores = scores_of(contest)
    blank = next((pk for pk, score in scores.items() if score is None), None)
    if blank is not None:
        name = contest.entries.select_related("brand").get(pk=blank).brand.name
        raise Refused(f"“{name}”还没有一位评委打过分，请先换一位评委来看")
    first = excellent_of(scores, contest.places)
    contest.closed_at, contest.closed_by = at, by
    save_version(contest, ["closed_at", "closed_by"])
    for entry in contest.entries.select_related("brand__owner", "contest"):
        entry.excellent = entry.pk in first
        ContestEntry.objects.filter(pk=entry.pk).update(excellent=entry.excellent)
        entry.contest = contest
        ledger.record(entry)
        words = "评为优秀品牌" if entry.excellent else "比武结束了"
        text = f"“{entry.brand.name}”：{contest.name}{words}"
        tell([entry.brand.owner], text, link=contest.get_absolute_url(), studio=contest.studio, at=at)
    return contest
