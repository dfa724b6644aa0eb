"""提交疑难案例 as a browser without script goes through it."""

import pytest
from django.urls import reverse

from casework.actions import cases
from casework.models import Case, CaseResident, State
from growth.models import Entry
from people.models import Draft, Notice
from people.once import new_token
from people.stale import StaleEdit
from tests.casework.writing import PAGES, draft_of, send, write_all
from tests.factories import CaseFactory, ReflectionFactory

pytestmark = pytest.mark.django_db


def page(case, number):
    return reverse("casework:case-write", args=[case.pk, number])


def test_an_apprentice_writes_five_pages_checks_and_sends(cast):
    client = cast.client(cast.a.apprentice)
    case = write_all(client)
    assert case.state == State.DRAFT
    assert (case.owner, case.studio) == (cast.a.apprentice, cast.a.studio)
    assert [(one.way, one.result) for one in case.tried.all()] == [("上门谈了三次", "门都不开了")]
    shown = client.get(reverse("casework:case-check", args=[case.pk])).content.decode()
    assert "请核对，没问题就提交" in shown
    answer = send(client, "case-check", case.pk)
    assert answer["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    assert (case.state, case.number) == (State.SUBMITTED, 1)
    assert case.due_on is not None
    assert Notice.objects.filter(person=cast.a.staff, text__contains=case.title).exists()
    assert Entry.objects.filter(person=cast.a.apprentice, text="提交疑难案例").count() == 1


def test_every_page_shows_again_what_was_kept(cast):
    client = cast.client(cast.a.apprentice)
    case = write_all(client)
    for number, said in PAGES.items():
        shown = client.get(page(case, number)).content.decode()
        assert f"第{number}步，共5步" in shown
        texts = [
            text
            for name, text in said.items()
            if not name.startswith(("category", "urgency", "wanted", "called", "phone"))
        ]
        assert all(text in shown for text in texts)
    assert "一*" in shown  # residents come back masked


def test_the_own_mentor_is_ticked_until_another_choice_is_kept(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio, question="")
    form = client.get(page(case, 4)).context["form"]
    assert form["wanted"].initial == [cast.a.mentor]
    client.post(page(case, 4), {"form_token": new_token(), **PAGES[4]})
    assert client.get(page(case, 4)).context["form"]["wanted"].initial == []


@pytest.mark.parametrize(
    ("number", "lacking", "sentence"),
    [
        (1, "title", "请用一句话说清楚遇到了什么事"),
        (1, "story", "请说说事情的经过"),
        (2, "category", "请选一个类别"),
        (2, "urgency", "请选一下急不急"),
        (3, "way_1", "请写一下办法1是什么"),
        (4, "question", "请写一个最想让大家帮忙的问题"),
        (5, "called_1", "请写一下居民1怎么称呼"),
    ],
)
def test_what_lacks_is_said_and_what_was_typed_stays(cast, number, lacking, sentence):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio)
    said = {name: text for name, text in PAGES[number].items() if name != lacking}
    answer = client.post(page(case, number), {"form_token": new_token(), **said})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert all(text in shown for text in said.values())


def test_nothing_tried_yet_is_an_answer(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio)
    assert client.post(page(case, 3), {"form_token": new_token()}).status_code == 422
    answer = client.post(page(case, 3), {"form_token": new_token(), "nothing_tried": "on"})
    assert answer["Location"] == page(case, 4)
    case.refresh_from_db()
    assert case.nothing_tried


def test_who_needs_help_today_is_given_the_phone_number(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio)
    assert cast.a.studio.contact_phone in client.get(page(case, 2)).content.decode()
    said = {**PAGES[2], "urgency": "today", "form_token": new_token()}
    answer = client.post(page(case, 2), said, follow=True)
    assert f"请直接打工作室办公室的电话：{cast.a.studio.contact_phone}" in answer.content.decode()


def test_the_first_page_sent_twice_makes_one_draft(cast):
    client, token = cast.client(cast.a.apprentice), new_token()
    first = client.post(reverse("casework:case-new"), {"form_token": token, **PAGES[1]})
    second = client.post(reverse("casework:case-new"), {"form_token": token, **PAGES[1]})
    assert Case.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_going_back_to_the_first_page_and_changing_it_changes_the_draft(cast):
    client, token = cast.client(cast.a.apprentice), new_token()
    client.post(reverse("casework:case-new"), {"form_token": token, **PAGES[1]})
    client.post(reverse("casework:case-new"), {"form_token": token, **PAGES[1], "title": "换一种说法"})
    assert Case.objects.get().title == "换一种说法"


def test_later_words_are_kept_when_an_old_page_is_sent_from_another_tab(cast):
    client = cast.client(cast.a.apprentice)
    case = write_all(client)
    client.post(page(case, 1), {"form_token": new_token(), **PAGES[1], "version": "1", "began": "去年"})
    case.refresh_from_db()
    assert (case.began, case.question) == ("去年", PAGES[4]["question"])


def test_the_button_for_later_keeps_half_a_page_without_script(cast):
    client = cast.client(cast.a.apprentice)
    answer = send(client, "case-new", story="才说了一半", save_draft="1")
    assert answer.status_code == 302
    assert Case.objects.count() == 0
    assert "才说了一半" in client.get(reverse("casework:case-new")).content.decode()


def test_what_was_autosaved_is_offered_and_goes_when_the_page_is_sent(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio, story="原来的")
    client.post(reverse("people:draft", args=[f"case-{case.pk}-1"]), {"story": "后来说的", "device": "phone"})
    assert "后来说的" in client.get(page(case, 1)).content.decode()
    client.post(page(case, 1), {"form_token": new_token(), **PAGES[1]})
    assert not Draft.objects.filter(key=f"case-{case.pk}-1").exists()


def test_a_case_that_lacks_something_is_not_sent(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio, question="", category="")
    answer = send(client, "case-check", case.pk)
    assert answer.status_code == 422
    assert "请写一个最想让大家帮忙的问题" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == State.DRAFT


def test_staff_write_for_an_apprentice_and_only_they_see_the_draft(cast):
    client = cast.client(cast.a.staff)
    case = write_all(client, owner=cast.a.peer.pk)
    assert (case.owner, case.drafted_by) == (cast.a.peer, cast.a.staff)
    assert not Case.objects.visible_to(cast.a.peer).filter(pk=case.pk).exists()
    send(client, "case-check", case.pk)
    assert Case.objects.visible_to(cast.a.peer).filter(pk=case.pk, state=State.SUBMITTED).exists()
    assert Entry.objects.filter(person=cast.a.peer, text="提交疑难案例").exists()


def test_staff_cannot_write_for_somebody_of_another_street(cast):
    answer = send(cast.client(cast.a.staff), "case-new", **PAGES[1], owner=cast.b.apprentice.pk)
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_residents_are_shown_to_the_owner_and_the_staff_only(cast):
    client = cast.client(cast.a.apprentice)
    case = write_all(client)
    send(client, "case-check", case.pk)
    Case.objects.filter(pk=case.pk).update(chair=cast.a.mentor)
    for person, sees in ((cast.a.apprentice, True), (cast.a.staff, True), (cast.a.mentor, False)):
        shown = cast.client(person).get(case.get_absolute_url()).content.decode()
        assert "一楼周阿姨" not in shown
        assert ("一*" in shown) is sees
        assert CaseResident.objects.visible_to(person).exists() is sees


def test_a_draft_can_be_taken_away_and_found_again(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio)
    send(client, "case-remove", case.pk)
    assert client.get(page(case, 1)).status_code == 404
    assert case.title in client.get(reverse("casework:case-list")).content.decode()
    assert cast.client(cast.a.peer).post(reverse("casework:case-restore", args=[case.pk])).status_code == 404
    client.post(reverse("casework:case-restore", args=[case.pk]))
    assert client.get(page(case, 1)).status_code == 200


# --- The scanner's hints ----------------------------------------------------------------------------------


def hints_of(client, case):
    return client.get(reverse("casework:case-check", args=[case.pk])).context["hints"]


def test_a_hint_is_followed_or_declined_one_by_one(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio, story="打13812345678找他，住12号301室。")
    (where, _label, mobile), (_where, _label, door) = hints_of(client, case)
    send(client, "case-check", case.pk, swap=f"{where}:{mobile.fingerprint}")
    send(client, "case-check", case.pk, keep=f"story:{door.fingerprint}")
    case.refresh_from_db()
    assert case.story == "打居民甲找他，住12号301室。"
    assert hints_of(client, case) == []


def test_hints_reach_the_ways_tried(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio)
    client.post(page(case, 3), {"form_token": new_token(), "way_1": "打13812345678"})
    ((where, _label, finding),) = hints_of(client, case)
    send(client, "case-check", case.pk, swap=f"{where}:{finding.fingerprint}")
    assert case.tried.get().way == "打居民甲"


def test_hints_never_stop_a_case_from_being_sent(cast):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio, story="打13812345678找他")
    send(client, "case-check", case.pk)
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


@pytest.mark.parametrize("answer", ["swap", "keep"])
@pytest.mark.parametrize("place", ["story:0000", "nonsense", "tried-x-way:1", "tried-9-way:1", ":", ""])
def test_a_forged_hint_changes_nothing(cast, answer, place):
    client = cast.client(cast.a.apprentice)
    case = draft_of(cast.a.apprentice, cast.a.studio)
    assert send(client, "case-check", case.pk, **{answer: place}).status_code == 302
    assert Case.objects.get().kept_findings == []


# --- Once it has been sent --------------------------------------------------------------------------------


def test_what_others_see_already_is_guarded_against_a_stale_edit(cast):
    client = cast.client(cast.a.apprentice)
    case = write_all(client)
    send(client, "case-check", case.pk)
    case.refresh_from_db()
    said = {**PAGES[1], "version": case.version}
    fresh = client.post(page(case, 1), {"form_token": new_token(), **said, "title": "第一个人改的"})
    assert fresh["Location"] == case.get_absolute_url()
    stale = client.post(page(case, 1), {"form_token": new_token(), **said, "title": "第二个人改的"})
    assert stale.status_code == 409
    assert "第一个人改的" in stale.content.decode()
    assert "第二个人改的" in stale.content.decode()
    case.refresh_from_db()
    assert case.title == "第一个人改的"
    assert Entry.objects.get(person=case.owner).text == "提交疑难案例"


def test_an_accepted_case_is_not_written_any_more(cast):
    client = cast.client(cast.a.apprentice)
    case = write_all(client)
    send(client, "case-check", case.pk)
    Case.objects.filter(pk=case.pk).update(state=State.CONSULTING, chair=cast.a.lead)
    assert client.get(page(case, 1)).status_code == 403
    assert client.post(page(case, 1), {"form_token": new_token(), **PAGES[1]}).status_code == 403


def test_what_a_reflection_left_open_begins_the_story_of_its_writer_only(cast):
    left = ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, puzzle="两户都有理，怎么开口？")
    url = f"{reverse('casework:case-new')}?reflection={left.pk}"
    assert "两户都有理，怎么开口？" in cast.client(cast.a.apprentice).get(url).content.decode()
    assert "两户都有理" not in cast.client(cast.a.peer).get(url).content.decode()
    assert cast.client(cast.a.peer).get(f"{url}x").status_code == 200


def test_a_stale_edit_shows_the_tried_ways_of_both_sides(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    first = {"values": {"nothing_tried": False}, "by": cast.a.apprentice, "version": case.version}
    cases.write(case, tried=[("贴告示", "没人看")], **first)
    with pytest.raises(StaleEdit) as stale:
        cases.write(case, tried=[("上门", "")], **first)
    assert stale.value.also == (("已经试过的办法", "贴告示：没人看", "上门"),)
