"""Guests from outside: one case, one link, one opinion; nothing else of the studio."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from casework.actions import consultations, guests, triage
from casework.models import CaseGuest, CaseResident, Clarification, GuestDraft, Opinion
from growth.models import Entry
from people.actions import residents
from people.models import Notice, ScopedLink
from people.stale import Refused
from tests.casework.cures import consulting, opine, prescribe
from tests.casework.forms import fields, told
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db

ADVICE = "先请房管所出一份结构安全说明"


def invite(case, by, name="王志明", **more):
    return guests.invite(case=case, organisation="区房管所", name=name, post="科长", by=by, days=14, **more)


def enter(fresh):
    """A browser that pressed the button; and the page it was led to."""
    browser = Client()
    answer = browser.post(fresh.get_absolute_url())
    return browser, answer["Location"]


def ask_page(case):
    return reverse("casework:case-guests", args=[case.pk])


def test_the_chair_asks_a_guest_and_sees_the_address_once(cast):
    case = consulting(cast)
    chair = cast.client(cast.a.lead)
    form = {
        **fields(chair.get(ask_page(case))), "organisation": "区房管所", "name": "王志明", "post": "科长",
        "speaks_for": "department", "days": "14",
    }  # fmt: skip
    shown = chair.post(ask_page(case), form)
    assert shown.status_code == 200
    assert f"/l/{cast.a.studio.pk}/" in told(shown)
    assert "区房管所 王志明科长" in told(shown)
    again = chair.post(ask_page(case), form, follow=True)
    assert "链接只显示一次" in told(again)
    assert f"/l/{cast.a.studio.pk}/" not in told(chair.get(ask_page(case)))
    assert ScopedLink.objects.count() == CaseGuest.objects.count() == 1


def test_a_guest_reads_the_case_and_gives_one_opinion_without_an_account(cast):
    case = consulting(cast)
    resident = residents.keep(studio=case.studio, name="老李", phone="13800001111")
    CaseResident.objects.create(studio=case.studio, case=case, resident=resident)
    opine(case, cast.a.mentor, "别的主意")
    _, fresh = invite(case, cast.a.lead)
    browser, page = enter(fresh)
    seen = browser.get(page)
    assert case.question in told(seen)
    assert "老李" not in told(seen)
    assert "13800001111" not in told(seen)
    assert "别的主意" not in told(seen)
    after = browser.post(page, {**fields(seen), "text": ADVICE}, follow=True)
    assert "记好了" in told(after)
    assert "别的主意" in told(after)
    opinion = Opinion.objects.get(guest__isnull=False)
    assert (opinion.text, opinion.author, opinion.written_by) == (ADVICE, None, None)
    assert Notice.objects.filter(person=cast.a.lead, text__contains="区房管所 王志明科长").exists()


def test_the_opinion_is_one_of_the_case_and_hidden_like_any_other(cast):
    case = consulting(cast)
    guest, _ = invite(case, cast.a.lead)
    guests.say(guest=guest, text=ADVICE)
    for person, sees in ((cast.a.lead, True), (cast.a.staff, True), (cast.a.mentor, False)):
        page = cast.client(person).get(case.get_absolute_url())
        assert (ADVICE in told(page)) is sees
    prescribe(case)
    assert ADVICE in told(cast.client(cast.a.mentor).get(case.get_absolute_url()))
    assert not Entry.objects.filter(text__contains="王志明").exists()


def test_it_may_be_changed_until_the_prescription(cast):
    case = consulting(cast)
    guest, fresh = invite(case, cast.a.lead)
    browser, page = enter(fresh)
    browser.post(page, {**fields(browser.get(page)), "text": ADVICE})
    form = browser.get(page)
    assert ADVICE in told(form)
    browser.post(page, {**fields(form), "text": "改过的主意"})
    assert Opinion.objects.get(guest=guest).text == "改过的主意"
    late = browser.get(page)
    prescribe(case)
    refused = browser.post(page, {**fields(late), "text": "再改"})
    assert refused.status_code == 422
    assert "再改" in told(refused)
    assert "意见不能再改" in told(browser.get(page))
    assert Opinion.objects.get(guest=guest).text == "改过的主意"


def test_two_tabs_of_a_guest_do_not_overwrite_each_other(cast):
    case = consulting(cast)
    _, fresh = invite(case, cast.a.lead)
    browser, page = enter(fresh)
    first, second = browser.get(page), browser.get(page)
    browser.post(page, {**fields(first), "text": "第一句"})
    stale = browser.post(page, {**fields(second), "text": "第二句"})
    assert stale.status_code == 409
    assert "第一句" in told(stale)
    assert "第二句" in told(stale)


def test_a_link_opens_one_case_and_no_other_page(cast):
    case, other = consulting(cast), consulting(cast)
    _, fresh = invite(case, cast.a.lead)
    _, elsewhere = invite(other, cast.a.lead)
    browser, _page = enter(fresh)
    assert browser.get(reverse("casework:guest-case", args=[elsewhere.link.pk])).status_code == 404
    for path in (case.get_absolute_url(), other.get_absolute_url(), "/cases/", "/"):
        assert browser.get(path)["Location"].startswith("/login/")


def test_taking_the_link_back_closes_the_page(cast):
    case = consulting(cast)
    guest, fresh = invite(case, cast.a.lead)
    browser, page = enter(fresh)
    cast.client(cast.a.staff).post(f"/links/{fresh.link.pk}/revoke/")
    assert browser.get(page).status_code == 404
    assert browser.post(page, {"text": ADVICE}).status_code == 404
    assert not Opinion.objects.filter(guest=guest).exists()


def test_another_link_stops_the_first_one(cast):
    case = consulting(cast)
    guest, fresh = invite(case, cast.a.lead)
    chair = cast.client(cast.a.lead)
    shown = chair.post(reverse("casework:guest-link", args=[guest.pk]), fields(chair.get(ask_page(case))))
    assert "/l/" in told(shown)
    assert Client().get(fresh.get_absolute_url()).status_code == 404


def test_a_case_that_left_the_studio_is_closed_to_guests(cast):
    case = consulting(cast)
    _, fresh = invite(case, cast.a.lead)
    browser, page = enter(fresh)
    triage.transfer(case=case, to="房管所", reason="要他们定", by=cast.a.staff)
    assert browser.get(page).status_code == 404
    assert Client().get(fresh.get_absolute_url()).status_code == 404


def test_only_chair_and_staff_ask_guests(cast):
    case = consulting(cast)
    assert cast.client(cast.a.mentor).get(ask_page(case)).status_code == 403
    assert cast.client(cast.b.staff).get(ask_page(case)).status_code == 404
    with pytest.raises(Refused):
        invite(CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice), cast.a.staff)


def test_staff_accept_and_go_on_to_ask_outside(cast):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    staff, page = cast.client(cast.a.staff), reverse("casework:case-triage", args=[case.pk])
    form = fields(staff.get(page)) | {
        "way": "online", "chair": cast.a.lead.pk, "outside": "on", "due_on": "2099-01-05",
        "category": "lift", "urgency": "week",
    }  # fmt: skip
    form.pop("consultants", None)
    assert staff.post(page, form)["Location"] == ask_page(case)


def test_history_tells_who_was_asked_from_outside(cast):
    case = consulting(cast)
    invite(case, cast.a.lead)
    page = cast.client(cast.a.staff).get(reverse("casework:case-history", args=[case.pk]))
    assert "记下了会诊来宾" in told(page)
    assert "记下了链接" in told(page)


def test_the_case_waits_for_guests_too(cast):
    case = consulting(cast, asked=())
    guest, _ = invite(case, cast.a.lead)
    page = cast.client(cast.a.lead).get(case.get_absolute_url())
    assert "等1位来宾提意见" in told(page)
    assert "还没提意见的：区房管所 王志明科长" in told(page)
    guests.say(guest=guest, text=ADVICE)
    assert "意见都到了" in told(cast.client(cast.a.lead).get(case.get_absolute_url()))


def test_an_opinion_is_of_a_person_or_of_a_guest(cast):
    case = consulting(cast)
    opinion = opine(case, cast.a.mentor)
    guest, _ = invite(case, cast.a.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(guest=guest)
    assert consultations.OVER


def test_what_a_guest_typed_is_there_again_on_the_next_visit_until_it_is_sent(cast):
    _, fresh = invite(consulting(cast), cast.a.lead)
    browser, home = enter(fresh)
    save = reverse("casework:guest-draft", args=[fresh.link.pk])
    assert f'data-autosave="{save}"' in browser.get(home).content.decode()
    assert "已存草稿" in told(browser.post(save, {"text": "先请房管", "rev": "2"}))
    browser.post(save, {"text": "先", "rev": "1"})  # an older text that arrives late
    again, _ = enter(fresh)
    assert "上次写了还没交的" in told(again.get(home))
    assert "先请房管" in told(again.get(home))
    again.post(home, fields(again.get(home)) | {"text": ADVICE})
    browser.post(save, {"text": ADVICE, "rev": "3"})  # an autosave that was under way
    assert not GuestDraft.objects.exists()
    assert "上次写了还没交的" not in told(browser.get(home))


def test_a_guest_asks_back_once_and_reads_the_answer(cast):
    case = consulting(cast)
    _, fresh = invite(case, cast.a.lead)
    browser, home = enter(fresh)
    page = reverse("casework:guest-ask", args=[fresh.link.pk])
    assert f'href="{page}"' in browser.get(home).content.decode()
    assert browser.post(page, {"question": ""}).status_code == 422
    for _tap in range(2):
        shown = browser.post(page, {"question": "一楼住的是谁？"}, follow=True)
    assert "等" in told(shown)
    asked = Clarification.objects.get()
    assert (asked.asker, asked.by.called) == (None, "区房管所 王志明科长")
    assert "区房管所 王志明科长" in told(cast.client(cast.a.apprentice).get("/todo/"))
    assert "区房管所 王志明科长问" in told(cast.client(cast.a.apprentice).get(case.get_absolute_url()))
    consultations.answer(clarification=asked, answer="一对老夫妻", by=cast.a.apprentice)
    assert "一对老夫妻" in told(browser.get(home))


def test_a_question_is_asked_by_a_person_or_by_a_guest_and_never_by_nobody(cast):
    case = consulting(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clarification.objects.create(studio=case.studio, case=case, question="谁问的？")


def test_after_the_round_a_guest_asks_nothing_more(cast):
    case = consulting(cast)
    _, fresh = invite(case, cast.a.lead)
    browser, home = enter(fresh)
    prescribe(case, by=cast.a.lead)
    page = reverse("casework:guest-ask", args=[fresh.link.pk])
    assert "不在会诊里了" in told(browser.post(page, {"question": "还有谁？"}))
    assert page not in browser.get(home).content.decode()


def test_without_script_a_guest_keeps_the_words_and_nothing_is_sent(cast):
    _, fresh = invite(consulting(cast), cast.a.lead)
    browser, home = enter(fresh)
    save = reverse("casework:guest-draft", args=[fresh.link.pk])
    assert f'formaction="{save}"' in browser.get(home).content.decode()
    kept = browser.post(save, {"text": ADVICE, "save_draft": "1"}, follow=True)
    assert "还没有提交" in told(kept)
    assert ADVICE in told(kept)
    assert not Opinion.objects.exists()
