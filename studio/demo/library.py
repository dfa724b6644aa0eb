"""案例库, 工作法 and 课题 of the demonstration: cases brought in by two, what a mentor told, a topic."""

from casework.actions import library, topics
from casework.models import Case
from growth.actions import methods
from people.models import Neighbourhood

from .clock import Thread
from .content import value_of


def stories(cast, told, clock):
    """One story for each row of library.toml."""
    for kind, tell in TOLD.items():
        for row in told.get(kind, []):
            yield tell(cast, row, clock)


def entry_story(cast, row, clock):
    """Written by one, read by another; without `read_by` it still waits."""
    thread, writer = Thread(clock), cast[row["by"]]
    at = thread.at(row["day"], "10:20")
    yield at, writer
    case = Case.objects.select_related("studio", "owner", "chair", "neighbourhood").get(
        studio=cast.studio, title=row["case"]
    )
    values = {"title": row["title"], "comment": row["comment"], "named": row.get("named", False)}
    entry = library.write(library.entry_of(case), values=values, by=writer, at=at)
    library.hand_over(entry, by=writer, at=at)
    if "read_by" not in row:
        return
    reader = cast[row["read_by"]]
    at = thread.at(row["read"], "15:40")
    yield at, reader
    library.publish(entry, by=reader, at=at)


def told_story(cast, row, clock):
    """口述; with `steps` the staff have written it out."""
    thread, teller = Thread(clock), cast[row["by"]]
    at = thread.at(row["day"], "19:10")
    yield at, teller
    method = methods.take_down(studio=cast.studio, name=row["name"], told=row["told"], by=teller, at=at)
    if "steps" not in row:
        return
    at = thread.at(row["written"], "09:50")
    yield at, cast.staff[0]
    method.summary, method.steps, method.fits = row["summary"], row["steps"], row["fits"]
    methods.write_out(method, by=cast.staff[0], at=at)


def topic_story(cast, row, clock):
    thread, office = Thread(clock), cast.staff[0]
    at = thread.at(row["day"], "11:10")
    yield at, office
    topic = topics.begin(
        studio=cast.studio, title=row["title"], why=row["why"], plan=row["plan"], lead=cast[row["lead"]],
        category=value_of(Case.Category, row["category"]),
        place_kind=value_of(Neighbourhood.Kind, row["place"]), opened_on=clock.day(row["day"]), by=office,
        at=at,
    )  # fmt: skip
    for note in row.get("note", []):
        at = thread.at(note["day"], "16:30")
        yield at, topic.lead
        topics.add_note(topic, held_on=clock.day(note["day"]), text=note["text"], by=topic.lead, at=at)


TOLD = {"entry": entry_story, "told": told_story, "topic": topic_story}
