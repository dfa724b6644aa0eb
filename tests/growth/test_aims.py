"""短板 and half-year aims: proposed, agreed on, closed; at most three, whoever presses at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from growth.actions import aims
from growth.models import Aim, Entry, NextStep, Weakness
from growth.models.aim import half_of
from people.models import Notice
from people.stale import Refused
from studio import todo
from tests.forms import send

THIS = "-".join(map(str, half_of(timezone.localdate())))


def propose(cast, text="自己主持一次议事会", **given):
    year, half = half_of(timezone.localdate())
    values = {"year": year, "half": half, "sign": "散会时有决议", "by": cast.a.apprentice, **given}
    return aims.propose(studio=cast.a.studio, person=cast.a.apprentice, text=text, **values)


def waiting(person):
    person.__dict__.pop("_todo_counts", None)
    return [item.action for item in todo.waiting_for(person)]


def test_an_aim_is_proposed_agreed_on_and_reached(cast):
    weakness = aims.name_weakness(
        studio=cast.a.studio,
        person=cast.a.apprentice,
        against="duty",
        text="会上不敢说话",
        competency="communication",
    )
    apprentice, mentor = cast.client(cast.a.apprentice), cast.client(cast.a.mentor)
    new = reverse("growth:aim-new")
    form = {"text": "自己主持一次议事会", "sign": "散会时有决议", "weakness": weakness.pk, "when": THIS}
    page = send(apprentice, new, **form)
    aim = Aim.objects.get()
    assert page.url == aim.get_absolute_url()
    assert Notice.objects.filter(person=cast.a.mentor, text__contains="商定一个目标").exists()
    assert waiting(cast.a.mentor) == ["去商定"]
    assert not Entry.objects.filter(kind="aim").exists()

    send(mentor, aim.get_absolute_url(), text="自己主持两次议事会", sign="散会时有决议")
    aim.refresh_from_db()
    assert (aim.state, aim.agreed_by, aim.text) == ("agreed", cast.a.mentor, "自己主持两次议事会")
    step = NextStep.objects.get(person=cast.a.apprentice)
    assert (step.due_on, step.origin, step.report_link) == (aim.due_on, "aim", aim.get_absolute_url())
    entry = Entry.objects.get(kind="aim")
    assert (entry.person, entry.competencies) == (cast.a.apprentice, ["communication"])
    assert waiting(cast.a.mentor) == []

    send(mentor, aim.get_absolute_url(), state="reached", word="两次都开成了")
    aim.refresh_from_db()
    step.refresh_from_db()
    assert (aim.state, step.state) == ("reached", "done")
    assert Entry.objects.filter(kind="aim", text__startswith="做到了").exists()


def test_a_fourth_aim_of_the_half_year_is_refused_and_keeps_what_was_typed(cast):
    for text in ("一", "二", "三"):
        propose(cast, text)
    answer = send(
        cast.client(cast.a.apprentice), reverse("growth:aim-new"), text="第四个目标", sign="看得见", when=THIS
    )
    assert answer.status_code == 422
    assert aims.NO_MORE in answer.content.decode()
    assert "第四个目标" in answer.content.decode()
    aims.close(Aim.objects.get(text="二"), state="dropped", by=cast.a.apprentice)
    assert propose(cast, "第四个目标").slot == 2


@pytest.mark.django_db(transaction=True)
def test_eight_proposals_at_once_make_three(cast):
    def act(number):
        try:
            propose(cast, f"目标{number}")
        except Refused:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = sum(pool.map(act, range(8)))
    assert made == Aim.objects.count() == 3
    assert sorted(Aim.objects.values_list("slot", flat=True)) == [1, 2, 3]


def test_the_database_holds_the_three(cast):
    twin = propose(cast)
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_an_aim_whose_half_year_is_over_waits_for_the_mentor(cast):
    old = propose(cast, year=2024, half=1)
    aims.agree(old, text=old.text, sign=old.sign, by=cast.a.mentor)
    assert waiting(cast.a.mentor) == ["看一看"]
    with pytest.raises(Refused, match="已经商定过了"):
        aims.agree(old, text=old.text, sign=old.sign, by=cast.a.mentor)


def test_only_the_owner_and_those_who_guide_read_weaknesses(cast):
    Weakness.objects.create(
        studio=cast.a.studio, person=cast.a.apprentice, against="standard", text="账记不清"
    )
    url = reverse("growth:aims", args=[cast.a.apprentice.pk])
    for person, status in (
        (cast.a.mentor, 200),
        (cast.a.staff, 200),
        (cast.a.peer, 403),
        (cast.b.staff, 404),
    ):
        answer = cast.client(person).get(url)
        assert answer.status_code == status
        assert ("账记不清" in answer.content.decode()) == (status == 200)


def test_a_weakness_is_corrected_and_overcome(cast):
    client = cast.client(cast.a.apprentice)
    send(client, reverse("growth:weakness-new"), against="duty", text="台账总拖", competency="party")
    weakness = Weakness.objects.get()
    url = reverse("growth:weakness-edit", args=[weakness.pk])
    send(client, url, against="duty", text="台账总是拖到月底", competency="")
    weakness.refresh_from_db()
    assert (weakness.text, weakness.competency) == ("台账总是拖到月底", "")
    send(client, url, against="duty", text="台账总是拖到月底", competency="", overcome="1")
    weakness.refresh_from_db()
    assert weakness.overcome_on == timezone.localdate()
    assert "补上了的" in client.get(reverse("growth:my-aims")).content.decode()
