from .rows import FORBIDDEN, OK, Row

ROWS = [
    Row(
        "studio:gallery",
        get={"staff": OK, "b_staff": OK, "*": FORBIDDEN},
        post={"staff": 405, "b_staff": 405, "*": 405},
    )
]
