"""结对 and 调整结对: places, periods, reasons, and two people pairing at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from growth.models import Entry
from mentoring.actions import pairings
from mentoring.models import Pairing
from people.actions import persons
from people.models import Notice
from people.roles import Role
from people.stale import Refused, StaleEdit
from tests.cast import make_cast
from tests.factories import (
    MembershipFactory,
    NextStepFactory,
    PairingFactory,
    days_ago,
    days_ahead,
    make_person,
)
from tests.forms import hidden_fields, send


def pair_of(cast):
    return Pairing.objects.get(apprentice=cast.a.apprentice)


def learner(cast):
    return make_person(cast.a.studio, Role.APPRENTICE)


def test_pairing_tells_both_and_writes_both_files(cast):
    pair = pairings.pair(
        cohort=cast.a.cohort, mentor=cast.a.mentor, apprentice=learner(cast), by=cast.a.staff
    )
    told = Notice.objects.filter(link=pair.get_absolute_url())
    assert set(told.values_list("person", flat=True)) == {cast.a.mentor.pk, pair.apprentice_id}
    assert Entry.objects.of(pair.apprentice).get().milestone
    assert Entry.objects.of(cast.a.mentor).get().text == f"开始带{pair.apprentice.name}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"apprentice": "apprentice"}, "已经有师傅了"),
        ({"mentor": "staff"}, "不是本工作室的带教书记"),
        ({"apprentice": "stranger"}, "还不是学员"),
        ({"mentor": "b_mentor"}, "不是本工作室的带教书记"),
        ({"starts_on": days_ago(500)}, "要在本期里面"),
        ({"starts_on": days_ahead(500)}, "要在本期里面"),
    ],
)
def test_what_cannot_be_paired_is_said_and_nothing_is_written(cast, change, words):
    people = cast.roles()
    given = {"mentor": cast.a.mentor, "apprentice": learner(cast)}
    given |= {
        key: people.get(value, value) if isinstance(value, str) else value for key, value in change.items()
    }
    before = Pairing.objects.count()
    with pytest.raises(Refused, match=words):
        pairings.pair(cohort=cast.a.cohort, by=cast.a.staff, **given)
    assert Pairing.objects.count() == before


def test_a_full_mentor_takes_nobody_more(cast):
    PairingFactory.create_batch(3, group=cast.a.group)
    with pytest.raises(Refused, match="满了"):
        pairings.pair(cohort=cast.a.cohort, mentor=cast.a.mentor, apprentice=learner(cast), by=cast.a.staff)


def test_pairing_many_is_all_or_none(cast):
    wanted = [(cast.a.mentor, learner(cast)) for _ in range(4)]
    before = Pairing.objects.count()
    with pytest.raises(Refused):
        pairings.pair_all(cohort=cast.a.cohort, wanted=wanted, by=cast.a.staff)
    assert Pairing.objects.count() == before
    assert len(pairings.pair_all(cohort=cast.a.cohort, wanted=wanted[:3], by=cast.a.staff)) == 3
    assert pairings.pair_all(cohort=cast.a.cohort, wanted=wanted[:3], by=cast.a.staff) == []


def test_changing_the_mentor_keeps_the_history(cast):
    old = pair_of(cast)
    new = pairings.change_mentor(
        old, mentor=cast.a.other_mentor, reason="health", note="师傅住院", by=cast.a.staff
    )
    old.refresh_from_db()
    assert (old.state, old.get_end_reason_display(), old.ends_on) == ("changed", "身体原因", new.starts_on)
    assert (new.previous, new.group, new.mentor) == (old, cast.a.other_group, cast.a.other_mentor)
    page = cast.client(cast.a.staff).get(new.get_absolute_url()).content.decode()
    assert f"跟{cast.a.mentor.called}" in page
    assert "师傅住院" in page


def test_a_pair_pauses_and_goes_on_and_ends(cast):
    pair = pair_of(cast)
    pairings.pause(pair, reason="work", by=cast.a.staff)
    assert pair.state == "paused"
    pairings.resume(pair, by=cast.a.staff)
    pairings.end(pair, reason="asked", by=cast.a.staff)
    assert (pair.state, pair.is_current) == ("changed", False)
    with pytest.raises(Refused, match="已调整"):
        pairings.resume(pair, by=cast.a.staff)


def test_an_end_before_the_beginning_is_refused(cast):
    with pytest.raises(Refused, match="不能早于"):
        pairings.end(pair_of(cast), reason="asked", by=cast.a.staff, on=days_ago(400))


def test_two_staff_changing_one_pair_do_not_overwrite_each_other(cast):
    first, second = pair_of(cast), pair_of(cast)
    pairings.pause(first, reason="work", by=cast.a.staff)
    with pytest.raises(StaleEdit):
        pairings.end(second, reason="asked", by=cast.a.staff)


@pytest.mark.django_db(transaction=True)
def test_five_places_are_never_given_six_times():
    cast = make_cast()
    learners = [learner(cast) for _ in range(6)]

    def try_one(apprentice):
        try:
            pairings.pair(cohort=cast.a.cohort, mentor=cast.a.mentor, apprentice=apprentice, by=cast.a.staff)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(try_one, learners))
    assert won.count(True) == 3
    assert Pairing.objects.current().filter(group=cast.a.group).count() == 5


LIST = "mentoring:pairing-list"


def test_staff_change_a_pair_by_form(cast):
    pair = pair_of(cast)
    url = reverse("mentoring:pairing-change", args=[pair.pk])
    client = cast.client(cast.a.staff)
    missing = send(client, url, what="change")
    assert missing.status_code == 422
    assert "请选换成哪位师傅" in missing.content.decode()
    assert "请点一下原因" in missing.content.decode()
    answer = send(client, url, what="change", mentor=cast.a.other_mentor.pk, reason="work", on=days_ago(0))
    assert answer.status_code == 302
    assert Pairing.objects.current().get(apprentice=cast.a.apprentice).mentor == cast.a.other_mentor


def test_a_stale_goal_shows_both_texts(cast):
    pair = pair_of(cast)
    url = reverse("mentoring:pairing-goal", args=[pair.pk])
    client = cast.client(cast.a.staff)
    stale = hidden_fields(client.get(url))
    send(cast.client(cast.a.mentor), url, goal="师傅写的目标")
    answer = client.post(url, {**stale, "goal": "街道写的目标"})
    assert answer.status_code == 409
    assert "师傅写的目标" in answer.content.decode()
    assert "街道写的目标" in answer.content.decode()


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_costs_the_same_for_few_and_many(cast, more, django_assert_num_queries):
    PairingFactory.create_batch(more, group=cast.a.other_group)
    client = cast.client(cast.a.staff)
    client.get(reverse(LIST))
    with django_assert_num_queries(6):
        client.get(reverse(LIST))


@pytest.mark.parametrize(("role", "words"), [("mentor", "还带着2名徒弟"), ("apprentice", "还在结对")])
def test_nobody_is_orphaned_by_the_end_of_a_role(cast, role, words):
    person = cast.roles()[role]
    with pytest.raises(Refused, match=words):
        persons.end_role(person.memberships.get(), on=days_ago(0), by=cast.a.staff)
    assert person.memberships.get().ends_on is None


def test_a_lead_who_stays_a_mentor_may_stop_leading(cast):
    lead = MembershipFactory(studio=cast.a.studio, person=cast.a.mentor, role=Role.LEAD)
    persons.end_role(lead, on=days_ago(0), by=cast.a.staff)
    lead.refresh_from_db()
    assert lead.ends_on == days_ago(0)


def test_a_pause_sent_again_leads_back_to_the_pair(cast):
    pairing = cast.a.apprentice.pairings_as_apprentice.get()
    client, url = cast.client(cast.a.staff), f"/pairings/{pairing.pk}/change/"
    sent = {**hidden_fields(client.get(url)), "what": "pause", "reason": "health"}
    sent["on"] = days_ago(0).isoformat()
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]


def test_a_former_mentor_reads_not_what_comes_next(cast):
    pairing = cast.a.apprentice.pairings_as_apprentice.get()
    pairings.change_mentor(pairing, mentor=cast.a.other_mentor, reason="work", by=cast.a.staff)
    NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.other_mentor, text="走完五栋楼")
    page = cast.client(cast.a.mentor).get(pairing.get_absolute_url())
    assert page.status_code == 200
    assert "走完五栋楼" not in page.content.decode()
    told = " ".join(one.text for one in page.context["story"])
    assert "改由别的师傅带教" in told
    assert cast.a.other_mentor.called not in told
    assert "走完五栋楼" in cast.client(cast.a.staff).get(pairing.get_absolute_url()).content.decode()
