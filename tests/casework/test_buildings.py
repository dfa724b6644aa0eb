"""楼栋 and 楼栋党小组: the survey proposes a group, the leader is elected, paper shows what was agreed to."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.actions import buildings, slips
from casework.models import Building, BuildingGroup, BuildingMember, Slip
from casework.survey import building_name
from people.models import Notice, Resident
from people.stale import Refused
from studio import todo
from tests.factories import days_ago
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

NAMES = ("王大明", "李桂芳", "张建国", "陈美华", "周志强")


def url(page, *args):
    return reverse(f"casework:{page}", args=args)


def workbook(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("摸排")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("摸排表.xlsx", out.getvalue())


def survey_rows(names=NAMES, building="3"):
    head = [
        ["西湖居民区楼栋党员摸排表"],
        ["序号", "楼栋", "单元", "室号", "姓名", "联系电话", "所在党支部", "特长"],
    ]
    return head + [
        [
            n,
            building if n == 1 else "",
            "1单元",
            f"{n}01",
            name,
            f"1391234567{n}",
            "区税务局机关支部",
            "修电灯",
        ]
        for n, name in enumerate(names, start=1)
    ]


def bring(cast, file, **more):
    client = cast.client(cast.a.staff)
    filled = {**hidden_fields(client.get(url("building-survey"))), "file": file}
    return client.post(
        url("building-survey"),
        {**filled, "neighbourhood": cast.a.apprentice.neighbourhood_id, **more},
        follow=True,
    )


@pytest.fixture
def group(cast):
    place = cast.a.apprentice.neighbourhood
    house = buildings.add_building(studio=cast.a.studio, neighbourhood=place, name="3号楼")
    for n, name in enumerate(NAMES):
        buildings.add_member(
            building=house, name=name, phone=f"1391234567{n}", services="修电灯", by=cast.a.staff
        )
    return buildings.found_group(
        studio=cast.a.studio, neighbourhood=place, name="3号楼党小组", buildings=[house], by=cast.a.staff
    )


# --- The survey --------------------------------------------------------------------------------------------


def test_a_survey_file_with_five_members_proposes_a_group(cast):
    answer = bring(cast, workbook(survey_rows()))
    page = answer.content.decode()
    assert "新记了1栋楼、5名党员" in page
    assert "3号楼党小组" in page
    member = BuildingMember.objects.first()
    assert (member.organisation, member.stairwell, member.services) == ("区税务局机关支部", "1单元", "修电灯")
    assert member.resident.secret == {"name": "王大明", "phone": "13912345671", "door": "101"}
    assert "王大明" not in page
    house = Building.objects.get()
    assert (house.name, house.place, house.stairwells) == ("3号楼", 3, ["1单元"])
    [proposal] = answer.context["found"]
    client = cast.client(cast.a.staff)
    new = url("group-new", house.neighbourhood_id) + f"?b={house.pk}&n={proposal.name}"
    send(client, new, buildings=[house.pk], name=proposal.name, founded_on=str(days_ago(0)))
    assert BuildingGroup.objects.get().members().count() == 5
    assert buildings.proposed(cast.a.studio, house.neighbourhood) == []


def test_read_once_more_nobody_is_written_twice(cast):
    bring(cast, workbook(survey_rows()))
    page = bring(cast, workbook(survey_rows([*NAMES, "新来的人"]))).content.decode()
    assert "新记了0栋楼、1名党员，5名原来就有" in page
    assert BuildingMember.objects.count() == 6


def test_four_members_propose_nothing_and_the_pasted_table_is_read_too(cast):
    pasted = "姓名\t楼栋\n" + "\n".join(f"{name}\t5幢" for name in NAMES[:4])
    page = bring(cast, "", pasted=pasted).content.decode()
    assert "现在没有要建党小组的楼" in page
    assert Building.objects.get().name == "5号楼"


def test_a_file_without_the_two_columns_and_a_wrong_one_are_sentences(cast):
    for file, words in (
        (workbook([["甲", "乙"], ["1", "2"]]), "没有找到“姓名”和“楼栋”两栏"),
        (SimpleUploadedFile("x.xlsx", b"nothing"), "打不开"),
    ):
        answer = bring(cast, file)
        assert answer.status_code == 422
        assert words in answer.content.decode() or "请" in answer.content.decode()
    assert not BuildingMember.objects.exists()


def test_rows_that_cannot_be_read_are_told_and_the_others_kept(cast):
    rows = [["姓名", "楼栋"], ["王大明", ""], ["", "3"], ["李桂芳", "3"]]
    page = bring(cast, workbook(rows)).content.decode()
    assert "不知道住在哪栋楼" in page
    assert "没有姓名" in page
    assert BuildingMember.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [("3", "3号楼"), ("3幢", "3号楼"), ("12号", "12号楼"), ("甲楼", "甲楼"), ("3弄5号", "3弄5号")],
)
def test_a_building_is_called_as_people_call_it(said, name):
    assert building_name(said) == name


def test_the_staff_are_told_of_a_survey_that_the_apprentice_brought(cast):
    """By a notice and in 待办, until the group is there."""
    client = cast.client(cast.a.apprentice)
    filled = {**hidden_fields(client.get(url("building-survey"))), "file": workbook(survey_rows())}
    client.post(url("building-survey"), {**filled, "neighbourhood": cast.a.apprentice.neighbourhood_id})
    notice = Notice.objects.get(person=cast.a.staff)
    assert "可以建楼栋党小组" in notice.text
    assert cast.client(cast.a.staff).get(notice.link).status_code == 200
    waiting = [item.url for item in todo.waiting_for(cast.a.staff)]
    assert waiting == [notice.link]


# --- The leader --------------------------------------------------------------------------------------------


def test_the_leader_is_nominated_and_voted_and_the_result_stays(cast, group):
    client, members = cast.client(cast.a.staff), list(group.members()[:2])
    send(client, url("group-nominate", group.pk), members=[one.pk for one in members])
    election = group.elections.get()
    first, second = election.candidates.all()
    address = url("group-election", election.pk)
    votes = {f"votes_{first.pk}": "4", f"votes_{second.pk}": "1"}
    assert send(client, address, present="3", held_on=str(days_ago(0)), **votes).status_code == 422
    send(client, address, present="5", held_on=str(days_ago(0)), account=cast.a.mentor.pk, **votes)
    group.refresh_from_db()
    assert (group.leader, group.leader_account) == (members[0], cast.a.mentor)
    page = client.get(group.get_absolute_url()).content.decode()
    assert "到会5人" in page
    assert "4票" in page
    assert "王大明" not in page


def test_without_a_majority_or_with_a_tie_nobody_is_elected(cast, group):
    election = buildings.nominate(group, members=group.members()[:2], by=cast.a.staff)
    first, second = election.candidates.all()
    for votes, present in (({first.pk: 2, second.pk: 1}, 5), ({first.pk: 3, second.pk: 3}, 5)):
        with pytest.raises(Refused):
            buildings.record_election(
                election, held_on=days_ago(0), present=present, votes=votes, by=cast.a.staff
            )
    with pytest.raises(Refused):
        buildings.nominate(group, members=group.members()[:1], by=cast.a.staff)
    group.refresh_from_db()
    assert group.leader is None


def test_a_building_has_one_group(cast, group):
    with pytest.raises(Refused, match="已经管着"):
        buildings.found_group(
            studio=cast.a.studio, neighbourhood=group.neighbourhood, name="另一个",
            buildings=group.buildings.all(), by=cast.a.staff,
        )  # fmt: skip


def test_a_leader_without_an_account_writes_orders_down_by_link(cast, group):
    election = buildings.nominate(group, members=group.members()[:1], by=cast.a.staff)
    votes = {election.candidates.get().pk: 5}
    buildings.record_election(election, held_on=days_ago(0), present=5, votes=votes, by=cast.a.staff)
    shown = cast.client(cast.a.staff).post(url("group-link", group.pk))
    client = cast.client()
    page = client.post(shown.context["address"].removeprefix("http://testserver"))["Location"]
    kind = slips.categories_of(cast.a.studio)[0]
    filled = {
        **hidden_fields(client.get(page)),
        "problem": "楼道灯不亮",
        "category": kind.pk,
        "name": "王阿姨",
    }
    for _ in range(2):
        client.post(page, filled)
    slip = Slip.objects.get()
    assert (slip.registered_name, slip.building) == ("3号楼党小组组长", group.buildings.get())
    assert slip.resident.masked_name == "王*"


# --- Paper and activities ----------------------------------------------------------------------------------


def test_paper_shows_what_each_agreed_to_and_nothing_else(cast, group):
    first, second, *_ = group.members()
    client = cast.client(cast.a.staff)
    edit = url("member-edit", first.pk)
    send(client, edit, shows_name="on", shows_phone="on", services="修电灯")
    send(client, url("member-edit", second.pk), shows_services="on", services="量血压")
    for page in ("group-board", "group-cards"):
        paper = client.get(url(page, group.pk)).content.decode()
        assert "王大明" in paper
        assert "13912345670" in paper
        assert "李桂芳" not in paper
        assert "13912345671" not in paper
        assert "量血压" in paper
        assert all(name not in paper for name in NAMES[2:])
    first.refresh_from_db()
    assert first.agreed_on == days_ago(0)
    send(client, edit, services="修电灯")
    assert "王大明" not in client.get(url("group-board", group.pk)).content.decode()


def test_the_hall_is_printed_when_its_host_agreed(cast, group):
    client = cast.client(cast.a.staff)
    fields = {"name": group.name, "hall": "3号楼101室张老师家", "hall_hours": "周三下午"}
    send(client, url("group-edit", group.pk), fields)
    assert "张老师家" not in client.get(url("group-board", group.pk)).content.decode()
    send(client, url("group-edit", group.pk), fields, hall_shown="on")
    assert "张老师家" in client.get(url("group-board", group.pk)).content.decode()


def test_activities_are_counted_by_kind(cast, group):
    client = cast.client(cast.a.apprentice)
    for kind in ("clean", "clean", "talk"):
        send(client, url("group-activity", group.pk), kind=kind, held_on=str(days_ago(0)), people="8")
    tiles = client.get(group.get_absolute_url()).context["counts"]
    assert {tile["label"]: tile["value"] for tile in tiles} == {"周五清洁": 2, "宣讲谈心": 1}


def test_who_moved_away_is_no_member_and_names_are_corrected_in_the_vault(cast, group):
    member = group.members().first()
    client = cast.client(cast.a.staff)
    send(client, url("member-edit", member.pk), name="王大铭")
    assert Resident.objects.get(pk=member.resident_id).secret["name"] == "王大铭"
    send(client, url("member-edit", member.pk), left_on=str(days_ago(0)))
    assert group.members().count() == 4


def test_the_district_and_other_places_see_none_of_it(cast, group):
    for person in (cast.district, cast.guest, cast.a.peer, cast.a.mentor, cast.b.staff):
        assert not BuildingGroup.objects.visible_to(person).exists()
        assert not BuildingMember.objects.visible_to(person).exists()
        assert not Resident.objects.visible_to(person).exists()


def test_pages_keep_the_rules(cast, group, django_assert_max_num_queries):
    place = group.neighbourhood_id
    buildings.add_activity(group, kind="clean", held_on=days_ago(1), by=cast.a.staff)
    election = buildings.nominate(group, members=group.members()[:2], by=cast.a.staff)
    house, member = Building.objects.get(), group.members().first()
    client = cast.client(cast.a.staff)
    for address in (
        url("building-list"), url("building-list") + f"?place={place}", house.get_absolute_url(),
        url("building-new"), url("building-edit", house.pk), url("member-new", house.pk),
        url("member-edit", member.pk), url("building-survey"), url("building-proposals", place),
        url("group-list"), group.get_absolute_url(), url("group-new", place), url("group-edit", group.pk),
        url("group-nominate", group.pk), url("group-election", election.pk),
        url("group-activity", group.pk), url("group-board", group.pk), url("group-cards", group.pk),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(12):
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert_page(answer.content, role="staff")
