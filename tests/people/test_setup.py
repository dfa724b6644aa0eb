"""The first staff account of an empty database."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from people.actions.setup import district_viewer, first_staff
from people.models import Neighbourhood, Person, Studio

pytestmark = pytest.mark.django_db
ANSWERS = {
    "name": "王晓",
    "mobile": "１39 0000 0001",
    "password": "liang-2-xiao-liang",
    "street_name": "石泉路街道",
    "district_name": "普陀区",
}


def test_the_first_account_makes_both_studios_and_the_places():
    person = first_staff(**ANSWERS)
    assert person.mobile == "13900000001"
    assert person.check_password(ANSWERS["password"])
    studio = person.standing.studio_as("staff")
    assert (studio.street.name, studio.parent.level) == ("石泉路街道", Studio.Level.DISTRICT)
    assert studio.contact_phone == "13900000001"
    assert Neighbourhood.objects.of_studio(studio).count() == 28


def test_a_second_street_of_the_district_shares_its_head():
    first = first_staff(**ANSWERS)
    second = first_staff(**ANSWERS | {"mobile": "13900000002", "street_name": "曹杨新村"})
    heads = {person.standing.studio_as("staff").parent for person in (first, second)}
    assert len(heads) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"street_name": "石泉街道"}, "没找到“石泉街道”，是不是“石泉路街道”"),
        ({"street_name": "月亮街道"}, "没找到“月亮街道”。要加别的地方，请先运行"),
        ({"district_name": "月亮区"}, "名单里没有“月亮区”。现在有"),
        ({"mobile": "12345"}, "手机号是1开头的11位数字"),
        ({"password": "12345678"}, "密码"),
        ({"password": "13900000001"}, "密码"),
        ({"name": ""}, ""),
        ({"name": "长" * 21}, "20"),
    ],
)
def test_wrong_answers_are_told_in_sentences_and_write_nothing(wrong, sentence):
    with pytest.raises(ValidationError) as refusal:
        first_staff(**ANSWERS | wrong)
    assert sentence in "".join(refusal.value.messages)
    assert not Person.objects.exists()
    assert not Studio.objects.exists()


@pytest.mark.parametrize("way", ["石泉路", "石泉路街道办事处", " 石泉路 街道 "])
def test_a_street_is_known_by_any_of_its_names(way):
    person = first_staff(**ANSWERS | {"street_name": way})
    assert person.standing.studio_as("staff").street.name == "石泉路街道"


def test_a_second_street_and_a_viewer_are_added_from_the_command_line(capsys):
    call_command("add_staff", "王晓", "13900000001", "石泉路", "普陀区")
    call_command("add_staff", "李晓", "13900000002", "曹杨新村街道", "普陀区")
    call_command("add_viewer", "陈晓", "13900000003", "普陀区")
    password = capsys.readouterr().out.strip().split("：")[-1]
    viewer = Person.objects.get(mobile="13900000003")
    assert viewer.check_password(password)
    assert Studio.objects.filter(pk__in=viewer.standing.district).count() == 3


@pytest.mark.parametrize(
    ("command", "answers", "sentence"),
    [
        ("add_staff", ("王晓", "123", "石泉路", "普陀区"), "手机号是1开头的11位数字"),
        ("add_viewer", ("王晓", "13900000001", "月亮区"), "“月亮区”还没有工作室"),
    ],
)
def test_the_command_line_refuses_in_sentences(command, answers, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command(command, *answers)


def test_a_viewer_of_a_district_without_studios_is_refused():
    with pytest.raises(ValidationError, match="还没有工作室"):
        district_viewer(name="陈晓", mobile="13900000003", password="liang-2", district_name="普陀区")
    assert not Person.objects.exists()
