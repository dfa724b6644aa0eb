"""工作例会 and 三项会议: called together, held, minutes written, and what was decided is done."""

from datetime import time
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from growth.actions import next_steps
from growth.models import Entry, NextStep
from mentoring.actions import meetings
from mentoring.actions.meetings import Decided
from mentoring.models import Meeting, MeetingDecision
from people.actions import removal
from people.models import Draft, Notice
from people.stale import Refused, StaleEdit
from studio import todo
from tests.factories import days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page
from tests.todos import actions

NEW = "/assemblies/new/"


@pytest.fixture
def meeting(cast):
    """One of yesterday that waits for its minutes."""
    return meetings.plan(
        studio=cast.a.studio, kind="work", held_on=days_ago(1), subject="下半年带教怎么走", by=cast.a.staff,
        members=[cast.a.mentor, cast.a.apprentice, cast.a.peer], place="泉+工作室", chair=cast.a.lead,
    )  # fmt: skip


@pytest.fixture
def write(cast, meeting):
    def act(**given):
        defaults = {
            "version": meeting.version,
            "came": [cast.a.mentor, cast.a.apprentice],
            "minutes": "各组报了进度。",
            "decisions": [Decided("把公示栏换新", cast.a.apprentice, days_ahead(7))],
            "by": cast.a.staff,
        }
        return meetings.write_minutes(meeting, **{**defaults, **given})

    return act


def told():
    return {notice.person_id for notice in Notice.objects.all()}


def errors(page):
    return [message for _, message in page.context["form"].error_fields()]


def step():
    return NextStep.objects.get(origin="meeting")


def test_those_who_are_to_come_are_told_of_a_meeting_of_later_and_not_of_one_gone_by(cast, meeting):
    assert not told()
    meetings.plan(
        studio=cast.a.studio, kind="secretaries", held_on=days_ahead(2), starts_at=time(9), subject="党费",
        members=[cast.a.apprentice], by=cast.a.staff,
    )  # fmt: skip
    assert told() == {cast.a.apprentice.pk}
    assert "上午9:00" in Notice.objects.get().text


def test_what_was_decided_stands_in_the_next_steps_and_done_there_shows_here(cast, meeting, write):
    write()
    assert (step().person, step().text, step().due_on) == (cast.a.apprentice, "把公示栏换新", days_ahead(7))
    assert "定了一件事请您办" in Notice.objects.get(person=cast.a.apprentice).text
    client = cast.client(cast.a.apprentice)
    assert "把公示栏换新" in client.get("/ledger/me/").content.decode()
    client.post(reverse("growth:next-step-close", args=[step().pk]))
    page = cast.client(cast.a.staff).get(meeting.get_absolute_url()).content.decode()
    assert "做好了" in page


def test_those_who_came_have_it_in_their_files(cast, write):
    write()
    lines = Entry.objects.filter(kind="meeting")
    assert set(lines.values_list("person", flat=True)) == {cast.a.mentor.pk, cast.a.apprentice.pk}
    assert lines[0].text == "参加工作例会：下半年带教怎么走"


def test_minutes_corrected_keep_the_step_and_what_goes_is_dropped(cast, meeting, write):
    write()
    row, kept = MeetingDecision.objects.get(), step()
    reworded = Decided("把公示栏和橱窗换新", cast.a.apprentice, days_ahead(9), row.pk)
    write(version=meeting.version, decisions=[reworded, Decided("排夜间值班", cast.a.mentor, days_ahead(3))])
    kept.refresh_from_db()
    assert (kept.text, kept.due_on, kept.state) == ("把公示栏和橱窗换新", days_ahead(9), "open")
    given_on = Decided("把公示栏和橱窗换新", cast.a.peer, days_ahead(9), row.pk)
    write(version=meeting.version, decisions=[given_on])
    kept.refresh_from_db()
    assert kept.state == "dropped"
    assert NextStep.objects.open().get(origin="meeting").person == cast.a.peer


def test_what_is_done_stays_done_when_the_minutes_are_corrected(cast, meeting, write):
    write()
    next_steps.close(step(), by=cast.a.apprentice)
    row = MeetingDecision.objects.get()
    again = Decided("把公示栏都换新", cast.a.apprentice, days_ahead(7), row.pk)
    write(version=meeting.version, decisions=[again])
    assert (step().state, step().text) == ("done", "把公示栏都换新")


def test_of_two_minutes_of_one_meeting_the_later_is_refused(cast, write):
    write()
    with pytest.raises(StaleEdit):
        write(version=1, minutes="另一份")


def test_a_meeting_to_come_has_no_minutes_and_a_cancelled_one_neither(cast):
    ahead = meetings.plan(
        studio=cast.a.studio, kind="work", held_on=days_ahead(1), subject="甲", members=[cast.a.mentor],
        by=cast.a.staff,
    )  # fmt: skip
    with pytest.raises(Refused):
        meetings.write_minutes(ahead, version=1, came=[], minutes="早了", by=cast.a.staff)
    Notice.objects.all().delete()
    meetings.cancel(ahead, by=cast.a.staff)
    meetings.cancel(ahead, by=cast.a.staff)
    assert told() == {cast.a.mentor.pk}
    ahead.refresh_from_db()
    with pytest.raises(Refused):
        meetings.change(ahead, version=2, members=[cast.a.mentor], by=cast.a.staff)


def test_a_meeting_moved_is_told_to_all_and_a_newcomer_only_is_asked_to_come(cast):
    ahead = meetings.plan(
        studio=cast.a.studio, kind="work", held_on=days_ahead(3), subject="甲", members=[cast.a.mentor],
        by=cast.a.staff,
    )  # fmt: skip
    Notice.objects.all().delete()
    both = [cast.a.mentor, cast.a.peer]
    meetings.change(ahead, version=1, members=both, by=cast.a.staff)
    assert told() == {cast.a.peer.pk}
    meetings.change(ahead, version=2, members=[cast.a.peer], held_on=days_ahead(4), by=cast.a.staff)
    assert told() == {cast.a.mentor.pk, cast.a.peer.pk}


def test_a_removed_meeting_takes_its_steps_and_lines_along_and_brings_them_back(cast, meeting, write):
    write()
    meetings.remove(meeting, by=cast.a.staff)
    assert step().state == "dropped"
    assert not Entry.objects.filter(kind="meeting").exists()
    removal.restore(meeting, by=cast.a.staff)
    assert step().state == "open"
    assert Entry.objects.filter(kind="meeting").count() == 2


def test_it_is_seen_by_staff_by_those_asked_and_by_owners_of_decisions(cast, meeting, write):
    write(decisions=[Decided("借会议室", cast.a.other_mentor, days_ahead(7))])
    seeing = {cast.a.staff, cast.a.mentor, cast.a.apprentice, cast.a.peer, cast.a.other_mentor}
    for person in cast.roles().values():
        if person is not None:
            assert Meeting.objects.visible_to(person).exists() == (person in seeing)


# --- pages ------------------------------------------------------------------------------------------------


def test_staff_call_a_meeting_write_minutes_and_print_them(cast):
    client = cast.client(cast.a.staff)
    assert_page(client.get(NEW).content, role="staff")
    sent = {
        "kind": "branch", "neighbourhood": cast.a.apprentice.neighbourhood_id, "subject": "楼组长换届",
        "held_on": days_ago(0).isoformat(), "members": [cast.a.apprentice.pk, cast.a.mentor.pk],
        "chair": cast.a.apprentice.pk, "agenda": "一、报名单\r\n二、定日子", "place": "活动室",
    }  # fmt: skip
    client.post("/drafts/meeting-new/", {**hidden_fields(client.get(NEW)), "subject": "写到一半"})
    answer = send(client, NEW, sent, follow=True)
    assert not Draft.objects.exists()
    meeting = Meeting.objects.get()
    assert "写纪要" in answer.content.decode()
    assert any(one.action == "写纪要" for one in todo.waiting_for(cast.a.staff))
    url = reverse("mentoring:meeting-minutes", args=[meeting.pk])
    page = client.get(url)
    assert_page(page.content, role="staff")
    assert page.context["form"]["came"].value() == [str(pk) for pk in sent["members"]]
    written = {
        "came": [cast.a.apprentice.pk], "minutes": "名单都同意。", "units": "物业公司\r\n派出所",
        "text_0": "贴公示", "owner_0": cast.a.apprentice.pk, "due_0": days_ahead(3).isoformat(),
    }  # fmt: skip
    answer = send(client, url, written, follow=True)
    assert_page(answer.content, role="staff")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.units) == ("held", ["物业公司", "派出所"])
    assert step().text == "贴公示"
    cast.a.staff.__dict__.pop("_todo_counts", None)
    assert not any(one.action == "写纪要" for one in todo.waiting_for(cast.a.staff))
    printed = client.get(reverse("mentoring:meeting-print", args=[meeting.pk]))
    assert "贴公示" in printed.content.decode()
    assert_page(printed.content, role="staff")
    word = client.get(reverse("mentoring:meeting-word", args=[meeting.pk]))
    document = Document(BytesIO(b"".join(word)))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "支委会纪要" in text
    assert cast.a.mentor.name in text
    assert document.tables[0].rows[1].cells[1].text == "贴公示"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"minutes": " "}, "请写几句会上说了什么，或者写一件定下来的事"),
        ({"text_0": "贴公示"}, ["第1件还没写谁来办", "第1件还没写几号前"]),
        ({"due_1": "2099-01-01"}, "第2件还没写要做什么，不要这件的话，请把人和日期也去掉"),
        ({"due_0": "后天"}, ["请写成这样的日期：2024年6月18日"]),
        ({"units": "长" * 41}, "有个名称太长了，请一行写一个，每个不超过40字"),
    ],
)
def test_bad_minutes_get_a_sentence_and_keep_what_was_typed(cast, meeting, given, sentence):
    url = reverse("mentoring:meeting-minutes", args=[meeting.pk])
    answer = send(cast.client(cast.a.staff), url, {"minutes": "说了很多话", **given})
    assert answer.status_code == 422
    assert errors(answer) == ([sentence] if isinstance(sentence, str) else sentence)
    assert_page(answer.content, role="staff")
    assert not NextStep.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"members": []}, "请点一下谁参加"),
        ({"kind": "branch"}, "请选是哪个居民区的支委会"),
        ({"held_on": "2019-01-01"}, "离今天一年以上了，请看看日期是不是选错了"),
        ({"subject": ""}, "请填写主要议什么"),
    ],
)
def test_a_bad_call_gets_a_sentence(cast, given, sentence):
    today = timezone.localdate().isoformat()
    sent = {"kind": "work", "subject": "甲", "held_on": today, "members": [cast.a.mentor.pk]}
    answer = send(cast.client(cast.a.staff), NEW, {**sent, **given})
    assert (answer.status_code, errors(answer)) == (422, [sentence])
    assert not Meeting.objects.exists()


def test_the_next_meeting_of_a_kind_begins_with_the_people_of_the_last(cast, meeting):
    page = cast.client(cast.a.staff).get(f"{NEW}?kind=work")
    people = {str(one.pk) for one in (cast.a.mentor, cast.a.apprentice, cast.a.peer)}
    assert set(page.context["form"]["members"].value()) == people
    assert page.context["form"]["place"].value() == "泉+工作室"


def test_two_people_change_one_meeting_and_the_second_reads_both_texts(cast):
    ahead = meetings.plan(
        studio=cast.a.studio, kind="work", held_on=days_ahead(3), subject="甲", members=[cast.a.mentor],
        by=cast.a.staff,
    )  # fmt: skip
    client, url = cast.client(cast.a.staff), reverse("mentoring:meeting-edit", args=[ahead.pk])
    page = hidden_fields(client.get(url))
    assert_page(client.get(url).content, role="staff")
    meetings.change(ahead, version=1, members=[cast.a.mentor], place="三楼", by=cast.a.staff)
    sent = {
        "kind": "work",
        "subject": "乙",
        "held_on": days_ahead(3).isoformat(),
        "members": [cast.a.mentor.pk],
    }
    answer = client.post(url, {**page, **sent})
    assert answer.status_code == 409
    assert "三楼" in answer.content.decode()


def test_the_list_asks_as_often_for_three_as_for_one(cast, meeting, django_assert_num_queries):
    client = cast.client(cast.a.mentor)
    client.get("/assemblies/")
    with django_assert_num_queries(5):
        assert_page(client.get("/assemblies/?kind=work").content, role="mentor")
    for number in range(2):
        meetings.plan(
            studio=cast.a.studio, kind="work", held_on=days_ago(number), subject="乙",
            members=[cast.a.mentor], by=cast.a.staff,
        )  # fmt: skip
    with django_assert_num_queries(5):
        assert client.get("/assemblies/?kind=work").content.decode().count("link-row") == 3


def test_who_is_to_come_answers_and_a_refusal_is_told_with_its_reason(cast):
    a = cast.a
    meeting = meetings.plan(
        studio=a.studio, kind="work", held_on=days_ahead(3), subject="年底述职", by=a.staff, chair=a.lead,
        members=[a.lead, a.mentor, a.apprentice],
    )  # fmt: skip
    coming = reverse("mentoring:meeting-coming", args=[meeting.pk])
    Notice.objects.all().delete()
    assert actions(a.mentor) == actions(a.apprentice) == ["答一下"]
    assert cast.client(a.mentor).post(coming, {"answer": "yes"}).status_code == 302
    assert actions(a.mentor) == []
    assert not told()
    learner = cast.client(a.apprentice)
    assert send(learner, coming, {}).status_code == 422
    assert send(learner, coming, {"reason": "那天有会"}).status_code == 302
    assert told() == {a.staff.pk, a.lead.pk}
    assert "来不了：那天有会" in Notice.objects.first().text
    page = cast.client(a.staff).get(meeting.get_absolute_url())
    assert dict(page.context["invited"]) == {
        "能来": [a.mentor.name], "来不了": [f"{a.apprentice.name}（那天有会）"], "还没答": [a.lead.name],
    }  # fmt: skip
    meeting.refresh_from_db()
    meetings.change(
        meeting, version=meeting.version, members=[a.lead, a.mentor, a.apprentice], by=a.staff,
        held_on=days_ahead(5),
    )  # fmt: skip
    assert {row.answer for row in meeting.members.all()} == {""}
    meetings.cancel(meeting, by=a.staff)
    with pytest.raises(Refused):
        meetings.answer(meeting, person=a.mentor, coming=True)


def test_minutes_begin_without_those_who_could_not_come(cast, meeting):
    meeting.members.filter(person=cast.a.peer).update(
        answer="no", reason="出差、外出", answered_at=timezone.now()
    )
    page = cast.client(cast.a.staff).get(f"/assemblies/{meeting.pk}/minutes/")
    assert set(page.context["form"].initial["came"]) == {str(cast.a.mentor.pk), str(cast.a.apprentice.pk)}
