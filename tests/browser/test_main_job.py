"""The main job, end to end, on the real pages: from an empty database to a hard case cured."""

import pytest

from growth.actions.rebuild import rebuild
from growth.models import Entry
from people.actions import setup
from tests.conftest import PHONE

from . import office, phones
from .actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)

STAFF_MOBILE = "13900000001"
NOTE = "到三号楼走了一圈。讲了加梯先算采光、再谈补偿，一户一户上门，别先开大会。"
TASK = "把一楼六户都走一遍，记下每家最担心什么"
TITLE = "一楼反对加装电梯"
STORY = "三号楼要装电梯，一楼周阿姨担心采光，电话13812345678，打过三次都不愿意谈。"
QUESTION = "采光的事怎么谈得拢？"
STEPS = ("请设计单位到场测采光", "请规划部门的同志来说补偿口径", "开一次楼道恳谈会")


def test_from_a_roster_to_growth_files_and_one_hard_case_cured(live_server, new_context, desktop):
    setup.first_staff(
        name="沈红", mobile=STAFF_MOBILE, password=office.PASSWORD, street_name="石泉路街道",
        district_name="普陀区",
    )  # fmt: skip
    cast = Cast(live_server.url, new_context, desktop)
    the_office_gets_ready(cast)
    a_mentor_logs_a_session(cast)
    each_apprentice_sees_it_and_writes_down_a_thought(cast)
    one_submits_a_case(cast)
    it_is_accepted_and_consulted_on(cast)
    it_is_cured(cast)
    everybody_can_look_back_on_it(cast)
    rebuilding_the_ledger_changes_nothing()
    cast.nobody_complains()


class Cast:
    """The people at their screens. The first five apprentices of the roster are `mentor`'s."""

    def __init__(self, base, new_context, desktop):
        self.base, self.new_context, self.phones = base, new_context, {}
        self.staff = Actor(desktop, base)
        pairs = office.roster_pairs()
        self.mentors = list(dict.fromkeys(mentor for _, mentor in pairs))
        self.apprentices = [name for name, mentor in pairs if mentor == self.mentors[0]]
        self.cards = {}

    def on_phone(self, name, *, size="标准"):
        """This person's own phone; the first time it is signed in with the card."""
        if name not in self.phones:
            person = self.phones[name] = Actor(self.new_context(**PHONE).new_page(), self.base)
            phones.first_time(person, self.cards[name], size=size)
        return self.phones[name]

    @property
    def mentor(self):
        return self.on_phone(self.mentors[0], size="大字")

    @property
    def other_mentor(self):
        return self.on_phone(self.mentors[1], size="大字")

    @property
    def chair(self):
        return self.on_phone(self.mentors[2], size="大字")

    @property
    def apprentice(self):
        return self.on_phone(self.apprentices[0])

    def nobody_complains(self):
        assert not [words for person in (self.staff, *self.phones.values()) for words in person.complaints]


def the_office_gets_ready(cast):
    office.sign_in(cast.staff, mobile=STAFF_MOBILE)
    office.import_roster(cast.staff)
    office.pair_all(cast.staff)
    cast.cards = office.print_cards(cast.staff, "带教书记", cast.mentors[:3])
    cast.cards |= office.print_cards(cast.staff, "学员", cast.apprentices)


def a_mentor_logs_a_session(cast):
    assert cast.mentor.page.locator("html").get_attribute("data-text") == "lg"
    cast.mentor.sees("我的徒弟", *cast.apprentices)
    phones.log_session(cast.mentor, note=NOTE, topic="社区治理", task=TASK)
    cast.mentor.sees(*cast.apprentices, "已经能看到")
    assert cast.mentor.todo() == []


def each_apprentice_sees_it_and_writes_down_a_thought(cast):
    for number, name in enumerate(cast.apprentices, start=1):
        apprentice = cast.on_phone(name)
        assert apprentice.todo() == [(TASK, "去看看")]
        session, paired = apprentice.file()
        assert "与金书记结对" in paired
        apprentice.follow(session).sees(NOTE)
        learned = f"第{number}条：先听人家怕什么，再谈装不装。"
        phones.write_reflection(apprentice, learned=learned, session=session)
        assert [learned in entry for entry in apprentice.file()] == [True, False, False]
    cast.mentor.go("/").sees("徒弟的心得 5 条，还没回话")


def one_submits_a_case(cast):
    apprentice = cast.apprentice
    phones.submit_case(
        apprentice, title=TITLE, story=STORY, question=QUESTION, wanted=[cast.mentors[1]],
        ways=[("上门谈了三次", "门都不开了"), ("请楼组长去说", "说不动")],
    )  # fmt: skip
    apprentice.sees("好像有手机号“13812345678”").press("帮我换").does_not_see("电话13812345678")
    apprentice.sees("没有看到像电话、证件号和门牌号的", "居民甲").press("提交").sees("待受理")
    assert apprentice.todo() == [(TASK, "去看看")]
    # Not even the mentor, who reads this file, learns what it is about before it is accepted.
    assert apprentice.file()[0] == "提交疑难案例"


def it_is_accepted_and_consulted_on(cast):
    office.accept(cast.staff, TITLE, chair=cast.mentors[2], mentors=cast.mentors[:2])
    assert cast.apprentice.file()[0] == f"提交疑难案例：{TITLE}"
    for mentor in (cast.mentor, cast.other_mentor):
        assert mentor.todo() == [(TITLE, "提意见")]
    first, second = "先单独上门，把采光报告带给她看。", "请她信得过的老邻居一起谈。"
    cast.mentor.do(TITLE, action="提意见").sees(QUESTION).does_not_see("13812345678")
    cast.mentor.write("您的主意", first).press("提交").sees(first, "还没有人提")
    assert cast.chair.todo() == []
    cast.other_mentor.do(TITLE, action="提意见").does_not_see(first)
    cast.other_mentor.write("您的主意", second).press("提交").sees(second, first)
    cast.mentor.go("/cases/").follow(TITLE).sees(first, second)
    assert cast.mentor.todo() == cast.other_mentor.todo() == []


def it_is_cured(cast):
    prescribe(cast)
    apprentice, mentor = cast.apprentice, cast.mentor
    for number in (1, 3):
        step = f"{TITLE}（药方第{number}步）"
        phones.report(apprentice, step, text=f"第{number}步办了，话说开了。")
        assert mentor.todo()[0] == (step, "看复诊")
        mentor.do(step, action="看复诊").tick("可以了").press("告诉他").sees("可以了")
    phones.report(cast.staff, f"{TITLE}（药方第2步）", text="规划资源局的同志来过了，口径讲清楚了。")
    mentor.do(f"{TITLE}（药方第2步）", action="看复诊").tick("可以了").press("告诉他")
    assert apprentice.todo() == [(TASK, "去看看")]
    mentor.do(TITLE, action="去复诊").tick("可以了").write("看到什么", "电梯开工了，周阿姨在楼下说笑。")
    mentor.press("记下复诊")
    phones.evaluate(apprentice, TITLE, result="解决了", best_move="先测采光再谈钱", axis="沟通协调技巧")
    phones.evaluate(mentor, TITLE, result="好转了", best_move="一户一户谈", axis="社区治理经验")
    cast.chair.do(TITLE, action="去结案").press("结案").sees("已结案")
    for person in (cast.staff, cast.chair, mentor, cast.other_mentor):
        assert person.todo() == []


def prescribe(cast):
    """The chair's 药方: three steps, two of the apprentice and one of the street's staff."""
    chair = cast.chair
    chair.do(TITLE, action="去开药方").write("归纳（病因）", "采光没有数字，话说不到一处。")
    owners = (cast.apprentices[0], "沈红", cast.apprentices[0])
    for number, (text, owner) in enumerate(zip(STEPS, owners, strict=True), start=1):
        step = chair.page.locator(f"#step-{number}")
        step.get_by_label("做什么").fill(text)
        words = next(one for one in step.locator("option").all_inner_texts() if one.startswith(owner))
        step.get_by_label("责任人").select_option(label=words)
    chair.pick("谁来看", cast.mentors[0]).press("开药方").sees("会诊第 001 号", *STEPS)
    assert chair.todo() == []
    steps = [(f"{TITLE}（药方第{number}步）", "报复诊") for number in (1, 3)]
    assert cast.apprentice.todo() == [*steps, (TASK, "去看看")]
    assert cast.staff.todo() == [(f"{TITLE}（药方第2步）", "报复诊")]


def everybody_can_look_back_on_it(cast):
    assert f"案例结案：{TITLE}" in cast.apprentice.file()[0]
    for person in (cast.mentor, cast.other_mentor, cast.chair):
        assert any(TITLE in entry for entry in person.file())
    assert any("主持会诊并结案" in entry for entry in cast.chair.entries())
    cast.apprentice.go("/cases/").follow("看办过的案例").sees(TITLE)
    pupil = cast.mentor.go("/").page.locator(".person", has_text=cast.apprentices[0])
    cast.mentor.follow("看档案", within=pupil)
    assert f"案例结案：{TITLE}" in cast.mentor.entries()[0]


def rebuilding_the_ledger_changes_nothing():
    def ledger():
        return list(Entry.objects.order_by("pk").values())

    before = ledger()
    assert len(before) >= 20
    rebuild()
    assert ledger() == before
