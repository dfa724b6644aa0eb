"""拜师帖: writing, sending, words, day and witness; who reads what; what waits for whom."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from growth.actions import rebuild
from growth.models import Entry
from mentoring.actions import pairings, pledges
from mentoring.models import Pairing, Pledge
from people.models import Draft, Notice
from people.stale import Refused
from tests.factories import PledgeFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page
from tests.todos import actions

TEXT = "赵书记好。我最想跟您学怎么开居民会，怎么把话说到一处。一定认真学。"


@pytest.fixture
def pair(cast):
    """The apprentice's pair, ten days old."""
    Pairing.objects.filter(apprentice=cast.a.apprentice).update(starts_on=days_ago(10))
    return Pairing.objects.select_related("mentor", "apprentice", "studio", "cohort").get(
        apprentice=cast.a.apprentice
    )


def url(pair, page):
    return reverse(f"mentoring:pledge-{page}", args=[pair.pk])


def sent(pair, **fields):
    return PledgeFactory(pairing=pair, studio=pair.studio, **fields)


def test_the_letter_goes_from_apprentice_to_mentor_to_staff_to_paper(cast, pair):
    apprentice, mentor, staff = (cast.client(one) for one in (cast.a.apprentice, cast.a.mentor, cast.a.staff))
    answer = send(apprentice, url(pair, "write"), text=TEXT, follow=True)
    assert "送到了" in answer.content.decode()
    send(mentor, url(pair, "words"), words="多走楼道，多听少说。")
    send(staff, url(pair, "settle"), held_on=str(days_ahead(3)), witness="陈主任")
    pledge = Pledge.objects.get(pairing=pair)
    assert (pledge.text, pledge.words, pledge.witness, pledge.settled_by) == (
        TEXT, "多走楼道，多听少说。", "陈主任", cast.a.staff,
    )  # fmt: skip
    for client in (apprentice, mentor, staff):
        paper = client.get(url(pair, "print")).content.decode()
        assert all(words in paper for words in (TEXT, "多走楼道", "陈主任", pair.apprentice.name, "二〇二"))


def test_settling_is_a_milestone_of_both_that_a_rebuild_finds_again(cast, pair):
    pledge = sent(pair)
    pledges.settle(pledge, held_on=days_ago(1), witness="陈主任", by=cast.a.staff)
    pledges.settle(pledge, held_on=days_ago(2), witness="陈主任", by=cast.a.staff)

    def lines():
        found = Entry.objects.filter(text__startswith="拜师").order_by("person")
        return list(found.values_list("person", "on", "text", "milestone"))

    before = lines()
    assert {(person, on) for person, on, _, _ in before} == {
        (pair.apprentice_id, days_ago(2)), (pair.mentor_id, days_ago(2)),
    }  # fmt: skip
    assert all(milestone for *_, milestone in before)
    rebuild.rebuild()
    assert lines() == before


def test_each_step_tells_those_who_come_next(cast, pair):
    pledge = pledges.send(pledges.pledge_of(pair), text=TEXT, by=cast.a.apprentice)
    told = Notice.objects.filter(link=pledge.get_absolute_url())
    assert set(told.values_list("person", flat=True)) == {pair.mentor_id, cast.a.staff.pk}
    pledges.add_words(pledge, words="多听。", by=cast.a.mentor)
    pledges.settle(pledge, held_on=days_ago(1), witness="陈主任", by=cast.a.staff)
    assert told.filter(person=cast.a.apprentice).count() == 2


def test_the_starter_is_offered_and_must_become_ones_own(cast, pair):
    client = cast.client(cast.a.apprentice)
    page = client.get(url(pair, "write"))
    starter = page.context["form"].initial["text"]
    assert pair.mentor.called in starter
    for text, words in (
        (starter.replace("\n", "\r\n"), "改成自己的话"),
        (starter + "谢谢", "换成您想学的"),
        ("  ", "请填写"),
        ("学" * 501, "500字以内"),
        ("学\n" * 12, "请并成几段"),
    ):
        answer = send(client, url(pair, "write"), text=text)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert text.strip()[:40].split("\r")[0] in answer.content.decode()
    assert not Pledge.objects.exists()
    send(client, url(pair, "write"), text=starter.replace("（写一两样）", "怎么开居民会"))
    assert Pledge.objects.get().is_sent


def test_without_script_the_draft_is_kept_and_read_by_its_writer_alone(cast, pair):
    client = cast.client(cast.a.apprentice)
    answer = send(client, url(pair, "write"), text="才写了一半", save_draft="1", follow=True)
    assert "先存着了" in answer.content.decode()
    assert client.get(url(pair, "write")).context["form"]["text"].value() == "才写了一半"
    for person in (cast.a.mentor, cast.a.staff):
        page = cast.client(person).get(url(pair, "detail")).content.decode()
        assert "才写了一半" not in page
        assert cast.client(person).get(url(pair, "print")).status_code == 403
    send(client, url(pair, "write"), text=TEXT)
    mentors = cast.client(cast.a.mentor).get(url(pair, "detail")).content.decode()
    assert TEXT in mentors
    assert "才写了一半" not in mentors


def test_the_autosaved_draft_comes_back_and_goes_with_the_sending(cast, pair):
    client = cast.client(cast.a.apprentice)
    page = client.get(url(pair, "write"))
    client.post(page.context["draft_url"], {"text": "说到一半", "rev": "1"})
    assert client.get(url(pair, "write")).context["form"]["text"].value() == "说到一半"
    send(client, url(pair, "write"), text=TEXT)
    assert not Draft.objects.exists()


def test_the_same_form_sent_twice_is_one_letter(cast, pair):
    client = cast.client(cast.a.apprentice)
    filled = {**hidden_fields(client.get(url(pair, "write"))), "text": TEXT}
    first, second = (client.post(url(pair, "write"), filled) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Notice.objects.filter(person=pair.mentor, text__contains="拜师帖").count() == 1


def test_a_double_tap_on_the_words_is_no_conflict(cast, pair):
    sent(pair)
    client = cast.client(cast.a.mentor)
    filled = {**hidden_fields(client.get(url(pair, "words"))), "words": "多听。"}
    assert [client.post(url(pair, "words"), filled).status_code for _ in range(2)] == [302, 302]
    assert Pledge.objects.get().version == 2


@pytest.mark.parametrize(
    ("page", "role", "theirs", "mine"),
    [
        ("write", "apprentice", {"text": "别人改的话"}, {"text": "我改的话"}),
        ("words", "mentor", {"words": "别人改的话"}, {"words": "我改的话"}),
        ("settle", "staff", {"text": "别人改的话"}, {"held_on": days_ago(1), "witness": "我改的话"}),
    ],
)
def test_a_stale_edit_overwrites_nothing_and_shows_what_was_typed(cast, pair, page, role, theirs, mine):
    pledge, client = sent(pair), cast.client(cast.roles()[role])
    stale = hidden_fields(client.get(url(pair, page)))
    Pledge.objects.filter(pk=pledge.pk).update(version=2, **theirs)
    answer = client.post(url(pair, page), {**stale, **mine})
    assert answer.status_code == 409
    assert "我改的话" in answer.content.decode()
    assert ("别人改的话" in answer.content.decode()) == (page != "settle")
    assert list(Pledge.objects.filter(pk=pledge.pk).values_list(*theirs)) == [("别人改的话",)]


def test_two_first_writings_do_not_overwrite_each_other(cast, pair):
    client = cast.client(cast.a.apprentice)
    stale = hidden_fields(client.get(url(pair, "write")))
    send(client, url(pair, "write"), text="一台上写的", save_draft="1")
    assert client.post(url(pair, "write"), {**stale, "text": "另一台上写的"}).status_code == 409
    assert Pledge.objects.get().text == "一台上写的"


def test_after_the_day_is_set_the_text_stands(cast, pair):
    pledges.settle(sent(pair), held_on=days_ago(1), witness="陈主任", by=cast.a.staff)
    assert cast.client(cast.a.apprentice).get(url(pair, "write")).status_code == 403
    with pytest.raises(Refused, match="已经定了"):
        pledges.write(pledges.pledge_of(pair), text="再改", by=cast.a.apprentice)


@pytest.mark.parametrize("day", [days_ago(11), days_ahead(201)])
def test_the_day_lies_within_the_pair_and_the_cohort(cast, pair, day):
    sent(pair)
    answer = send(cast.client(cast.a.staff), url(pair, "settle"), held_on=str(day), witness="陈主任")
    assert answer.status_code == 422
    assert "中间的一天" in answer.content.decode()
    assert "陈主任" in answer.content.decode()


def test_it_waits_for_each_in_turn_and_goes_when_done(cast, pair):
    apprentice, mentor, staff = cast.a.apprentice, cast.a.mentor, cast.a.staff
    assert (actions(apprentice), actions(mentor), actions(staff)) == (["写拜师帖"], [], [])
    pledge = pledges.send(pledges.pledge_of(pair), text=TEXT, by=apprentice)
    assert (actions(apprentice), actions(mentor), actions(staff)) == ([], ["写寄语"], ["定日期"])
    pledges.add_words(pledge, words="多听。", by=mentor)
    pledges.settle(pledge, held_on=days_ago(1), witness="陈主任", by=staff)
    assert (actions(apprentice), actions(mentor), actions(staff)) == ([], [], [])


def test_old_pairs_and_pairs_that_ended_do_not_nag(cast, pair):
    assert actions(cast.a.peer) == []  # paired 100 days ago
    pairings.end(pair, reason="work", by=cast.a.staff)
    assert actions(cast.a.apprentice) == []
    assert cast.client(cast.a.apprentice).get(url(pair, "write")).status_code == 403


def test_staff_do_without_and_ask_again(cast, pair):
    staff = cast.client(cast.a.staff)
    send(staff, url(pair, "waive"))
    assert actions(cast.a.apprentice) == []
    assert "不用拜师帖" in cast.client(cast.a.apprentice).get(url(pair, "detail")).content.decode()
    assert cast.client(cast.a.apprentice).get(url(pair, "write")).status_code == 403
    send(staff, url(pair, "waive"))
    assert actions(cast.a.apprentice) == ["写拜师帖"]
    pledges.send(pledges.pledge_of(pair), text=TEXT, by=cast.a.apprentice)
    assert staff.get(url(pair, "waive")).status_code == 403


def test_a_waiver_does_not_overtake_a_letter_sent_meanwhile(cast, pair):
    staff = cast.client(cast.a.staff)
    asked = hidden_fields(staff.get(url(pair, "waive")))
    pledges.write(pledges.pledge_of(pair), text="一半", by=cast.a.apprentice)
    assert staff.post(url(pair, "waive"), asked).status_code == 409
    assert Pledge.objects.get().state == Pledge.State.DRAFT


def test_both_find_the_invitation_on_the_page_of_the_pair(cast, pair):
    for person in (cast.a.apprentice, cast.a.mentor, cast.a.staff):
        assert url(pair, "detail") in cast.client(person).get(pair.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"sent_at": None},
        {"witness": "陈主任"},
        {"state": "draft", "sent_at": None, "words": "多听。"},
    ],
)
def test_the_database_holds_what_must_be_true(pair, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        sent(pair, **fields)


def test_a_longer_letter_is_set_in_smaller_type(cast, pair):
    pledge, sizes = sent(pair), []
    for length, words in ((200, ""), (300, "多听。"), (500, "多听。" * 30)):
        Pledge.objects.filter(pk=pledge.pk).update(text="学" * length, words=words)
        sizes.append(cast.client(cast.a.staff).get(url(pair, "detail") + "?print").context["size"])
    assert sizes == ["large", "middle", "small"]


def test_pages_keep_the_rules(cast, pair, django_assert_max_num_queries):
    sent(pair, words="多听。")
    for role, names in (
        ("apprentice", ("detail", "write", "print")),
        ("mentor", ("detail", "words", "print")),
        ("staff", ("detail", "settle", "print")),
    ):
        client = cast.client(cast.roles()[role])
        for name in names:
            client.get(url(pair, name))
            with django_assert_max_num_queries(12):
                answer = client.get(url(pair, name))
            assert answer.status_code == 200
            assert_page(answer.content, role=role)
    Pledge.objects.all().delete()
    assert_page(cast.client(cast.a.staff).get(url(pair, "waive")).content)


def test_a_kept_rule_sees_what_the_rule_in_full_sees(cast, pair):
    sent(pair)
    whole = type(Pledge.objects.all()).visible_to.in_full
    for person in filter(None, cast.roles().values()):
        kept = set(Pledge.objects.visible_to(person))
        assert kept == set(whole(Pledge.objects.all(), person))
        assert bool(kept) == (person in (cast.a.staff, cast.a.mentor, cast.a.apprentice))
