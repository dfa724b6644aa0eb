"""The year of 品牌项目 of a street: each one lives its own story, and at the end some come before a panel."""

from growth.actions import brands, contests
from growth.models import Brand, BrandNote

from .clock import Thread
from .content import value_of


def stories(cast, told, clock):
    """One story for each project, and the contest over those that were told about."""
    year = clock.date(-150).year
    for row in told.get("brand", ()):
        yield brand_story(cast, row, year, clock)
    if "contest" in told:
        yield contest_story(cast, told, year, clock)


def brand_story(cast, row, year, clock):
    owner, office, thread = cast[row["owner"]], cast.staff[0], Thread(clock)
    guide = cast[row["guide"]] if "guide" in row else None
    at = thread.at(row["day"], text=row["problem"])
    yield at, owner
    brand = brands.apply(
        studio=cast.studio, neighbourhood=owner.neighbourhood, year=year, owner=owner, by=owner,
        name=row["name"], problem=row["problem"], ways=row["ways"], expected=row["expected"], guide=guide,
        partners=row.get("partners", []), at=at,
        milestones=[(one["text"], clock.day(one["due"])) for one in row["milestones"]],
    )  # fmt: skip
    if "approved" not in row:
        return
    at = thread.at(row["approved"], "14:20")
    yield at, office
    brands.approve(brand, by=office, at=at)
    for day, kind, part in sorted(_events(row), key=lambda event: event[0]):
        writer = {"midterm": guide, "close": office, "spread": office}.get(kind, owner)
        at = thread.at(day, text=str(part))
        yield at, writer
        brand = Brand.objects.select_related("owner", "guide", "studio", "neighbourhood").get(pk=brand.pk)
        _ACTS[kind](brand, part, writer, at)


def _events(row):
    """(day, kind, what) of everything after 立项."""
    for note in row["notes"]:
        yield note["day"], "note", note
    for one in row["milestones"]:
        if "done" in one:
            yield one["done"], "milestone", one
    for kind in ("midterm", "debrief", "close", "spread"):
        if kind in row:
            yield row[kind]["day"], kind, row[kind]


def _note(brand, told, by, at):
    brands.write_note(
        brand, quarter=told["quarter"], text=told["text"], pace=value_of(BrandNote.Pace, told["pace"]),
        needs=told.get("needs", ""), by=by, at=at,
    )  # fmt: skip


def _milestone(brand, told, by, at):
    brands.finish_milestone(brand.milestones.get(text=told["text"]), by=by, at=at)


def _midterm(brand, told, by, at):
    brands.look_in_the_middle(brand, words=told["text"], by=by, at=at)


def _debrief(brand, told, by, at):
    results = [tuple(row) for row in told["results"]]
    brands.debrief(brand, results=results, voices=told["voices"], lesson=told["lesson"], by=by, at=at)


def _close(brand, told, by, at):
    brands.close(brand, verdict=told["verdict"], by=by, at=at)


def _spread(brand, told, by, at):
    method = {name: told[name] for name in ("name", "summary", "fits", "steps")}
    by_whom = f"{brand.neighbourhood} {brand.owner.called}"
    brands.spread(brand, summed_up_by=by_whom, by=by, at=at, **method)


_ACTS = {
    "note": _note,
    "milestone": _milestone,
    "midterm": _midterm,
    "debrief": _debrief,
    "close": _close,
    "spread": _spread,
}


def contest_story(cast, told, year, clock):
    row, office, thread = told["contest"], cast.staff[0], Thread(clock)
    at = thread.at(row["day"], "09:20")
    yield at, office
    found = Brand.objects.filter(studio=cast.studio, year=year, name__in=row["marks"])
    contest = contests.open_contest(
        studio=cast.studio, year=year, name=f"{year}年{row['name']}", held_on=clock.day(row["day"]),
        places=row["places"], judges=[cast[name] for name in row["judges"]],
        brands=list(found.select_related("owner", "guide")), by=office, at=at,
    )  # fmt: skip
    judge = contest.judges.get(person=cast[row["absent"]["name"]])
    contests.set_absent(judge, why=row["absent"]["why"], by=office)
    items = list(contest.items.all())
    sheets = contest.sheets.filter(judge__absent="").select_related("judge__person", "entry__brand")
    for sheet in sheets.order_by("judge", "pk"):
        at = thread.at(row["day"], "10:10")
        yield at, sheet.judge.person
        given = row["marks"][sheet.entry.brand.name]
        marks = {
            item.pk: (value, row["words"] if value == 5 else "")
            for item, value in zip(items, given, strict=True)
        }
        contests.mark(sheet, marks=marks, by=sheet.judge.person, at=at)
    at = thread.at(row["closed"], "16:00")
    yield at, office
    contests.close_contest(contest, by=office, at=at)
