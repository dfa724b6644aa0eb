"""培养晋级: evidence, two signatures, the word, the decision and all that it changes."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document

from growth.actions import ledger
from growth.actions.rebuild import rebuild
from growth.models import Entry, Post
from growth.outcomes import outcomes
from mentoring.actions import advancements as actions
from mentoring.models import Advancement, Pairing
from people.models import Membership, Notice, Person
from people.roles import Role
from people.stale import Refused
from tests.factories import CohortFactory, SessionFactory, days_ago, make_person
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

LIST = reverse("mentoring:advancement-list")


def pair_of(cast):
    return Pairing.objects.select_related("studio", "cohort", "mentor", "apprentice").get(
        apprentice=cast.a.apprentice, state="active"
    )


def entries(cast):
    ledger.record(pair_of(cast))
    return list(Entry.objects.of(cast.a.apprentice))


def proposed(cast, proposal="post", **more):
    given = {"reasons": "独立开成了三次议事会", "starts_on": days_ago(0), **more}
    if proposal == "post":
        given |= {"rank": "deputy", "title": "甲居民区党总支副书记"}
    pair = pair_of(cast)
    return actions.propose(pairing=pair, entries=entries(cast), proposal=proposal, by=cast.a.staff, **given)


def ready(cast, proposal="post", **more):
    one = proposed(cast, proposal, **more)
    actions.sign(one, side="mentor", words="放心", by=cast.a.mentor)
    actions.sign(one, side="street", words="", by=cast.a.staff)
    return actions.say(one, word="愿意，听组织的", by=cast.a.apprentice)


def decided(cast, proposal="post", decision="approved", **more):
    return actions.decide(ready(cast, proposal, **more), decision=decision, words="", by=cast.a.staff)


def url(one, page):
    return reverse(f"mentoring:advancement-{page}", args=[one.pk])


def words_of(answer):
    """All words of a Word file, tables included."""
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def todo(cast, person):
    return cast.client(person).get(reverse("studio:todo")).content.decode()


def test_from_the_proposal_to_the_decision_by_form(cast):
    (entry,) = entries(cast)
    staff, new = cast.client(cast.a.staff), reverse("mentoring:advancement-new", args=[cast.a.apprentice.pk])
    empty = send(staff, new)
    assert empty.status_code == 422
    for words in ("请点一下提什么", "请写依据", "请选从哪天起"):
        assert words in empty.content.decode() or words == "请选从哪天起"
    sent = {"proposal": "post", "reasons": "议事会开得稳", "starts_on": days_ago(0), "evidence": [entry.pk]}
    half = send(staff, new, sent)
    assert "请点一下任哪一种职务" in half.content.decode()
    answer = send(staff, new, sent | {"rank": "deputy", "title": "甲居民区党总支副书记"})
    one = Advancement.objects.get()
    assert answer["Location"] == one.get_absolute_url()
    again = send(staff, new, sent | {"rank": "deputy", "title": "甲居民区党总支副书记"})
    assert "已经有一份培养晋级在办" in again.content.decode()
    assert staff.get(url(one, "decide")).status_code == 403
    assert f"{one}" in todo(cast, cast.a.mentor)
    assert send(cast.client(cast.a.mentor), url(one, "sign"), words="带得出去").status_code == 302
    assert f"{one}" not in todo(cast, cast.a.mentor)
    assert f"{one}" in todo(cast, cast.a.staff)
    assert send(staff, url(one, "sign")).status_code == 302
    early = send(staff, url(one, "decide"), decision="approved")
    assert early.status_code == 422
    assert "还没有听到本人的话" in early.content.decode()
    assert "说说想法" in todo(cast, cast.a.apprentice)
    assert send(cast.client(cast.a.apprentice), url(one, "word"), word="愿意").status_code == 302
    assert send(staff, url(one, "decide"), decision="refused").status_code == 422
    assert send(staff, url(one, "decide"), decision="approved").status_code == 302
    for person in (cast.a.staff, cast.a.mentor, cast.a.apprentice):
        page = cast.client(person).get(one.get_absolute_url())
        assert_page(page.content, role="mentor")
        for words in ("算作培养成果", "带得出去", "愿意", "照原样存着"):
            assert words in page.content.decode()
    assert outcomes([cast.a.studio.pk]) == {cast.a.studio.pk: {"deputy": 1}}
    assert f"{one}" not in todo(cast, cast.a.staff)


def test_a_post_goes_into_files_roster_kind_and_outcomes_at_once(cast):
    decided(cast)
    one = Person.objects.get(pk=cast.a.apprentice.pk)
    assert one.post == "甲居民区党总支副书记"
    texts = set(Entry.objects.of(one).filter(kind="advancement").values_list("text", flat=True))
    assert texts == {"任甲居民区党总支副书记", "培养晋级定了：任职：甲居民区党总支副书记"}
    his = Entry.objects.of(cast.a.mentor).get(kind="advancement").text
    assert his == f"{one.name}的培养晋级定了：任职：甲居民区党总支副书记"
    assert one.memberships.get().apprentice_kind == "deputy"
    before = set(Entry.objects.values_list("person", "text", "on"))
    rebuild()
    assert before <= set(Entry.objects.values_list("person", "text", "on"))


def test_leaving_ends_pair_and_role_with_the_reason_on_record(cast):
    decided(cast, "leave")
    assert not Pairing.objects.current().filter(apprentice=cast.a.apprentice).exists()
    assert cast.a.apprentice.memberships.get().ends_on == days_ago(1)
    texts = " ".join(Entry.objects.of(cast.a.mentor).values_list("text", flat=True))
    assert "评估后调整：培养晋级：退出" in texts


def test_an_apprentice_becomes_a_mentor(cast):
    decided(cast, "mentor")
    roles = {one.role: one.ends_on for one in cast.a.apprentice.memberships.all()}
    assert roles == {Role.APPRENTICE: days_ago(1), Role.MENTOR: None}
    assert not Pairing.objects.current().filter(apprentice=cast.a.apprentice).exists()


def test_into_the_next_term_with_the_mentor_chosen(cast):
    later = CohortFactory(studio=cast.a.studio, starts_on=days_ago(0))
    decided(cast, "next", next_cohort=later, next_mentor=cast.a.other_mentor)
    pair = Pairing.objects.current().get(apprentice=cast.a.apprentice)
    assert (pair.cohort, pair.mentor) == (later, cast.a.other_mentor)


def test_a_reserve_changes_the_kind_and_staying_changes_nothing(cast):
    decided(cast, "reserve")
    assert cast.a.apprentice.memberships.get().apprentice_kind == "reserve"
    one = decided(cast, "stay")
    assert one.frozen["changes"] == [f"{cast.a.apprentice.name}继续做学员"]
    assert Pairing.objects.current().filter(apprentice=cast.a.apprentice).exists()


def test_what_cannot_be_carried_out_leaves_everything_as_it_was(cast):
    later = CohortFactory(studio=cast.a.studio, starts_on=days_ago(0))
    gone = make_person(cast.a.studio, Role.MENTOR)
    Membership.objects.filter(person=gone).update(ends_on=days_ago(1))
    one = ready(cast, "next", next_cohort=later, next_mentor=gone)
    answer = send(cast.client(cast.a.staff), url(one, "decide"), decision="approved")
    assert answer.status_code == 422
    assert "不是本工作室的带教书记" in answer.content.decode()
    one.refresh_from_db()
    assert (one.state, one.frozen) == ("signing", None)
    assert pair_of(cast).mentor == cast.a.mentor
    assert not Notice.objects.filter(text__contains="提前结束").exists()


def test_refused_leaves_everything_as_it_is_and_is_frozen_too(cast):
    one = decided(cast, decision="refused")
    assert one.frozen["changes"] == ["一切照旧"]
    assert not Post.objects.exists()
    assert not Entry.objects.filter(kind="advancement").exists()


def test_nothing_decided_can_change_not_even_by_sql(cast):
    one = decided(cast)
    for change in (
        lambda: Advancement.objects.filter(pk=one.pk).update(reasons="别的"),
        lambda: Advancement.objects.filter(pk=one.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused):
        actions.say(one, word="再说一句", by=cast.a.apprentice)


def test_two_people_sign_and_each_once(cast):
    one = proposed(cast)
    actions.sign(one, side="mentor", words="", by=cast.a.mentor)
    with pytest.raises(Refused, match="已经签过字"):
        actions.sign(one, side="mentor", words="", by=cast.a.staff)
    with pytest.raises(Refused, match="两个人"):
        actions.sign(one, side="street", words="", by=cast.a.mentor)


def test_who_says_nothing_is_not_waited_for_for_ever(cast):
    one = proposed(cast)
    actions.sign(one, side="mentor", words="", by=cast.a.mentor)
    actions.sign(one, side="street", words="", by=cast.a.staff)
    with pytest.raises(Refused, match="还没有听到本人的话"):
        actions.decide(one, decision="approved", words="", by=cast.a.staff)
    later = timezone.now() + timedelta(days=7)
    one.refresh_from_db()
    assert actions.decide(one, decision="approved", words="", by=cast.a.staff, at=later).frozen


def test_two_staff_deciding_at_once_decide_once(cast):
    one, client = ready(cast), cast.client(cast.a.staff)
    stale = hidden_fields(client.get(url(one, "decide")))
    assert send(client, url(one, "decide"), decision="approved").status_code == 302
    late = client.post(url(one, "decide"), {**stale, "decision": "approved"})
    assert late.status_code in (403, 409)
    assert Post.objects.count() == 1


def test_the_packet_goes_on_paper_before_and_after_the_decision(cast):
    one = proposed(cast, "reserve")
    client = cast.client(cast.a.staff)
    assert "还没签" in words_of(client.get(url(one, "paper")))
    actions.drop(one, by=cast.a.staff)
    paper = words_of(client.get(url(decided(cast, "reserve"), "paper")))
    assert "培养晋级表" in paper
    assert "后备人选" in paper
    assert "同意" in paper
    assert one.evidence[0]["text"] in paper


def test_lines_beside_the_milestones_are_folded_until_one_is_chosen(cast):
    entries(cast)
    held = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    ledger.record(held)
    page = cast.client(cast.a.staff).get(reverse("mentoring:advancement-new", args=[cast.a.apprentice.pk]))
    form = page.context["form"]
    boxes = [*form.usual_boxes, *form.other_boxes]
    assert len(boxes) == len(form.entries)
    assert "再从别的记录里挑" in page.content.decode()
    assert_page(page.content, role="staff")


def test_a_packet_can_be_taken_back_before_the_decision(cast):
    one = proposed(cast)
    assert send(cast.client(cast.a.staff), url(one, "drop")).status_code == 302
    assert proposed(cast).is_open


def test_the_draft_of_a_packet_is_kept(cast):
    entries(cast)
    client, new = cast.client(cast.a.staff), reverse("mentoring:advancement-new", args=[cast.a.apprentice.pk])
    client.post(new, {"reasons": "写到一半", "save_draft": "1"})
    assert "写到一半" in client.get(new).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_pages_cost_the_same_for_few_and_many(cast, many, django_assert_max_num_queries):
    for _ in range(many):
        decided(cast, "stay")
    one = proposed(cast)
    new = reverse("mentoring:advancement-new", args=[cast.a.peer.pk])
    for person, page in (
        (cast.a.staff, LIST), (cast.a.mentor, LIST), (cast.a.apprentice, LIST), (cast.a.staff, new),
        (cast.a.staff, one.get_absolute_url()), (cast.a.mentor, url(one, "sign")),
    ):  # fmt: skip
        client = cast.client(person)
        client.get(page)
        with django_assert_max_num_queries(12):
            answer = client.get(page)
        assert_page(answer.content, role="staff" if person == cast.a.staff else "mentor")


def test_kept_rules_are_the_rules_in_full(cast):
    proposed(cast)
    whole = type(Advancement.objects.all()).visible_to.in_full
    for person in filter(None, cast.roles().values()):
        assert set(Advancement.objects.visible_to(person)) == set(whole(Advancement.objects.all(), person))
