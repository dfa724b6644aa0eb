"""导入名册, page by page: upload or paste, look and mend, import, and what it did."""

import gzip
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from growth.models import Entry
from mentoring.models import Cohort, Group, Pairing
from people.models import Draft, Membership, Person
from people.once import new_token
from people.roles import Role
from people.roster import read_roster, understand
from tests.factories import CohortFactory, DistrictStudioFactory, StudioFactory, make_person
from tests.people.roster.kit import DATA, TODAY

pytestmark = pytest.mark.django_db
BACKWARDS = {"cohort": "new", "name": "甲", "starts_on": "2026-9-1", "ends_on": "2026-9-1"}
UPLOAD = reverse("mentoring:roster-upload")
BLOCK = "姓名\t手机\t职务\t师傅\n张三\t13800138000\t书记\t金建琳\n李四\t13900139000\t副书记\t金建琳\n"
FAULTY = BLOCK.replace("13900139000", "1390013900")


@pytest.fixture
def studio():
    studio = StudioFactory()
    make_person(studio, Role.MENTOR, name="金建琳")
    return studio


@pytest.fixture
def staff(studio, client):
    staff = make_person(studio, Role.STAFF)
    client.force_login(staff)
    return staff


def posted(**fields):
    return {"form_token": new_token(), "cohort": "none", **fields}


def new_cohort(**fields):
    fields = {"name": "第一期", "starts_on": "2026-09-01", "ends_on": "2027-08-31", **fields}
    return posted(cohort="new", **fields)


def upload(client, name="roster.xlsx", **fields):
    file = SimpleUploadedFile(name, (DATA / name).read_bytes())
    return client.post(UPLOAD, {**new_cohort(), **fields, "file": file})


def start(client, block=BLOCK, **fields):
    """Bring a block as far as the preview; returns its address."""
    answer = client.post(UPLOAD, {**posted(), "pasted": block, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def send(client, url, do="import", follow=True, **fields):
    return client.post(url, {"form_token": new_token(), "do": do, **fields}, follow=follow)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_sample_roster_from_upload_to_pairs(client):
    studio = DistrictStudioFactory()
    staff = make_person(studio, Role.STAFF)
    client.force_login(staff)
    url = upload(client)["Location"]
    page = client.get(url)
    assert "读到带教书记6位、学员30名，分成6组" in text_of(page)
    assert Person.objects.count() == 1
    result = send(client, url, pair="1")
    assert result.status_code == 200
    assert "新加入36人" in text_of(result)
    assert "在第一期里分了6组，结了30对" in text_of(result)
    cohort = Cohort.objects.get(studio=studio)
    assert (Group.objects.filter(cohort=cohort).count(), cohort.pairings.count()) == (6, 30)
    assert {group.pairings.count() for group in cohort.groups.all()} == {5}
    assert Entry.objects.filter(studio=studio).count() == 60


def test_the_same_file_again_says_so_and_adds_nothing(client):
    studio = DistrictStudioFactory()
    client.force_login(make_person(studio, Role.STAFF))
    send(client, upload(client)["Location"], pair="1")
    before = (
        Person.objects.count(),
        Membership.objects.count(),
        Pairing.objects.count(),
        Entry.objects.count(),
    )
    url = upload(client, cohort=str(Cohort.objects.get().pk))["Location"]
    assert "其中36人已经在名册里" in text_of(client.get(url))
    assert "36人都已经在名册里了" in text_of(send(client, url, pair="1"))
    assert before == (
        Person.objects.count(), Membership.objects.count(), Pairing.objects.count(), Entry.objects.count(),
    )  # fmt: skip


def test_nothing_is_written_while_there_are_faults(client, staff):
    url = start(client, FAULTY)
    page = client.get(url)
    assert "有1处要改一下" in text_of(page)
    assert 'href="#c-0-3-2"' in page.content.decode()
    refused = send(client, url)
    assert refused.status_code == 422
    assert "B3：手机号码少1位，请补成11位" in text_of(refused)
    assert not Person.objects.filter(name="张三").exists()


def test_a_cell_is_mended_in_place_and_understood_again(client, staff):
    url = start(client, FAULTY)
    again = send(client, url, do="again", **{"c-0-3-2": "139 0013 9000"})
    assert "要改一下" not in text_of(again)
    assert "新加入" in text_of(again)
    assert send(client, url).status_code == 200
    assert Person.objects.get(name="李四").mobile == "13900139000"


def test_mending_and_importing_go_in_one_step(client, staff):
    url = start(client, FAULTY)
    assert send(client, url, **{"c-0-3-2": "13900139000"}).status_code == 200
    assert Person.objects.filter(name="李四").exists()


def test_what_was_typed_stays_when_it_is_still_wrong(client, staff):
    answer = send(client, start(client, FAULTY), **{"c-0-3-2": "139001390"})
    assert 'value="139001390"' in answer.content.decode()
    assert "手机号码少2位" in text_of(answer)


def test_a_bad_row_can_be_left_out_and_taken_back(client, staff):
    url = start(client, FAULTY)
    page = send(client, url, do="again", **{"out-0-3": "1"})
    assert "第3行：李四 1390013900" in text_of(page)
    assert "要改一下" not in text_of(page)
    assert "有1处要改一下" in text_of(send(client, url, do="again"))
    assert send(client, url, **{"out-0-3": "1"}).status_code == 200
    assert list(Person.objects.filter(name__in=["张三", "李四"]).values_list("name", flat=True)) == ["张三"]


def test_any_row_can_be_opened_for_mending(client, staff):
    url = start(client)
    assert 'name="c-0-2-3"' not in client.get(url).content.decode()
    page = send(client, url, do="", edit="0-2")
    assert 'name="c-0-2-3"' in page.content.decode()
    send(client, url, **{"c-0-2-3": "后备干部"})
    assert Person.objects.get(name="张三").post == "后备干部"


def test_a_difference_is_asked_about_and_the_old_is_kept_by_default(client, staff, studio):
    known = make_person(studio, Role.APPRENTICE, name="张三", mobile="13800138000", post="副书记")
    url = start(client)
    assert "留着“副书记”" in text_of(client.get(url))
    send(client, url)
    known.refresh_from_db()
    assert known.post == "副书记"
    send(client, start(client), **{f"use-{known.pk}-post": "new"})
    known.refresh_from_db()
    assert known.post == "书记"


def test_another_name_under_a_known_number_waits_for_a_decision(client, staff, studio):
    known = make_person(studio, Role.APPRENTICE, name="张山", mobile="13800138000")
    url = start(client)
    assert send(client, url).status_code == 422
    assert send(client, url, **{f"use-{known.pk}-name": "old"}).status_code == 200
    known.refresh_from_db()
    assert known.name == "张山"


def test_pairing_can_be_left_for_later(client, staff):
    result = send(client, start(client, **new_cohort()))
    assert "新加入2人" in text_of(result)
    assert Cohort.objects.get().name == "第一期"
    assert not Pairing.objects.exists()


def test_who_has_a_mentor_already_keeps_that_mentor_and_the_page_says_so(client, staff, studio):
    cohort = CohortFactory(studio=studio)
    send(client, start(client, cohort=str(cohort.pk)), pair="1")
    make_person(studio, Role.MENTOR, name="钟娜红")
    again = start(client, BLOCK.replace("书记\t金建琳", "书记\t钟娜红", 1), cohort=str(cohort.pk))
    result = send(client, again, pair="1")
    assert "有1名学员这次没有结对" in text_of(result)
    assert {pairing.mentor.name for pairing in Pairing.objects.all()} == {"金建琳"}


def test_an_overfull_group_is_a_warning_and_the_sixth_stays_unpaired(client, staff, studio):
    cohort = CohortFactory(studio=studio, capacity=1)
    url = start(client, cohort=str(cohort.pk))
    assert "不改也能导入" in text_of(client.get(url))
    result = send(client, url, pair="1")
    assert "有1名学员这次没有结对" in text_of(result)
    assert Pairing.objects.count() == 1


def test_the_same_import_sent_twice_acts_once(client, staff):
    url, token = start(client), new_token()
    for _ in range(2):
        answer = client.post(url, {"form_token": token, "do": "import"}, follow=True)
        assert "新加入2人" in text_of(answer)
    assert Person.objects.filter(name="张三").count() == 1


def test_the_same_upload_sent_twice_makes_one_draft(client, staff):
    fields = posted(pasted=BLOCK)
    first, second = (client.post(UPLOAD, fields)["Location"] for _ in range(2))
    assert first == second
    assert Draft.objects.count() == 1


def test_after_the_import_the_numbers_that_were_read_are_forgotten(client, staff):
    url = start(client)
    send(client, url)
    assert "13800138000" not in str(Draft.objects.get().data)
    assert client.get(url).status_code == 302


def test_the_draft_belongs_to_the_one_who_brought_it(client, staff, studio):
    url = start(client)
    client.force_login(make_person(studio, Role.STAFF))
    assert client.get(url).status_code == 404
    assert send(client, url).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "请选一个文件，或者在下面粘贴一块"),
        ({"pasted": "张三\n李四"}, "只看到一列"),
        ({"pasted": "甲\t乙\n丙\t丁"}, "没找到标题行"),
        ({"pasted": "姓名\t手机\n"}, "标题下面还没有人"),
        ({"pasted": BLOCK, "cohort": "new", "name": ""}, "请填写新一期的名称"),
        ({"pasted": BLOCK, **BACKWARDS}, "结束的日子要在开始以后"),
        ({"pasted": BLOCK, "cohort": "99999"}, "请从列出来的里面选一个"),
    ],
)  # fmt: skip
def test_an_upload_that_cannot_be_read_is_told_of(client, staff, fields, sentence):
    answer = client.post(UPLOAD, {**posted(), **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    if "pasted" in fields:
        assert fields["pasted"].split("\n")[0].split("\t")[0] in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("名册.xlsx", b"\x89PNG\r\n\x1a\n", "这个文件不是表格"),
        ("名册.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "另存为"),
        ("名册.xlsm", (DATA / "roster.xlsx").read_bytes(), "带有宏"),
        ("名册.csv", b"a,b\n" * 5000, "行太多"),
    ],
)
def test_a_file_that_is_refused_says_why_beside_the_field(client, staff, name, data, sentence):
    answer = client.post(UPLOAD, posted(file=SimpleUploadedFile(name, data)))
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_csv_in_gbk_is_read(client, staff):
    data = BLOCK.replace("\t", ",").encode("gbk")
    answer = client.post(UPLOAD, posted(file=SimpleUploadedFile("名册.csv", data)), follow=True)
    assert "学员2名" in text_of(answer)


def test_the_cohort_must_be_of_the_studio_and_studios_are_asked_for_only_when_several(client, staff, studio):
    assert 'name="studio"' not in client.get(UPLOAD).content.decode()
    other = StudioFactory()
    foreign = CohortFactory(studio=other)
    assert client.post(UPLOAD, posted(pasted=BLOCK, cohort=str(foreign.pk))).status_code == 422
    Membership.objects.create(studio=other, person=staff, role=Role.STAFF)
    assert 'name="studio"' in client.get(UPLOAD).content.decode()
    answer = client.post(UPLOAD, posted(pasted=BLOCK, studio=studio.pk, cohort=str(foreign.pk)))
    assert "这一期不是这个工作室的" in text_of(answer)


def test_hostile_fields_of_the_preview_do_no_harm(client, staff):
    url = start(client)
    odd = {
        "c-99-1-1": "x",
        "c-0-99999-1": "x",
        "c-x": "x",
        "out-x": "1",
        "out-0-٣": "1",
        "use-": "new",
        "c-0-2-1": "张\0三",
    }
    assert send(client, url, do="again", edit="9-9-9", **odd).status_code == 200
    assert send(client, url).status_code == 200


def test_the_blank_roster_reads_with_its_own_headings(client, staff):
    answer = client.get(reverse("mentoring:roster-blank"))
    grid = read_roster(answer.content, "名册.xlsx")
    row = [
        "张三",
        "13800138000",
        "甲街道",
        "甲园",
        "书记",
        "2018.5",
        "1984.02",
        "8",
        "加梯",
        "金建琳",
        "首批",
    ]
    grid.sheets[0].cells |= {(3, column): value for column, value in enumerate(row, 1)}
    grid.sheets[1].cells |= {(3, 1): "金建琳", (3, 2): "17168833001"}
    roster = understand(grid, today=TODAY)
    assert roster.problems == []
    assert roster.not_kept == ["备注"]
    assert len(roster.groups[0].apprentices) == 1


def test_the_preview_takes_the_same_queries_for_any_number_of_rows(
    client, staff, django_assert_max_num_queries
):
    rows = [f"张{'一二三四五六七八九十'[n % 10]}甲\t138001380{n:02}\t书记\t金建琳" for n in range(30)]
    urls = start(client), start(client, "姓名\t手机\t职务\t师傅\n" + "\n".join(rows))
    for url in urls:
        with django_assert_max_num_queries(12) as captured:
            client.get(url)
        urls = (*urls, len(captured))
    assert urls[2] == urls[3]


def test_the_preview_of_a_district_roster_is_light(client):
    client.force_login(make_person(DistrictStudioFactory(), Role.STAFF))
    page = client.get(upload(client)["Location"])
    assert len(gzip.compress(page.content)) <= 25 * 1024
