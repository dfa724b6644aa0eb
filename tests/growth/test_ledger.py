"""The ledger says what its sources say, and rebuilding it changes nothing."""

from django.core.management import call_command
from django.urls import reverse

from growth.actions import ledger, reflections
from growth.actions.rebuild import rebuild
from growth.models import Entry
from people.actions import removal
from tests.factories import ReflectionFactory, SessionFactory


def told():
    """Everything the ledger says, without the ids and moments of its rows."""
    columns = (
        "studio",
        "person",
        "kind",
        "on",
        "text",
        "link",
        "milestone",
        "competencies",
        "source_id",
        "aspect",
        "by",
    )
    return sorted(map(repr, Entry.objects.values_list(*columns)))


def test_everyone_present_and_the_mentor_get_a_line(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice, cast.a.peer])
    ledger.record(session)
    assert set(Entry.objects.values_list("person", flat=True)) == {
        cast.a.apprentice.pk,
        cast.a.peer.pk,
        cast.a.mentor.pk,
    }
    assert Entry.objects.of(cast.a.apprentice).get().competencies == ["governance"]


def test_recording_again_changes_and_takes_away_lines(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice, cast.a.peer])
    ledger.record(session)
    kept = Entry.objects.of(cast.a.apprentice).get()
    session.attendance.filter(apprentice=cast.a.peer).delete()
    session.topics = ["party"]
    ledger.record(session)
    assert not Entry.objects.of(cast.a.peer).exists()
    again = Entry.objects.of(cast.a.apprentice).get()
    assert (again.pk, again.competencies) == (kept.pk, ["party"])


def test_rebuilding_a_sound_ledger_changes_nothing(cast):
    ledger.record(SessionFactory(group=cast.a.group, present=[cast.a.apprentice]))
    reflections.write(
        studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor, learned="先听完再说"
    )
    rebuild()
    before = told()
    assert rebuild() > 0
    assert told() == before
    Entry.objects.all().delete()
    rebuild()
    assert told() == before


def test_rebuilding_drops_lines_without_a_source(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    ledger.record(session)
    Entry.objects.update(source_id=session.pk + 1)
    rebuild()
    assert set(Entry.objects.filter(kind="session").values_list("source_id", flat=True)) == {session.pk}


def test_the_command_rebuilds_one_studio(cast, capsys):
    ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice)
    ReflectionFactory(studio=cast.b.studio, person=cast.b.apprentice)
    call_command("rebuild_ledger", studio=cast.a.studio.pk)
    assert set(Entry.objects.values_list("studio", flat=True)) == {cast.a.studio.pk}
    assert "现有" in capsys.readouterr().out


def test_a_removed_reflection_leaves_the_file_and_comes_back_with_it(cast):
    written = reflections.write(
        studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor, learned="先听完再说"
    )
    removal.remove(written, by=cast.a.apprentice)
    assert not Entry.objects.exists()
    assert (
        cast.client(cast.a.apprentice).get(reverse("growth:reflection-detail", args=[written.pk])).status_code
        == 404
    )
    removal.restore(written, by=cast.a.apprentice)
    assert Entry.objects.of(cast.a.apprentice).count() == 1
