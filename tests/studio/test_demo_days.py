"""The demonstration can be told on every day of the week: weekends fold days together, the order stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from studio.demo.load import load


@pytest.mark.django_db
@pytest.mark.parametrize("ahead", range(1, 7))
def test_what_must_come_first_comes_first(ahead):
    assert load(timezone.localdate() + timedelta(days=ahead))
