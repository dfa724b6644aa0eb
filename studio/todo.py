"""待办: only what waits for this person, found by asking, cleared by doing. Nothing here is stored.

One query counts all sources on every page; where they are listed, another one counts and names the rows, and
each kind of row takes one more. The first two are put together once (people/prepared.py).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.core.exceptions import EmptyResultSet
from django.urls import reverse
from django.utils import timezone

from casework import todo as cases
from casework.models import Case, Clarification, Followup, Step
from growth.models import NextStep
from mentoring import todo as sessions
from mentoring.models import Appointment, Pairing, Pledge, Session
from people.models import Feedback
from people.prepared import Prepared

# Of each source the list shows so many; the front page of staff needs fewer.
MOST, FEW = 25, 5
LATE, TODAY, WEEK, LATER = "逾期", "今天", "本周", "以后"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, from whom, until when, and the action as a link."""

    name: str
    origin: str
    action: str
    url: str
    due: date | None = None


@dataclass(frozen=True)
class Source:
    """`find(person)` gives a queryset of `kind`, `tell(row)` a Waiting. studio/nav.py knows `key`."""

    key: str
    find: Callable
    tell: Callable
    kind: type


# What the words about a row are made of: only that is read.
_OWNER = ("owner__name", "owner__salutation")
_CASE = "prescription__case__title"
_MENTOR = ("mentor__name", "mentor__salutation")
READ = {
    Case: ("title", "due_on", "neighbourhood__name", *_OWNER),
    Clarification: ("question", "case_id", "asker__name", "asker__salutation"),
    Step: ("text", "order", "due_on", _CASE),
    Followup: ("by__name", "by__salutation", "step__order", f"step__{_CASE}"),
    Session: ("held_on", "place", "theme", "topics", "note", "group_id"),
    Pairing: _MENTOR,
    Pledge: ("pairing__apprentice__name", *(f"pairing__{name}" for name in _MENTOR)),
    Appointment: ("starts_on", "ends_on", "ended_on", *_MENTOR),
    NextStep: ("text", "due_on", "by__name", "by__salutation"),
    Feedback: ("text",),
}


def _case_source(key, find, action, page):
    def tell(case):
        origin = case.neighbourhood.short_name if case.neighbourhood else case.owner.called
        return Waiting(case.title, origin, action, reverse(page, args=[case.pk]), case.due_on)

    return Source(key, find, tell, Case)


def _own_steps(person):
    """Open next steps that are ticked off in the list; prescription steps come through their own source."""
    return NextStep.objects.open().filter(person=person, report_link="")


def _tell_own_step(step):
    return Waiting(step.text, step.by.called, "去看看", reverse("growth:my-file") + "#next", step.due_on)


def _tell_step(step):
    name = f"{step.prescription.case.title}（药方第{step.order}步）"
    return Waiting(name, step.text, "报复诊", reverse("casework:step-followup", args=[step.pk]), step.due_on)


def _tell_followup(followup):
    step = followup.step
    name = f"{step.prescription.case.title}（药方第{step.order}步）"
    url = reverse("casework:followup-judge", args=[followup.pk])
    return Waiting(name, followup.by.called, "看复诊", url)


def _tell_question(question):
    url = reverse("casework:case-detail", args=[question.case_id])
    return Waiting(question.question, question.asker.called, "去回答", f"{url}#questions")


def _tell_session(session):
    origin = session.place or session.theme or "安排好的带教"
    return Waiting("记一下安排好的带教", origin, "记这一次", sessions.log_url(session), session.held_on)


def _tell_confirm(session):
    return Waiting("街道帮您记了一次，对不对？", session.summary(), "看一看", session.get_absolute_url())


def _tell_pledge(pairing):
    url = reverse("mentoring:pledge-write", args=[pairing.pk])
    return Waiting(f"给{pairing.mentor.called}写一张拜师帖", "结对以后", "写拜师帖", url)


def _tell_words(pledge):
    url = reverse("mentoring:pledge-words", args=[pledge.pairing_id])
    return Waiting(f"{pledge.pairing.apprentice.name}给您写了拜师帖", "拜师帖", "写寄语", url)


def _tell_settle(pledge):
    url = reverse("mentoring:pledge-settle", args=[pledge.pairing_id])
    return Waiting(str(pledge), "写好了，还没定日期和见证人", "定日期", url)


def _tell_renew(letter):
    name = f"{letter}{letter.status[1]}，要不要续聘"
    return Waiting(name, f"聘期{letter.term}", "看聘书", letter.get_absolute_url(), letter.ends_on)


def _feedback(person):
    return Feedback.objects.filter(studio__in=person.standing.staff, answered_at__isnull=True).exclude(
        by=person
    )


def _tell_feedback(feedback):
    return Waiting(feedback.text[:40], "意见建议", "去答复", feedback.get_absolute_url())


SOURCES = (
    _case_source("accept", cases.to_accept, "去受理", "casework:case-triage"),
    _case_source("complete", cases.to_complete, "补充后再交", "casework:case-detail"),
    Source("answer", cases.to_answer, _tell_question, Clarification),
    _case_source("consult", cases.to_consult, "提意见", "casework:case-consult"),
    _case_source("prescribe", cases.to_prescribe, "去开药方", "casework:case-prescribe"),
    Source("report", cases.to_report, _tell_step, Step),
    Source("judge", cases.to_judge, _tell_followup, Followup),
    _case_source("check_up", cases.to_check_up, "去复诊", "casework:case-checkup"),
    _case_source("evaluate", cases.to_evaluate, "评一评疗效", "casework:case-close"),
    _case_source("close", cases.to_close, "去结案", "casework:case-close"),
    Source("log", sessions.sessions_to_log, _tell_session, Session),
    Source("confirm", sessions.waiting_confirmation, _tell_confirm, Session),
    Source("pledge", sessions.pledges_to_write, _tell_pledge, Pairing),
    Source("words", sessions.words_to_write, _tell_words, Pledge),
    Source("settle", sessions.pledges_to_settle, _tell_settle, Pledge),
    Source("renew", sessions.appointments_to_renew, _tell_renew, Appointment),
    Source("next", _own_steps, _tell_own_step, NextStep),
    Source("feedback", _feedback, _tell_feedback, Feedback),
)


def counts(person):
    """{source key: number} for one person, in one query; kept on the person for the request."""
    kept = person.__dict__.get("_todo_counts")
    if kept is None:
        kept = person.__dict__["_todo_counts"] = dict(_COUNTS.fetch(person))
    return kept


def _write_counts(person):
    """One row (key, number) for each source that can hold anything; those with something come back."""
    parts, params = [], []
    for source in SOURCES:
        try:
            sql, given = source.find(person).order_by().values("pk").distinct().query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT '{source.key}' AS key, count(*) AS number FROM ({sql}) waiting")
        params.extend(given)
    return f"SELECT key, number FROM ({' UNION ALL '.join(parts)}) told WHERE number > 0", params


_COUNTS = Prepared("todo_counts", _write_counts)


def _write_rows(person, limit):
    """(key, pk, number of all) for each of the first `limit` rows of each source, in the source's order."""
    parts, params = [], []
    for source in SOURCES:
        try:
            sql, given = source.find(person).values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        told = f"SELECT '{source.key}' AS key, pk, count(*) OVER () FROM ({sql}) waiting(pk)"
        parts.append(f"({told} LIMIT {limit})")
        params.extend(given)
    return " UNION ALL ".join(parts), params


_ROWS = {
    limit: Prepared(f"todo_rows_{limit}", lambda person, limit=limit: _write_rows(person, limit))
    for limit in (MOST, FEW)
}


def waiting_for(person, limit=MOST, leaving_out=()):
    """What waits for a person, the most urgent first, without a day last; `limit` of each source."""
    pks, numbers = defaultdict(list), {}
    for key, pk, number in _ROWS[limit].fetch(person):
        numbers[key] = number
        if key not in leaving_out:
            pks[key].append(pk)
    person.__dict__["_todo_counts"] = numbers
    rows = _read({source.kind: [] for source in SOURCES}, pks)
    found = [source.tell(rows[source.kind, pk]) for source in SOURCES for pk in pks[source.key]]
    return sorted(found, key=lambda item: (item.due is None, item.due or date.max))


def _read(wanted, pks):
    """{(kind, pk): row} of all rows named, one query for each kind that is there."""
    for source in SOURCES:
        wanted[source.kind] += pks[source.key]
    found = {}
    for kind, keys in wanted.items():
        if keys:
            along = {name.rpartition("__")[0] for name in READ[kind] if "__" in name}
            rows = kind.objects.select_related(*along).only(*READ[kind]).filter(pk__in=keys)
            found |= {(kind, row.pk): row for row in rows.order_by()}
    return found


def by_urgency(items, today=None):
    """[(逾期 | 今天 | 本周 | 以后, items)] in that order, without empty parts."""
    today = today or timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())

    def part(item):
        if item.due is None or item.due > sunday:
            return LATER
        return LATE if item.due < today else TODAY if item.due == today else WEEK

    order = (LATE, TODAY, WEEK, LATER)
    placed = sorted(items, key=lambda item: order.index(part(item)))
    return [(name, list(group)) for name, group in groupby(placed, key=part)]
