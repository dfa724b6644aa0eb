"""问师傅, 专项跟进, 观摩 and 情景党课 of the demonstration, told in studying.toml."""

from datetime import time

from casework.models import Case, State
from casework.scene_start import beginning
from mentoring.actions import campaigns, practices, questions, scenes, visits
from mentoring.campaign_templates import TEMPLATES
from mentoring.models import Contact, Practice, Question, Series, Uptake
from people.competencies import Topic
from people.models import Neighbourhood

from .clock import Thread
from .content import value_of


def stories(cast, told, clock, replay):
    """Everything of a street's studying.toml, side by side."""
    for row in told.get("question", []):
        yield question_story(cast, row, clock)
    for row in told.get("campaign", []):
        yield campaign_story(cast, row, clock, replay)
    if told:
        yield series_story(cast, told, clock, replay)
    for row in told.get("scene", []):
        yield scene_story(cast, row, clock, replay)
    for row in told.get("from_case", []):
        yield from_case_story(cast, row, clock)


def question_story(cast, row, clock):
    """Asked, answered, perhaps asked once more."""
    thread = Thread(clock)
    asker, mentor = cast[row["by"]], cast[row["to"]]
    at = thread.at(row["day"], text=row["text"])
    yield at, asker
    question = questions.ask(
        studio=cast.studio, asker=asker, mentor=mentor, text=row["text"],
        audience=Question.Audience.GROUP if row.get("group") else Question.Audience.PRIVATE,
        topic=value_of(Topic, row["topic"]) if "topic" in row else "", at=at,
    )  # fmt: skip
    if "answer" in row:
        at = thread.at(row["day"] + row["after"], text=row["answer"])
        yield at, mentor
        questions.answer(question, text=row["answer"], by=mentor, at=at)
    if "more" in row:
        at = thread.at(row["day"] + row["after"] + 1, text=row["more"])
        yield at, asker
        questions.ask_more(question, text=row["more"], at=at)
    if "more_answer" in row:
        at = thread.at(row["day"] + row["after"] + 2, text=row["more_answer"])
        yield at, mentor
        questions.answer(question, text=row["more_answer"], by=mentor, at=at)
    if row.get("handed"):
        at = thread.at(row["day"] + row["after"] + 3, text=row["text"])
        yield at, asker
        questions.hand_to_street(question, by=asker, at=at)


def campaign_story(cast, row, clock, replay):
    """A shipped election; each neighbourhood then goes its own way."""
    office = cast.staff[0]
    at = Thread(clock).at(row["day"], "10:10")
    yield at, office
    _, about, stages = TEMPLATES["election"]
    first_day, codes = clock.day(row["day"]), [one["place"] for one in row["matter"]]
    campaign = campaigns.open_campaign(
        studio=cast.studio, name=f"{first_day.year}年居民区换届选举", about=about, stages=stages,
        neighbourhoods=list(Neighbourhood.objects.filter(code__in=codes)),
        starts_on=first_day, ends_on=clock.day(row["ends"]), quiet_days=row["quiet"], by=office, at=at,
    )  # fmt: skip
    for one in row["matter"]:
        matter = campaign.matters.select_related("neighbourhood", "campaign").get(
            neighbourhood__code=one["place"]
        )
        replay.start(matter_story(cast, matter, one, clock))


def matter_story(cast, matter, told, clock):
    """Contacts in their order; `to`: the stage after it, "done" at the end; `stuck`: what holds it up."""
    stages = {stage.name: stage for stage in matter.campaign.stages.all()}
    mentor, thread, stage = cast[told["mentor"]], Thread(clock), None
    for row in told["contact"]:
        at = thread.at(row["day"], text=row["text"])
        yield at, mentor
        finished = row.get("to") == "done"
        stage = list(stages.values())[-1] if finished else stages.get(row.get("to"), stage)
        campaigns.log_contact(
            matter, kind=value_of(Contact.Kind, row["kind"]), text=row["text"],
            way=value_of(Contact.Way, row.get("way", "电话")), on=clock.day(row["day"]), stage=stage,
            finished=finished, stuck=row.get("stuck", ""), by=mentor, at=at,
        )  # fmt: skip


def series_story(cast, told, clock, replay):
    """The series are opened one morning; their visits follow."""
    office = cast.staff[-1]
    at = Thread(clock).at(told["series_day"], "09:15")
    yield at, office
    known = {
        row["name"]: Series.objects.create(studio=cast.studio, name=row["name"], about=row["about"])
        for row in told["series"]
    }
    for row in told["visit"]:
        replay.start(visit_story(cast, row, known, clock, replay))


def visit_story(cast, row, known, clock, replay):
    """Arranged, gone to, and what each brought back."""
    office, thread = cast.staff[-1], Thread(clock)
    at = thread.at(row["told"], text=row["title"])
    yield at, office
    people = [cast[name] for name in row["with"]]
    visit = visits.plan(
        studio=cast.studio, series=known[row["series"]], title=row["title"], on=clock.day(row["day"]),
        starts_at=time.fromisoformat(row["time"]), about=row["about"],
        stops=[(stop["place"], stop["host"], stop["focus"]) for stop in row["stop"]],
        people=people, by=office, at=at,
    )  # fmt: skip
    if "note" not in row:
        return
    at = thread.at(row["day"], "17:20")
    yield at, office
    visits.hold(visit, people=people, note=row["note"], by=office, at=at)
    for brought in row["brought"]:
        replay.start(practice_story(cast, visit, brought, row["day"], at, clock, replay))


def practice_story(cast, visit, told, day, after, clock, replay):
    person, thread = cast[told["by"]], Thread(clock)
    thread.last = after
    at = thread.at(day + told["after"], text=told["what"])
    yield at, person
    practice = practices.bring_back(
        studio=cast.studio, person=person, visit=visit, name=told["name"], what=told["what"],
        place=told["place"], plan=told["plan"], at=at,
    )  # fmt: skip
    if "result" in told:
        replay.start(result_story(practice, person, told["result"], at, clock))
    for row in told.get("tried", []):
        replay.start(try_story(cast, practice, row, at, clock, replay))


def try_story(cast, practice, row, after, clock, replay):
    person, thread = cast[row["by"]], Thread(clock)
    thread.last = after
    at = thread.at(row["day"], text=row["plan"])
    yield at, person
    practices.take_up(Practice.objects.get(pk=practice.pk), person=person, plan=row["plan"], at=at)
    if "result" in row:
        replay.start(result_story(practice, person, row["result"], at, clock))


def result_story(practice, person, told, after, clock):
    thread = Thread(clock)
    thread.last = after
    at = thread.at(told["day"], text=told["told"])
    yield at, person
    uptake = Uptake.objects.select_related("practice__seen_by", "practice__studio").get(
        practice=practice, person=person
    )
    result = value_of(Uptake.Result, told["as"])
    practices.check(uptake, result=result, told=told["told"], by=person, at=at)


def scene_story(cast, row, clock, replay):
    """Written together, finished, played, talked over."""
    writer, thread = cast[row["by"]], Thread(clock)
    at = thread.at(row["day"], text=row["title"])
    yield at, writer
    scene = scenes.write(
        studio=cast.studio, title=row["title"], setting=row["setting"], conflict=row["conflict"],
        script=row["script"], questions=row["questions"],
        topics=[value_of(Topic, one) for one in row["topics"]],
        roles=[(one["name"], one["about"]) for one in row["role"]],
        writers=[cast[name] for name in row["writers"]], by=writer, at=at,
    )  # fmt: skip
    if "played" not in row:
        return
    at = thread.at(row["ready"], text=row["conflict"])
    yield at, writer
    scenes.settle(scene, ready=True)
    played, parts = row["played"], {role.name: role for role in scene.roles.all()}
    people = [(cast[one["player"]], parts[one["name"]]) for one in row["role"]]
    people += [(cast[name], None) for name in played.get("looks", [])]
    at = thread.at(row["ready"] + 1, text=played["place"])
    yield at, writer
    facts = {"on": clock.day(played["day"]), "place": played["place"], "cast": people}
    performance = scenes.arrange(scene, **facts, by=writer, at=at)
    if "seen" not in played:
        return
    at = thread.at(played["day"], "16:30")
    yield at, writer
    scenes.hold(performance, **facts, seen=played["seen"], minutes=120, by=writer, at=at)
    for name, takes in played["takes"].items():
        replay.start(takes_story(performance, cast[name], takes, at, clock, played["day"]))


def takes_story(performance, person, takes, after, clock, day):
    thread = Thread(clock)
    thread.last = after
    at = thread.at(day, text=takes)
    yield at, person
    scenes.take_along(performance.cast.get(person=person), takes=takes, at=at)


def from_case_story(cast, row, clock):
    """A scene that was begun from a closed case of the street and is still in writing."""
    office = cast.staff[-1]
    at = Thread(clock).at(row["day"], text=row["case"])
    yield at, office
    finished = (State.CLOSED, State.PUBLISHED)
    case = Case.objects.filter(studio=cast.studio, state__in=finished, title__startswith=row["case"]).first()
    if case is None:
        return
    values, _ = beginning(case)
    scenes.write(studio=cast.studio, by=office, **{**values, "title": row["title"]}, at=at)
