"""Every way of teaching with what it needs; 谈心 for two alone; a call in one line."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from growth.models import Entry
from mentoring.actions import session_answers, session_talks, sessions
from mentoring.models import Session, SessionAnswer, TalkNote
from people.models import Draft, Notice
from people.stale import Refused
from tests.factories import SessionFactory, days_ago
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

NEW = "/sessions/new/"
SECRET = "他说家里孩子要高考，想缓一缓再接片区的事"


def errors(page):
    return [message for _, message in page.context["form"].error_fields()]


@pytest.fixture
def filled(cast):
    return {"present": [cast.a.apprentice.pk], "day": days_ago(0).isoformat(), "topics": ["party"]}


@pytest.fixture
def talk(cast):
    return sessions.log(
        group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(0), note=SECRET, mode="talk",
        by=cast.a.mentor,
    )  # fmt: skip


# --- what each way needs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"mode": "class", "lecturer": "党校周老师"}, {"lecturer": "党校周老师"}),
        ({"mode": "lecture", "partner": "银行党支部", "lecturer": "吴行长", "theme": "反诈"},
         {"partner": "银行党支部", "lecturer": "吴行长", "theme": "反诈"}),
        ({"mode": "answers", "units": "房管所、城管\r\n派出所"}, {"units": ["房管所", "城管", "派出所"]}),
        ({"mode": "onsite", "findings": "公示栏是去年的。"}, {"findings": "公示栏是去年的。"}),
        ({"mode": "face", "lecturer": "没有的人", "partner": "没有的单位"}, {"lecturer": "", "partner": ""}),
    ],
)  # fmt: skip
def test_each_way_of_teaching_keeps_what_belongs_to_it(cast, filled, given, kept):
    answer = send(cast.client(cast.a.mentor), NEW, {**filled, **given}, follow=True)
    session = Session.objects.get()
    assert {name: getattr(session, name) for name in kept} == kept
    assert_page(answer.content, role="mentor")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mode": "lecture"}, "请写是哪个单位来讲的"),
        ({"mode": "answers"}, "请写有哪些部门来答疑"),
        ({"mode": "answers", "units": "长" * 41}, "有个名称太长了，请一行写一个，每个不超过40字"),
        ({"mode": "stationed", "where": ""}, "驻点请选是在哪个居民区"),
    ],
)
def test_what_a_way_of_teaching_needs_is_asked_in_a_sentence(cast, filled, given, sentence):
    answer = send(cast.client(cast.a.mentor), NEW, {**filled, **given})
    assert answer.status_code == 422
    assert errors(answer) == [sentence]
    assert not Session.objects.exists()


def test_stationed_is_at_the_neighbourhood_of_the_apprentice_unless_another_is_chosen(cast, filled):
    send(cast.client(cast.a.mentor), NEW, {**filled, "mode": "stationed", "where": "own"})
    assert Session.objects.get().neighbourhood == cast.a.apprentice.neighbourhood


def test_apprentices_of_other_groups_come_along(cast, filled):
    client = cast.client(cast.a.mentor)
    assert "others" not in client.get(NEW).context["form"].fields
    page = client.get(f"{NEW}?group={cast.a.group.pk}&others=1")
    assert str(cast.a.other_apprentice.pk) in page.context["form"].fields["others"].people
    others = [cast.a.other_apprentice.pk]
    client.post(NEW, {**hidden_fields(page), **filled, "mode": "class", "others": others})
    session = Session.objects.get()
    assert set(session.apprentices.all()) == {cast.a.apprentice, cast.a.other_apprentice}
    assert Session.objects.visible_to(cast.a.other_mentor).exists()
    edit = client.get(reverse("mentoring:session-edit", args=[session.pk]))
    assert str(others[0]) in edit.context["form"]["others"].value()


def test_somebody_of_another_street_never_comes_along(cast):
    with pytest.raises(Refused, match=cast.b.apprentice.name):
        sessions.log(
            group=cast.a.group, present=[cast.a.apprentice], others=[cast.b.apprentice], topics=["party"],
            held_on=days_ago(0), by=cast.a.mentor,
        )  # fmt: skip
    assert not Session.objects.exists()


# --- 谈心 -------------------------------------------------------------------------------------------------


def everywhere(client, session):
    """The text of all pages on which a session shows."""
    pages = [
        session.get_absolute_url(), "/sessions/", "/", "/todo/", "/me/notices/",
        reverse("mentoring:session-history", args=[session.pk]),
        reverse("mentoring:session-edit", args=[session.pk]),
        f"/ledger/{session.attendance.get().apprentice_id}/",
        f"/pairings/{session.group.pairings.first().pk}/",
    ]  # fmt: skip
    return "".join(client.get(url).content.decode() for url in pages)


def test_the_two_read_a_talk_and_nobody_else(cast, talk):
    for person in (cast.a.mentor, cast.a.apprentice):
        assert SECRET in cast.client(person).get(talk.get_absolute_url()).content.decode()
    assert SECRET not in everywhere(cast.client(cast.a.staff), talk)
    two = (cast.a.mentor, cast.a.apprentice)
    others = [person for person in cast.roles().values() if person and person not in two]
    assert not any(TalkNote.objects.visible_to(person).exists() for person in others)


def test_the_words_of_a_talk_are_in_no_record_history_ledger_or_notice(talk):
    assert talk.note == ""
    kept = [*Session.objects.values(), *Session.pgh_event_model.objects.values(), *Entry.objects.values()]
    assert SECRET not in json.dumps([*kept, *Notice.objects.values()], default=str, ensure_ascii=False)
    assert Entry.objects.filter(text__contains="谈心").count() == 2


def test_the_database_keeps_a_talk_out_of_the_record(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(group=cast.a.group, mode="talk", note=SECRET)


def test_a_talk_is_of_two_and_staff_write_no_words_of_it(cast, filled):
    both = [cast.a.apprentice.pk, cast.a.peer.pk]
    answer = send(cast.client(cast.a.mentor), NEW, {**filled, "mode": "talk", "present": both})
    assert answer.status_code == 422
    assert "几位一起聊的" in errors(answer)[0]
    url = f"{NEW}?group={cast.a.group.pk}&proxy=1"
    answer = send(cast.client(cast.a.staff), url, {**filled, "mode": "talk", "note": SECRET})
    assert errors(answer) == ["谈心的话只有师徒两个人能看，街道代记时请不要写内容"]
    assert not Session.objects.exists()


def test_the_mentor_corrects_the_words_and_staff_only_the_rest(cast, talk):
    url = reverse("mentoring:session-edit", args=[talk.pk])
    present, day = [cast.a.apprentice.pk], days_ago(1).isoformat()
    sent = {"present": present, "day": day, "mode": "talk", "minutes": "30"}
    send(cast.client(cast.a.mentor), url, {**sent, "note": "改成了这一句"})
    assert TalkNote.objects.get().text == "改成了这一句"
    send(cast.client(cast.a.staff), url, {**sent, "day": days_ago(2).isoformat(), "note": "街道写的"})
    talk.refresh_from_db()
    assert (talk.held_on, TalkNote.objects.get().text) == (days_ago(2), "改成了这一句")
    with pytest.raises(Refused):
        session_talks.refuse_change(talk, {}, [cast.a.peer], cast.a.staff)
    with pytest.raises(Refused):
        session_talks.refuse_change(talk, {"mode": "face"}, [cast.a.apprentice], cast.a.mentor)


# --- 现场答疑 ---------------------------------------------------------------------------------------------


def test_questions_and_answers_are_noted_one_after_the_other(cast):
    session = SessionFactory(
        group=cast.a.group, present=[cast.a.apprentice], mode="answers", units=["房管所"]
    )
    client = cast.client(cast.a.mentor)
    url = reverse("mentoring:session-answers", args=[session.pk])
    first = {"unit": "房管所", "question": "维修资金怎么动？", "answer": "三分之二同意。"}
    send(client, url, first)
    send(client, url, {**first, "unit": "城管中队", "question": "违建谁来拆？"})
    session.refresh_from_db()
    assert session.units == ["房管所", "城管中队"]
    page = client.get(session.get_absolute_url()).content.decode()
    assert "城管中队答" in page
    assert "维修资金怎么动" in cast.client(cast.a.apprentice).get(session.get_absolute_url()).content.decode()
    client.post(url, {"drop": SessionAnswer.objects.first().pk})
    assert SessionAnswer.objects.get().unit == "城管中队"
    answer = send(client, url, {**first, "answer": ""})
    assert (answer.status_code, errors(answer)) == (422, ["请填写怎么答的"])
    assert_page(answer.content, role="mentor")


def test_only_a_session_of_answers_has_them(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    with pytest.raises(Refused):
        session_answers.note(session, unit="甲", question="乙", answer="丙", by=cast.a.mentor)


# --- one line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["phone", "wechat"])
def test_a_call_is_logged_with_one_line_and_one_tap_from_home(cast, mode):
    client, pair = cast.client(cast.a.mentor), cast.a.group.pairings.get(apprentice=cast.a.apprentice)
    home = client.get("/").content.decode()
    url = reverse("mentoring:contact-new", args=[pair.pk])
    form = home.split(f'action="{url}"')[1].split("</form>")[0]
    token = form.split('name="form_token" value="')[1].split('"')[0]
    sent = {"form_token": token, "from": "home", "note": "问了选举的事", "mode": mode}
    assert client.post(url, sent)["Location"] == "/"
    client.post(url, sent)
    session = Session.objects.get()
    assert (session.mode, session.note, session.minutes, session.where()) == (mode, "问了选举的事", None, "")
    assert Entry.objects.filter(person=cast.a.apprentice, kind="session").count() == 1


def test_a_call_without_a_word_is_asked_for_one(cast):
    pair = cast.a.group.pairings.get(apprentice=cast.a.apprentice)
    client, url = cast.client(cast.a.mentor), reverse("mentoring:contact-new", args=[pair.pk])
    assert 'action="/pairings/' in client.get(pair.get_absolute_url()).content.decode()
    answer = send(client, url, {"mode": "phone", "note": " "})
    assert (answer.status_code, errors(answer)) == (422, ["请说一句聊了什么，几个字也行"])
    assert_page(answer.content, role="mentor")


# --- the draft of a correction ----------------------------------------------------------------------------


def test_a_correction_is_kept_as_a_draft_and_forgotten_when_it_is_sent(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    client, url = cast.client(cast.a.mentor), reverse("mentoring:session-edit", args=[session.pk])
    page = client.get(url)
    assert f'data-autosave="/drafts/edit-session-{session.pk}/"' in page.content.decode()
    sent = {
        **hidden_fields(page), "present": [cast.a.apprentice.pk], "day": days_ago(1).isoformat(),
        "topics": ["party"], "note": "写到一半", "mode": "face",
    }  # fmt: skip
    client.post(f"/drafts/edit-session-{session.pk}/", sent)
    again = client.get(url)
    assert again.context["form"]["note"].value() == "写到一半"
    client.post(url, {**sent, "note": "写完了"})
    assert not Draft.objects.exists()
    session.refresh_from_db()
    assert session.note == "写完了"


def test_a_draft_of_an_older_text_does_not_come_back(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    client, url = cast.client(cast.a.mentor), reverse("mentoring:session-edit", args=[session.pk])
    client.post(f"/drafts/edit-session-{session.pk}/", {**hidden_fields(client.get(url)), "note": "旧的"})
    Session.objects.filter(pk=session.pk).update(version=5)
    assert client.get(url).context["form"]["note"].value() == session.note
