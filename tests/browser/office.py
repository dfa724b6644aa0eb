"""What staff do at their desk in the main job."""

import re
from pathlib import Path

import openpyxl

ROSTER = Path(__file__).parent.parent / "people/roster/data/roster.xlsx"
PASSWORD = "jiedao-9527-quan"


def roster_pairs():
    """[(apprentice, mentor)] as the roster has them, with a mentor's name in the first row of each five."""
    sheet, mentor, pairs = openpyxl.load_workbook(ROSTER).worksheets[0], "", []
    for row in sheet.iter_rows(min_row=4, values_only=True):
        if isinstance(row[0], int):
            mentor = row[9] or mentor
            pairs.append((re.sub(r"\s", "", row[1]), mentor))
    return pairs


def sign_in(staff, *, mobile):
    staff.go("/").write("手机号", mobile).write("密码", PASSWORD).press("登录")
    staff.arrives("哪一行看着最舒服？")
    staff.press("标准")
    staff.arrives("工作台")
    assert staff.todo() == []


def import_roster(staff):
    """The file as it came, without a single correction; pairing is left for later."""
    staff.go("/").follow("加人员")
    staff.page.get_by_label("选一个文件").set_input_files(ROSTER)
    staff.press("看一看").sees("读到带教书记6位、学员30名，分成6组", "现在还没有写进去")
    staff.untick("按名册写的师傅结对").press("导入").sees("新加入36人").does_not_see("结了")


def pair_all(staff):
    """Six mentors with five apprentices each: one is chosen by hand, the suggestion fills in the others, and
    then each goes where the roster has them.
    """
    staff.follow("去看结对").follow("给学员结对").sees("第1步，共5步", "每位师傅最多带5名").press("下一步")
    staff.arrives("请哪几位书记带？").press("下一步")
    staff.arrives("给哪些学员找师傅？").sees("一共还能带30名").press("下一步")
    (first, mentor), *_ = pairs = roster_pairs()
    staff.pick(f"{first}分给", f"{mentor[0]}书记").press("按专长和短板先分一遍").sees("恢复原来的")
    by_hand = staff.page.locator("tr", has_text=first)
    assert f"{mentor[0]}书记" in by_hand.locator("option:checked").inner_text()
    assert staff.page.locator("section", has_text="还没分的").count() == 0
    for apprentice, mentor in pairs:
        staff.pick(f"{apprentice}分给", f"{mentor[0]}书记")
    staff.press("下一步").sees("一共30对").press("确认结对").sees("结好了30对", "6组 · 在期30对")
    for mentor in {mentor for _, mentor in roster_pairs()}:
        group = staff.page.locator("main .card", has_text=f"{mentor[0]}书记组")
        names = group.locator(".row-title").all_inner_texts()
        assert sorted(names) == sorted(name for name, of in roster_pairs() if of == mentor)


def print_cards(staff, role, names):
    """{name: the address on the card}, scanned from the printed page."""
    staff.go("/people/").pick("角色", role)
    staff.press("筛选").page.locator("h2", has_text="挑出来的").wait_for()
    staff.tick(*(f"给{name}印一张" for name in names)).press("给点了的打印登录卡")
    staff.arrives(f"打印登录卡（{len(names)}张）")
    cards = staff.page.locator(".paper-card").filter(has_text="用微信扫一扫")
    return {name: staff.scan(cards.filter(has_text=name).locator("svg")) for name in names}


def accept(staff, title, *, chair, mentors):
    """线上会诊 with this chair; exactly these mentors are asked."""
    staff.do(title, action="去受理").sees("受理").tick("线上会诊").pick("主持人", chair)
    chips = staff.page.get_by_role("group", name="请谁来会诊").locator("label")
    for words in chips.all_inner_texts():
        (staff.tick if words.startswith(tuple(mentors)) else staff.untick)(words)
    staff.press("就这么办").sees("会诊中")
    assert staff.todo() == []
