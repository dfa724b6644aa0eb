"""修改记录: written by the database, told in words."""

import pghistory
import pytest
from django.db import InternalError, connection, transaction

from people.history import NOBODY, history_of
from people.models import Membership, Person, Studio
from people.roles import Role
from tests.factories import (
    MembershipFactory,
    NeighbourhoodFactory,
    PersonFactory,
    ReflectionFactory,
    days_ago,
)


def told(entries):
    return [
        (entry.who, entry.what, [(c.label, c.before, c.after) for c in entry.changes]) for entry in entries
    ]


def change(instance, by, **values):
    """One request by `by`: written past the model, as bulk code does."""
    with pghistory.context(user=by.pk):
        type(instance).objects.filter(pk=instance.pk).update(**values)


@pytest.fixture
def staff(db):
    return PersonFactory(name="赵敏", salutation="赵主任")


def test_a_row_begins_with_who_wrote_it_down(staff):
    with pghistory.context(user=staff.pk):
        person = PersonFactory()
    assert told(history_of(person)) == [("赵主任", "记下了人员", [])]
    assert told(history_of(staff)) == [(NOBODY, "记下了人员", [])]


def test_changes_are_told_with_labels_and_words_newest_first(staff):
    person = PersonFactory(post="干事", expertise=[])
    place = NeighbourhoodFactory(name="源园居委会")
    change(person, staff, post="副书记", neighbourhood=place, expertise=["物业", "电梯"])
    change(person, staff, is_active=False, weak_points=["party"], post_since=days_ago(0).replace(2020, 6, 18))
    newest, older, first = told(history_of(person))
    assert newest == (
        "赵主任",
        "改了",
        [
            ("任职起始", "", "2020年6月18日"),
            ("自评最弱两项", "", "党建业务知识"),
            ("可以登录", "是", "否"),
        ],
    )
    assert older[2] == [
        ("所在居民区", "", "源园居民区"),
        ("职务", "干事", "副书记"),
        ("专长", "", "物业、电梯"),
    ]
    assert first[1] == "记下了人员"


def test_writes_of_one_request_to_a_row_are_one_entry(staff):
    with pghistory.context(user=staff.pk):
        person = PersonFactory(post="干事")
        Person.objects.filter(pk=person.pk).update(post="书记")
    assert told(history_of(person)) == [("赵主任", "记下了人员", [])]
    with pghistory.context(user=staff.pk):
        Person.objects.filter(pk=person.pk).update(post="副书记")
        Person.objects.filter(pk=person.pk).update(unit="居委会")
    assert told(history_of(person))[0][2] == [("所在单位", "", "居委会"), ("职务", "书记", "副书记")]


def test_secrets_and_machine_columns_are_not_told(staff):
    person = PersonFactory()
    person.set_password("another-secret-1")
    person.save(update_fields=["password"])
    change(person, staff, version=9)
    assert len(history_of(person)) == 1
    assert "password" not in {field.name for field in Person.pgh_event_model._meta.fields}


def test_removal_and_return_have_words_of_their_own(staff):
    reflection = ReflectionFactory()
    change(reflection, staff, removed_at=reflection.at, removed_by=staff)
    change(reflection, staff, removed_at=None, removed_by=None)
    assert [entry.what for entry in history_of(reflection)][:2] == ["找回了", "去掉了"]


def test_rows_of_several_models_are_told_as_one(staff):
    membership = MembershipFactory()
    change(membership, staff, ends_on=days_ago(0))
    change(membership.person, staff, post="书记")
    entries = history_of(membership.person, membership, None)
    assert sorted(entry.what for entry in entries) == ["改了", "改了", "记下了人员", "记下了角色"]


@pytest.mark.parametrize("times", [1, 12])
def test_the_number_of_queries_does_not_grow(staff, times, django_assert_num_queries):
    person = PersonFactory()
    for _ in range(times):
        change(person, PersonFactory(), neighbourhood=NeighbourhoodFactory())
    with django_assert_num_queries(3):
        assert len(history_of(person)) == times + 1


@pytest.mark.parametrize("statement", ["UPDATE {table} SET role = 'staff'", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_change_history(db, statement):
    membership = MembershipFactory(role=Role.MENTOR)
    table = Membership.pgh_event_model._meta.db_table
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))
    assert Membership.pgh_event_model.objects.get(pgh_obj=membership).role == Role.MENTOR


def test_what_raw_sql_does_is_told_too(staff):
    membership = MembershipFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_studio SET quiet_days = 40 WHERE id = %s", [membership.studio_id])
    studio = Studio.objects.get(pk=membership.studio_id)
    assert told(history_of(studio))[0] == (NOBODY, "改了", [("多少天没有带教算久", "30", "40")])
