"""A round from 准备 to 公布, with an appeal: staff at a desk, mentors and apprentices on a phone."""

from playwright.sync_api import expect

from growth.models import Assessed, Result, Round
from tests.cast import make_cast
from tests.growth import assessing
from tests.look.browser import assert_accessible, assert_fits, follow, press, sign_in


def prepare(page, cast):
    """名称 and dates as they are offered, the cohort, the street's scorer; then it is opened."""
    follow(page, "办一轮考核")
    page.get_by_label("名称").fill("上半年考核")
    press(page, "存下来")
    follow(page, "考核哪些人")
    page.get_by_label(f"{cast.a.cohort.name}（3人）").check()
    press(page, "加进来")
    expect(page.get_by_text("加进来3人")).to_be_visible()
    page.goto(page.url.replace("people/", ""))
    follow(page, "街道由谁打分")
    page.get_by_label(cast.a.staff.name, exact=True).check()
    press(page, "就这样定")
    expect(page.get_by_text("都定好了，可以开始打分。")).to_be_visible()
    follow(page, "开始打分")
    press(page, "开始打分")
    expect(page.get_by_text("要打分的人都收到了通知")).to_be_visible()


def test_a_round_goes_from_preparing_to_published(transactional_db, live_server, desktop, phone):
    cast = make_cast()
    sign_in(desktop, cast, cast.a.staff, live_server)
    desktop.goto(f"{live_server.url}/assess/")
    prepare(desktop, cast)
    round_ = assessing.now(Round.objects.get())
    score_on_a_phone(phone, cast, live_server, round_)
    for sheet in round_.sheets.filter(sent_at__isnull=True).select_related("round", "scorer"):
        assessing.score(sheet, 3)
    moderate(desktop, live_server, round_, cast)
    appeal(phone, cast, live_server, round_)
    desktop.goto(f"{live_server.url}{round_.get_absolute_url()}")
    follow(desktop, cast.a.apprentice.name)
    desktop.get_by_label("结果不变").check()
    desktop.get_by_label("答复").fill("材料看过了，这一项还是按各方打的算。")
    press(desktop, "答复")
    assessing.over(round_)
    desktop.reload()
    follow(desktop, "公布")
    press(desktop, "公布")
    expect(desktop.get_by_text("每个人的结果进了成长档案")).to_be_visible()
    read(phone, cast, live_server, round_)


def score_on_a_phone(phone, cast, live_server, round_):
    """The mentor marks: a figure, taps, a 5 with its sentence; the draft is kept."""
    sign_in(phone, cast, cast.a.mentor, live_server)
    phone.goto(f"{live_server.url}/todo/")
    follow(phone, "去打分")
    follow(phone, "接着打")
    assert_fits(phone)
    assert_accessible(phone)
    rows = phone.locator(".score-row")
    rows.nth(0).locator("input[type=radio]").first.focus()
    phone.keyboard.press("4")
    expect(rows.nth(0).get_by_label("4", exact=True)).to_be_checked()
    expect(rows.nth(1).locator("input[type=radio]").first).to_be_focused()
    for place in range(1, 12):
        rows.nth(place).get_by_label("5" if place == 1 else "3", exact=True).check()
    press(phone, "交打分表")
    expect(phone.get_by_text("打了5分，请写一句为什么").first).to_be_visible()
    rows.nth(1).locator("input[type=text]").fill("党员叫得动，隔壁支部也来学")
    expect(phone.get_by_text("已存草稿")).to_be_visible(timeout=10_000)
    press(phone, "交打分表")
    expect(phone.get_by_text(f"{cast.a.apprentice.name}的打分表交了")).to_be_visible()


def moderate(page, live_server, round_, cast):
    """Scoring is closed, one indicator adjusted with its reason, and 公示 begins."""
    page.goto(f"{live_server.url}{round_.get_absolute_url()}")
    follow(page, "结束打分")
    press(page, "结束打分，开始汇总")
    expect(page.get_by_role("heading", name="汇总")).to_be_visible()
    mine = Assessed.objects.get(round=round_, person=cast.a.apprentice)
    page.goto(f"{live_server.url}/assess/people/{mine.pk}/")
    with page.expect_navigation():
        page.locator("tr", has_text="组织党员").get_by_role("link").click()
    page.get_by_label("调成几分").fill("4")
    page.get_by_label("为什么").fill("一起看了组织生活的记录")
    press(page, "就按这个算")
    expect(page.get_by_text("一起看了组织生活的记录").first).to_be_visible()
    assert_accessible(page)
    page.goto(f"{live_server.url}{round_.get_absolute_url()}")
    follow(page, "开始公示")
    press(page, "开始公示")


def appeal(phone, cast, live_server, round_):
    sign_in(phone, cast, cast.a.apprentice, live_server)
    phone.goto(f"{live_server.url}/assess/mine/")
    follow(phone, round_.name)
    assert_fits(phone)
    follow(phone, "有不同意见，提申诉")
    phone.get_by_label("哪里不同意，为什么").fill("办成实事这一项，加梯的事是我牵头的，请再看看。")
    press(phone, "提申诉")
    expect(phone.get_by_text("等街道答复")).to_be_visible()


def read(phone, cast, live_server, round_):
    """The result stands in the file, with its next steps; nobody else's is there."""
    phone.goto(f"{live_server.url}/ledger/me/")
    mine = Result.objects.get(assessed__person=cast.a.apprentice)
    expect(phone.get_by_text(f"考核评估“{round_.name}”公布，等次{mine.get_grade_display()}")).to_be_attached()
    expect(phone.get_by_text(mine.improve[0]).first).to_be_visible()
    phone.goto(f"{live_server.url}{mine.assessed.get_absolute_url()}")
    expect(phone.get_by_text("材料看过了")).to_be_visible()
    assert_fits(phone)
    assert_accessible(phone)
    other = Assessed.objects.get(person=cast.a.peer)
    assert phone.goto(f"{live_server.url}{other.get_absolute_url()}").status == 404
