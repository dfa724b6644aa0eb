"""Every URL × every role × own street, other street and anonymous × GET and POST. An unlisted URL fails."""

import importlib
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import make_cast

from .rows import expected

# Pages of libraries that have tests of their own; each is mounted behind sign-in by their package.
NOT_OURS = ("admin:", "djdt:")


def rows():
    """All rows of the modules beside this one."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in ("__init__", "rows", "test_matrix"):
            yield from importlib.import_module(f"tests.matrix.{path.stem}").ROWS


def url_names(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"


ROWS = list(rows())


def test_every_url_is_listed_once():
    ours = {name for name in url_names() if not name.startswith(NOT_OURS)}
    listed = [row.name for row in ROWS]
    assert ours == set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_role_gets_exactly_what_it_may(row):
    cast = make_cast()
    url = reverse(row.name, args=row.args(cast))
    wrong = {}
    for role, person in cast.roles().items():
        for method, table in (("get", row.get), ("post", row.post)):
            client = cast.client(person)
            data = {"sent": "1", **row.data(cast)} if method == "post" else {}
            answer = getattr(client, method)(url, data)
            led = answer.status_code == 302 and answer["Location"].startswith("/login/")
            found = "sign-in" if led else answer.status_code
            wanted = "sign-in" if person is None and not row.public else expected(table, role)
            if found != wanted:
                wrong[f"{method} {role}"] = f"{found}, not {wanted}"
    assert not wrong
