"""Drafts: what is typed is kept, by device, and never comes back once it was sent."""

from datetime import timedelta

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.utils import timezone

from people.actions import drafts
from people.forms.base import StudioForm
from people.models import Draft, FormToken
from people.once import new_token, read_token
from tests.factories import PersonFactory

URL = "/drafts/session-new/"


class NoteForm(StudioForm):
    note = forms.CharField(required=False)
    topics = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")], required=False)
    photo = forms.FileField(required=False)


@pytest.fixture
def mentor(db):
    return PersonFactory()


@pytest.fixture
def phone(mentor):
    client = Client()
    client.force_login(mentor)
    return client


def test_the_answer_is_one_line_with_the_time(phone, mentor):
    answer = phone.post(URL, {"note": "讲了加装电梯", "topics": ["a", "b"], "device": "phone1"})
    assert answer.status_code == 200
    saved = Draft.objects.get()
    assert answer.content.decode() == f"已存草稿 {timezone.localtime(saved.saved_at):%H:%M}"
    assert saved.data == {"note": ["讲了加装电梯"], "topics": ["a", "b"]}
    assert (saved.person, saved.key, saved.device) == (mentor, "session-new", "phone1")
    assert answer.cookies["device"].value == "phone1"
    assert answer.cookies["device"]["httponly"]


def test_saving_again_writes_over_the_draft_of_the_same_device(phone):
    phone.post(URL, {"note": "一", "device": "phone1", "rev": "100"})
    phone.post(URL, {"note": "一二", "device": "phone1", "rev": "200"})
    assert Draft.objects.get().data == {"note": ["一二"]}


def test_a_late_arrival_does_not_overwrite_a_newer_text(phone):
    phone.post(URL, {"note": "一二三", "device": "phone1", "rev": "200"})
    phone.post(URL, {"note": "一", "device": "phone1", "rev": "100"})
    assert Draft.objects.get().data == {"note": ["一二三"]}


def test_what_was_sent_is_not_kept_again(phone, mentor):
    token = new_token()
    FormToken.objects.create(token=read_token(token), person=mentor, path="/")
    answer = phone.post(URL, {"note": "一", "form_token": token})
    assert answer.status_code == 200
    assert answer.content == b""
    assert not Draft.objects.exists()


def test_a_draft_works_with_csrf_checks_by_the_token_in_the_form_alone(mentor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mentor)
    assert strict.post(URL, {"note": "一"}).status_code == 403
    token = "a" * 32
    strict.cookies["csrftoken"] = token
    answer = strict.post(URL, {"note": "一", "csrfmiddlewaretoken": token})
    assert answer.status_code == 200
    assert Draft.objects.get().data == {"note": ["一"]}


@pytest.mark.parametrize("key", ["Session-New", "1case", "a" * 61, "a_b"])
def test_an_odd_key_is_not_found(phone, key):
    assert phone.post(f"/drafts/{key}/", {"note": "一"}).status_code == 404
    assert not Draft.objects.exists()


def test_too_long_a_draft_is_refused_in_words_and_keeps_the_old_one(phone):
    phone.post(URL, {"note": "一"})
    answer = phone.post(URL, {"note": "字" * 100_001})
    assert answer.status_code == 413
    assert answer.content.decode() == "写得太多，草稿存不下，请先交一部分"
    assert Draft.objects.get().data == {"note": ["一"]}


@pytest.mark.parametrize("text", ["有\0空字符", '引"号\\u0000', "😀", "-" * 50])
def test_any_text_can_be_kept(phone, text):
    assert phone.post(URL, {"note": text, "device": "../x", "rev": "x"}).status_code == 200
    draft = Draft.objects.get()
    assert draft.data == {"note": [text.replace("\0", "")]}
    assert draft.device == ""


def test_only_a_post_saves_and_only_for_oneself(phone, mentor):
    assert phone.get(URL).status_code == 405
    phone.post(URL, {"note": "我的"})
    assert drafts.newest(PersonFactory(), "session-new") is None
    assert drafts.newest(mentor, "session-new").data == {"note": ["我的"]}
    answer = Client().post(URL, {"note": "一"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def keep(person, text, device, minutes_ago=0):
    at = timezone.now() - timedelta(minutes=minutes_ago)
    drafts.save(person, "session-new", QueryDict(f"note={text}"), device=device, at=at)


def test_two_devices_with_different_texts_are_a_conflict(mentor):
    keep(mentor, "old", "phone1", 10)
    assert drafts.conflict(mentor, "session-new", "phone1") is None
    keep(mentor, "new", "desk1")
    assert drafts.newest(mentor, "session-new").data == {"note": ["new"]}
    assert drafts.conflict(mentor, "session-new", "phone1").device == "desk1"
    assert drafts.conflict(mentor, "session-new", "desk1").device == "phone1"
    keep(mentor, "new", "phone1")
    assert drafts.conflict(mentor, "session-new", "phone1") is None


def asked(person, device, query=""):
    request = RequestFactory().get(f"/sessions/new/{query}")
    request.user = person
    request.COOKIES["device"] = device
    return drafts.choose(request, "session-new")


def test_the_page_offers_its_own_draft_and_asks_about_the_other(mentor):
    assert asked(mentor, "phone1") == (None, None)
    keep(mentor, "desk", "desk1", 10)
    draft, other = asked(mentor, "phone1")
    assert (draft.device, other) == ("desk1", None)
    keep(mentor, "phone", "phone1")
    draft, other = asked(mentor, "phone1")
    assert (draft.device, other.device) == ("phone1", "desk1")
    draft, other = asked(mentor, "phone1", f"?draft={other.pk}")
    assert (draft.device, other) == ("desk1", None)
    assert asked(mentor, "phone1", "?draft=x")[1].device == "desk1"


def test_a_draft_fills_the_form(mentor):
    drafts.save(mentor, "k", QueryDict("note=hello&topics=a&topics=b&form_token=x"))
    form = drafts.fill(NoteForm(), drafts.newest(mentor, "k"))
    html = form.as_p()
    assert 'value="hello"' in html
    assert form["topics"].value() == ["a", "b"]
    assert 'value="x"' not in html
    assert drafts.fill(NoteForm(), None)["note"].value() is None


def test_clearing_forgets_all_devices_and_saving_drops_what_is_very_old(mentor):
    keep(mentor, "old", "phone1")
    keep(mentor, "new", "desk1")
    drafts.clear(mentor, "session-new")
    assert not Draft.objects.exists()
    drafts.save(mentor, "case-new", QueryDict("a=1"), at=timezone.now() - timedelta(days=91))
    keep(mentor, "new", "desk1")
    assert [draft.key for draft in Draft.objects.all()] == ["session-new"]


def test_a_draft_that_is_far_too_long_is_a_sentence_where_there_is_no_script(cast):
    client = cast.client(cast.a.apprentice)
    answer = client.post("/cases/new/", {"save_draft": "1", "story": "长" * 100_001})
    assert answer.status_code == 409
    assert "写得太多" in answer.content.decode()


def test_without_script_the_button_keeps_the_words_and_leads_back_to_its_page(phone, mentor):
    came_from = {"Referer": "http://testserver/sessions/new/?group=1"}
    answer = phone.post(URL, {"note": "说了一半", "save_draft": "1"}, headers=came_from)
    assert answer["Location"] == "/sessions/new/?group=1"
    assert Draft.objects.get(person=mentor).data == {"note": ["说了一半"]}
    elsewhere = {"Referer": "https://evil.example/x/"}
    answer = phone.post(URL, {"note": "说了一半", "save_draft": "1"}, headers=elsewhere)
    assert answer["Location"] == "/"


def test_the_button_for_later_goes_to_the_draft_and_not_to_the_form(mentor):
    class Kept(NoteForm):
        def form_attrs(self):
            return {"data-autosave": URL}

    shown = render_crispy_form(Kept())
    assert f'name="save_draft" value="1" formaction="{URL}"' in shown
