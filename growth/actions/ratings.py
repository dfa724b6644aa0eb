"""自评: where an apprentice sees oneself in the five competencies."""

from django.db import transaction
from django.utils import timezone

from ..models import Rating


@transaction.atomic
def rate(*, studio, person, levels, by, on=None):
    """Write `levels` {competency: 1–5}; a second time on one day replaces the first."""
    on = on or timezone.localdate()
    for competency, level in levels.items():
        Rating.objects.update_or_create(
            studio=studio, person=person, competency=competency, on=on, by=by, defaults={"level": level}
        )
