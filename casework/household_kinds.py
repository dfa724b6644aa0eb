"""Kinds of households: each studio's own list (设置 · 选项), which begins as the shipped one.

A household keeps the kind as it was called when it was written down: a shipped one by its code, one of the
studio's own by its name.
"""

from .models import HouseholdKind

_CODES = {label: code for code, label in HouseholdKind.choices}


def choices_of(studio, kept=""):
    """[(what is stored, name)] of the studio, in its order; `kept`: what stands in the row already."""
    names = studio.household_kinds.splitlines()
    found = [(_CODES.get(name, name), name) for name in names]
    if kept and kept not in dict(found):
        found.append((kept, HouseholdKind(kept).label if kept in HouseholdKind.values else kept))
    return found


def choices_of_all(studios):
    """As `choices_of`, of several studios, each kind once."""
    return list(dict.fromkeys(pair for studio in studios for pair in choices_of(studio)))
