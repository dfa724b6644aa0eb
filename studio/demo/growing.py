"""短板, aims, study notes and notebook pages of the demonstration, told person by person."""

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from growth.actions import aims, notebook, notes
from growth.models import StudyNote, Weakness
from growth.models.aim import half_of
from people.competencies import Competency
from people.uploads import take_photo

from .clock import Thread
from .content import value_of

AGAINST = {"对责": Weakness.Against.DUTY, "对标": Weakness.Against.STANDARD}


def stories(cast, told, clock):
    """`told`: lists `weakness`, `note` and `page` of growth.toml; {} where the street tells of none."""
    for row in told.get("weakness", ()):
        yield _weakness(cast, row, clock)
    for row in told.get("note", ()):
        yield _note(cast, row, clock)
    for row in told.get("page", ()):
        yield _page(cast, row, clock)


def _weakness(cast, row, clock):
    person, thread = cast[row["of"]], Thread(clock)
    yield thread.at(row["day"], text=row["text"]), person
    weakness = aims.name_weakness(
        studio=cast.studio,
        person=person,
        against=AGAINST[row["against"]],
        measure=row["measure"],
        text=row["text"],
        competency=value_of(Competency, row["competency"]),
        on=clock.day(row["day"]),
    )
    if "aim" in row:
        yield from _aim(cast, person, weakness, row["aim"], thread, clock)
    if "overcome" in row:
        yield thread.at(row["overcome"], text=row["text"]), person
        aims.overcome(weakness, on=clock.day(row["overcome"]))


def _aim(cast, person, weakness, told, thread, clock):
    at = thread.last + timedelta(minutes=40)
    yield at, person
    year, half = half_of(clock.today)
    words = {"text": told["text"], "sign": told["sign"]}
    aim = aims.propose(
        studio=cast.studio, person=person, year=year, half=half, weakness=weakness, by=person, at=at, **words
    )
    if "agreed" in told:
        mentor = person.standing.mentors[0]
        at = thread.at(told["agreed"], text=told["sign"])
        yield at, mentor
        aims.agree(aim, by=mentor, at=at, **words)


def _note(cast, row, clock):
    person = cast[row["of"]]
    at = Thread(clock).at(row["day"], text=row["title"])
    yield at, person
    notes.write(
        studio=cast.studio,
        person=person,
        on=clock.day(row["day"]),
        learned_from=value_of(StudyNote.From, row["from"]),
        title=row["title"],
        words=row["words"].strip(),
        shared=row.get("shared", False),
        at=at,
    )


def _page(cast, row, clock):
    person, office, thread = cast[row["of"]], cast.staff[0], Thread(clock)
    at = thread.at(row["day"], text=row["of"])
    yield at, person
    photos = [take_photo(_ruled_paper())]
    page = notebook.send(
        studio=cast.studio, person=person, photos=photos, on=clock.day(row["day"]), by=person, at=at
    )
    if "typed" in row:
        at = thread.at(row["typed"], text=row["text"])
        yield at, office
        notebook.type_up(page, on=page.on, text=row["text"].strip(), by=office, at=at)
    if "confirmed" in row:
        at = thread.at(row["confirmed"], text=row["of"])
        yield at, person
        notebook.confirm(page, text=page.text, by=person, at=at)


def _ruled_paper():
    """A drawn page of a notebook: lines, and strokes where the writing would be."""
    sheet = Image.new("RGB", (900, 1200), "#F5EFE0")
    pen = ImageDraw.Draw(sheet)
    for number, y in enumerate(range(120, 1150, 60)):
        pen.line([(60, y), (840, y)], fill="#C9BFA8", width=2)
        pen.line([(80, y - 18), (300 + (number * 137) % 480, y - 18)], fill="#4A5360", width=7)
    out = BytesIO()
    sheet.save(out, "JPEG")
    return ContentFile(out.getvalue(), name="本子.jpg")
