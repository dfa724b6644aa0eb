"""问师傅: asking, answering, asking once more, handing to the street."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people.actions import drafts
from people.actions.notices import tell
from people.models import Membership, Person
from people.roles import Role
from people.stale import Refused, save_version
from people.workdays import after_workdays

from ..models import Pairing, Question

NEW = "question-new"
ANSWERED = "这个问题师傅已经回答了，不能再改。可以再问一句"
NOTHING_TO_ANSWER = "这个问题已经回答过了"


def answer_key(question):
    """Name of the autosaved draft of an answer."""
    return f"question-{question.pk}-answer"


@transaction.atomic
def ask(*, studio, asker, mentor, text, audience=Question.Audience.PRIVATE, topic="", at=None):
    """Ask the own mentor, who is told at once. `studio`: where the pair is."""
    at = at or timezone.now()
    question = Question.objects.create(
        studio=studio, asker=asker, mentor=mentor, audience=audience, topic=topic, text=text,
        asked_at=at, due_on=_due(studio, at),
    )  # fmt: skip
    drafts.clear(asker, NEW)
    _tell(question, [mentor], f"{asker.name}想问您一件事", at)
    return question


@transaction.atomic
def edit(question, *, mentor, text, audience, topic):
    """Change a question that nobody has answered; another mentor than before is told."""
    if question.answered_at:
        raise Refused(ANSWERED)
    before = question.mentor_id
    question.mentor, question.text, question.audience, question.topic = mentor, text, audience, topic
    save_version(question, ("text", "audience", "topic", "mentor"))
    if mentor.pk != before:
        _tell(question, [mentor], f"{question.asker.name}想问您一件事")
    return question


@transaction.atomic
def answer(question, *, text, by, at=None):
    """The mentor's answer: to the question, or to what was asked once more. Raises Refused, StaleEdit."""
    at = at or timezone.now()
    if question.due_on is None:
        raise Refused(NOTHING_TO_ANSWER)
    if question.answered_at is None:
        question.answer, question.answered_at, question.answered_by = text, at, by
        fields = ("answer", "answered_at", "answered_by")
    else:
        question.more_answer, question.more_answered_at, question.more_answered_by = text, at, by
        fields = ("more_answer", "more_answered_at", "more_answered_by")
    question.due_on = None
    save_version(question, (*fields, "due_on"))
    drafts.clear(by, answer_key(question))
    ledger.record(question)
    _tell(question, [question.asker], f"{by.called}回答了您的请教", at)
    if not question.is_private:
        _tell(question, _mates(question), f"{by.called}在组里回答了{question.asker.name}的请教", at)
    return question


@transaction.atomic
def ask_more(question, *, text, at=None):
    """再问一句, once, after the answer."""
    at = at or timezone.now()
    if question.answered_at is None or question.more_at:
        raise Refused("一个问题可以再问一句。还想问的，请另问一个")
    question.more, question.more_at, question.due_on = text, at, _due(question.studio, at)
    save_version(question, ("more", "more_at", "due_on"))
    _tell(question, [question.mentor], f"{question.asker.name}又问了一句", at)
    return question


@transaction.atomic
def hand_to_street(question, *, by, at=None):
    """请街道一起看: from now on staff read the words too."""
    if question.handed_at:
        return question
    at = at or timezone.now()
    question.handed_at, question.handed_by = at, by
    save_version(question, ("handed_at", "handed_by"))
    _tell(question, _staff(question.studio), f"{by.called}请街道一起看一个请教", at)
    others = [one for one in (question.asker, question.mentor) if one.pk != by.pk]
    _tell(question, others, f"{by.called}请街道一起看这个请教", at)
    return question


def after_removal(question, *, by, at):
    """Its ledger lines go and come back with it."""
    ledger.record(question)


def _due(studio, at):
    return after_workdays(timezone.localdate(at), studio.question_workdays)


def _tell(question, persons, text, at=None):
    tell(persons, text, link=question.get_absolute_url(), studio=question.studio, at=at)


def _mates(question):
    """The others of the asker's present groups."""
    own = Pairing.objects.current().filter(studio=question.studio, apprentice=question.asker)
    mates = Pairing.objects.current().filter(group__in=own.values("group"))
    return Person.objects.filter(pk__in=mates.values("apprentice")).exclude(pk=question.asker_id)


def _staff(studio):
    holders = Membership.objects.current().filter(studio=studio, role=Role.STAFF)
    return [holder.person for holder in holders.select_related("person")]
