"""Small things on a phone that decide whether it is trusted: no script, drafts, dictation, taps."""

import pytest
from playwright.sync_api import expect

from casework.models import Case, Followup, Opinion, State
from mentoring.models import Session
from people.models import Draft
from tests.casework.cures import consulting, treating
from tests.cast import make_cast
from tests.conftest import PHONE
from tests.factories import SessionFactory, days_ago
from tests.look.browser import sign_in

from .actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "到三号楼看了楼道，讲了怎么一户一户说。"
MANY = 20
# What a thumb does, on whichever page.
COUNT_TAPS = """document.addEventListener('click', event => {
    if (event.isTrusted) sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
}, true)"""
# Dictation is killed or doubled when script writes into the box while it runs.
WATCH_WRITES = """() => {
    window.writes = [];
    const kept = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
    Object.defineProperty(HTMLTextAreaElement.prototype, 'value', {
        get() { return kept.get.call(this); },
        set(words) { window.writes.push(words); kept.set.call(this, words); },
    });
    const every = {childList: true, characterData: true, subtree: true, attributes: true};
    const seen = changes => changes.forEach(change => window.writes.push(change.type));
    new MutationObserver(seen).observe(document.querySelector('textarea'), every);
}"""


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def mentor(cast, live_server, phone):
    """The mentor at a phone, who has logged a session a week ago."""
    SessionFactory(group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(7))
    sign_in(phone, cast, cast.a.mentor, live_server)
    return Actor(phone, live_server.url)


def no_script(new_context, live_server):
    return Actor(new_context(**PHONE, java_script_enabled=False).new_page(), live_server.url)


def logged_today():
    return Session.objects.filter(held_on=days_ago(0))


# --- without script ---------------------------------------------------------------------------------------


def test_without_script_a_mentor_signs_in_keeps_a_draft_and_logs_a_session(cast, new_context, live_server):
    mentor = no_script(new_context, live_server).go("/sessions/new/")
    mentor.write("手机号", cast.a.mentor.mobile).write("密码", "mima-for-tests").press("登录")
    mentor.arrives("记一次带教").tick(cast.a.apprentice.name, "社区治理").write("说一说", NOTE)
    mentor.press("先存着").sees("已存草稿，还没有提交")
    assert mentor.page.get_by_label("说一说").input_value() == NOTE
    mentor.press("提交记录").arrives("记好了").sees(NOTE)
    assert [session.note for session in logged_today()] == [NOTE]


def test_without_script_an_apprentice_brings_a_case(cast, new_context, live_server):
    apprentice = no_script(new_context, live_server)
    sign_in(apprentice.page, cast, cast.a.apprentice, live_server)
    apprentice.go("/").follow("提交疑难案例")
    apprentice.write("一句话", "楼道堆物谁也不让").write("事情经过", "三楼到五楼都堆满了，清了又堆。")
    apprentice.press("下一步").tick("楼道环境", "不急").press("下一步").tick("还没试过").press("下一步")
    apprentice.write("想问的问题", "怎么让大家自己清？").press("下一步").press("下一步")
    apprentice.arrives("请核对，没问题就提交").press("提交").sees("待受理")
    assert Case.objects.get().state == State.SUBMITTED


def test_without_script_an_opinion_is_given_and_a_step_is_reported(cast, new_context, live_server):
    case, (treated, prescription) = consulting(cast, title="车位不够"), treating(cast)
    mentor, apprentice = no_script(new_context, live_server), no_script(new_context, live_server)
    sign_in(mentor.page, cast, cast.a.mentor, live_server)
    mentor.do(case.title, action="提意见").write("您的主意", "先数清楚有几辆车。").press("提交")
    mentor.sees("先数清楚有几辆车。", "别人的主意")
    assert Opinion.objects.get(case=case).author == cast.a.mentor
    sign_in(apprentice.page, cast, cast.a.apprentice, live_server)
    apprentice.do(f"{treated.title}（药方第1步）", action="报复诊").press("报复诊")
    apprentice.sees("请点一下这一步做得怎样").tick("正在做").write("现在什么情况", "约好了周六上门。")
    apprentice.press("报复诊").sees("约好了周六上门。")
    assert Followup.objects.get(step__prescription=prescription).state == "doing"


# --- with script ------------------------------------------------------------------------------------------


def test_a_draft_keeps_itself_and_is_there_on_the_next_visit(mentor):
    mentor.go("/sessions/new/")
    box, line = mentor.page.get_by_label("说一说"), mentor.page.locator("#save-line")
    mentor.page.evaluate(WATCH_WRITES)
    box.press_sequentially(NOTE[:6])
    mentor.page.get_by_label("社区治理").check()
    expect(line).to_contain_text("已存草稿")
    assert box.input_value() == NOTE[:6]
    assert mentor.page.evaluate("window.writes") == []
    mentor.go("/").sees("上次没写完的还在").follow("接着写").sees("接着写就行")
    assert mentor.page.get_by_label("说一说").input_value() == NOTE[:6]
    assert mentor.page.get_by_label("社区治理").is_checked()
    mentor.press("提交记录").arrives("记好了")
    assert not Draft.objects.exists()


def test_leaving_the_page_in_the_middle_of_a_word_keeps_it(mentor):
    mentor.go("/sessions/new/")
    mentor.page.get_by_label("说一说").press_sequentially(NOTE[:4])
    # What is sent while leaving may arrive after the next page was asked for.
    visits = (mentor.go("/").text for _ in range(MANY))
    assert any("上次没写完的还在" in text for text in visits)
    mentor.follow("接着写")
    assert mentor.page.get_by_label("说一说").input_value() == NOTE[:4]


def test_pressing_twice_makes_one_session(mentor):
    mentor.go("/sessions/new/").write("说一说", NOTE)
    with mentor.page.expect_navigation():
        mentor.page.get_by_role("button", name="提交记录").dblclick(no_wait_after=True)
    mentor.arrives("记好了")
    assert logged_today().count() == 1


def test_a_session_is_logged_with_at_most_eight_taps(mentor):
    page = mentor.page
    page.context.add_init_script(COUNT_TAPS)
    mentor.go("/")
    page.get_by_role("link", name="记一次带教").first.tap()
    page.get_by_role("button", name="全组").tap()
    for choice in ("昨天", "2小时", "社区治理", "说一说"):
        page.get_by_label(choice).tap()
    page.keyboard.insert_text(NOTE)
    page.get_by_role("button", name="提交记录").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("记好了")
    mentor.sees(NOTE)
    assert 0 < int(page.evaluate("sessionStorage.taps")) <= 8
    session = Session.objects.get(held_on=days_ago(1))
    assert (session.apprentices.count(), session.minutes, session.topics) == (2, 120, ["governance"])
