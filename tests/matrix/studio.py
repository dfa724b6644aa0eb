"""The front desk's URLs; the gallery has a row of its own."""

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

ROWS = [
    Row("studio:home", {"district": AWAY, "*": OK}),
    Row("studio:todo", {"*": OK}),
    Row("studio:overview", {"district": OK, "*": FORBIDDEN}),
    Row("studio:overview-street", {"district": OK, "*": MISSING}, args=lambda cast: (cast.a.studio.pk,)),
]
