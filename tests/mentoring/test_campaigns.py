"""专项跟进: opening, who follows, contacts in one tap, the board, what is stuck, the ledger."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from growth.actions import rebuild
from growth.models import Entry
from mentoring.actions import campaigns
from mentoring.campaign_templates import TEMPLATES, as_lines, from_lines
from mentoring.models import Campaign, Contact, Matter, Stage
from people.models import Neighbourhood, Notice
from people.stale import Refused
from studio import todo
from tests.factories import days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page
from tests.studio.test_stuck import stuck_of
from tests.study_factories import CampaignFactory, ContactFactory, MatterFactory, StageFactory


@pytest.fixture
def matter(cast):
    """The apprentice's neighbourhood in a campaign of three stages, followed by the mentor."""
    return MatterFactory(
        campaign=CampaignFactory(studio=cast.a.studio, name="换届选举"),
        studio=cast.a.studio,
        neighbourhood=cast.a.apprentice.neighbourhood,
        mentor=cast.a.mentor,
        owner=cast.a.apprentice,
    )


def page_of(matter):
    return matter.get_absolute_url()


def tap(client, matter, kind="analyse", **fields):
    given = {"text": "", "stage": str(matter.stage_id), "stuck": "", "way": "phone", "on": str(days_ago(0))}
    return send(client, page_of(matter), {**given, "kind": kind, **fields})


def test_staff_open_an_election_for_the_street_and_every_neighbourhood_finds_its_people(cast):
    client, new = cast.client(cast.a.staff), reverse("mentoring:campaign-new")
    form = client.get(new).context["form"]
    assert "换届选举" in form.initial["name"]
    assert form.initial["stages"].startswith("调查摸底：")
    given = {name: form.initial[name] for name in ("name", "about", "stages", "starts_on", "quiet_days")}
    answer = send(client, new, given, neighbourhoods=form.initial["neighbourhoods"], follow=True)
    assert "开始跟进了" in answer.content.decode()
    made = Campaign.objects.get()
    assert made.stages.count() == len(TEMPLATES["election"][2])
    assert made.matters.count() == Neighbourhood.objects.of_studio(cast.a.studio).count()
    own = made.matters.get(neighbourhood=cast.a.apprentice.neighbourhood)
    assert (own.owner, own.mentor, own.stage.name) == (cast.a.apprentice, cast.a.mentor, "调查摸底")
    assert Notice.objects.filter(person=cast.a.mentor, link=made.get_absolute_url()).count() == 1


def test_a_contact_is_one_tap_and_one_line(cast, matter):
    answer = tap(cast.client(cast.a.mentor), matter, "settle", text="两位候选人谈开了")
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert (contact.kind, contact.text, contact.way, contact.moved) == (
        "settle",
        "两位候选人谈开了",
        "phone",
        False,
    )
    assert tap(cast.client(cast.a.mentor), matter, "urge").status_code == 302
    page = cast.client(cast.a.apprentice).get(page_of(matter)).content.decode()
    assert "两位候选人谈开了" in page
    assert "点一下就记好" not in page


def test_stages_are_walked_and_reaching_one_stands_in_both_files(cast, matter):
    second, third = matter.campaign.stages.order_by("order")[1:]
    client = cast.client(cast.a.mentor)
    tap(client, matter)
    tap(client, matter, stage=str(second.pk), text="名单张榜了")
    matter.refresh_from_db()
    assert matter.stage == second
    tap(client, matter, stage="done")
    matter.refresh_from_db()
    assert matter.done_at
    assert matter.stage == third
    lines = Entry.objects.filter(kind="following")
    assert lines.filter(person=cast.a.apprentice).count() == 2
    assert lines.filter(person=cast.a.mentor, text__contains="走完了").count() == 1
    before = sorted(lines.values_list("person", "text", "on"))
    rebuild.rebuild()
    assert sorted(lines.values_list("person", "text", "on")) == before
    assert Notice.objects.filter(person=cast.a.apprentice, text__contains="走完了").count() == 1


def test_what_is_stuck_waits_for_the_staff_until_it_goes_on(cast, matter):
    def waiting():
        cast.a.staff.__dict__.pop("_todo_counts", None)
        return [item.name for item in todo.waiting_for(cast.a.staff) if item.origin == "专项跟进卡住了"]

    client = cast.client(cast.a.mentor)
    tap(client, matter, stuck="楼里没有人愿意当候选人")
    assert len(waiting()) == 1
    assert stuck_of(cast.a.studio, "matter") == [matter.pk]
    assert Notice.objects.filter(person=cast.a.staff, text__contains="卡住了").count() == 1
    board = cast.client(cast.a.staff).get(matter.campaign.get_absolute_url() + "?stuck=1").content.decode()
    assert "没有人愿意当候选人" in board
    tap(client, matter, "settle", stuck="")
    assert waiting() == []
    assert stuck_of(cast.a.studio, "matter") == []


def test_the_board_shows_the_street_in_its_fixed_order_and_says_who_was_long_not_called(cast, matter):
    quiet = MatterFactory(
        campaign=matter.campaign, studio=cast.a.studio, stage_since=days_ago(18),
        neighbourhood=cast.a.peer.neighbourhood,
    )  # fmt: skip
    ContactFactory(matter=matter, by=cast.a.mentor, text="昨天刚打过电话")
    ContactFactory(matter=quiet, on=days_ago(16))
    page = cast.client(cast.a.staff).get(matter.campaign.get_absolute_url())
    html = page.content.decode()
    assert [row.pk for row in page.context["matters"]] == [matter.pk, quiet.pk]
    assert "16天没有联系" in html
    assert "昨天刚打过" in html
    assert_page(html, role="staff")
    mentors = cast.client(cast.a.mentor).get(matter.campaign.get_absolute_url()).content.decode()
    assert str(matter.neighbourhood) in mentors
    assert str(quiet.neighbourhood) not in mentors


def test_the_board_costs_the_same_for_one_and_for_many(cast, matter, django_assert_num_queries):
    client, board = cast.client(cast.a.staff), matter.campaign.get_absolute_url()
    client.get(board)
    with django_assert_num_queries(6):
        client.get(board)
    MatterFactory.create_batch(3, campaign=matter.campaign, studio=cast.a.studio)
    ContactFactory.create_batch(3, matter=matter, by=cast.a.mentor)
    with django_assert_num_queries(6):
        client.get(board)


def test_a_stage_is_renamed_and_added_but_not_taken_from_under_somebody(cast, matter):
    client, edit = cast.client(cast.a.staff), reverse("mentoring:campaign-edit", args=[matter.campaign_id])
    base = {"name": "换届选举", "starts_on": str(days_ago(20)), "quiet_days": "10"}
    send(client, edit, base, stages="摸底：心里有数\n登记\n选举\n交接")
    names = matter.campaign.stages.order_by("order").values_list("name", flat=True)
    assert list(names) == ["摸底", "登记", "选举", "交接"]
    last = Stage.objects.get(name="交接")
    campaigns.log_contact(matter, kind="order", by=cast.a.mentor, stage=last)
    answer = send(client, edit, base, stages="摸底\n登记\n选举")
    assert answer.status_code == 409
    assert "不能去掉" in answer.content.decode()
    assert matter.campaign.stages.count() == 4


def test_bad_input_is_a_sentence_and_nothing_is_lost(cast, matter):
    client = cast.client(cast.a.mentor)
    for fields, words in (
        ({"kind": ""}, "请点一下是哪一种"),
        ({"on": str(days_ahead(2))}, "日期在今天以后"),
        ({"on": str(days_ago(40))}, "专项开始"),
        ({"text": "说" * 201}, "请留在200字以内"),
        ({"stage": "999999"}, "请从列出来的里面选"),
    ):
        answer = tap(client, matter, **{"kind": "analyse", "text": "写好的一句", **fields})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert fields.get("text", "写好的一句") in answer.content.decode()
    assert not Contact.objects.exists()
    new = reverse("mentoring:campaign-new")
    answer = send(
        cast.client(cast.a.staff), new, name="换届选举", stages="只有一步", starts_on=str(days_ago(1))
    )
    assert answer.status_code == 422
    assert "已经有一个叫这个名字的" in answer.content.decode()
    assert "请写两步以上" in answer.content.decode()


def test_a_double_tap_makes_one_contact_and_a_closed_campaign_takes_none(cast, matter):
    client = cast.client(cast.a.mentor)
    fields = {**hidden_fields(client.get(page_of(matter))), "kind": "urge", "stage": str(matter.stage_id)}
    for _ in range(2):
        client.post(page_of(matter), fields)
    assert Contact.objects.count() == 1
    campaigns.close(matter.campaign, by=cast.a.staff)
    assert client.post(page_of(matter), fields).status_code in (302, 403)
    with pytest.raises(Refused):
        campaigns.log_contact(matter, kind="urge", by=cast.a.mentor)


def test_another_mentor_takes_over_and_is_told(cast, matter):
    edit = reverse("mentoring:matter-edit", args=[matter.pk])
    send(cast.client(cast.a.staff), edit, mentor=cast.a.other_mentor.pk, owner=cast.a.apprentice.pk)
    matter.refresh_from_db()
    assert matter.mentor == cast.a.other_mentor
    assert Notice.objects.filter(person=cast.a.other_mentor, text__contains="请您跟着").exists()
    assert not Notice.objects.filter(person=cast.a.apprentice, text__contains="请您跟着").exists()


def test_a_contact_is_taken_away_by_its_writer_with_its_lines(cast, matter):
    second = matter.campaign.stages.order_by("order")[1]
    contact = campaigns.log_contact(matter, kind="order", by=cast.a.mentor, stage=second)
    assert Entry.objects.filter(kind="following").exists()
    send(cast.client(cast.a.mentor), reverse("mentoring:contact-remove", args=[contact.pk]))
    assert not Contact.objects.there().exists()
    assert not Entry.objects.filter(kind="following").exists()


def test_the_database_holds_one_matter_a_neighbourhood_and_a_reason_for_being_stuck(cast, matter):
    with pytest.raises(IntegrityError), transaction.atomic():
        MatterFactory(campaign=matter.campaign, studio=matter.studio, neighbourhood=matter.neighbourhood)
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(stuck="没有人说")
    with pytest.raises(IntegrityError), transaction.atomic():
        StageFactory(campaign=matter.campaign, order=1)


def test_stages_as_people_write_them_are_read_back():
    shipped = TEMPLATES["election"][2]
    assert from_lines(as_lines(shipped)) == [tuple(stage) for stage in shipped]
    assert from_lines(" 一: 说明 \n\n二") == [("一", "说明"), ("二", "")]


def test_pages_keep_to_the_rules_of_structure(cast, matter):
    ContactFactory(matter=matter, by=cast.a.mentor)
    for person, role in (
        (cast.a.mentor, "mentor"),
        (cast.a.apprentice, "apprentice"),
        (cast.a.staff, "staff"),
    ):
        for url in (page_of(matter), matter.campaign.get_absolute_url(), reverse("mentoring:campaign-list")):
            assert_page(cast.client(person).get(url).content, role=role)
