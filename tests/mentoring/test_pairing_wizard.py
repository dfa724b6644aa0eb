"""「给学员结对」 in five pages, as a browser without script goes through them."""

import pytest
from django.urls import reverse

from mentoring.actions import pairings
from mentoring.forms import pairing_wizard as wizard_forms
from mentoring.models import Pairing
from people.models import Draft
from people.roles import Role
from tests.factories import (
    CohortFactory,
    NeighbourhoodFactory,
    PairingFactory,
    days_ago,
    days_ahead,
    make_person,
)
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

from .wizard import (
    APPRENTICES,
    CHECK,
    COHORT,
    GROUPS,
    MENTORS,
    PAGE,
    chosen,
    go_through,
    keep_pages,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(cast):
    return cast.client(cast.a.staff)


def learner(cast, **fields):
    return make_person(cast.a.studio, Role.APPRENTICE, **fields)


def text(answer):
    return answer.content.decode()


def everybody(cast, *apprentices):
    """Both mentors and these apprentices, for go_through and keep_pages."""
    return {"mentors": [cast.a.mentor, cast.a.other_mentor], "apprentices": apprentices}


def skilled(mentor, *tags):
    mentor.expertise = list(tags)
    mentor.save()
    return mentor


def test_staff_pair_with_one_fixed_by_hand_and_the_others_by_suggestion(cast, staff):
    talker = skilled(cast.a.mentor, "矛盾调解")
    first, second = (learner(cast, weak_points=["communication", "team"]) for _ in range(2))
    by_hand = learner(cast, weak_points=["communication"])
    path = go_through(staff, cast.a.cohort, **everybody(cast, first, second, by_hand))
    assert path == PAGE(GROUPS)
    answer = send(staff, path, chosen({by_hand: cast.a.other_mentor}), suggest="1")
    assert answer["Location"] == PAGE(GROUPS)
    page = staff.get(path)
    assert text(page).count("对应“沟通协调”") == 2
    form = page.context["form"]
    shown = {one: form[f"to_{one.pk}"].value() for one in (first, second, by_hand)}
    assert shown == {first: str(talker.pk), second: str(talker.pk), by_hand: str(cast.a.other_mentor.pk)}
    answer = staff.post(path, chosen({first: talker, second: talker, by_hand: cast.a.other_mentor}))
    assert answer["Location"] == PAGE(CHECK)
    shown = text(staff.get(PAGE(CHECK)))
    assert "一共3对" in shown
    assert f"{first.name}、{second.name}" in shown
    assert not Pairing.objects.filter(apprentice=first).exists()
    answer = send(staff, PAGE(CHECK), follow=True)
    assert "结好了3对" in text(answer)
    assert answer.redirect_chain[0][0] == f"{reverse('mentoring:pairing-list')}?cohort={cast.a.cohort.pk}"
    mentors = {pair.apprentice: pair.mentor for pair in Pairing.objects.filter(starts_on=days_ago(0))}
    assert mentors == {first: talker, second: talker, by_hand: cast.a.other_mentor}
    assert not Draft.objects.filter(person=cast.a.staff).exists()


def test_the_suggestion_can_be_taken_back_and_made_again(cast, staff):
    one, by_hand = learner(cast), learner(cast)
    go_through(staff, cast.a.cohort, **everybody(cast, one, by_hand))
    hand = {one: None, by_hand: cast.a.mentor}
    assert "恢复原来的" not in text(staff.get(PAGE(GROUPS)))
    staff.post(PAGE(GROUPS), {**chosen(hand), "suggest": "1"})
    form = staff.get(PAGE(GROUPS)).context["form"]
    assert form[f"to_{one.pk}"].value() in (str(cast.a.mentor.pk), str(cast.a.other_mentor.pk))
    for _ in range(2):  # a double tap
        staff.post(PAGE(GROUPS), {"restore": "1"})
    page = staff.get(PAGE(GROUPS))
    assert not page.context["form"][f"to_{one.pk}"].value()
    assert page.context["form"][f"to_{by_hand.pk}"].value() == str(cast.a.mentor.pk)
    assert "恢复原来的" not in text(page)


def test_a_second_suggestion_moves_its_own_and_keeps_what_was_changed_by_hand(cast, staff):
    one, other = learner(cast, weak_points=["party"]), learner(cast, weak_points=["party"])
    skilled(cast.a.mentor, "党建")
    go_through(staff, cast.a.cohort, **everybody(cast, one, other))
    staff.post(PAGE(GROUPS), {**chosen({one: None, other: None}), "suggest": "1"})
    changed = chosen({one: cast.a.other_mentor, other: cast.a.mentor})
    staff.post(PAGE(GROUPS), {**changed, "suggest": "1"})
    skilled(cast.a.mentor)
    skilled(cast.a.other_mentor, "党建")
    staff.post(PAGE(GROUPS), {**changed, "suggest": "1"})
    form = staff.get(PAGE(GROUPS)).context["form"]
    assert [form[f"to_{one.pk}"].value(), form[f"to_{other.pk}"].value()] == [str(cast.a.other_mentor.pk)] * 2


def test_a_former_pair_is_not_suggested_again(cast, staff):
    pair = Pairing.objects.get(apprentice=cast.a.apprentice)
    pairings.end(pair, reason="asked", by=cast.a.staff)
    later = CohortFactory(studio=cast.a.studio)
    go_through(staff, later, **everybody(cast, cast.a.apprentice))
    staff.post(PAGE(GROUPS), {"suggest": "1"})
    form = staff.get(PAGE(GROUPS)).context["form"]
    assert form[f"to_{cast.a.apprentice.pk}"].value() == str(cast.a.other_mentor.pk)


def test_cards_say_what_helps_to_choose(cast, staff):
    skilled(cast.a.mentor, "停车", "矛盾调解")
    place = NeighbourhoodFactory(street=cast.a.studio.street, name="源园居委会")
    learner(
        cast,
        neighbourhood=place,
        post="副书记",
        post_since=days_ago(0).replace(2023, 5, 1),
        weak_points=["team"],
    )
    keep_pages(cast.a.staff, cast.a.cohort, **everybody(cast))
    assert "每位师傅最多带5名" in text(staff.get(PAGE(COHORT)))
    assert "专长：停车、矛盾调解 · 现带2名，可带到5名" in text(staff.get(PAGE(MENTORS)))
    assert "源园居民区 · 副书记，2023年5月起 · 自评最弱两项：干部队伍建设" in text(
        staff.get(PAGE(APPRENTICES))
    )


def test_back_and_forth_keeps_what_was_chosen(cast, staff):
    one, other = learner(cast), learner(cast)
    groups = {one: cast.a.mentor, other: None}
    assert go_through(staff, cast.a.cohort, **everybody(cast, one, other), groups=groups) == PAGE(CHECK)
    assert f"先不分：1名</dt>\n    <dd>{other.name}" in text(staff.get(PAGE(CHECK)))
    answer = send(staff, f"{PAGE(APPRENTICES)}?check=1", people=[one.pk])
    assert answer["Location"] == PAGE(CHECK)
    assert other.name not in text(staff.get(PAGE(CHECK))).replace(one.name, "")
    ticked = staff.get(PAGE(APPRENTICES)).context["form"]["people"].value()
    assert ticked == [str(one.pk)]
    answer = send(staff, f"{PAGE(MENTORS)}?check=1", people=[cast.a.other_mentor.pk])
    answer = staff.get(answer["Location"], follow=True)
    assert answer.redirect_chain == [(PAGE(GROUPS), 302)]
    assert "这位师傅这次没有选上，请换一位" in text(answer)


def test_the_first_page_offers_to_go_on(cast, staff):
    assert "接着上次的做" not in text(staff.get(PAGE(COHORT)))
    keep_pages(cast.a.staff, cast.a.cohort, **everybody(cast, learner(cast)))
    page = text(staff.get(PAGE(COHORT)))
    assert f'href="{PAGE(APPRENTICES)}">接着上次的做' in page


def test_words_of_an_unfinished_page_are_kept_without_script(cast, staff):
    answer = send(staff, PAGE(COHORT), save_draft="1", starts_on="后天")
    assert answer["Location"] == PAGE(COHORT)
    assert 'value="后天"' in text(staff.get(PAGE(COHORT)))


def test_another_cohort_begins_anew_and_the_first_is_still_there(cast, staff):
    one, later = learner(cast), CohortFactory(studio=cast.a.studio)
    keep_pages(cast.a.staff, cast.a.cohort, **everybody(cast, one))
    form = staff.get(f"{PAGE(COHORT)}?cohort={later.pk}").context["form"]
    assert form["cohort"].value() == str(later.pk)
    send(staff, PAGE(COHORT), cohort=later.pk, starts_on=days_ago(0).isoformat())
    assert staff.get(PAGE(APPRENTICES))["Location"] == PAGE(MENTORS)
    send(staff, PAGE(COHORT), cohort=cast.a.cohort.pk, starts_on=days_ago(0).isoformat())
    assert staff.get(PAGE(APPRENTICES)).context["form"]["people"].value() == [str(one.pk)]


@pytest.mark.parametrize(
    ("step", "fields", "sentence"),
    [
        (COHORT, {}, "请点一下给哪一期结对"),
        (COHORT, {"cohort": "own", "starts_on": days_ahead(900).isoformat()}, "这一天不在本期里面"),
        (COHORT, {"cohort": "other", "starts_on": days_ago(0).isoformat()}, "这一期已经不能选了"),
        (MENTORS, {}, "还没有选带教书记，请至少点一位"),
        (MENTORS, {"people": ["0"]}, "选的人里有的已经不能选了"),
        (APPRENTICES, {}, "还没有选学员，请至少点一名"),
        (APPRENTICES, {"people": ["nobody"]}, "选的人里有的已经不能选了"),
        (GROUPS, {}, "还没有给哪位学员选师傅"),
        (CHECK, {}, "这一页放得太久了"),
    ],
)
def test_what_is_lacking_or_wrong_is_said(cast, staff, step, fields, sentence):
    one = learner(cast)
    keep_pages(cast.a.staff, cast.a.cohort, **everybody(cast, one), groups={one: cast.a.mentor})
    cohorts = {"own": cast.a.cohort.pk, "other": cast.b.cohort.pk}
    fields = {
        name: cohorts.get(value, value) if name == "cohort" else value for name, value in fields.items()
    }
    answer = staff.post(PAGE(step), fields)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Pairing.objects.filter(apprentice=one).exists()


def test_more_apprentices_than_places_are_said_and_stay_ticked(cast, staff):
    learners = [learner(cast) for _ in range(4)]
    keep_pages(cast.a.staff, cast.a.cohort, mentors=[cast.a.mentor], apprentices=[])
    answer = send(staff, PAGE(APPRENTICES), people=[one.pk for one in learners])
    assert answer.status_code == 422
    assert "选了4名，这几位师傅一共还能带3名" in text(answer)
    assert len(answer.context["form"]["people"].value()) == 4


def test_too_many_at_once_are_said(cast, staff, monkeypatch):
    monkeypatch.setattr(wizard_forms, "MOST_APPRENTICES", 1)
    monkeypatch.setattr(wizard_forms, "MOST_MENTORS", 1)
    learners = [learner(cast), learner(cast)]
    keep_pages(cast.a.staff, cast.a.cohort, mentors=[cast.a.mentor], apprentices=[])
    assert "一次最多选1名，请分几次结" in text(
        staff.post(PAGE(APPRENTICES), {"people": [one.pk for one in learners]})
    )
    both = {"people": [cast.a.mentor.pk, cast.a.other_mentor.pk]}
    assert "一次最多选1位，请分几次结" in text(staff.post(PAGE(MENTORS), both))


@pytest.mark.parametrize("more", [{}, {"suggest": "1"}])
def test_too_many_for_one_mentor_are_said_and_kept(cast, staff, more):
    learners = [learner(cast) for _ in range(4)]
    keep_pages(cast.a.staff, cast.a.cohort, **everybody(cast, *learners))
    answer = staff.post(PAGE(GROUPS), chosen(dict.fromkeys(learners, cast.a.mentor)) | more)
    assert answer.status_code == 422
    assert "还能带3名，这里选了4名" in text(answer)
    assert text(answer).count("selected") >= 4


def ready(cast, number=2):
    """These apprentices are to go to `mentor`; only the last button is left."""
    learners = [learner(cast) for _ in range(number)]
    groups = dict.fromkeys(learners, cast.a.mentor)
    keep_pages(cast.a.staff, cast.a.cohort, **everybody(cast, *learners), groups=groups)
    return learners


def test_sent_twice_it_pairs_once_and_leads_to_the_same_page(cast, staff):
    learners = ready(cast)
    sent = hidden_fields(staff.get(PAGE(CHECK)))
    first, second = (staff.post(PAGE(CHECK), sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Pairing.objects.filter(apprentice__in=learners).count() == 2


def test_whoever_found_a_mentor_meanwhile_is_said_and_nobody_is_paired(cast, staff):
    one, other = ready(cast)
    sent = hidden_fields(staff.get(PAGE(CHECK)))
    PairingFactory(group=cast.a.other_group, apprentice=one)
    answer = staff.post(PAGE(CHECK), sent)
    assert answer["Location"] == PAGE(APPRENTICES)
    page = staff.get(PAGE(APPRENTICES))
    assert "选的人里有的已经不能选了，请再看一遍" in text(page)
    assert not Pairing.objects.filter(apprentice=other).exists()
    staff.post(PAGE(APPRENTICES), {"people": [other.pk]})
    send(staff, PAGE(CHECK))
    assert Pairing.objects.get(apprentice=other).mentor == cast.a.mentor


def test_a_mentor_filled_up_meanwhile_is_said_and_nobody_is_paired(cast, staff):
    learners = ready(cast, 3)
    sent = hidden_fields(staff.get(PAGE(CHECK)))
    PairingFactory(group=cast.a.group)
    answer = staff.post(PAGE(CHECK), sent, follow=True)
    assert answer.redirect_chain == [(PAGE(GROUPS), 302)]
    assert "还能带2名，这里选了3名" in text(answer)
    assert not Pairing.objects.filter(apprentice__in=learners).exists()


def test_a_refusal_of_the_last_moment_is_a_sentence_and_nothing_is_written(cast, staff):
    """An earlier pair of the second that ends only after today: the first must not be paired either."""
    one, other = ready(cast)
    past = PairingFactory(group=cast.a.other_group, apprentice=other, starts_on=days_ago(5))
    Pairing.objects.filter(pk=past.pk).update(state="ended", ends_on=days_ahead(5))
    answer = send(staff, PAGE(CHECK))
    assert answer.status_code == 422
    assert f"{other.name}这段时间已经有师傅了" in text(answer)
    assert not Pairing.objects.filter(apprentice=one).exists()
    assert Pairing.objects.current().filter(group=cast.a.group).count() == 2


def test_a_cohort_that_is_out_of_reach_leads_to_the_first_page(cast, staff):
    ready(cast)
    cast.a.staff.memberships.update(studio=cast.b.studio)
    answer = staff.post(PAGE(CHECK), follow=True)
    assert answer.redirect_chain == [(PAGE(COHORT), 302)]
    assert "这一期已经不能选了，请再选一次" in text(answer)


def test_a_day_that_the_cohort_no_longer_has_leads_to_the_first_page(cast, staff):
    ready(cast)
    cast.a.cohort.ends_on = days_ago(1)
    cast.a.cohort.save()
    assert staff.get(PAGE(CHECK))["Location"] == PAGE(COHORT)


def test_pages_say_what_to_do_where_there_is_nothing_to_choose(cast, staff):
    keep_pages(cast.a.staff, cast.a.cohort, **everybody(cast))
    assert "学员都有师傅了" in text(staff.get(PAGE(APPRENTICES)))
    cast.a.cohort.capacity = 2
    cast.a.cohort.save()
    PairingFactory(group=cast.a.other_group)
    page = text(staff.get(PAGE(MENTORS)))
    assert "现带0名，可带到2名" in page  # the lead mentor
    assert f"已经带满的：{cast.a.mentor.called}" in page


def many(cast, number):
    learners = [
        learner(cast, neighbourhood=NeighbourhoodFactory(street=cast.a.studio.street)) for _ in range(number)
    ]
    mentors = [
        cast.a.mentor,
        *(make_person(cast.a.studio, Role.MENTOR, expertise=["党建"]) for _ in learners),
    ]
    keep_pages(
        cast.a.staff,
        cast.a.cohort,
        mentors=mentors,
        apprentices=learners,
        groups=dict(zip(learners, mentors, strict=False)),
    )


@pytest.mark.parametrize(
    ("step", "queries"), [(COHORT, 5), (MENTORS, 7), (APPRENTICES, 8), (GROUPS, 9), (CHECK, 8)]
)
@pytest.mark.parametrize("number", [1, 12])
def test_pages_keep_the_rules_and_cost_the_same_for_few_and_many(
    cast, staff, step, queries, number, django_assert_num_queries
):
    many(cast, number)
    staff.post(PAGE(GROUPS), {"suggest": "1"})
    staff.get(PAGE(step))
    with django_assert_num_queries(queries):
        answer = staff.get(PAGE(step))
    assert_page(answer.content, role="staff")
    assert f"第{step}步，共5步" in text(answer)
