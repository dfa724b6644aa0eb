"""动态式调整: pause, resume, change, end, 期满; what both sides read afterwards; kinds of pairs."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from growth.actions.rebuild import rebuild
from growth.models import Entry
from mentoring.actions import pairings
from mentoring.models import Pairing, PairingChange
from people.actions import persons
from people.roles import Role
from people.stale import Refused
from tests.cast import make_cast
from tests.factories import (
    CohortFactory,
    GroupFactory,
    NeighbourhoodFactory,
    PairingFactory,
    days_ago,
    days_ahead,
    make_person,
)
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page


def pair_of(cast):
    return Pairing.objects.select_related(*pairings.TOLD).get(apprentice=cast.a.apprentice)


def page(pair, name):
    return reverse(f"mentoring:pairing-{name}", args=[pair.pk])


def told(person):
    """The sentences about pairs in a person's file, the first one first."""
    return list(
        Entry.objects.of(person).filter(kind="pairing").order_by("on", "pk").values_list("text", flat=True)
    )


def a_year(cast):
    """Paused, resumed, handed to another mentor, ended early."""
    pair, why = pair_of(cast), {"by": cast.a.staff}
    pairings.pause(pair, reason="health", note="术后休养", on=days_ago(60), **why)
    pairings.resume(pair, on=days_ago(40), **why)
    new = pairings.change_mentor(pair, mentor=cast.a.other_mentor, reason="work", on=days_ago(20), **why)
    pairings.end(new, reason="other", note="调到别的街道去了", on=days_ago(5), **why)
    return pair, new


def test_both_files_tell_the_whole_story_in_sentences(cast):
    a_year(cast)
    mentor, other, name = cast.a.mentor.called, cast.a.other_mentor.called, cast.a.apprentice.name
    mine = " ".join(told(cast.a.apprentice))
    for words in (f"与{mentor}的结对从", "暂停（身体原因：术后休养）", "继续", f"改由{other}带教"):
        assert words in mine
    assert f"与{other}的结对提前结束（调到别的街道去了）" in mine
    his = " ".join(told(cast.a.mentor))
    assert f"与{name}的结对继续" in his
    assert f"{name}改由别的师傅带教（工作变动）" in his
    assert other not in his
    before = set(Entry.objects.values_list("pk", "person", "text", "on", "aspect"))
    rebuild()
    assert before <= set(Entry.objects.values_list("pk", "person", "text", "on", "aspect"))


def test_the_page_of_a_pair_and_of_each_person_reads_as_a_story(cast, django_assert_max_num_queries):
    pair, _ = a_year(cast)
    for url in (pair.get_absolute_url(), reverse("mentoring:pairing-story", args=[cast.a.apprentice.pk])):
        client = cast.client(cast.a.staff)
        client.get(url)
        with django_assert_max_num_queries(12):
            answer = client.get(url)
        text = answer.content.decode()
        for words in ("暂停（身体原因：术后休养）", "改由", "提前结束（调到别的街道去了）"):
            assert words in text
        assert_page(answer.content)
    own = cast.client(cast.a.other_mentor).get(
        reverse("mentoring:pairing-story", args=[cast.a.other_mentor.pk])
    )
    assert "改由" in own.content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"what": "pause", "reason": ""}, "请点一下原因"),
        ({"what": "pause", "reason": "health", "on": ""}, "请选从哪天起"),
        ({"what": "pause", "reason": "health", "on": days_ahead(3)}, "这一天还没有到"),
        ({"what": "end", "reason": "other"}, "请写一句是什么原因"),
        ({"what": "end", "reason": "work", "on": days_ago(400)}, "不能早于结对开始"),
        ({"what": "end", "reason": "work", "on": days_ahead(500)}, "往前选"),
        ({"what": "finish"}, "请点一下怎么调整"),
    ],
)
def test_day_and_reason_are_asked_for_every_change(cast, sent, words):
    pair = pair_of(cast)
    answer = send(cast.client(cast.a.staff), page(pair, "change"), {"on": days_ago(0), **sent})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PairingChange.objects.exists()


def test_a_mentor_of_another_street_is_a_sentence(cast):
    pair = pair_of(cast)
    sent = {"what": "change", "reason": "work", "on": days_ago(0), "mentor": cast.b.mentor.pk}
    answer = send(cast.client(cast.a.staff), page(pair, "change"), sent)
    assert answer.status_code == 422
    assert "不是本工作室的带教书记" in answer.content.decode()
    with pytest.raises(Refused, match="不是本工作室的带教书记"):
        pairings.change_mentor(pair, mentor=cast.b.mentor, reason="work", by=cast.a.staff)
    pair.refresh_from_db()
    assert pair.state == "active"


def test_two_staff_changing_one_pair_at_once_get_a_page_with_both(cast):
    pair, client = pair_of(cast), cast.client(cast.a.staff)
    stale = hidden_fields(client.get(page(pair, "change")))
    send(client, page(pair, "change"), what="pause", reason="health", on=days_ago(0))
    late = client.post(
        page(pair, "change"), {**stale, "what": "end", "reason": "work", "on": days_ago(0).isoformat()}
    )
    assert late.status_code == 409
    pair.refresh_from_db()
    assert (pair.state, PairingChange.objects.count()) == ("paused", 1)


def test_changes_follow_one_another(cast):
    pair = pair_of(cast)
    pairings.pause(pair, reason="health", on=days_ago(10), by=cast.a.staff)
    with pytest.raises(Refused, match="不能早于上一次调整"):
        pairings.resume(pair, on=days_ago(20), by=cast.a.staff)


def test_a_term_is_finished_on_its_last_day_and_the_next_begins_after_it(cast):
    pair = pair_of(cast)
    with pytest.raises(Refused, match="才期满"):
        pairings.finish(pair, by=cast.a.staff)
    cast.a.cohort.ends_on = days_ago(1)
    cast.a.cohort.save()
    client, url = cast.client(cast.a.staff), reverse("mentoring:cohort-finish", args=[cast.a.cohort.pk])
    todo = client.get(reverse("studio:todo")).content.decode()
    assert f"{cast.a.cohort}到期了" in todo
    assert send(client, url).status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.ends_on) == ("ended", days_ago(0))
    assert f"与{cast.a.mentor.called}的结对期满" in told(cast.a.apprentice)
    assert f"与{cast.a.apprentice.name}的结对期满" in told(cast.a.mentor)
    assert f"{cast.a.cohort}到期了" not in client.get(reverse("studio:todo")).content.decode()
    later = CohortFactory(studio=cast.a.studio, starts_on=days_ago(0))
    new = pairings.pair(cohort=later, mentor=cast.a.mentor, apprentice=cast.a.apprentice, by=cast.a.staff)
    assert new.starts_on == days_ago(0)


def test_periods_of_one_apprentice_never_overlap_even_in_two_cohorts(cast):
    later = CohortFactory(studio=cast.a.studio)
    with pytest.raises(Refused, match="请先把那一期的结对结束"):
        pairings.pair(cohort=later, mentor=cast.a.mentor, apprentice=cast.a.apprentice, by=cast.a.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairingFactory(group=GroupFactory(cohort=later, mentor=cast.a.mentor), apprentice=cast.a.apprentice)


def test_one_to_one_is_one_whoever_comes_first(cast):
    alone = make_person(cast.a.studio, Role.MENTOR)
    first, second = (make_person(cast.a.studio, Role.APPRENTICE) for _ in range(2))
    one = {"cohort": cast.a.cohort, "by": cast.a.staff}
    with pytest.raises(Refused, match="只带一位"):
        pairings.pair(mentor=cast.a.mentor, apprentice=first, kind="single", **one)
    made = pairings.pair(mentor=alone, apprentice=first, kind="single", **one)
    with pytest.raises(Refused, match="只带一位"):
        pairings.pair(mentor=alone, apprentice=second, **one)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairingFactory(group=made.group, apprentice=second)
    assert "一对一（育苗工程）" in cast.client(alone).get(made.get_absolute_url()).content.decode()


def test_a_stationed_mentor_stands_where_there_is_no_committee(cast):
    pair, client = pair_of(cast), cast.client(cast.a.staff)
    with pytest.raises(Refused, match="已经成立居委会了"):
        pairings.set_kind(pair, kind="stationed", station=pair.apprentice.neighbourhood)
    empty = NeighbourhoodFactory(street=cast.a.studio.street, has_committee=False, name="新塘居委会")
    missing = send(client, page(pair, "kind"), kind="stationed")
    assert missing.status_code == 422
    assert "请选驻在哪个居民区" in missing.content.decode()
    assert send(client, page(pair, "kind"), kind="stationed", station=empty.pk).status_code == 302
    for person in (cast.a.staff, cast.a.mentor, cast.a.apprentice):
        assert "驻点：新塘居民区" in cast.client(person).get(pair.get_absolute_url()).content.decode()
    empty.has_committee = True
    empty.save()
    pair.refresh_from_db()
    new = pairings.change_mentor(pair, mentor=cast.a.other_mentor, reason="work", by=cast.a.staff)
    assert (new.kind, new.station) == ("stationed", empty)


def test_nobody_is_paired_with_a_mentor_whose_role_has_ended(cast):
    gone = make_person(cast.a.studio, Role.MENTOR)
    pairings.group_of(cohort=cast.a.cohort, mentor=gone)
    persons.end_role(gone.memberships.get(), on=days_ago(1), by=cast.a.staff)
    with pytest.raises(Refused, match="不是本工作室的带教书记"):
        pairings.change_mentor(pair_of(cast), mentor=gone, reason="work", by=cast.a.staff)


@pytest.mark.django_db(transaction=True)
def test_a_mentor_who_leaves_at_the_moment_of_pairing_leaves_nobody_alone():
    cast = make_cast()
    leaver, learner = make_person(cast.a.studio, Role.MENTOR), make_person(cast.a.studio, Role.APPRENTICE)

    def pair():
        try:
            pairings.pair(cohort=cast.a.cohort, mentor=leaver, apprentice=learner, by=cast.a.staff)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    def leave():
        try:
            persons.end_role(leaver.memberships.get(), on=days_ago(1), by=cast.a.staff)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(pair), pool.submit(leave)]
        won = [one.result() for one in done]
    assert sorted(won) == [False, True]
