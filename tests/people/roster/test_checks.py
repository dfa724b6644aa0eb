"""Rows held against each other: the same number twice, the same person twice, groups that are too full."""

from .kit import places, told, understood

HEAD = ["姓名", "手机", "居民区", "职务", "师傅"]
KNOWN = {"金建琳": "17168833001"}


def read(*rows, **more):
    return understood([HEAD, *rows], known_mentors=KNOWN, places=places(), **more)


def row(name="张三", mobile="13800138000", place="合阳", post="书记", mentor="金建琳"):
    return [name, mobile, place, post, mentor]


def test_one_number_for_two_people():
    roster = read(row(), row("李四"))
    assert told(roster) == ["B3：和第2行张三的手机号码一样，请改一个"]


def test_one_person_in_two_rows_that_agree_is_kept_once():
    roster = read(row(), row())
    assert told(roster) == ["A3：和第2行是同一个人，只记一次"]
    assert (len(roster.entries), roster.faults) == (1, [])


def test_one_person_in_two_rows_that_differ():
    roster = read(row(), row(post="副书记"))
    assert told(roster) == ["D3：和第2行是同一个人，职务写得不一样，请改成一样"]
    assert roster.faults


def test_namesakes_in_one_neighbourhood_are_asked_about():
    roster = read(row(), row(mobile="13900139000"))
    assert told(roster) == ["A3：第2行也是张三，手机号码不一样，请看看是不是同一个人"]
    assert roster.faults == []


def test_namesakes_far_apart_are_left_alone():
    assert told(read(row(), row(mobile="13900139000", place="子长"))) == []


def test_a_person_may_be_mentor_and_apprentice():
    rows = [["角色", "姓名", "手机"], ["师傅", "张三", "13800138000"], ["学员", "张三", "13800138000"]]
    roster = understood(rows)
    assert roster.faults == []
    assert len(roster.entries) == 2


def test_a_group_that_is_too_full():
    rows = [row(f"张{'一二三四五六'[n]}", f"1380013800{n}") for n in range(6)]
    assert told(read(*rows, capacity=6)) == []
    assert told(read(*rows)) == ["E7：金建琳每期带5名，这是第6名，请换一位带教书记"]


def test_a_misspelt_mentor_brings_a_guess():
    assert told(read(row(mentor="金建林"))) == ["E2：带教书记名单里没有“金建林”，是不是“金建琳”"]


def test_two_mentors_of_one_name_are_told_apart_by_their_numbers():
    head = ["角色", "姓名", "手机", "师傅"]
    mentors = [["师傅", "张伟", "13800138001", None], ["师傅", "张伟", "13800138002", None]]
    roster = understood([head, *mentors, ["学员", "李四", "13900139000", "张伟"]])
    assert told(roster) == ["D4：有2位“张伟”，请在姓名后面写上手机号码后4位"]
    roster = understood([head, *mentors, ["学员", "李四", "13900139000", "张伟（8002）"]])
    assert told(roster) == []
    assert roster.groups[0].mentor.mobile == "13800138002"


def test_one_mentor_to_a_cell():
    assert told(read(row(mentor="金建琳、钟娜红"))) == ["E2：请只写一位带教书记"]


def test_a_fault_in_a_merged_cell_is_told_once():
    rows = [
        ["姓名", "手机", "师傅"],
        ["张三", "13800138000", "金建琳、钟娜红"],
        ["李四", "13900139000", None],
    ]
    roster = understood(rows, merges=[(2, 3, 3, 3)], known_mentors=KNOWN)
    assert told(roster) == ["C2：请只写一位带教书记"]


def test_a_post_taken_in_childhood_is_asked_about():
    head = ["姓名", "手机", "出生年月", "任职时间"]
    roster = understood([head, ["张三", "13800138000", "1990.1", "2001.1"]])
    assert told(roster) == ["D2：任职时还不满16岁，请再看看"]
    assert roster.faults == []
