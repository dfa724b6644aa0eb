"""A roster between upload and import: the grid as it was read and what was mended since, kept as a draft.

Nothing of it is a person yet. After the import the grid is thrown away and only the result stays.
"""

import uuid
from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone

from ..models import Draft
from ..roster import Grid, Ref

# No form may autosave under this key: a slug has no colon.
KEY = "roster:import"
KEEP_DAYS = 30


class RosterDraft:
    """What is kept of one upload. `plan` is the caller's own: studio, cohort and the like, as JSON."""

    def __init__(self, row):
        self.row = row
        data = row.data
        self.plan = data.get("plan", {})
        self.result = data.get("result")
        self.grid = Grid.from_json(data["grid"]) if "grid" in data else Grid()
        self.edits = {ref: text for key, text in data.get("edits", {}).items() if (ref := Ref.from_key(key))}
        self.left_out = {tuple(row) for row in data.get("left_out", [])}
        self.opened = {tuple(row) for row in data.get("opened", [])}
        self.choices = data.get("choices", {})

    @classmethod
    def start(cls, *, grid, plan, by):
        """Keep a fresh upload; forgets the same person's uploads that were never finished."""
        now = timezone.now()
        Draft.objects.filter(person=by, key=KEY, saved_at__lt=now - timedelta(days=KEEP_DAYS)).delete()
        data = {"plan": plan, "grid": grid.to_json()}
        return cls(Draft.objects.create(person=by, key=KEY, device=uuid.uuid4().hex, data=data, saved_at=now))

    @classmethod
    def get(cls, pk, *, by, lock=False):
        """The person's own draft, or 404."""
        rows = Draft.objects.visible_to(by).filter(key=KEY)
        return cls(get_object_or_404(rows.select_for_update() if lock else rows, pk=pk))

    @property
    def pk(self):
        return self.row.pk

    def save(self):
        """Write what was mended and chosen."""
        self.row.data |= {
            "edits": {ref.key: text for ref, text in self.edits.items()},
            "left_out": sorted(self.left_out),
            "opened": sorted(self.opened),
            "choices": self.choices,
        }
        self._write()

    def finish(self, result):
        """After the import: the numbers and names that were read go, the result stays."""
        self.result = result
        self.row.data = {"plan": self.plan, "result": result}
        self._write()

    def _write(self):
        self.row.saved_at = timezone.now()
        self.row.save(update_fields=["data", "saved_at"])
