"""From a study visit to 带回一条 and its result, and from a closed case to a scene that is played."""

from django.utils import timezone

from casework.models import Case, State
from mentoring import cadence
from mentoring.models import Session, Uptake, Visit
from tests.cast import make_cast
from tests.factories import CaseFactory, days_ago
from tests.look.browser import assert_accessible, assert_fits, sign_in

from .actor import Actor

TODAY = str(days_ago(0))
TODAY_IS = days_ago(0)


def seat(page, cast, person, live_server):
    sign_in(page, cast, person, live_server)
    return Actor(page, live_server.url)


def looks_well(actor):
    assert_fits(actor.page)
    assert_accessible(actor.page)


def set_on_board(actor, group, kind, period, theme):
    """Open the cell under its row and set it there."""
    page = actor.go("/cadence/").page
    page.click(f'a[href="/cadence/{TODAY_IS.year}/{kind}/{period}/{group.pk}/"]')
    page.wait_for_selector(".cadence-panel")
    looks_well(actor)
    actor.write("主题", theme).press("定下来").sees(theme)


def test_a_visit_brings_something_back_and_a_case_is_played(
    transactional_db, live_server, desktop, phone, new_context
):
    cast = make_cast()
    apprentice, peer = cast.a.apprentice, cast.a.peer
    staff = seat(desktop, cast, cast.a.staff, live_server)
    learner = seat(phone, cast, apprentice, live_server)

    # The month's theme and the quarter's are set on the board, each in its place.
    set_on_board(staff, cast.a.group, "theme", TODAY_IS.month, "怎么开征询会")
    set_on_board(staff, cast.a.group, "exchange", (TODAY_IS.month - 1) // 3 + 1, "去梅川学六维关怀")

    # A visit is arranged, gone to, and written down.
    staff.go("/visits/").follow("安排一次观摩")
    staff.write("去学什么", "去梅川学六维关怀").write("哪一天", TODAY)
    staff.write("第1站去哪里", "梅川居民区").write("谁接待", "韩书记").write("看什么", "怎么送到户")
    staff.tick(apprentice.name, peer.name)
    looks_well(staff)
    staff.press("安排好了，告诉大家").sees("梅川居民区", "韩书记接待", apprentice.name)
    staff.follow("记一下去了谁").write("看到了什么", "六件小事，件件落到户。")
    staff.press("记好了").sees("件件落到户", "去过了")

    # The apprentice brings one practice back, on a phone; the peer tries it as well.
    learner.do("从“去梅川学六维关怀”带回一条", action="带回一条")
    learner.write("看到的一个做法", "乔迁蛋糕").write("他们是怎么做的", "谁家搬来送一个蛋糕。")
    learner.write("我回去先试什么", "先送这个月搬来的三户")
    looks_well(learner)
    learner.press("带回来").sees("乔迁蛋糕", "梅川居民区", "先送这个月搬来的三户", "还在试")
    looks_well(learner)
    other = seat(new_context(viewport={"width": 360, "height": 740}).new_page(), cast, peer, live_server)
    other.go("/practices/").follow("乔迁蛋糕").follow("我也试试")
    other.write("我打算怎么试", "我从新婚的试").press("我也试试").sees("也来试", "我从新婚的试")

    # Ninety days later the result is asked for, and stands in the lineage.
    Uptake.objects.filter(person=apprentice).update(check_on=days_ago(0))
    learner.do("“乔迁蛋糕”试得怎么样", action="说说怎么样")
    learner.tick("见效了").write("说几句", "三户都来谢了。").press("说好了").sees("见效了", "三户都来谢了")
    assert "试了“乔迁蛋糕”：见效了" in learner.file()

    # A closed case becomes the beginning of a scene, without its numbers.
    case = CaseFactory(
        studio=cast.a.studio, owner=apprentice, chair=cast.a.lead, state=State.CLOSED,
        closed_at=timezone.now(), handling=Case.Handling.ONLINE,
        story="王阿姨13812345678住3号楼502室，一直不肯签字。",
    )  # fmt: skip
    staff.go(case.get_absolute_url()).follow("编成情景党课").sees("已经换掉").does_not_see(
        "13812345678", "502室"
    )
    staff.press("开始编").write("矛盾在哪里", "一楼怕挡光，六楼走不动。")
    staff.write("台词和转折", "居民区书记：大家先坐。\n居民甲：我不同意。")
    looks_well(staff)
    staff.press("存好").follow("定稿").press("定稿").sees("可以演了")
    staff.follow("安排演").write("哪一天演", TODAY)
    staff.pick("居民区书记由谁演", apprentice.name).pick("居民甲由谁演", peer.name)
    staff.press("安排好了，告诉大家").sees(apprentice.name, "已安排")

    # It is played: a session of that mode for those who were there, and what each takes along.
    staff.follow("演过了，记一下").write("大家看到了什么", "没人先问他难在哪里。")
    staff.tick(f"{cast.a.group}{TODAY_IS.month}月主题：怎么开征询会").press("记好了")
    staff.sees("没人先问他难在哪里", "演过了")
    session = Session.objects.get(mode=Session.Mode.SCENE)
    assert {row.apprentice_id for row in session.attendance.all()} == {apprentice.pk, peer.pk}
    title = session.theme
    learner.do(f"“{title}”里您带走的一句", action="写一句")
    learner.write("我带走的一句", "先问难处，再讲道理。").press("带走这一句").sees("先问难处")
    looks_well(learner)
    staff.page.reload()
    staff.sees("先问难处，再讲道理。").follow("打印剧本")
    assert apprentice.name in staff.text

    # The board of the group is filled by these very acts.
    rows = cadence.board(cast.a.studio, TODAY_IS.year, cast.a.staff)
    own = next(row for row in rows if row.group == cast.a.group)
    done = {slot.kind.value: slot.cell.linked for slot in own.slots if slot.state == "done"}
    assert done == {"theme": session, "exchange": Visit.objects.get()}
    assert not staff.complaints + learner.complaints + other.complaints
