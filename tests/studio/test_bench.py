"""The bench's shape: what it fills, what it prints, how it judges. Never how long anything takes."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from casework.models import Case, Prescription
from growth.actions import ledger
from growth.models import Entry, Round
from mentoring.models import Session
from studio.bench import big_round
from studio.bench.fill import fill
from studio.bench.jobs import JOBS, spend
from studio.bench.measure import Result, Series
from studio.bench.pages import BOUNDS, PAGES, Page
from studio.bench.report import Line, summary, table
from studio.bench.scene import scene
from studio.bench.scratch import exists, scratch, visiting
from studio.bench.server import Cpu
from studio.bench.sizes import TOY_SMALL
from studio.bench.urls import FLOOR

GUARDS = """
    SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT contype::text, conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    UNION ALL SELECT tgenabled::text, tgname::text FROM pg_trigger WHERE NOT tgisinternal
"""


def guards():
    """Every index, constraint and trigger of the connected database. Casts are left out: a definition that is
    read back casts each word of a list instead of the list."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        return sorted((kind, re.sub(r"::[a-z ]+(\[\])?|[()]", "", text)) for kind, text in cursor.fetchall())


@pytest.fixture(scope="module")
def outside_tests(django_db_setup, django_db_blocker):
    """Database access without the transaction of a test: databases are made and dropped."""
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        assert name == connection.settings_dict["TEST"]["NAME"], "the test database has not been made"
        yield name
        connection.close()


@pytest.fixture(scope="module")
def filled(outside_tests):
    """A scratch database of toy size; with the guards as they were before."""
    with scratch(f"{outside_tests}_toy", template=outside_tests) as made, visiting(made):
        before = guards()
        fill(TOY_SMALL)
        yield before


def test_it_fills_to_the_named_size(filled):
    assert Session.objects.held().count() == TOY_SMALL.sessions
    assert Case.objects.count() == TOY_SMALL.cases
    assert Case.objects.filter(studio=2).count() == TOY_SMALL.cases * 6 // 10


def test_indexes_rules_and_triggers_are_back(filled):
    assert guards() == filled


def test_new_rows_find_free_ids(filled):
    assert Case.objects.create(studio_id=2, owner_id=Case.objects.first().owner_id).pk > TOY_SMALL.cases
    Case.objects.order_by("-pk")[0].delete()


def test_its_rows_are_such_as_the_site_writes(filled):
    """Recording a session and a prescription once more changes no line of whose and when."""
    for source in (Session.objects.held()[0], Prescription.objects.all()[0]):
        lines = Entry.objects.filter(link=source.ledger_lines()[0].link).values_list("person", "on")
        before = set(lines)
        ledger.record(source)
        assert before <= set(lines)


def test_every_page_of_the_list_opens(filled):
    chosen = scene()
    with override_settings(ROOT_URLCONF="studio.bench.urls"):
        for page in PAGES:
            client = Client(headers={"cookie": chosen.cookie(page.person)})
            assert client.get(page.path(chosen)).status_code == 200, page


# The mark has the test database made; the other tests here only copy it.
@pytest.mark.django_db
def test_the_floor_is_thirty_kilobytes_for_anybody():
    with override_settings(ROOT_URLCONF="studio.bench.urls"):
        response = Client().get(FLOOR)
    assert response.status_code == 200
    assert 29_000 < len(response.content) < 31_000


def test_a_quick_run_prints_a_line_for_each_page_and_leaves_nothing_behind(outside_tests):
    name = f"{outside_tests}_quick"
    printed, told = io.StringIO(), io.StringIO()
    wanted = {"quick": True, "only": "心得（", "name": name, "template": outside_tests}
    call_command("bench", **wanted, stdout=printed, stderr=told)
    lines = printed.getvalue().splitlines()
    pages = [page for page in PAGES if "心得（" in page.label]
    assert [line.split("|")[1].strip() for line in lines[2:-1]] == [page.label for page in pages]
    assert "打不开" not in printed.getvalue()
    assert f"{len(pages)}个页面" in lines[-1]
    assert not any(exists(f"{name}_{rest}") for rest in ("200", "600"))


def test_a_word_that_fits_no_page_is_told(outside_tests):
    with pytest.raises(Exception, match="没有哪个页面"):
        call_command("bench", quick=True, only="没有这一页")


def result(cpu, floor=1.0, queries=5):
    page, bottom = Series(), Series()
    page.add([cpu, cpu], Cpu(cpu, cpu))
    bottom.add([floor, floor], Cpu(floor, floor))
    return Result(queries, 10_000, page, bottom)


@pytest.mark.parametrize(
    ("small", "large", "misses"),
    [
        (result(10), result(10), []),
        (result(10), result(14), ["长得快"]),
        (result(16), result(16), ["太贵"]),
        (result(10), result(16, queries=13), ["太贵", "长得快", "查询多"]),
        (result(10, floor=2), result(20, floor=4), []),
    ],
)
def test_a_page_is_judged_by_its_bound_its_growth_and_its_queries(small, large, misses):
    line = Line(Page("一个列表", "列表", "staff", "studio:home"), [small, large])
    assert line.misses() == misses
    assert ("、".join(misses) or "是") in table([line])


def test_a_page_that_does_not_open_is_no_good_figure():
    kept = Line(Page("好的", "列表", "staff", "studio:home"), [result(10), result(10)])
    broken = Line(Page("坏的", "详情", "", "studio:home"), [])
    assert broken.misses() == ["打不开"]
    assert "2个页面里1个全部达标" in summary([kept, broken], ["1k", "100k"])
    assert len({line.count("|") for line in table([kept, broken]).splitlines()}) == 1


def test_every_page_has_a_bound_and_a_label_of_its_own():
    assert {page.kind for page in PAGES} <= set(BOUNDS)
    assert len({page.label for page in PAGES}) == len(PAGES)


@pytest.mark.django_db
def test_the_jobs_of_a_big_round_follow_each_other_to_the_end(monkeypatch):
    monkeypatch.setattr(big_round, "PEOPLE", 20)
    monkeypatch.setattr(big_round, "MENTORS", 4)
    for job in JOBS:
        if job.database:
            spend(job)
    assert Round.objects.get().state == Round.State.PUBLISHED


def test_sharing_out_a_district_keeps_its_bound():
    (job,) = [one for one in JOBS if "先分一遍" in one.label]
    spent = spend(job)
    assert spent.kept
    assert "达标" in str(spent)
