"""卡住的 (DESIGN 4.1): matters of a studio that stand still, found by asking, all rules in one query.

A new kind is a Rule in a module here. What staff let rest (people/models/set_aside.py) is left out.
"""

from functools import lru_cache

from django.db.models import CharField, Exists, OuterRef, Value

from people.kept import KeptQuery
from people.models import SetAside

from . import cases, teaching
from .rule import Limits, Matter, Rule

RULES = (*cases.RULES, *teaching.RULES)
BY_KEY = {rule.key: rule for rule in RULES}
# Of each rule at most so many are read: the front page needs a few, the list one screen of each.
FEW, MOST = 6, 30

__all__ = ["BY_KEY", "FEW", "MOST", "RULES", "Limits", "Matter", "Rule", "limits_of", "one", "stuck"]


def limits_of(studio):
    return Limits(quiet_days=studio.quiet_days)


def stuck(studio, most=MOST):
    """The Matters of the studio, the longest standing first; `most` of each kind. One query."""
    found = _query(limits_of(studio), most).all(studio=studio.pk)
    matters = [Matter(key, pk, since, **BY_KEY[key].tell(told)) for key, pk, since, told in found]
    return sorted(matters, key=lambda matter: (matter.since, matter.rule, matter.pk))


def one(studio, key, pk):
    """The Matter of that row if it is stuck and not set aside, else None."""
    rule = BY_KEY.get(key)
    if rule is None:
        return None
    rows = _shown(rule, studio.pk, limits_of(studio)).filter(pk=pk).values_list("since", "told")[:1]
    return next((Matter(key, pk, since, **rule.tell(told)) for since, told in rows), None)


@lru_cache
def _query(limits, most):
    return KeptQuery(lambda person, studio: _ask(studio, limits, most))


def _ask(studio, limits, most):
    parts = [
        _shown(rule, studio, limits)
        .annotate(key=Value(rule.key, CharField()))
        .order_by("since", "pk")
        .values_list("key", "pk", "since", "told")[:most]
        for rule in RULES
    ]
    return parts[0].union(*parts[1:], all=True)


def _shown(rule, studio, limits):
    aside = SetAside.objects.holding().filter(studio=studio, rule=rule.key, target=OuterRef("pk"))
    return rule.rows(studio, limits).filter(~Exists(aside))
