"""One brand in the browser: applied for on a phone, approved, told about, judged, closed and handed on."""

import pytest
from django.utils import timezone

from growth.models import ContestJudge
from tests.cast import make_cast
from tests.factories import days_ahead
from tests.look.browser import assert_accessible, assert_fits, sign_in

from .actor import Actor

NAME = "车棚能充电"


@pytest.fixture
def cast(transactional_db):
    return make_cast()


def at_screen(page, cast, person, live_server):
    page.context.clear_cookies()
    sign_in(page, cast, person, live_server)
    return Actor(page, live_server.url)


def looks_well(page):
    assert_fits(page)
    assert_accessible(page)


def test_a_brand_from_applying_to_spreading(cast, live_server, phone, desktop):
    a, year = cast.a, timezone.localdate().year
    owner = at_screen(phone, cast, a.apprentice, live_server)
    owner.go("/me/").follow("品牌项目").follow("申报一个").arrives("申报品牌项目")
    looks_well(phone)
    owner.write("名称", NAME).write("要突破的一个问题", "电动车推上楼充电，夜里怕着火")
    owner.write("做法三条", "把旧车棚接上电\n每栋楼推一个人管钥匙").write("预期成效", "一楼的车棚晚上能充电")
    owner.write("节点1：做什么", "装好插座").write("节点1：几号前", str(days_ahead(20)))
    owner.pick("指导书记", a.mentor.name)
    owner.press("申报").arrives(NAME).sees("申报")

    staff = at_screen(desktop, cast, a.staff, live_server)
    staff.do(f"品牌项目：{NAME}", action="定不定立项").press("同意立项").arrives(NAME)
    owner.go("/brands/").follow(NAME).follow("写本季进展").arrives("写本季进展")
    looks_well(phone)
    owner.write("进展", "插座装好了，十二家来充过").tick("按计划").press("交进展").sees("插座装好了")
    owner.follow("做好了").press("做好了").sees("做好了")

    guide = at_screen(desktop, cast, a.mentor, live_server)
    guide.go("/brands/").follow(NAME).follow("中期看一看")
    guide.write("中期看一看", "到车棚看过，灯太暗").press("写好了").sees("灯太暗")

    owner.follow("年底述职").write("成效1：做成了什么", "92户在车棚充电").write("群众怎么说", "不用再拎电瓶")
    owner.write("可推广的一条经验", "先接电，再立规矩").press("交述职").sees("请写一下数字从哪来")
    owner.write("成效1：数字从哪来", "物业充电台账").press("交述职").arrives(NAME).sees("物业充电台账")

    staff = at_screen(desktop, cast, a.staff, live_server)
    staff.go("/brands/").follow("开一次比武").tick(a.lead.called, a.other_mentor.called)
    staff.press("开始比武").arrives(f"{year}年品牌擂台比武").follow("没来", within=None)
    staff.write("没来的原因", "请了病假").press("记上").sees("没来：请了病假")
    looks_well(desktop)
    came = ContestJudge.objects.get(absent="").person
    judge = at_screen(phone, cast, came, live_server)
    judge.do(f"给“{NAME}”打分", action="去打分")
    looks_well(phone)
    for fieldset in phone.locator(".score-mark fieldset").all():
        fieldset.locator("input[value='4']").check()
    judge.press("交打分表").arrives(f"{year}年品牌擂台比武")

    staff.go("/brands/").follow("品牌擂台比武").follow("公布结果").press("公布结果").sees("优秀品牌")
    staff.follow(NAME).follow("结项").write("结项的话", "问题突破了").press("结项").sees("问题突破了")
    staff.follow("推广成工作法").press("放进工作法").arrives(NAME).sees(f"{NAME}工作法")
    staff.follow(f"{NAME}工作法").sees("来自品牌项目")
    staff.go("/brands/").follow(NAME).follow("品牌卡").sees("92户在车棚充电（物业充电台账）")
    looks_well(desktop)
    assert desktop.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 1

    owner = at_screen(phone, cast, a.apprentice, live_server)
    told = "\n".join(owner.file())
    for words in ("立项", "评为优秀品牌", "结项", "成了工作法"):
        assert words in told
    assert not owner.complaints + staff.complaints + guide.complaints + judge.complaints
