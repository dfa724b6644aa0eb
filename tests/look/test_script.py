"""The script of the pages in a real browser: it only reads while people speak and is never in the way."""

import pytest
from playwright.sync_api import expect

from tests.look import pages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.look.pages")]

DRAFT_LINE = "#save-line"


@pytest.fixture
def open_page(live_server, phone):
    """The trial page on a phone with a clock of our own."""
    pages.received.clear()
    phone.clock.install()
    phone.goto(live_server.url)
    return phone


def arrived(kind):
    return [data for what, data in pages.received if what == kind]


def test_what_is_said_is_kept_after_three_seconds_of_quiet(open_page):
    open_page.get_by_label("说几句").press_sequentially("先听完")
    assert not arrived("draft")
    open_page.clock.fast_forward(3100)
    expect(open_page.locator(DRAFT_LINE)).to_have_text("已存草稿 14:32")
    [draft] = arrived("draft")
    assert draft["note"] == "先听完"
    assert draft["device"]
    assert int(draft["rev"]) > 0


def test_nothing_is_sent_while_a_word_is_being_composed(open_page):
    note = open_page.get_by_label("说几句")
    note.focus()
    note.dispatch_event("compositionstart")
    note.evaluate("box => { box.value = 'xianting'; box.dispatchEvent(new Event('input', {bubbles: true})) }")
    open_page.clock.fast_forward(10_000)
    note.dispatch_event("change")
    assert not arrived("draft")
    note.dispatch_event("compositionend")
    open_page.clock.fast_forward(3100)
    expect(open_page.locator(DRAFT_LINE)).to_have_text("已存草稿 14:32")


def test_saving_never_writes_into_the_form(open_page):
    note = open_page.get_by_label("说几句")
    note.focus()
    open_page.evaluate(
        """() => {
            const box = document.querySelector('textarea');
            window.writes = 0;
            const stock = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
            Object.defineProperty(box, 'value', {
                get() { return stock.get.call(box) },
                set(text) { window.writes += 1; stock.set.call(box, text) },
            });
            new MutationObserver(list => { window.writes += list.length }).observe(
                box.form, {subtree: true, childList: true, attributes: true, characterData: true});
        }"""
    )
    note.press_sequentially("说到一半")
    open_page.clock.fast_forward(3100)
    # the line itself is the only thing in the form that may change
    expect(open_page.locator(DRAFT_LINE)).to_have_text("已存草稿 14:32")
    assert open_page.evaluate("window.writes") <= 1
    assert open_page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_without_network_the_line_says_so_and_the_text_stays(open_page):
    open_page.route("**/draft/", lambda route: route.abort())
    open_page.get_by_label("说几句").fill("先听完")
    open_page.get_by_label("在哪里").focus()
    expect(open_page.locator(DRAFT_LINE)).to_have_text("网络断了，写的都在这一页")
    assert open_page.get_by_label("说几句").input_value() == "先听完"


def test_leaving_the_page_saves_what_is_written(open_page):
    open_page.get_by_label("说几句").press_sequentially("没写完")
    open_page.evaluate(
        "document.querySelector('textarea').addEventListener('focusout', e => e.stopPropagation())"
    )
    open_page.get_by_role("link", name="离开").evaluate("link => link.click()")
    assert pages.wait_for("draft")["note"] == "没写完"


def test_after_sending_no_draft_follows(open_page):
    open_page.get_by_label("甲").check(force=True)
    expect(open_page.locator(DRAFT_LINE)).to_have_text("已存草稿 14:32")
    pages.received.clear()
    open_page.get_by_role("button", name="提交记录").click()
    expect(open_page.locator("body")).to_contain_text("记好了")
    assert [what for what, _ in pages.received] == ["form"]


def test_enter_that_confirms_a_word_does_not_send(open_page):
    place = open_page.get_by_label("在哪里")
    place.focus()
    place.evaluate(
        """box => { window.stopped = !box.dispatchEvent(new KeyboardEvent('keydown',
            {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})) }"""
    )
    assert open_page.evaluate("window.stopped") is True
    place.evaluate(
        """box => { window.stopped = !box.dispatchEvent(new KeyboardEvent('keydown',
            {key: 'Enter', bubbles: true, cancelable: true})) }"""
    )
    assert open_page.evaluate("window.stopped") is False


def test_the_whole_group_is_ticked_with_one_tap_and_freed_with_another(open_page):
    open_page.get_by_role("button", name="全组").click()
    assert open_page.locator("[name=who]:checked").count() == 3
    open_page.get_by_role("button", name="全组").click()
    assert open_page.locator("[name=who]:checked").count() == 0


def test_the_day_shows_when_one_wants_to_pick_it(open_page):
    day = open_page.get_by_label("哪一天")
    expect(day).to_be_hidden()
    open_page.get_by_label("选日期").check(force=True)
    expect(day).to_be_visible()
    open_page.get_by_label("今天").check(force=True)
    expect(day).to_be_hidden()


def test_photos_go_up_at_once_and_a_bad_one_holds_nothing_up(open_page, tmp_path):
    paths = [tmp_path / name for name in ("one.jpg", "bad.jpg")]
    for path in paths:
        path.write_bytes(b"photo")
    chooser = open_page.locator("input[type=file]")
    for path in paths:
        chooser.set_input_files(path)
        expect(
            open_page.get_by_text("第1张传好了" if path is paths[0] else "这个文件不是照片")
        ).to_be_visible()
    assert arrived("photo") == ["one.jpg", "bad.jpg"]
    expect(open_page.locator(".photo-list img")).to_have_count(1)
    open_page.get_by_label("甲").check(force=True)
    open_page.get_by_role("button", name="提交记录").click()
    expect(open_page.locator("body")).to_contain_text("记好了")
    assert arrived("form")[0]["photo_ids"] == "p1"


def test_a_photo_can_be_taken_away_again(open_page, tmp_path):
    (tmp_path / "one.jpg").write_bytes(b"photo")
    open_page.locator("input[type=file]").set_input_files(tmp_path / "one.jpg")
    open_page.get_by_role("button", name="去掉").click()
    expect(open_page.locator("[name=photo_ids]")).to_have_count(0)


def test_a_photo_that_the_network_lost_says_so(open_page, tmp_path):
    (tmp_path / "one.jpg").write_bytes(b"photo")
    open_page.route("**/photo/", lambda route: route.abort())
    open_page.locator("input[type=file]").set_input_files(tmp_path / "one.jpg")
    expect(open_page.get_by_text("第1张没传上去。记录可以先交，照片以后补")).to_be_visible()


def test_a_double_tap_sends_once_and_a_later_try_is_let_through(open_page):
    open_page.evaluate(
        """() => {
            window.sent = 0;
            window.addEventListener('submit', event => {
                if (!event.defaultPrevented) window.sent += 1;
                event.preventDefault();
            });
        }"""
    )
    button = open_page.get_by_role("button", name="提交记录")
    button.click()
    button.click()
    assert open_page.evaluate("window.sent") == 1
    open_page.clock.fast_forward(6000)
    button.click()
    assert open_page.evaluate("window.sent") == 2


def test_after_a_filter_the_focus_stands_on_the_result(open_page):
    open_page.get_by_label("找什么").fill("电梯")
    open_page.get_by_role("button", name="筛选").click()
    heading = open_page.get_by_role("heading", name="共 2 条")
    expect(heading).to_be_focused()
    expect(open_page.locator("#live")).to_have_text("共 2 条")
    assert open_page.url.endswith("?word=%E7%94%B5%E6%A2%AF")


def test_what_is_to_be_changed_is_focused_and_leads_to_the_field(open_page):
    open_page.get_by_role("button", name="提交记录").click()
    expect(open_page.locator("#error-summary")).to_be_focused()
    assert open_page.title().startswith("有1处要改 – ")
    open_page.get_by_role("link", name="请选带了谁").click()
    assert open_page.evaluate("location.hash") == "#id_who_0"


def test_without_script_the_page_is_complete(live_server, new_context):
    page = new_context(java_script_enabled=False).new_page()
    pages.received.clear()
    page.goto(live_server.url)
    expect(page.get_by_label("哪一天")).to_be_visible()
    expect(page.get_by_role("button", name="先存着")).to_be_visible()
    assert page.locator("input[type=file]").get_attribute("name") == "photos"
    page.get_by_label("乙").check(force=True)
    page.get_by_role("button", name="提交记录").click()
    expect(page.locator("body")).to_contain_text("记好了")
