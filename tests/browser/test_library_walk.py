"""入库 by two people; then another neighbourhood finds it by a two-character word and as a similar case."""

import pytest
from django.test import Client

from tests.casework.libraries import closed
from tests.cast import make_cast
from tests.conftest import PHONE
from tests.factories import CaseFactory
from tests.look.browser import assert_accessible, assert_fits, sign_in_client

from .actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)

STORY = "6月18日晚上，12号301室的张阿姨家阳台上养了二十几只鸽子，羽毛飘到楼下，电话13812345678。"


def at_screen(page, person, live_server):
    client = Client()
    client.force_login(person)
    sign_in_client(page, client, live_server)
    return Actor(page, live_server.url)


def test_a_case_comes_into_the_library_and_is_found_in_another_street(live_server, new_context, desktop):
    cast = make_cast()
    case = closed(cast, title="阳台养鸽子，楼下不答应", story=STORY, category="neighbours")
    writer = at_screen(desktop, cast.a.staff, live_server)
    writer.go(case.get_absolute_url()).follow("入库").arrives("入库（脱敏）")
    assert_accessible(desktop)
    writer.sees("12号301室", "13812345678")
    assert "张阿姨" not in desktop.get_by_label("经过").input_value()
    writer.write("点评", "先听楼下怎么说，再一起看阳台。").press("存着，以后再写").sees(
        "还没有交给第二个人看"
    )
    writer.press("交给第二个人看").sees("等第二个人看")

    reader = at_screen(new_context(**PHONE).new_page(), cast.a.lead, live_server)
    reader.do("阳台养鸽子，楼下不答应", action="看公开稿").arrives("请您再看一遍公开稿")
    assert_accessible(reader.page)
    assert_fits(reader.page)
    reader.tick("看不出是谁、是哪里，可以入库").press("交回去").sees("点评")

    other = at_screen(new_context(**PHONE).new_page(), cast.b.apprentice, live_server)
    with other.go("/").page.expect_navigation():
        other.page.locator(".search-link a").click()
    other.write("找什么", "鸽子").press("找").sees("找到1条", "鸽子")
    assert_accessible(other.page)
    assert_fits(other.page)
    other.follow("阳台养鸽子").arrives("阳台养鸽子，楼下不答应").does_not_see(
        "张阿姨", "301室", "13812345678"
    )
    mine = CaseFactory(
        studio=cast.b.studio, owner=cast.b.apprentice, title="楼上鸽子太多", story="鸽子毛飘到晾的被子上",
        category="neighbours",
    )  # fmt: skip
    other.go(f"/cases/{mine.pk}/write/4/").sees("以前有人遇到过类似的，要不要先看看？")
    other.page.locator("main details summary").first.click()
    other.sees("同是邻里矛盾", "后来：好转了").follow("阳台养鸽子").sees("药方", "疗效")
    assert not [words for person in (writer, reader, other) for words in person.complaints]
