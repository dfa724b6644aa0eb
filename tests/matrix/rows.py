"""How the matrix is written down: one Row per URL name, collected from the modules of this folder."""

from collections.abc import Callable
from dataclasses import dataclass, field

# Who is tried on every URL, besides those a row names: see tests/cast.py.
OK, AWAY, FORBIDDEN, MISSING = 200, 302, 403, 404


@dataclass(frozen=True)
class Row:
    """One URL: `name` as in reverse(); `args(cast) -> tuple` makes what the URL needs, returns its arguments.

    `get` and `post` map a role of `Cast.roles()` to the expected status; "*" stands for every role not named.
    Anonymous is expected to be led to the sign-in page unless the row is `public`. A POST is sent without any
    field of the form (plus `data(cast)`), so a form answers 422 where the role may use it; 405 where the page
    takes no POST.
    """

    name: str
    get: dict[str, int]
    post: dict[str, int] = field(default_factory=lambda: {"*": 405})
    args: Callable = lambda cast: ()
    data: Callable = lambda cast: {}
    public: bool = False


def expected(table, role):
    return table.get(role, table.get("*"))
