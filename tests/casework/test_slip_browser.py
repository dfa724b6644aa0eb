"""In a browser: a step as slip, settled without an account, then 回访; a survey proposes a group."""

import re

import pytest
from playwright.sync_api import expect

from casework.models import BuildingGroup, Slip
from tests.cast import make_cast
from tests.conftest import PHONE
from tests.factories import StepFactory, days_ahead
from tests.look.browser import assert_accessible, assert_fits, follow, press, sign_in

from .test_buildings import survey_rows, workbook


@pytest.fixture
def cast_in_browser(live_server):
    return make_cast()


def test_a_step_as_slip_is_settled_without_an_account(live_server, desktop, new_context, cast_in_browser):
    cast = cast_in_browser
    step = StepFactory(
        prescription__case__studio=cast.a.studio, prescription__case__owner=cast.a.apprentice,
        owner=None, owner_kind="volunteer", owner_name="三楼党小组", text="楼道里挂一块小黑板",
    )  # fmt: skip
    page = desktop
    sign_in(page, cast, cast.a.staff, live_server)
    page.goto(live_server.url + step.prescription.get_absolute_url())
    follow(page, re.compile("派三联单"))
    expect(page.get_by_label("承办人或党小组的名称")).to_have_value("三楼党小组")
    page.get_by_label("几号前办好").fill(str(days_ahead(3)))
    press(page, "派单")
    slip = Slip.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"三联单{slip.no}")
    press(page, "给承办人链接")
    address = re.search(r"http\S+/l\S*|http\S+", page.locator(".keep-lines").inner_text())[0]

    phone = new_context(**PHONE).new_page()
    phone.goto(address)
    press(phone, "打开这张单子")
    assert_fits(phone)
    assert_accessible(phone)
    press(phone, "接单")
    expect(phone.get_by_text("接单了")).to_be_visible()
    phone.get_by_role("radio", name="上门跑腿").check()
    phone.get_by_label("办了什么").fill("小黑板挂好了，这周轮到五楼")
    press(phone, "办结")
    expect(phone.get_by_text("街道会回访居民")).to_be_visible()

    page.goto(live_server.url + slip.get_absolute_url())
    follow(page, "去回访")
    page.get_by_role("radio", name="满意", exact=True).check()
    page.get_by_label("居民怎么说").fill("天天有人看")
    press(page, "回访好了")
    expect(page.get_by_text("满意。天天有人看")).to_be_visible()
    slip.refresh_from_db()
    assert (slip.state, slip.said) == ("called_back", "satisfied")
    assert [move.who for move in slip.moves.all()][1:3] == ["三楼党小组", "三楼党小组"]


def test_a_survey_file_with_five_members_proposes_a_group(live_server, desktop, cast_in_browser, tmp_path):
    cast, page = cast_in_browser, desktop
    file = tmp_path / "摸排表.xlsx"
    file.write_bytes(workbook(survey_rows()).read())
    sign_in(page, cast, cast.a.staff, live_server)
    page.goto(live_server.url + "/building-groups/")
    follow(page, "读摸排表")
    page.get_by_label("哪个居民区的").select_option(str(cast.a.apprentice.neighbourhood_id))
    page.locator("input[type=file]").set_input_files(file)
    press(page, "读一读")
    expect(page.get_by_text("住着5名党员")).to_be_visible()
    assert_accessible(page)
    follow(page, re.compile("建这个党小组"))
    press(page, "建这个党小组")
    expect(page.get_by_role("heading", level=1)).to_have_text("3号楼党小组")
    assert BuildingGroup.objects.get().members().count() == 5
