"""The list of cases by role, its filters, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import Case, State
from tests.casework.cures import consulting
from tests.casework.writing import draft_of
from tests.factories import CaseFactory, ConsultingCaseFactory, OpinionFactory, days_ago

pytestmark = pytest.mark.django_db
URL = reverse("casework:case-list")


def titles(client, **chosen):
    return [row["title"] for row in client.get(URL, chosen).context["rows"]]


def case_of(cast, title, owner=None, **fields):
    return CaseFactory(studio=cast.a.studio, owner=owner or cast.a.apprentice, title=title, **fields)


def test_everybody_sees_their_own_part_of_the_cases(cast):
    case_of(cast, "徒弟的")
    case_of(cast, "同组的", owner=cast.a.peer)
    draft_of(cast.a.apprentice, cast.a.studio, title="草稿")
    named = case_of(cast, "点名的", owner=cast.a.other_apprentice)
    named.wanted.set([cast.a.mentor])
    accepted = ConsultingCaseFactory(
        studio=cast.a.studio, owner=cast.a.peer, chair=cast.a.lead, title="受理了的"
    )
    seen = {role: set(titles(cast.client(person))) for role, person in cast.roles().items() if person}
    assert seen["staff"] == {"徒弟的", "同组的", "点名的", "受理了的"}
    assert seen["mentor"] == {"点名的", "受理了的"}
    assert seen["apprentice"] == {"徒弟的"}
    assert seen["lead"] == {accepted.title}
    for role in ("b_staff", "b_mentor", "district", "guest", "stranger"):
        assert seen[role] == set()


def test_a_draft_is_shown_above_the_list_to_its_writer_only(cast):
    draft_of(cast.a.apprentice, cast.a.studio, title="我写了一半")
    assert "我写了一半" in cast.client(cast.a.apprentice).get(URL).content.decode()
    for other in (cast.a.staff, cast.a.mentor, cast.a.peer):
        assert "我写了一半" not in cast.client(other).get(URL).content.decode()


def test_a_mentor_finds_what_waits_for_an_opinion_first(cast):
    case = consulting(cast, title="等我的")
    answer = cast.client(cast.a.mentor).get(URL)
    assert [row["title"] for row in answer.context["waiting"]] == ["等我的"]
    OpinionFactory(case=case, author=cast.a.mentor)
    assert cast.client(cast.a.mentor).get(URL).context["waiting"] == []


def test_filters_narrow_the_list(cast):
    client = cast.client(cast.a.staff)
    case_of(cast, "停车", category="parking", neighbourhood=cast.a.apprentice.neighbourhood)
    case_of(cast, "晚了的", due_on=days_ago(2))
    case_of(cast, "放着的", state=State.HELD, held_from=State.SUBMITTED)
    assert titles(client, category="parking") == ["停车"]
    assert titles(client, neighbourhood=cast.a.apprentice.neighbourhood.pk) == ["停车"]
    assert titles(client, wait="late") == ["晚了的"]
    assert titles(client, q="停车") == ["停车"]
    assert set(titles(client, wait="mine")) == {"停车", "晚了的"}
    assert titles(client, state="held") == ["放着的"]
    assert titles(client, state="closed") == []


@pytest.mark.parametrize(
    "bad", [{"category": "x"}, {"neighbourhood": "999"}, {"page": "x"}, {"state": "draft"}]
)
def test_a_forged_filter_is_left_out(cast, bad):
    case_of(cast, "在的")
    assert titles(cast.client(cast.a.staff), **bad) == ["在的"]


def test_nothing_found_says_so_with_the_word(cast):
    shown = cast.client(cast.a.staff).get(URL, {"q": "飞机"}).content.decode()
    assert "没找到“飞机”" in shown


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("apprentice", "没有在办的案例。遇到拿不准的事，随时可以提。"),
        ("mentor", "现在没有等您出主意的案例。"),
        ("staff", "没有在办的案例。"),
    ],
)
def test_an_empty_list_says_what_can_be_done(cast, role, sentence):
    assert sentence in cast.client(cast.roles()[role]).get(URL).content.decode()


def test_older_cases_are_on_the_next_page(cast):
    for number in range(30):
        case_of(cast, f"案例{number}", state_since=f"2024-06-{number % 28 + 1:02}T08:00Z")
    client = cast.client(cast.a.staff)
    first = client.get(URL).context["page"]
    second = client.get(URL, {"page": first.older}).context["page"]
    assert (len(first), len(second), second.older) == (25, 5, "")
    assert {case.pk for case in first} | {case.pk for case in second} == set(
        Case.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize("role", ["staff", "mentor", "apprentice"])
def test_many_cases_cost_as_many_queries_as_one(cast, role):
    client = cast.client(cast.roles()[role])

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        return len(queries)

    consulting(cast)
    draft_of(cast.a.apprentice, cast.a.studio)
    one = cost()
    for _ in range(3):
        consulting(cast)
        draft_of(cast.a.apprentice, cast.a.studio)
    assert cost() == one <= 12
