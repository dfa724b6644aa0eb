"""What a page of the bench is, and the bounds it keeps."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.encoding import iri_to_uri

from ..scene import Scene

# What a page may cost at most, as a multiple of the floor's CPU time.
BOUNDS = {"列表": 15, "详情": 18, "表单": 16, "档案": 18}
MOST_GROWTH, MOST_QUERIES = 1.3, 12
LIST, DETAIL, FORM, FILE = BOUNDS


@dataclass(frozen=True)
class Page:
    """`view` as in reverse(); `row` names what it is about in the scene; `query` follows the address."""

    label: str
    kind: str
    person: str
    view: str
    row: str = ""
    more: tuple = ()
    query: str = ""

    def path(self, scene: Scene) -> str:
        args = (scene.rows[self.row].pk, *self.more) if self.row else self.more
        query = self.query.format(**{name: row.pk for name, row in scene.rows.items()})
        return iri_to_uri(reverse(self.view, args=args) + query)
