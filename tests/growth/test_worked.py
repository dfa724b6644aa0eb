"""用过 n 次，见效 m 次: from evaluations only, the surest first; 口述; local variants; the items of 五必."""

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from casework import visit_items
from casework.actions import outcomes
from growth import worked
from growth.actions import methods
from growth.models import Method
from growth.worked import Worked, wilson
from studio import todo
from tests.casework.cures import check, consulting, evaluated, treating
from tests.casework.libraries import published
from tests.factories import MethodFactory
from tests.forms import send


@given(st.integers(0, 200), st.integers(0, 200))
@example(0, 171)
def test_the_bound_lies_below_the_share_and_grows_with_what_is_known(well, more):
    used = well + more
    assert 0 <= wilson(well, used) <= (well / used if used else 0) + 1e-9
    assert wilson(well * 2, used * 2) >= wilson(well, used) - 1e-9


def test_nine_of_ten_stand_before_two_of_two():
    assert Worked(10, 9).bound > Worked(2, 2).bound > Worked(5, 1).bound > Worked().bound


def test_only_what_was_evaluated_is_counted(cast):
    tried, ticked = MethodFactory(studio=cast.a.studio), MethodFactory(studio=cast.a.studio)
    case = evaluated(cast)
    case.prescriptions.get().methods.add(tried)
    treating(cast)[1].methods.add(ticked)
    assert worked.counts([tried.pk])[tried.pk] == Worked()  # not closed yet
    outcomes.close(case=case, by=cast.a.staff)
    found = worked.counts([tried.pk, ticked.pk])
    assert found == {tried.pk: Worked(1, 1), ticked.pk: Worked()}


def test_where_one_side_says_that_nothing_changed_it_did_not_work(cast):
    method = MethodFactory(studio=cast.a.studio)
    case, prescription = treating(cast)
    prescription.methods.add(method)
    prescription.steps.update(state="done")
    check(prescription, cast.a.mentor)
    case.refresh_from_db()
    for side, result, by in (("apprentice", "better", cast.a.apprentice), ("mentor", "same", cast.a.mentor)):
        outcomes.evaluate(case=case, side=side, result=result, by=by)
    outcomes.close(case=case, by=cast.a.staff)
    assert worked.counts([method.pk])[method.pk] == Worked(1, 0)


def test_the_list_stands_in_the_order_of_what_worked_and_names_the_cases(cast):
    method = MethodFactory(studio=cast.a.studio, name="先量后谈")
    entry = published(cast)
    entry.case.prescriptions.get().methods.add(method)
    entry.methods.add(method)
    page = cast.client(cast.a.mentor).get(reverse("growth:method-list"))
    assert page.context["methods"][0] == method
    assert "用过1次，见效1次" in page.content.decode()
    detail = cast.client(cast.a.mentor).get(method.get_absolute_url()).content.decode()
    assert entry.title in detail


def test_a_mentor_tells_it_and_the_staff_write_out_the_steps(cast):
    tell = reverse("growth:method-tell")
    send(cast.client(cast.a.mentor), tell, name="先坐后讲法", told="先到人家家里坐，坐满一刻钟再开口。")
    method = Method.objects.get(name="先坐后讲法")
    assert method not in Method.objects.of_studio(cast.a.studio)
    assert method not in Method.objects.visible_to(cast.a.other_mentor)
    assert todo.counts(cast.a.staff) == {"told_method": 1}
    page = reverse("growth:method-edit", args=[method.pk])
    send(cast.client(cast.a.staff), page, name="先坐后讲法", summary="坐满一刻钟再开口", steps="先坐\n再讲")
    method.refresh_from_db()
    assert (method.is_told, method.steps) == (False, ["先坐", "再讲"])
    assert method in Method.objects.visible_to(cast.a.other_mentor)
    cast.a.staff.__dict__.pop("_todo_counts", None)
    assert todo.counts(cast.a.staff) == {}


def test_a_street_has_its_own_version_of_a_method(cast):
    shipped = Method.objects.get(studio=None, name="三法")
    url = reverse("growth:method-new") + f"?from={shipped.pk}"
    client = cast.client(cast.a.staff)
    assert client.get(url).context["form"].initial["summary"] == shipped.summary
    send(client, url, name="石泉三法", summary="先共治", steps="一步")
    own = Method.objects.get(name="石泉三法")
    assert own.parent == shipped
    assert "石泉三法" in client.get(shipped.get_absolute_url()).content.decode()
    assert "石泉三法" not in cast.client(cast.b.staff).get(shipped.get_absolute_url()).content.decode()


def test_each_studio_sets_the_items_of_the_five(cast):
    page = reverse("growth:method-items")
    send(cast.client(cast.a.staff), page, visits="九十岁以上的老人\n刚搬来的人家\n", asks="", records="")
    (visits, asks, _records) = visit_items.items_of(cast.a.studio)
    assert visits == ("五必访", ("九十岁以上的老人", "刚搬来的人家"))
    assert asks == visit_items.SHIPPED[1]
    assert visit_items.items_of(cast.b.studio) == list(visit_items.SHIPPED)
    too_long = send(cast.client(cast.a.staff), page, visits="很" * 31)
    assert too_long.status_code == 422


def test_of_two_who_set_the_items_first_one_is_asked_again(cast):
    one, two = methods.items_of(cast.a.studio), methods.items_of(cast.a.studio)
    lists = {"visits": ["甲"], "asks": [], "records": []}
    methods.set_items(one, **lists)
    with pytest.raises(methods.StaleEdit):
        methods.set_items(two, **lists)


def test_the_cost_of_the_list_does_not_grow(cast, django_assert_num_queries):
    consulting(cast)
    client = cast.client(cast.a.staff)
    client.get(reverse("growth:method-list"))
    MethodFactory.create_batch(3, studio=cast.a.studio)
    with django_assert_num_queries(5):
        client.get(reverse("growth:method-list"))
