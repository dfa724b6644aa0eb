"""The people of a roster become people of the studio: new ones, known ones, and those who differ."""

import csv

import pytest

from people.actions.roster_import import RosterDesk, import_people
from people.models import Membership, Neighbourhood, Person, Street
from people.roles import Role
from people.roster import Grid, Ref, Sheet
from people.stale import Refused
from tests.factories import (
    DistrictStudioFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    PersonFactory,
    StudioFactory,
    make_person,
)
from tests.people.roster.kit import PLACES, sample

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "手机", "职务", "出生年月"]
ZHANG = ["张三", "13800138000", "书记", "1984.02"]


@pytest.fixture
def staff():
    return make_person(StudioFactory(), Role.STAFF)


@pytest.fixture
def studio(staff):
    return staff.memberships.get().studio


def grid(*rows):
    return Grid([Sheet.from_rows([HEAD, *rows])])


def bring(studio, staff, source, choices=None, edits=None):
    desk = RosterDesk(studio)
    roster = desk.understand(source, edits)
    return import_people(desk=desk, roster=roster, choices=choices or {}, by=staff)


def compared(studio, staff, source):
    desk = RosterDesk(studio)
    return desk.compare(desk.understand(source), by=staff)


def load_putuo():
    with PLACES.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["district"] == "普陀区"]
    streets = {}
    for row in rows:
        key = row["street_code"]
        streets[key] = streets.get(key) or Street.objects.create(
            province=row["province"], city=row["city"], district=row["district"], name=row["street"], code=key
        )
        Neighbourhood.objects.create(
            street=streets[key], name=row["neighbourhood"], code=row["neighbourhood_code"]
        )


def test_the_sample_roster_becomes_six_mentors_and_thirty_apprentices():
    studio = DistrictStudioFactory()
    staff = make_person(studio, Role.STAFF)
    load_putuo()
    done = bring(studio, staff, sample("roster.xlsx"))
    assert len(done.added) == 36
    held = Membership.objects.filter(studio=studio)
    assert [held.filter(role=role).count() for role in (Role.MENTOR, Role.APPRENTICE)] == [6, 30]
    someone = Person.objects.get(name="薛艳琳")
    assert (someone.mobile, someone.birth_year, someone.post) == ("15473056326", 1986, "书记")
    assert someone.neighbourhood.name == "锦绿新城居委会"
    assert not someone.has_usable_password()


def test_the_same_roster_again_adds_nothing(staff, studio):
    bring(studio, staff, grid(ZHANG))
    before = Person.objects.count(), Membership.objects.count()
    done = bring(studio, staff, grid(ZHANG))
    assert [len(found) for found in (done.added, done.joined, done.changed, done.unchanged)] == [0, 0, 0, 1]
    assert (Person.objects.count(), Membership.objects.count()) == before


def test_a_known_number_is_the_same_person_and_only_empty_columns_are_filled(staff, studio):
    known = make_person(studio, Role.APPRENTICE, mobile="13800138000", name="张三", post="副书记")
    done = bring(studio, staff, grid(ZHANG))
    known.refresh_from_db()
    assert (known.post, known.birth_year) == ("副书记", 1984)
    assert done.changed == [known]


def test_a_difference_is_shown_and_taken_over_when_chosen(staff, studio):
    known = make_person(studio, Role.APPRENTICE, mobile="13800138000", name="张三", post="副书记")
    (match,) = compared(studio, staff, grid(ZHANG))
    (difference,) = match.differences
    assert (difference.label, difference.old, difference.new) == ("职务", "副书记", "书记")
    version = known.version
    bring(studio, staff, grid(ZHANG), {difference.key: "new"})
    known.refresh_from_db()
    assert (known.post, known.version) == ("书记", version + 1)


def test_another_name_under_a_known_number_has_to_be_decided(staff, studio):
    known = make_person(studio, Role.APPRENTICE, mobile="13800138000", name="张山")
    with pytest.raises(Refused):
        bring(studio, staff, grid(ZHANG))
    bring(studio, staff, grid(ZHANG), {f"use-{known.pk}-name": "new"})
    known.refresh_from_db()
    assert known.name == "张三"


def test_an_account_elsewhere_joins_under_its_own_name_and_is_not_touched(staff, studio):
    other = make_person(StudioFactory(), Role.MENTOR, mobile="13800138000", name="张三", post="")
    done = bring(studio, staff, grid(ZHANG))
    other.refresh_from_db()
    assert done.joined == [other]
    assert other.post == ""
    assert other.memberships.filter(studio=studio, role=Role.APPRENTICE).exists()


def test_a_number_of_somebody_elsewhere_is_refused_without_telling_who(staff, studio):
    PersonFactory(mobile="13800138000", name="别处的人")
    (match,) = compared(studio, staff, grid(ZHANG))
    assert match.refused
    assert match.differences == []
    with pytest.raises(Refused):
        bring(studio, staff, grid(ZHANG))


def test_faults_stop_everything(staff, studio):
    before = Person.objects.count()
    with pytest.raises(Refused):
        bring(studio, staff, grid(ZHANG, ["李四", "1390013900", "", ""]))
    assert Person.objects.count() == before
    bring(studio, staff, grid(ZHANG, ["李四", "1390013900", "", ""]), edits={Ref(0, 3, 2): "13900139000"})
    assert Person.objects.count() == before + 2


def test_a_lead_mentor_is_a_mentor_already(staff, studio):
    lead = make_person(studio, Role.LEAD, mobile="13800138000", name="张三")
    rows = [["角色", "姓名", "手机"], ["师傅", "张三", "13800138000"]]
    bring(studio, staff, Grid([Sheet.from_rows(rows)]))
    assert [membership.role for membership in lead.memberships.all()] == [Role.LEAD]


def test_one_person_may_come_as_mentor_and_apprentice(staff, studio):
    rows = [["角色", "姓名", "手机"], ["师傅", "张三", "13800138000"], ["学员", "张三", "13800138000"]]
    bring(studio, staff, Grid([Sheet.from_rows(rows)]))
    roles = Person.objects.get(mobile="13800138000").memberships.values_list("role", flat=True)
    assert sorted(roles) == [Role.APPRENTICE, Role.MENTOR]


def test_a_role_that_ended_begins_anew(staff, studio):
    person = PersonFactory(mobile="13800138000", name="张三")
    past = MembershipFactory(studio=studio, person=person, role=Role.APPRENTICE)
    past.ends_on = past.starts_on
    past.save(update_fields=["ends_on"])
    bring(studio, staff, grid(ZHANG))
    assert person.memberships.current().get().role == Role.APPRENTICE


def test_mentors_whom_the_studio_has_need_no_row(staff, studio):
    mentor = make_person(studio, Role.MENTOR, name="金建琳")
    rows = [["姓名", "手机", "师傅"], ["张三", "13800138000", "金建琳"]]
    done = bring(studio, staff, Grid([Sheet.from_rows(rows)]))
    assert done.people[mentor.mobile] == mentor


def test_neighbourhoods_are_those_of_the_district(staff, studio):
    own = NeighbourhoodFactory(street=studio.street, name="甲园居委会")
    NeighbourhoodFactory(street__district="别的区", name="乙园居委会")
    rows = [["姓名", "手机", "居民区"], ["张三", "13800138000", "甲园"], ["李四", "13900139000", "乙园"]]
    roster = RosterDesk(studio).understand(Grid([Sheet.from_rows(rows)]))
    assert roster.entries[0].neighbourhood == own.code
    assert [problem.cell for problem in roster.faults] == ["C3"]


@pytest.mark.parametrize("count", [1, 30])
def test_comparing_takes_the_same_queries_for_any_number_of_rows(
    staff, studio, count, django_assert_num_queries
):
    rows = [
        [f"张{'一二三四五六七八九十'[n % 10]}甲", f"138001380{n:02}", "书记", "1984.02"] for n in range(count)
    ]
    make_person(studio, Role.APPRENTICE, mobile="13800138000", name="张一甲")
    NeighbourhoodFactory(street=studio.street)
    staff.standing.memberships  # noqa: B018 - worked out once per request, before
    with django_assert_num_queries(3):
        matches = compared(studio, staff, grid(*rows))
    assert [match.person is not None for match in matches] == [True] + [False] * (count - 1)
