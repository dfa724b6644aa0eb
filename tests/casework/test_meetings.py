"""会诊会: several cases, six blocks, two who write at once, one record with what was said online."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from casework.actions import consultations, guests, meetings, minutes, triage
from casework.models import AgendaItem, BlockNote, CaseGuest, Meeting, Opinion
from growth.models import Entry
from people.models import Notice
from people.stale import Refused, StaleEdit
from tests.casework.cures import consulting, opine, prescribe
from tests.casework.forms import fields, told
from tests.factories import CaseFactory, days_ahead

pytestmark = pytest.mark.django_db


def soon(hours=24):
    return (timezone.now() + timedelta(hours=hours)).replace(microsecond=0)


def meeting_over(cast, *cases, **fields):
    given = {"at": soon(), "place": "红色议事厅", "chair": cast.a.lead, "by": cast.a.staff, **fields}
    return meetings.call(studio=cast.a.studio, cases=cases or (consulting(cast),), **given)


def hosted(cast, **more):
    return meeting_over(cast, consulting(cast, **more)).items.get()


def page_of(item):
    return reverse("casework:meeting-host", args=[item.pk])


def note(item, block):
    return BlockNote.objects.filter(item=item, block=block).values_list("text", flat=True).first()


def test_accepting_for_a_meeting_makes_one_and_the_next_case_joins_it(cast):
    at = soon()
    for _ in range(2):
        triage.accept(
            case=CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice), handling="meeting",
            chair=cast.a.lead, consultants=[cast.a.mentor], meeting_at=at, meeting_place="红色议事厅",
            by=cast.a.staff,
        )  # fmt: skip
    meeting = Meeting.objects.get()
    assert [item.order for item in meeting.items.all()] == [1, 2]


def test_several_cases_have_an_order_that_can_be_changed(cast):
    one, two = consulting(cast), consulting(cast)
    meeting = meeting_over(cast, one, two)
    second = meeting.items.get(case=two)
    staff = cast.client(cast.a.staff)
    staff.post(reverse("casework:meeting-earlier", args=[second.pk]))
    assert [item.case for item in meeting.items.all()] == [two, one]
    staff.post(reverse("casework:meeting-earlier", args=[second.pk]))
    assert [item.case for item in meeting.items.all()] == [two, one]


def test_staff_call_a_meeting_on_a_page(cast):
    case = consulting(cast)
    staff, url = cast.client(cast.a.staff), reverse("casework:meeting-new")
    page = staff.get(url)
    answer = staff.post(url, {
        **fields(page), "at_0": "2099-03-02", "at_1": "14:00", "at": "2099-03-02T14:00",
        "place": "红色议事厅", "chair": cast.a.lead.pk, "cases": [case.pk],
    })  # fmt: skip
    meeting = Meeting.objects.get()
    assert answer["Location"] == meeting.get_absolute_url()
    case.refresh_from_db()
    assert case.meeting_at == meeting.at
    assert Notice.objects.filter(person=cast.a.apprentice, text__contains="开会诊会").exists()


def test_a_case_that_is_not_consulted_on_is_refused(cast):
    with pytest.raises(Refused):
        meeting_over(cast, CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice))


def test_two_editors_of_a_meeting_do_not_overwrite_each_other(cast):
    meeting = meeting_over(cast)
    cases = [item.case for item in meeting.items.all()]
    same = {"at": meeting.at, "chair": cast.a.lead, "cases": cases, "by": cast.a.staff}
    stale = Meeting.objects.get(pk=meeting.pk)
    meetings.change(meeting=meeting, place="二楼会议室", **same)
    with pytest.raises(StaleEdit):
        meetings.change(meeting=stale, place="三楼会议室", **same)


def test_the_chair_takes_down_the_blocks(cast):
    item = hosted(cast)
    chair = cast.client(cast.a.lead)
    page = chair.get(page_of(item))
    for words in (
        "学员说情况",
        "主持人复述",
        "只提问、不出主意",
        "大家出主意",
        "主持人归纳",
        "定药方和复诊日期",
    ):
        assert words in told(page)
    sent = {**fields(page), "told": "三号楼一楼不同意", "summary": "采光没算清", "minutes_told": "5"}
    answer = chair.post(page_of(item), sent, follow=True)
    assert "存好了" in told(answer)
    assert note(item, "told") == "三号楼一楼不同意"
    assert BlockNote.objects.get(item=item, block="told").minutes == 5
    prescribe_page = chair.get(reverse("casework:case-prescribe", args=[item.case_id]))
    assert "采光没算清" in told(prescribe_page)


def was(page):
    return {key[4:]: value for key, value in fields(page).items() if key.startswith("was_")}


def save(client, item, page, device, **blocks):
    sent = {**{f"was_{key}": value for key, value in was(page).items()}, "device": device, **blocks}
    return client.post(reverse("casework:meeting-save", args=[item.pk]), sent).content.decode()


def test_typing_is_kept_without_pressing_anything(cast):
    item = hosted(cast)
    chair = cast.client(cast.a.lead)
    page = chair.get(page_of(item))
    assert "已存好" in save(chair, item, page, "aaa", told="一楼")
    assert "已存好" in save(chair, item, page, "aaa", told="一楼不同意")
    assert note(item, "told") == "一楼不同意"


def test_two_who_write_at_once_do_not_overwrite_each_other(cast):
    item = hosted(cast)
    chair, staff = cast.client(cast.a.lead), cast.client(cast.a.staff)
    first, second = chair.get(page_of(item)), staff.get(page_of(item))
    save(chair, item, first, "aaa", told="主持人记的", asked="")
    assert "也在写“学员说情况”" in save(staff, item, second, "bbb", told="工作人员记的", asked="问了采光")
    assert note(item, "told") == "主持人记的"
    assert note(item, "asked") == "问了采光"
    save(chair, item, first, "aaa", told="主持人接着记", asked="")
    assert note(item, "told") == "主持人接着记"
    assert note(item, "asked") == "问了采光"


def test_a_clash_is_told_with_both_texts_and_settled_by_the_next_sending(cast):
    item = hosted(cast)
    chair, staff = cast.client(cast.a.lead), cast.client(cast.a.staff)
    late = staff.get(page_of(item))
    save(chair, item, chair.get(page_of(item)), "aaa", told="主持人记的")
    clash = staff.post(page_of(item), {**fields(late), "told": "工作人员记的"})
    assert clash.status_code == 422
    assert "主持人记的" in told(clash)
    assert "工作人员记的" in told(clash)
    assert note(item, "told") == "主持人记的"
    again = staff.post(page_of(item), {**fields(clash), "told": "两边合起来"}, follow=True)
    assert "存好了" in told(again)
    assert note(item, "told") == "两边合起来"


def idea(client, item, speaker, text):
    url = reverse("casework:meeting-idea", args=[item.pk])
    sent = {**fields(client.get(page_of(item)), url), "idea-speaker": speaker, "idea-text": text}
    return client.post(url, sent, follow=True)


def test_what_is_said_at_the_meeting_is_an_opinion_of_the_case(cast):
    item = hosted(cast)
    answer = idea(cast.client(cast.a.lead), item, f"person:{cast.a.mentor.pk}", "先量采光")
    assert "记下了" in told(answer)
    opinion = Opinion.objects.get(case=item.case)
    assert (opinion.author, opinion.written_by, opinion.item) == (cast.a.mentor, cast.a.lead, item)
    assert Entry.objects.filter(person=cast.a.mentor, text__contains="出主意").exists()
    assert not Opinion.objects.visible_to(cast.a.other_mentor).filter(case=item.case).exists()


def test_words_said_after_an_opinion_online_are_added_to_it(cast):
    item = hosted(cast)
    opine(item.case, cast.a.mentor, "网上写的")
    minutes.take_down(item=item, speaker=cast.a.mentor, text="会上说的", by=cast.a.lead)
    assert Opinion.objects.get(case=item.case).text == "网上写的\n会上又说：会上说的"


def test_who_comes_from_elsewhere_speaks_as_a_guest(cast):
    item = hosted(cast)
    outside = [("别的街道绿洲居民区", "周敏", "书记")]
    meetings.seat(meeting=item.meeting, people=[cast.a.mentor], outside=outside, by=cast.a.lead)
    seat = item.meeting.seats.get(person=None)
    answer = idea(cast.client(cast.a.lead), item, f"seat:{seat.pk}", "我们是先装样板楼")
    assert "别的街道绿洲居民区 周敏书记" in told(answer)
    assert CaseGuest.objects.get(case=item.case).opinions.get().item == item


def test_a_guest_by_link_and_a_guest_in_the_room_are_one(cast):
    item = hosted(cast)
    guest, _ = guests.invite(case=item.case, organisation="房管所", name="王志明", by=cast.a.lead, days=7)
    guests.say(guest=guest, text="网上写的")
    minutes.take_down(item=item, speaker=guest, text="会上补一句", by=cast.a.lead)
    assert Opinion.objects.get(guest=guest).text == "网上写的\n会上又说：会上补一句"


def test_attendance_is_ticked_and_written(cast):
    meeting = meeting_over(cast)
    staff, url = cast.client(cast.a.staff), reverse("casework:meeting-seats", args=[meeting.pk])
    page = staff.get(url)
    sent = {
        **fields(page), "people": [cast.a.mentor.pk], "row-1-organisation": "区房管所",
        "row-1-name": "王志明", "row-1-post": "科长", "row-2-organisation": "城管中队", "row-2-name": "",
    }  # fmt: skip
    wrong = staff.post(url, sent)
    assert wrong.status_code == 422
    assert "请把姓名也写上" in told(wrong)
    staff.post(url, {**sent, "row-2-organisation": ""})
    assert {seat.called for seat in meeting.seats.all()} == {cast.a.mentor.called, "区房管所 王志明科长"}


def test_the_minutes_tell_all_and_come_as_word(cast):
    one, two = consulting(cast, title="三号楼加装电梯"), consulting(cast, title="地库充电桩")
    meeting = meeting_over(cast, one, two)
    item = meeting.items.get(case=one)
    meetings.seat(
        meeting=meeting, people=[cast.a.mentor], outside=[("房管所", "王志明", "科长")], by=cast.a.lead
    )
    minutes.keep(item=item, values={"summary": "采光没算清"}, was={}, by=cast.a.lead)
    minutes.take_down(item=item, speaker=cast.a.mentor, text="先量采光", by=cast.a.lead)
    prescribe(one)
    meetings.end(meeting=meeting, by=cast.a.lead)
    chair = cast.client(cast.a.lead)
    page = told(chair.get(reverse("casework:meeting-minutes", args=[meeting.pk])))
    word = chair.get(reverse("casework:minutes-word", args=[meeting.pk]))
    document = Document(BytesIO(b"".join(word.streaming_content)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (
        "三号楼加装电梯",
        "地库充电桩",
        "采光没算清",
        "先量采光",
        "房管所 王志明科长",
        "红色议事厅",
    ):
        assert words in page
        assert words in text
    assert "二、" in text
    assert Entry.objects.filter(person=cast.a.mentor, text="参加会诊会，2件案例").exists()


def test_nobody_learns_of_other_cases_at_the_meeting(cast):
    mine = consulting(cast, title="三号楼加装电梯")
    other = consulting(cast, owner=cast.a.other_apprentice, title="地库充电桩", asked=())
    meeting = meeting_over(cast, mine, other)
    owner = cast.client(cast.a.apprentice)
    page = told(owner.get(meeting.get_absolute_url()))
    assert "三号楼加装电梯" in page
    assert "地库充电桩" not in page
    assert "还有1件别人的案例" in page
    hidden = AgendaItem.objects.get(case=other)
    assert owner.get(page_of(hidden)).status_code == 404
    assert "地库充电桩" not in told(owner.get(reverse("casework:meeting-minutes", args=[meeting.pk])))


def test_the_screen_shows_what_is_being_taken_down(cast):
    item = hosted(cast)
    minutes.keep(item=item, values={"told": "一楼不同意"}, was={}, by=cast.a.lead)
    minutes.take_down(item=item, speaker=cast.a.mentor, text="先量采光", by=cast.a.lead)
    page = cast.client(cast.a.lead).get(reverse("casework:meeting-screen", args=[item.pk]))
    assert "一楼不同意" in told(page)
    assert "先量采光" in told(page)
    assert 'hx-trigger="every 30s' in page.content.decode()


def test_an_ended_meeting_is_opened_again_to_put_notes_right(cast):
    item = hosted(cast)
    meetings.end(meeting=item.meeting, by=cast.a.lead)
    with pytest.raises(Refused):
        minutes.keep(item=item, values={"told": "晚了"}, was={}, by=cast.a.lead)
    meetings.go_on(meeting=item.meeting, by=cast.a.lead)
    minutes.keep(item=item, values={"told": "补一句"}, was={}, by=cast.a.lead)
    assert note(item, "told") == "补一句"


def test_a_case_with_notes_does_not_leave_the_agenda(cast):
    keep, leave = consulting(cast), consulting(cast)
    meeting = meeting_over(cast, keep, leave)
    same = {"at": meeting.at, "place": meeting.place, "chair": cast.a.lead, "by": cast.a.staff}
    meetings.change(meeting=meeting, cases=[keep], **same)
    leave.refresh_from_db()
    assert leave.meeting_at is None
    minutes.keep(item=meeting.items.get(), values={"told": "记了"}, was={}, by=cast.a.lead)
    with pytest.raises(Refused):
        meetings.change(meeting=Meeting.objects.get(), cases=[leave], **same)


def test_the_host_page_costs_the_same_for_one_opinion_and_for_many(cast):
    item = hosted(cast)
    minutes.take_down(item=item, speaker=cast.a.mentor, text="先量采光", by=cast.a.lead)
    client = cast.client(cast.a.lead)
    counts = []
    for extra in (None, cast.a.other_mentor, cast.a.staff):
        if extra:
            minutes.take_down(item=item, speaker=extra, text="再说一条", by=cast.a.lead)
        client.get(page_of(item))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page_of(item))
        counts.append(len(asked))
    assert counts[0] == counts[-1]
    assert counts[0] <= 24


def test_a_meeting_has_its_day_although_a_question_waits(cast):
    case = consulting(cast)
    consultations.ask(case=case, question="谁？", by=cast.a.mentor)
    meeting = meeting_over(cast, case)
    case.refresh_from_db()
    assert case.due_on == max(days_ahead(1), timezone.localdate(meeting.at))
    assert case.paused_on is None
