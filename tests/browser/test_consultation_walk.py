"""A hard case on the real pages: a meeting with two guests by link, a step as a slip, evaluated."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Case, Followup, Meeting, Opinion, Slip, Step
from tests.cast import make_cast
from tests.conftest import PHONE
from tests.factories import CaseFactory
from tests.look.browser import sign_in

from .actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = re.compile(r"https?://[^\s<\"]+/l/\d+/[\w-]+/")


def test_a_case_is_cured_with_a_meeting_and_two_guests(live_server, new_context, desktop):
    cast = make_cast()
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    people = Screens(cast, live_server, new_context, desktop)
    staff = people.staff
    links = accept_and_ask_two_guests(staff, case, cast)
    a_guest_speaks_on_the_phone(people.stranger(), links[0])
    the_chair_takes_down_the_meeting(people.of(cast.a.lead), case)
    the_chair_prescribes(people.of(cast.a.lead), case, cast)
    the_slip_is_finished_without_an_account(people.of(cast.a.lead), people.stranger())
    another_way_is_taken(people.of(cast.a.apprentice), people.of(cast.a.mentor), case, cast)
    both_sides_evaluate(people.of(cast.a.apprentice), people.of(cast.a.mentor), people.of(cast.a.lead), case)
    case.refresh_from_db()
    assert case.state == Case.State.CLOSED
    assert not people.complaints()


class Screens:
    """Staff at a desk; everybody else on a phone of their own; guests on one that nobody signed in to."""

    def __init__(self, cast, live_server, new_context, desktop):
        self.cast, self.server, self.new_context, self.phones = cast, live_server, new_context, {}
        sign_in(desktop, cast, cast.a.staff, live_server)
        self.staff = Actor(desktop, live_server.url)

    def of(self, person):
        if person.pk not in self.phones:
            page = self.new_context(**PHONE).new_page()
            sign_in(page, self.cast, person, self.server)
            self.phones[person.pk] = Actor(page, self.server.url)
        return self.phones[person.pk]

    def stranger(self):
        return self.phones.setdefault("guest", Actor(self.new_context(**PHONE).new_page(), self.server.url))

    def complaints(self):
        return [one for actor in (self.staff, *self.phones.values()) for one in actor.complaints]


def accept_and_ask_two_guests(staff, case, cast):
    """The addresses that the page showed."""
    at = timezone.localtime() + timedelta(days=1)
    staff.go(f"/cases/{case.pk}/triage/").tick("线下会诊").pick("主持人", cast.a.lead.name)
    staff.write("线下会诊：会议时间", f"{at:%Y-%m-%dT14:00}").write("线下会诊：会议地点", "红色议事厅")
    staff.tick("还要请外面的专家或部门").press("就这么办")
    found = []
    for organisation, name in (("区房管所", "钱立群"), ("区电力公司", "邬静")):
        staff.write("哪个单位", organisation).write("姓名", name).press("请这位，做一个链接")
        found.append(ADDRESS.search(staff.page.content()).group())
        staff.follow("发好了，回去")
    return found


def a_guest_speaks_on_the_phone(guest, address):
    guest.go(address).press("看看这件案例")
    guest.write("您的主意", "先请设计单位量采光").press("提交")
    assert "记好了" in guest.page.content()


def the_chair_takes_down_the_meeting(chair, case):
    item = Meeting.objects.get().items.get(case=case)
    chair.go(item.get_absolute_url())
    chair.write("学员说情况", "一楼担心采光，僵了两个月")
    chair.pick("谁说的", "区电力公司").write("说了什么", "井道往东挪不碰电缆").press("记下这一条")
    assert "井道往东挪不碰电缆" in chair.page.content()
    chair.write("主持人归纳", "采光没有人当面量过").press("存好记录")
    assert item.notes.get(block="told").text == "一楼担心采光，僵了两个月"
    assert Opinion.objects.filter(case=case, guest__isnull=False).count() == 2


def the_chair_prescribes(chair, case, cast):
    chair.go(f"/cases/{case.pk}/prescribe/")
    assert chair.page.get_by_label("归纳（病因）").input_value() == "采光没有人当面量过"
    chair.write("做什么", "请设计单位当面量采光").pick("责任人（谁来办）", cast.a.apprentice.name)
    second = chair.page.locator("#step-2")
    second.get_by_label("做什么").fill("一楼门口装一盏声控灯")
    second.get_by_label("责任人（谁来办）").select_option(label="志愿者或党小组（写名称）")
    second.get_by_label("科室、部门或党小组的名称").fill("三楼党小组")
    second.get_by_label("需要派三联单").check()
    chair.pick("谁来看", cast.a.mentor.name).press("开药方")
    assert Step.objects.get(order=1).text == "请设计单位当面量采光"


def the_slip_is_finished_without_an_account(chair, worker):
    """Who and by when stand in the form already: 派单 is one press."""
    chair.follow("去派三联单").press("派单").press("给承办人链接")
    worker.go(ADDRESS.search(chair.page.content()).group()).press("打开这张单子").press("接单")
    worker.tick("上门跑腿").write("办了什么", "灯装好了，试过两个晚上").press("办结")
    slip = Slip.objects.get()
    assert (slip.state, slip.whose) == (Slip.State.FINISHED, "三楼党小组")


def another_way_is_taken(owner, mentor, case, cast):
    first = Step.objects.get(order=1)
    owner.go(f"/steps/{first.pk}/followup/").tick("做不下去").write("现在什么情况", "设计单位不肯来")
    owner.press("报复诊")
    report = Followup.objects.get()
    mentor.go(f"/followups/{report.pk}/").tick("换个办法").write("说一句", "不等他们，自己先看")
    mentor.write("新办法做什么", "请他到三楼窗口看一回").pick("责任人（谁来办）", cast.a.apprentice.name)
    mentor.write("几号前", f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}").press("告诉他")
    for step in Step.objects.filter(order__gt=1):
        owner.go(f"/steps/{step.pk}/followup/").tick("做好了").write("现在什么情况", "他看了，说不挡")
        owner.press("报复诊")
    mentor.go(f"/cases/{case.pk}/checkup/").tick("可以了").write("看到什么", "一楼自己来问几时开工")
    mentor.press("记下复诊")


def both_sides_evaluate(owner, mentor, chair, case):
    owner.go(f"/cases/{case.pk}/close/").tick("解决了").write("最管用的一招", "请他自己到窗口看")
    owner.tick("沟通协调技巧").press("评好了")
    mentor.go(f"/cases/{case.pk}/close/").tick("好转了").press("评好了")
    chair.go(f"/cases/{case.pk}/close/").press("结案")
