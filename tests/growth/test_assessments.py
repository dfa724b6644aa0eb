"""考核评估 from preparing to publishing: what each step does, and what it answers to bad input."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from growth import weighing
from growth.actions import rebuild, results, rounds, sheets
from growth.models import (
    Assessed,
    Entry,
    Indicator,
    IndicatorSet,
    Mark,
    NextStep,
    Result,
    Round,
    Sheet,
    Side,
)  # fmt: skip
from people.models import Membership, Notice
from people.stale import Refused
from studio import todo
from tests.factories import MembershipFactory, days_ago, days_ahead, make_person
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

from . import assessing


def url(page, *args):
    return reverse(f"growth:{page}", args=args)


def text_of(answer):
    return answer.content.decode()


NEW = {
    "name": "下半年考核", "since": "2026-07-01", "until": "2026-12-31", "score_by": "2027-01-10",
    "self_weight": 10, "mentor_weight": 40, "street_weight": 40, "mass_weight": 10, "excellent_from": "4.5",
    "good_from": "3.5", "pass_from": "2.5", "publicised": "on", "appeal_days": 5,
}  # fmt: skip


# ── preparing ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_first_round_has_the_twelve_shipped_indicators(cast):
    answer = send(cast.client(cast.a.staff), url("round-new"), NEW)
    made = Round.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert made.indicators.indicators.count() == 12
    axes = made.indicators.indicators.exclude(competency="").values_list("competency", flat=True)
    assert all(list(axes).count(axis) == 2 for axis in set(axes))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"self_weight": 9}, "现在是99，还差1"),
        ({"self_weight": 11}, "现在是101，多了1"),
        ({"self_weight": 0, "mentor_weight": 0, "street_weight": 0, "mass_weight": 100}, "总要有人打分"),
        ({"good_from": "4.6"}, "从高到低"),
        ({"until": "2026-06-01"}, "写反了"),
        ({"score_by": "2026-06-01"}, "请往后写"),
        ({"excellent_from": "六"}, "请写数字"),
        ({"name": ""}, "请填写名称"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(cast, wrong, words):
    answer = send(cast.client(cast.a.staff), url("round-new"), {**NEW, **wrong})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Round.objects.exists()


def test_a_copy_brings_weights_people_and_scorers_of_those_who_are_still_here(cast):
    last = assessing.published(cast.a, self_weight=20, mentor_weight=30, street_weight=40, mass_weight=10)
    Membership.objects.filter(person=cast.a.peer).update(ends_on=days_ago(1))
    client = cast.client(cast.a.staff)
    page = client.get(url("round-new"))
    assert page.context["form"].initial["self_weight"] == 20
    assert page.context["form"].initial["since"] == last.until + timedelta(days=1)
    send(client, url("round-new"), {**NEW, "with_people": "on"})
    made = Round.objects.get(name="下半年考核")
    people = list(made.assessed.values_list("person", flat=True))
    assert people == [cast.a.apprentice.pk, cast.a.other_apprentice.pk]
    scorers = set(made.sheets.values_list("scorer", flat=True))
    assert scorers == {cast.a.mentor.pk, cast.a.other_mentor.pk}
    assert list(made.street_scorers.values_list("person", flat=True)) == [cast.a.staff.pk]


def test_a_cohort_is_taken_in_by_the_register_and_twice_is_once(cast):
    round_ = rounds.prepare(
        studio=cast.a.studio, by=cast.a.staff, name="考核", since=days_ago(9), until=days_ago(1),
        score_by=days_ahead(5),
    )  # fmt: skip
    client = cast.client(cast.a.staff)
    for _ in range(2):
        send(client, url("round-people", round_.pk), roster=f"cohort-{cast.a.cohort.pk}")
    assert round_.assessed.count() == 3
    mentors = dict(round_.sheets.values_list("assessed__person", "scorer"))
    assert mentors[cast.a.other_apprentice.pk] == cast.a.other_mentor.pk
    answer = send(client, url("round-people", round_.pk), roster=f"cohort-{cast.b.cohort.pk}")
    assert answer.status_code == 422


def test_one_person_is_taken_in_by_name(cast):
    round_ = assessing.prepared(cast.a)
    fresh = make_person(cast.a.studio, "apprentice", name="独一位")
    client = cast.client(cast.a.staff)
    send(client, url("round-people", round_.pk), name="独一位")
    assert round_.assessed.filter(person=fresh).exists()
    assert "学员里没有" in text_of(send(client, url("round-people", round_.pk), name="没这人"))


def test_opening_names_everything_that_is_missing(cast):
    round_ = assessing.prepared(cast.a, score_by=days_ago(1))
    one = assessing.of(round_, cast.a.peer)
    one.sheets.all().delete()
    rounds.set_street(round_, [], split=False)
    page = text_of(cast.client(cast.a.staff).get(url("round-open", round_.pk)))
    for words in (f"还没有师傅来打分：{cast.a.peer.name}", "还没有定街道由谁打分", "已经过了，请往后改"):
        assert words in page
    with pytest.raises(Refused):
        rounds.open_round(round_, by=cast.a.staff)


def test_nobody_scores_for_two_sides(cast):
    MembershipFactory(studio=cast.a.studio, person=cast.a.mentor, role="staff")
    round_ = assessing.prepared(cast.a)
    rounds.set_street(round_, [cast.a.mentor.pk], split=False)
    with pytest.raises(Refused, match="不能替两方打分"):
        rounds.open_round(round_, by=cast.a.staff)


def test_opening_deals_out_every_sheet_and_tells_the_scorers(cast):
    round_ = assessing.opened(cast.a)
    assert round_.sheets.count() == 9
    for side, count in ((Side.SELF, 3), (Side.MENTOR, 3), (Side.STREET, 3)):
        assert round_.sheets.filter(side=side).count() == count
    told = set(Notice.objects.filter(text__contains="开始打分").values_list("person", flat=True))
    assert told == set(round_.sheets.values_list("scorer", flat=True))


def test_staff_may_share_the_people_out(cast):
    second = make_person(cast.a.studio, "staff")
    round_ = assessing.prepared(cast.a)
    rounds.set_street(round_, [cast.a.staff.pk, second.pk], split=True)
    round_ = rounds.open_round(round_, by=cast.a.staff)
    scorers = round_.sheets.filter(side="street").order_by("assessed__order").values_list("scorer", flat=True)
    assert list(scorers) == [cast.a.staff.pk, second.pk, cast.a.staff.pk]


def test_a_side_without_weight_has_no_sheets(cast):
    round_ = assessing.opened(cast.a, self_weight=0, mentor_weight=60, street_weight=40, mass_weight=0)
    assert set(round_.sheets.values_list("side", flat=True)) == {"mentor", "street"}


def test_indicators_of_an_open_round_stay_and_a_change_is_for_the_next_one(cast):
    round_ = assessing.opened(cast.a)
    client = cast.client(cast.a.staff)
    page = client.get(url("round-indicators", round_.pk))
    assert "下一轮用" in text_of(page)
    filled = hidden_fields(page)
    for place, one in enumerate(round_.indicators.indicators.all(), 1):
        filled |= {f"name_{place}": one.name, f"competency_{place}": one.competency}
        filled |= {f"words_{mark}_{place}": getattr(one, f"words_{mark}") for mark in (1, 3, 5)}
    filled["name_1"] = "党务规矩和制度"
    answer = client.post(url("round-indicators", round_.pk), filled, follow=True)
    assert "还用原来的" in text_of(answer)
    assert assessing.now(round_).indicators_id == round_.indicators_id
    assert IndicatorSet.objects.filter(studio=cast.a.studio).count() == 2
    later = rounds.prepare(
        studio=cast.a.studio, by=cast.a.staff, name="下一轮", since=days_ago(9), until=days_ago(1),
        score_by=days_ahead(5),
    )  # fmt: skip
    assert later.indicators.indicators.first().name == "党务规矩和制度"


def test_indicators_in_preparation_are_taken_by_the_round(cast):
    round_ = assessing.prepared(cast.a)
    made, taken = rounds.change_indicators(round_, rows=[("一项", "", "甲", "乙", "丙")], by=cast.a.staff)
    assert taken
    assert assessing.now(round_).indicators == made
    assert Indicator.objects.filter(set=made).count() == 1


def test_a_round_goes_back_while_nobody_has_sent(cast):
    round_ = assessing.opened(cast.a)
    assert rounds.withdraw(round_).state == "preparing"
    round_ = rounds.open_round(round_, by=cast.a.staff)
    assessing.score(assessing.sheet_of(round_, cast.a.peer, "mentor"))
    with pytest.raises(Refused, match="下一轮用"):
        rounds.withdraw(round_)


# ── scoring ─────────────────────────────────────────────────────────────────────────────────────────────────


def filled_sheet(client, sheet, mark="3"):
    page = client.get(sheet.get_absolute_url())
    marks = {f"mark_{one.pk}": mark for one in sheet.round.indicators.indicators.all()}
    return {**hidden_fields(page), **marks}


def test_a_mentor_marks_one_after_the_other(cast):
    round_ = assessing.opened(cast.a)
    client = cast.client(cast.a.mentor)
    first, second = round_.sheets.filter(side="mentor", scorer=cast.a.mentor).order_by("assessed__order")
    answer = client.post(first.get_absolute_url(), filled_sheet(client, first))
    assert answer["Location"] == second.get_absolute_url()
    answer = client.post(second.get_absolute_url(), filled_sheet(client, second))
    assert answer["Location"] == url("my-sheets", round_.pk)
    assert Mark.objects.count() == 24
    assert "都打完了" in text_of(client.get(url("my-sheets", round_.pk)))


def test_a_sheet_that_is_not_complete_is_kept_as_typed(cast):
    round_ = assessing.opened(cast.a)
    client = cast.client(cast.a.mentor)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    first, second = round_.indicators.indicators.all()[:2]
    filled = filled_sheet(client, sheet)
    del filled[f"mark_{first.pk}"]
    filled |= {f"mark_{second.pk}": "5", f"words_{first.pk}": "还想一想"}
    answer = client.post(sheet.get_absolute_url(), filled)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "没法判断的请选" in page
    assert "请写一句为什么" in page
    assert "还想一想" in page
    assert not Mark.objects.exists()


def test_sent_twice_is_sent_once_and_sent_again_replaces(cast):
    round_ = assessing.opened(cast.a)
    client = cast.client(cast.a.mentor)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    filled = filled_sheet(client, sheet)
    assert [client.post(sheet.get_absolute_url(), filled).status_code for _ in range(2)] == [302, 302]
    client.post(sheet.get_absolute_url(), filled_sheet(client, sheet, "none"))
    assert Mark.objects.filter(sheet=sheet, value__isnull=True).count() == 12


def test_evidence_is_shown_in_its_place_and_never_counted(cast):
    round_ = assessing.opened(cast.a)
    given = {
        "studio": cast.a.studio, "person": cast.a.apprentice, "kind": "session", "text": "看了加梯公示",
        "competencies": ["governance"], "source_id": 1,
    }  # fmt: skip
    kind = ContentType.objects.get_for_model(Round)
    Entry.objects.create(**given, on=round_.since, source_type=kind)
    Entry.objects.create(**{**given, "source_id": 2}, on=days_ahead(1), source_type=kind)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    client = cast.client(cast.a.mentor)
    one = round_.indicators.indicators.filter(competency="governance").first()
    page = text_of(client.get(sheet.get_absolute_url()))
    assert f"?evidence={one.pk}" in page
    assert "本期相关记录 1 条" in page
    assert "看了加梯公示" not in page
    part = client.get(f"{sheet.get_absolute_url()}?evidence={one.pk}", headers={"HX-Request": "true"})
    assert "看了加梯公示" in text_of(part)
    assert "<html" not in text_of(part)
    assert "看了加梯公示" in text_of(client.get(f"{sheet.get_absolute_url()}?evidence={one.pk}"))
    assert client.get(f"{sheet.get_absolute_url()}?evidence=x").status_code == 200


def test_who_is_late_is_told_the_way_on(cast):
    round_ = assessing.moderating(cast.a)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    client = cast.client(cast.a.mentor)
    answer = client.post(sheet.get_absolute_url(), {}, follow=True)
    assert "街道可以再开" in text_of(answer)
    with pytest.raises(Refused, match="街道可以再开"):
        assessing.score(sheet)
    send(cast.client(cast.a.staff), url("round-prolong", round_.pk), score_by=str(days_ahead(3)))
    assert assessing.now(round_).state == "scoring"
    assessing.score(assessing.sheet_of(round_, cast.a.apprentice, "mentor"), 4)


def test_staff_who_have_read_the_marks_score_no_more(cast):
    round_ = assessing.opened(cast.a)
    for sheet in round_.sheets.exclude(side="street").select_related("round", "scorer"):
        assessing.score(sheet, 4)
    rounds.close(round_, without_unsent=True, by=cast.a.staff)
    rounds.reopen(round_, score_by=days_ahead(3))
    with pytest.raises(Refused, match="已经看过各方的分"):
        assessing.score(assessing.sheet_of(round_, cast.a.apprentice, "street"))


def test_a_scorer_who_left_is_replaced(cast):
    round_ = assessing.opened(cast.a)
    Membership.objects.filter(person=cast.a.mentor).update(ends_on=days_ago(1))
    client = cast.client(cast.a.staff)
    assert "已经不在工作室" in text_of(client.get(url("round-matrix", round_.pk)))
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    send(client, url("sheet-reassign", sheet.pk), person=cast.a.lead.pk)
    assert assessing.sheet_of(round_, cast.a.apprentice, "mentor").scorer == cast.a.lead
    assert Notice.objects.filter(person=cast.a.lead, text__contains="换您来打").exists()
    with pytest.raises(Refused, match="换人打了"):
        sheets.send(sheet, marks={}, by=cast.a.mentor)


def test_whoever_scores_the_person_already_cannot_take_another_sheet_over(cast):
    round_ = assessing.opened(cast.a)
    sheet = assessing.sheet_of(round_, cast.a.apprentice, "mentor")
    with pytest.raises(Refused, match="替两方打分"):
        sheets.reassign(sheet, to=cast.a.staff, by=cast.a.staff)


# ── closing and moderating ──────────────────────────────────────────────────────────────────────────────────


def test_closing_with_unsent_sheets_asks_first_and_leaves_them_out(cast):
    round_ = assessing.opened(cast.a)
    for sheet in round_.sheets.exclude(side="street").select_related("round", "scorer"):
        assessing.score(sheet, 4)
    client = cast.client(cast.a.staff)
    answer = send(client, url("round-close", round_.pk))
    assert answer.status_code == 422
    assert "还有3张没交" in text_of(answer)
    assert cast.a.staff.name in text_of(answer)
    send(client, url("round-close", round_.pk), without="on")
    result = Result.objects.get(assessed__person=cast.a.apprentice)
    assert (result.total, result.grade) == (Decimal("4.00"), "good")


def test_a_round_without_any_sheet_is_not_closed(cast):
    round_ = assessing.opened(cast.a)
    with pytest.raises(Refused, match="一张打分表都还没交"):
        rounds.close(round_, without_unsent=True, by=cast.a.staff)


def test_results_are_weighed_and_ballots_come_in(cast):
    round_ = assessing.moderating(cast.a)  # 自评 4 × 10, 师傅 3 × 40, 街道 3 × 40
    mine = assessing.of(round_, cast.a.apprentice)
    assert mine.results.get().total == Decimal("3.11")
    results.count_ballots(mine, counts={"ballots_5": 10}, by=cast.a.staff)
    assert mine.results.get().total == Decimal("3.30")  # 280/90 × 0.9 + 5 × 0.1


def test_an_adjustment_needs_its_reason_and_can_be_taken_back(cast):
    round_ = assessing.moderating(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    one = round_.indicators.indicators.first()
    client = cast.client(cast.a.staff)
    address = url("assessed-adjust", mine.pk, one.pk)
    assert send(client, address, value="5").status_code == 422
    send(client, address, value="5", why="一起看过现场")
    row = mine.results.get().copy["indicators"][0]
    assert (row["value"], row["why"]) == ("5.00", "一起看过现场")
    page = text_of(client.get(url("assessed-moderate", mine.pk)))
    assert "一起看过现场" in page
    send(client, address, value="", why="还是按打的算")
    assert mine.results.get().copy["indicators"][0]["adjusted"] is None


def test_marks_that_lie_far_apart_are_pointed_out_in_the_fixed_order(cast):
    round_ = assessing.opened(cast.a)
    for sheet in round_.sheets.select_related("round", "scorer", "assessed"):
        far = sheet.side == "self" and sheet.assessed.person_id == cast.a.other_apprentice.pk
        assessing.score(sheet, 5 if far else 3)
    rounds.close(round_, by=cast.a.staff)
    page = cast.client(cast.a.staff).get(url("round-moderate", round_.pk))
    rows = page.context["page"].rows
    assert [name for _, name, *_ in rows] == [
        cast.a.apprentice.name, cast.a.peer.name, cast.a.other_apprentice.name,
    ]  # fmt: skip
    assert [bool(far) for *_, far in rows] == [False, False, True]
    assert "党务规矩 3到5" in text_of(page)


def test_who_moves_away_in_mid_round_is_left_out_or_not_as_staff_say(cast):
    round_ = assessing.moderating(cast.a)
    Membership.objects.filter(person=cast.a.peer).update(ends_on=days_ago(1))
    mine = assessing.of(round_, cast.a.peer)
    client = cast.client(cast.a.staff)
    assert "已经不在本工作室" in text_of(client.get(url("assessed-moderate", mine.pk)))
    send(client, url("assessed-drop", mine.pk), why="调到别的街道")
    round_ = assessing.now(results.publicise(round_, by=cast.a.staff))
    results.publish(assessing.over(round_), by=cast.a.staff)
    assert not Entry.objects.filter(kind="assessment", person=cast.a.peer).exists()
    assert Entry.objects.filter(kind="assessment").count() == 2


def test_dropped_by_mistake_is_taken_back(cast):
    round_ = assessing.moderating(cast.a)
    mine = assessing.of(round_, cast.a.peer)
    results.drop(mine, why="调走", by=cast.a.staff)
    send(cast.client(cast.a.staff), url("assessed-drop", mine.pk))
    mine.refresh_from_db()
    assert mine.dropped_at is None


def test_words_of_the_mentor_are_proposed_and_staff_have_the_last_word(cast):
    round_ = assessing.opened(cast.a)
    for sheet in round_.sheets.select_related("round", "scorer"):
        said = {"strengths": ["肯跑"], "improve": ["先听后说"]} if sheet.side == "mentor" else {}
        assessing.score(sheet, 3, **said)
    rounds.close(round_, by=cast.a.staff)
    mine = assessing.of(round_, cast.a.apprentice)
    result = mine.results.get()
    assert result.strengths[0] == "肯跑"
    assert len(result.strengths) == len(result.improve) == 2
    given = {"strengths_1": "肯跑", "strengths_2": "听得进", "improve_1": "开一次会", "improve_2": "带一个人"}
    send(cast.client(cast.a.staff), url("assessed-words", mine.pk), given)
    results.adjust(mine, round_.indicators.indicators.first(), value=4, why="看过", by=cast.a.staff)
    assert mine.results.get().improve == ["开一次会", "带一个人"]


# ── 公示, appeal, publishing ────────────────────────────────────────────────────────────────────────────────


def test_an_appeal_is_answered_before_results_stand(cast):
    round_ = assessing.publicised(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    client, staff = cast.client(cast.a.apprentice), cast.client(cast.a.staff)
    send(client, url("appeal-new", mine.pk), text="办成实事这一项，我不同意")
    with pytest.raises(Refused, match="还没答复"):
        results.appeal(mine, text="再提一条", by=cast.a.apprentice)
    round_ = assessing.over(round_)
    with pytest.raises(Refused, match="还有1条申诉"):
        results.publish(round_, by=cast.a.staff)
    made = mine.appeals.get()
    assert "去答复" in [item.action for item in todo.waiting_for(cast.a.staff)]
    send(staff, url("appeal-answer", made.pk), outcome="kept", answer="看过材料，维持")
    assert "看过材料，维持" in text_of(client.get(mine.get_absolute_url()))
    assert results.publish(round_, by=cast.a.staff).state == "published"


def test_after_the_days_of_appeal_the_way_on_is_told(cast):
    round_ = assessing.over(assessing.publicised(cast.a))
    mine = assessing.of(round_, cast.a.apprentice)
    answer = cast.client(cast.a.apprentice).get(url("appeal-new", mine.pk))
    assert answer.status_code == 409
    assert "打电话给街道" in text_of(answer)


def test_results_do_not_stand_before_the_days_are_over(cast):
    round_ = assessing.publicised(cast.a)
    with pytest.raises(Refused, match="过了这一天再公布"):
        results.publish(round_, by=cast.a.staff)


def test_a_round_without_publicising_is_published_at_once(cast):
    round_ = assessing.moderating(cast.a, publicised=False)
    assert results.publish(round_, by=cast.a.staff).state == "published"


def test_the_second_to_publish_is_told_who_was_first(cast):
    round_ = assessing.over(assessing.publicised(cast.a))
    second = make_person(cast.a.studio, "staff")
    one, two = cast.client(cast.a.staff), cast.client(second)
    forms = [hidden_fields(client.get(url("round-publish", round_.pk))) for client in (one, two)]
    assert one.post(url("round-publish", round_.pk), forms[0]).status_code == 302
    answer = two.post(url("round-publish", round_.pk), forms[1])
    assert answer.status_code == 409
    assert f"{cast.a.staff.called}在" in text_of(answer)
    assert Entry.objects.filter(kind="assessment").count() == 3


def test_publication_reaches_files_and_next_steps_and_a_rebuild_finds_it_again(cast):
    round_ = assessing.published(cast.a)
    lines = Entry.objects.filter(kind="assessment").order_by("person")
    before = list(lines.values_list("person", "on", "text", "link", "by"))
    assert "等次合格" in before[0][2]
    rebuild.rebuild()
    assert list(lines.values_list("person", "on", "text", "link", "by")) == before
    steps = NextStep.objects.filter(person=cast.a.apprentice, origin="assessment")
    assert [step.text for step in steps] == assessing.of(round_, cast.a.apprentice).results.get().improve


def test_a_correction_is_a_new_version_beside_the_old_one(cast):
    round_ = assessing.published(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    client = cast.client(cast.a.staff)
    page = client.get(url("result-correct", mine.pk))
    old = mine.results.get()
    given = {
        "why": "群众测评的票数抄错了", "ballots_5": 40, "ballots_4": 0, "ballots_3": 0, "ballots_2": 0,
        "ballots_1": 0, "strengths_1": old.strengths[0], "strengths_2": old.strengths[1],
        "improve_1": old.improve[0], "improve_2": old.improve[1],
    }  # fmt: skip
    unchanged = {**given, "ballots_5": 0}
    assert "什么也没有改" in text_of(
        client.post(url("result-correct", mine.pk), {**hidden_fields(page), **unchanged})
    )
    send(client, url("result-correct", mine.pk), given)
    first, second = mine.results.order_by("number")
    assert (first.total, first.copy) == (old.total, old.copy)
    assert second.total == Decimal("3.30")
    assert (second.why, second.by) == ("群众测评的票数抄错了", cast.a.staff)
    seen = text_of(cast.client(cast.a.apprentice).get(mine.get_absolute_url()))
    assert "第2版" in seen
    assert "票数抄错了" in seen
    assert NextStep.objects.filter(person=cast.a.apprentice, origin="assessment").count() == 2


def test_the_result_is_shown_with_what_came_before_and_without_any_rank(cast):
    assessing.published(cast.a, name="第一轮", since=days_ago(300), until=days_ago(200))
    round_ = assessing.published(cast.a, name="第二轮")
    mine = assessing.of(round_, cast.a.apprentice)
    for person, role in (
        (cast.a.apprentice, "apprentice"),
        (cast.a.mentor, "mentor"),
        (cast.a.staff, "staff"),
    ):
        answer = cast.client(person).get(mine.get_absolute_url())
        page = text_of(answer)
        assert_page(answer.content, role=role)
        assert "和自己以前比" in page
        assert "和上次比" in page
        assert not [word for word in ("名次", "第一名", "排名") if word in page]
    assert cast.a.peer.name not in text_of(cast.client(cast.a.apprentice).get(mine.get_absolute_url()))


def test_two_outlines_at_most(cast):
    for number in range(3):
        assessing.published(
            cast.a,
            name=f"第{number}轮",
            since=days_ago(400 - number * 100),
            until=days_ago(320 - number * 100),
        )
    mine = Assessed.objects.filter(person=cast.a.apprentice).order_by("-round__until").first()
    answer = cast.client(cast.a.apprentice).get(mine.get_absolute_url())
    assert len(answer.context["trend"]) == 3
    assert answer.context["previous"] is not None


def test_each_in_turn_has_it_among_what_waits(cast):
    def actions(person):
        person.__dict__.pop("_todo_counts", None)
        return [item.action for item in todo.waiting_for(person) if "考核" in f"{item.origin}{item.name}"]

    round_ = assessing.opened(cast.a)
    assert actions(cast.a.mentor) == ["去打分"]
    assert actions(cast.a.apprentice) == ["去打分"]
    for sheet in round_.sheets.select_related("round", "scorer"):
        assessing.score(sheet)
    assert actions(cast.a.mentor) == []
    rounds.close(round_, by=cast.a.staff)
    assert actions(cast.a.staff) == ["去汇总"]
    round_ = assessing.over(results.publicise(assessing.now(round_), by=cast.a.staff))
    assert actions(cast.a.staff) == ["去公布"]
    results.publish(round_, by=cast.a.staff)
    assert actions(cast.a.staff) == []


STAFF_PAGES = {
    assessing.prepared: ("round-detail", "round-edit", "round-indicators", "round-people", "round-scorers"),
    assessing.opened: ("round-detail", "round-matrix", "round-close", "my-sheets"),
    assessing.moderating: ("round-detail", "round-moderate"),
    assessing.publicised: ("round-detail", "round-moderate", "round-publish"),
    assessing.published: ("round-detail", "round-moderate", "round-matrix"),
}


@pytest.mark.parametrize("make", STAFF_PAGES, ids=lambda make: make.__name__)
def test_pages_of_the_staff_keep_the_rules(cast, make, django_assert_max_num_queries):
    round_ = make(cast.a)
    client = cast.client(cast.a.staff)
    for page in STAFF_PAGES[make]:
        client.get(url(page, round_.pk))
        with django_assert_max_num_queries(12):
            answer = client.get(url(page, round_.pk))
        assert answer.status_code == 200
        assert_page(answer.content, role="staff")


def test_pages_of_scorers_and_apprentices_keep_the_rules(cast, django_assert_max_num_queries):
    opened = assessing.opened(cast.a, name="打分的一轮")
    sheet = assessing.sheet_of(opened, cast.a.apprentice, "mentor")
    mine = assessing.of(assessing.published(cast.a, name="公布的一轮"), cast.a.apprentice)
    for person, role, pages in (
        (cast.a.mentor, "mentor", (sheet.get_absolute_url(), url("my-sheets", opened.pk), url("round-list"))),
        (cast.a.apprentice, "apprentice", (url("my-results"), mine.get_absolute_url())),
        (cast.a.staff, "staff", (mine.get_absolute_url(), url("result-correct", mine.pk))),
    ):
        client = cast.client(person)
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(12):
                answer = client.get(page)
            assert answer.status_code == 200
            assert_page(answer.content, role=role)


def test_what_the_database_weighs_is_what_the_arithmetic_says(cast):
    """The copy that is kept gives the same total again."""
    round_ = assessing.moderating(cast.a)
    for result in Result.objects.filter(assessed__round=round_):
        judged, given = weighing.from_copy(result.copy)
        assert weighing.weigh(judged, **given).total == result.total
    assert Sheet.objects.count() == 9


def test_indicators_left_as_they_are_make_no_new_version(cast):
    round_ = assessing.prepared(cast.a)
    client, page = cast.client(cast.a.staff), url("round-indicators", round_.pk)
    form = client.get(page).context["form"]
    given = {bound.name: bound.value() or "" for row in form.row_fields() for bound in row}
    assert send(client, page, **given).status_code == 422
    send(client, page, **{**given, "name_1": "另一个说法"})
    assert assessing.now(round_).indicators.number == 2


def test_two_who_write_the_words_of_a_person_see_both_texts(cast):
    round_ = assessing.moderating(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    client, page = cast.client(cast.a.staff), url("assessed-words", mine.pk)
    opened = hidden_fields(client.get(page))
    given = {"strengths_1": "肯跑", "strengths_2": "会听", "improve_1": "多写", "improve_2": "多问"}
    send(client, page, **given)
    stale = client.post(page, {**opened, **given, "strengths_2": "能把话说完"})
    assert stale.status_code == 409
    assert ("长处", "肯跑，会听", "肯跑，能把话说完") in stale.context["rows"]


def test_while_one_appeal_waits_no_other_is_offered(cast):
    round_ = assessing.publicised(cast.a)
    mine = assessing.of(round_, cast.a.apprentice)
    client = cast.client(cast.a.apprentice)
    assert client.get(mine.get_absolute_url()).context["can_appeal"]
    results.appeal(mine, text="第三项请再看看", by=cast.a.apprentice)
    page = client.get(mine.get_absolute_url())
    assert not page.context["can_appeal"]
    assert "第三项请再看看" in page.content.decode()
