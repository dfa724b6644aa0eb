"""Streets and neighbourhoods: the shipped list, any list of its form, and lists that cannot be used."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from people.actions import places
from people.models import Neighbourhood, Street
from tests.factories import NeighbourhoodFactory, StreetFactory
from tests.forms import hidden_fields, send

pytestmark = pytest.mark.django_db
HEAD = "province,city,district,street,street_code,neighbourhood,neighbourhood_code\n"
ROW = "上海市,市辖区,普陀区,石泉路街道,310107017,岚皋居委会,310107017001\n"


def load(text, encoding="utf-8"):
    return places.load(text.encode(encoding))


def test_the_shipped_list_loads_and_twice_adds_nothing():
    loaded = places.load_shipped()
    assert (loaded.streets, loaded.neighbourhoods) == (15, 410)
    again = places.load_shipped()
    assert (again.streets, again.neighbourhoods, again.changed) == (0, 0, 0)
    assert Street.objects.count() == 15
    assert Neighbourhood.objects.count() == 410


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_list_from_another_office_is_read(encoding):
    load(HEAD + ROW, encoding)
    place = Neighbourhood.objects.get()
    assert (place.name, place.code, place.street.district) == ("岚皋居委会", "310107017001", "普陀区")


def test_a_new_name_under_a_known_code_is_taken_over():
    load(HEAD + ROW)
    loaded = load(HEAD + ROW.replace("岚皋居委会", "岚皋路居委会"))
    assert (loaded.neighbourhoods, loaded.changed) == (0, 1)
    assert Neighbourhood.objects.get().name == "岚皋路居委会"


def test_one_added_by_hand_takes_the_official_code_and_keeps_its_own_facts():
    street = StreetFactory(code="310107017", name="石泉路街道")
    place = NeighbourhoodFactory(street=street, name="岚皋居委会", code="310107017+1", has_committee=False)
    load(HEAD + ROW)
    place.refresh_from_db()
    assert (place.code, place.has_committee) == ("310107017001", False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "第1行缺少这几列"),
        ("a,b\n1,2\n", "第1行缺少这几列：province"),
        (HEAD, "名单里一行也没有"),
        (HEAD + ROW + ROW.replace("310107017001", ""), "第3行：neighbourhood_code没有填"),
        (HEAD + ROW.replace("310107017001", "甲一"), "第2行：居民区编码“甲一”应是15位以内的数字"),
        (HEAD + ROW + ROW.replace("岚皋", "石岚"), "第3行：居民区编码前面用在别处"),
        (HEAD + ROW + ROW.replace("310107017001", "310107017002"), "第3行：前面有过，编码不同"),
        (HEAD + ROW + "上海市,市辖区,普陀区,别的街道,310107017,甲,1\n", "第3行：街道编码前面用在别的街道上"),
        (HEAD + ROW.replace("岚皋", "长" * 61), "第2行：名称太长了"),
        (HEAD + '"上海市', "第2行：city、district"),
        ("\0\0", "不是文本名单"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_writes_nothing(text, sentence):
    with pytest.raises(ValidationError, match=sentence.replace("（", ".")):
        load(text)
    assert not Street.objects.exists()


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ValidationError, match="不是文本名单"):
        places.load(b"\xff\xfe\x00\x81\xff")


def test_the_command_tells_what_it_did(tmp_path, capsys):
    file = tmp_path / "places.csv"
    file.write_text(HEAD + ROW, encoding="utf-8")
    call_command("load_places", str(file))
    assert "新加了1个街道（镇）、1个居民区，改了0处" in capsys.readouterr().out
    file.write_text(HEAD + "x\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第2行"):
        call_command("load_places", str(file))
    with pytest.raises(CommandError, match="打不开这个文件"):
        call_command("load_places", str(tmp_path / "nothing.csv"))


def test_two_staff_editing_one_neighbourhood_do_not_overwrite_each_other(cast):
    place = cast.a.apprentice.neighbourhood
    url = reverse("people:neighbourhood-edit", args=[place.pk])
    client = cast.client(cast.a.staff)
    stale = hidden_fields(client.get(url))
    assert send(client, url, name="新梅居委会", kind="old", has_committee="on").status_code == 302
    answer = client.post(url, {**stale, "name": "旧梅居委会", "kind": "new"})
    assert answer.status_code == 409
    assert "新梅居委会" in answer.content.decode()
    assert "旧梅居委会" in answer.content.decode()
