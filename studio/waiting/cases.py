"""What waits around a hard case: 受理, 会诊, 药方, 复诊, 评价."""

from django.utils import timezone

from casework import todo as cases
from casework.models import Case, Clarification, DistrictRequest, Followup, LibraryCase, Meeting, Step
from people.addresses import address_of

from .source import Source, Waiting

_OWNER = ("owner__name", "owner__salutation")
_CASE = "prescription__case__title"
READ = {
    Case: ("title", "due_on", "neighbourhood__name", *_OWNER),
    Clarification: (
        "question",
        "case_id",
        "asker__name",
        "asker__salutation",
        "guest__organisation",
        "guest__name",
        "guest__post",
    ),
    DistrictRequest: ("reason", "studio__name", "studio__brand_name"),
    Meeting: ("at", "place"),
    Step: ("text", "order", "due_on", _CASE),
    LibraryCase: ("title", "edited_by__name", "edited_by__salutation"),
    Followup: ("by__name", "by__salutation", "step__order", f"step__{_CASE}"),
}


def _case_source(key, find, action, page):
    def tell(case):
        origin = case.neighbourhood.short_name if case.neighbourhood else case.owner.called
        return Waiting(case.title, origin, action, address_of(page, case.pk), case.due_on)

    return Source(key, find, tell, Case)


def _tell_step(step):
    name = f"{step.prescription.case.title}（药方第{step.order}步）"
    return Waiting(name, step.text, "报复诊", address_of("casework:step-followup", step.pk), step.due_on)


def _tell_followup(followup):
    step = followup.step
    name = f"{step.prescription.case.title}（药方第{step.order}步）"
    url = address_of("casework:followup-judge", followup.pk)
    return Waiting(name, followup.by.called, "看复诊", url)


def _tell_question(question):
    url = address_of("casework:case-detail", question.case_id)
    return Waiting(question.question, question.by.called, "去回答", f"{url}#questions")


def _tell_meeting(meeting):
    url, day = meeting.get_absolute_url(), timezone.localdate(meeting.at)
    return Waiting("主持会诊会", meeting.place, "去主持", url, day)


def _tell_public_text(entry):
    url = address_of("casework:library-read", entry.pk)
    return Waiting(entry.title, entry.edited_by.called, "看公开稿", url)


def _tell_request(asked):
    url = asked.get_absolute_url()
    return Waiting(asked.reason[:40], str(asked.studio), "去答复", url)


SOURCES = (
    _case_source("accept", cases.to_accept, "去受理", "casework:case-triage"),
    _case_source("complete", cases.to_complete, "补充后再交", "casework:case-detail"),
    Source("answer", cases.to_answer, _tell_question, Clarification),
    _case_source("consult", cases.to_consult, "提意见", "casework:case-consult"),
    Source("coordinate", cases.to_coordinate, _tell_request, DistrictRequest),
    Source("host", cases.to_host, _tell_meeting, Meeting),
    _case_source("prescribe", cases.to_prescribe, "去开药方", "casework:case-prescribe"),
    Source("report", cases.to_report, _tell_step, Step),
    Source("judge", cases.to_judge, _tell_followup, Followup),
    _case_source("check_up", cases.to_check_up, "去复诊", "casework:case-checkup"),
    _case_source("evaluate", cases.to_evaluate, "评一评疗效", "casework:case-close"),
    _case_source("close", cases.to_close, "去结案", "casework:case-close"),
    Source("read_again", cases.to_read_again, _tell_public_text, LibraryCase),
)
