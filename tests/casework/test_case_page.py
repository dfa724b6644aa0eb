"""The page of a case: who sees it in which state, what it says, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.actions import cases, triage
from casework.models import Case, State
from casework.views.case_words import STEPS
from casework.views.cases import folded
from tests.casework.cures import consulting, evaluated, opine, treating
from tests.casework.writing import draft_of, send
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


def get(cast, person, case):
    return cast.client(person).get(case.get_absolute_url())


def seeing(cast, case):
    return {
        role for role, person in cast.roles().items() if person and get(cast, person, case).status_code < 400
    }


def submitted(cast, **fields):
    draft = draft_of(cast.a.apprentice, cast.a.studio, **fields)
    return cases.submit(case=draft, by=cast.a.apprentice)


def test_a_draft_is_its_owners_alone(cast):
    draft = draft_of(cast.a.apprentice, cast.a.studio)
    draft.wanted.set([cast.a.mentor])
    assert seeing(cast, draft) == {"apprentice"}


def test_before_it_is_accepted_the_owner_and_the_staff_see_it_and_who_is_named(cast):
    case = submitted(cast)
    assert seeing(cast, case) == {"apprentice", "staff"}
    case.wanted.set([cast.a.other_mentor])
    assert seeing(cast, case) == {"apprentice", "staff", "other_mentor"}
    triage.hold(case=case, reason="等一等", by=cast.a.staff)
    assert seeing(cast, case) == {"apprentice", "staff", "other_mentor"}


def test_once_accepted_the_own_mentor_the_chair_and_the_invited_see_it(cast):
    case = triage.accept(
        case=submitted(cast), handling="online", chair=cast.a.lead, consultants=[cast.guest], by=cast.a.staff
    )
    assert seeing(cast, case) == {"apprentice", "staff", "mentor", "lead", "guest"}


def test_handed_on_without_being_accepted_it_stays_with_owner_and_staff(cast):
    case = triage.transfer(case=submitted(cast), to="城建办", reason="归他们管", by=cast.a.staff)
    assert seeing(cast, case) == {"apprentice", "staff"}


def step_of(answer):
    return next((step["label"] for step in answer.context["steps"] if step["state"] == "now"), None)


def test_the_stepper_and_the_sentence_say_where_it_stands(cast):
    case = submitted(cast)
    answer = get(cast, cast.a.apprentice, case)
    assert [step["label"] for step in answer.context["steps"]] == list(STEPS)
    assert step_of(answer) == "受理"
    assert answer.context["now"].startswith("现在：等街道受理，")
    assert answer.content.decode().count('aria-current="step"') == 1
    case = consulting(cast)
    assert step_of(get(cast, cast.a.staff, case)) == "会诊"
    assert "等2位书记提意见" in get(cast, cast.a.staff, case).context["now"]
    opine(case, cast.a.mentor)
    assert "等1位书记提意见" in get(cast, cast.a.staff, case).context["now"]
    opine(case, cast.a.other_mentor)
    assert "意见都到了，等" in get(cast, cast.a.staff, case).context["now"]


def test_later_steps_are_past_with_their_day(cast):
    case, _prescription = treating(cast)
    answer = get(cast, cast.a.apprentice, case)
    assert step_of(answer) == "复诊"
    assert answer.context["now"] == "现在：照药方办，还有1步没做完。"
    past = {step["label"]: step["date"] for step in answer.context["steps"] if step["state"] == "past"}
    assert set(past) == {"提交", "受理", "会诊", "开药方"}
    assert past["开药方"].endswith("日")


def test_a_direct_answer_has_a_shorter_way(cast):
    case = triage.answer(case=submitted(cast), text="到二楼窗口盖章。", by=cast.a.staff)
    answer = get(cast, cast.a.apprentice, case)
    labels = [step["label"] for step in answer.context["steps"]]
    assert labels == ["提交", "受理", "直接答复", "结案", "入库"]
    assert step_of(answer) == "结案"
    assert "到二楼窗口盖章。" in answer.content.decode()


def test_side_exits_keep_their_place_on_the_way(cast):
    case = triage.hold(case=consulting(cast), reason="等法院的说法。", by=cast.a.staff)
    answer = get(cast, cast.a.apprentice, case)
    assert (step_of(answer), answer.context["now"]) == ("会诊", "现在：先放一放。等法院的说法。")
    withdrawn = cases.withdraw(case=submitted(cast), note="自己谈好了", by=cast.a.apprentice)
    answer = get(cast, cast.a.apprentice, withdrawn)
    assert (step_of(answer), answer.context["now"]) == ("受理", "现在：撤回了。")


def test_the_trail_tells_who_did_what_with_what_words(cast):
    case = submitted(cast)
    triage.send_back(case=case, sentence="请补一张照片", by=cast.a.staff)
    cases.submit(case=case, by=cast.a.apprentice)
    trail = get(cast, cast.a.staff, case).context["trail"]
    owner, staff = cast.a.apprentice.called, cast.a.staff.called
    assert [(item["text"], item["note"]) for item in trail] == [
        (f"{owner} 补充后再交", ""),
        (f"{staff} 退回补充", "请补一张照片"),
        (f"{owner} 提交", ""),
    ]


BUTTONS = {
    "staff": {"转办", "暂缓", "并到另一件"},
    "apprentice": {"撤回"},
}


@pytest.mark.parametrize("role", BUTTONS)
def test_only_what_one_may_do_is_offered(cast, role):
    answer = get(cast, cast.roles()[role], submitted(cast))
    assert {button["label"] for button in answer.context["buttons"]} == BUTTONS[role]
    assert answer.context["can_triage"] is (role == "staff")


def test_a_long_story_is_folded_after_five_lines():
    short = "一句话。"
    assert folded(short) == {"first": short, "rest": ""}
    lines = "\n".join(f"第{n}段" for n in range(8))
    assert folded(lines)["first"].count("\n") == 4
    long = "楼上楼下都说过了。" * 60
    parts = folded(long)
    assert parts["first"] + parts["rest"] == long
    assert parts["first"].endswith("。")


def test_the_record_of_changes_tells_old_and_new(cast):
    case = submitted(cast)
    said = {"title": "换了说法", "story": case.story, "version": case.version}
    send(cast.client(cast.a.apprentice), "case-write", case.pk, 1, **said)
    shown = cast.client(cast.a.staff).get(reverse("casework:case-history", args=[case.pk]))
    changes = [(change.label, change.after) for item in shown.context["items"] for change in item.changes]
    assert ("一句话说清楚", "换了说法") in changes
    assert cast.a.apprentice.called in shown.content.decode()


def queries(cast, role, case):
    client = cast.client(cast.roles()[role])
    with CaptureQueriesContext(connection) as counted:
        assert client.get(case.get_absolute_url()).status_code == 200
    return len(counted)


@pytest.mark.parametrize("role", ["staff", "mentor", "apprentice"])
def test_the_page_costs_a_dozen_queries_in_any_state(cast, role):
    case, _prescription = treating(cast)
    closed = evaluated(cast)
    assert queries(cast, role, case) <= 12
    assert queries(cast, role, closed) <= 12


@pytest.mark.parametrize("field", ["title", "story", "question"])
def test_what_is_written_is_shown_as_text(cast, field):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, **{field: "<script>x</script>"})
    assert "<script>x" not in get(cast, cast.a.staff, case).content.decode()


def test_a_removed_case_is_nobodys(cast):
    case = submitted(cast)
    Case.objects.filter(pk=case.pk).update(removed_at=case.submitted_at, removed_by=cast.a.staff)
    assert seeing(cast, case) == set()
    assert case.state == State.SUBMITTED
