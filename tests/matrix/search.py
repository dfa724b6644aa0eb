from .rows import OK, Row

ROWS = [Row("studio:search", {"*": OK}, data=lambda cast: {"q": "电梯"})]
