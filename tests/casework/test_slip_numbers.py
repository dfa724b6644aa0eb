"""Numbers of 三联单 have no gaps within studio and year, however many are made at one moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from casework.actions import slips
from casework.models import Slip
from tests.factories import StudioFactory


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_and_one_that_is_undone_leave_no_gap():
    studio, other = StudioFactory(), StudioFactory()
    kind, theirs = slips.categories_of(studio)[0], slips.categories_of(other)[0]

    def make(n):
        try:
            with transaction.atomic():
                slips.register(studio=studio, category=kind, problem=f"第{n}件", by_name="楼组长")
                if n == 7:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(make, range(20)))
    numbers = sorted(Slip.objects.filter(studio=studio).values_list("number", flat=True))
    assert numbers == list(range(1, 20))
    assert slips.register(studio=other, category=theirs, problem="别处", by_name="楼组长").number == 1
