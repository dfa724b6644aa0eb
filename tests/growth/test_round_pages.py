"""Lists and counts of a round: who is on which page, who counts, and that no page asks in another's name."""

import pytest
from django.urls import reverse

from growth.actions import results, rounds
from growth.views import moderation
from growth.views import sheets as sheet_pages
from people.kept import KeptQuery
from tests.growth import assessing


def url(name, *args):
    return reverse(f"growth:{name}", args=args)


def read(client, path):
    answer = client.get(path)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_who_is_left_out_is_counted_nowhere(cast):
    a, staff = cast.a, cast.client(cast.a.staff)
    round_ = assessing.opened(a)
    assert rounds.progress(round_) == {"round": round_.pk, "all": 9, "sent": 0}
    assessing.score(round_.sheets.get(assessed__person=a.peer, side="mentor"))
    results.drop(assessing.of(round_, a.peer), why="调走了", by=a.staff)
    assert rounds.progress(round_) == {"round": round_.pk, "all": 6, "sent": 0}
    assert rounds.number_of(round_) == 2
    assert "考核2人 · 打分表交了0张，共6张" in read(staff, url("round-detail", round_.pk))
    assert "还有6张打分表没交" in read(staff, url("round-close", round_.pk))
    mine = read(cast.client(a.mentor), url("my-sheets", round_.pk))
    assert a.apprentice.name in mine
    assert a.peer.name not in mine
    assert "还有1位没打" in mine


def test_a_round_without_sheets_counts_nothing(cast):
    round_ = assessing.prepared(cast.b)
    round_.sheets.all().delete()
    assert rounds.progress(round_) == {"all": 0, "sent": 0}
    assert rounds.number_of(assessing.now(round_)) == 3


@pytest.mark.parametrize("name", ["round-matrix", "my-sheets"])
def test_pages_follow_each_other_in_the_fixed_order(cast, monkeypatch, name):
    a, client = cast.a, cast.client(cast.a.staff)
    round_ = assessing.opened(a)
    people = [a.apprentice, a.peer, a.other_apprentice]
    for module in (moderation, sheet_pages):
        monkeypatch.setattr(module, "LIST_SIZE", 1)
    # Written anew, so that nothing short stays with the process.
    monkeypatch.setattr(moderation, "_EVERYBODY", moderation._kept(moderation._of_round))
    monkeypatch.setattr(sheet_pages, "_PAGE", KeptQuery(sheet_pages._own_page))
    seen, path = [], url(name, round_.pk)
    for _ in people:
        page = client.get(path).context["page"]
        seen += [row[1] if isinstance(row, tuple) else row["person__name"] for row in page]
        path = f"{url(name, round_.pk)}?page={page.older}"
    assert seen == [one.name for one in people]
    assert page.older == ""


def test_pages_of_a_round_answer_each_in_their_own_name(cast):
    """Asked by one after another: what is kept of the first must not answer the next."""
    a, b = cast.a, cast.b
    ours, theirs = assessing.moderating(a), assessing.moderating(b)
    for _ in range(2):
        assert a.apprentice.name in read(cast.client(a.staff), url("round-moderate", ours.pk))
        assert b.apprentice.name in read(cast.client(b.staff), url("round-moderate", theirs.pk))
        for person, round_ in ((a.staff, theirs), (b.staff, ours), (cast.guest, ours), (cast.stranger, ours)):
            client = cast.client(person)
            assert read(client, url("round-detail", round_.pk)) == 404
            assert read(client, url("round-moderate", round_.pk)) == 404
            assert read(client, url("my-sheets", round_.pk)) == 404
        assert read(cast.client(a.mentor), url("round-moderate", ours.pk)) == 403
        mine = read(cast.client(a.mentor), url("my-sheets", ours.pk))
        assert a.apprentice.name in mine
        assert a.other_apprentice.name not in mine
