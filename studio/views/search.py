"""搜索: one box for everything that one may read."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import DEFAULT_DB_ALIAS
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.models import Case
from people import search
from people.kept import KeptQuery
from people.models import Neighbourhood, SearchText
from people.search_index import kinds
from people.views.base import id_of

LONGEST = 40
CATEGORIES, PLACES = dict(Case.Category.choices), dict(Neighbourhood.Kind.choices)
FACETS = (("kind", "哪一类记录"), ("category", "类别"), ("year", "哪一年"), ("place_kind", "居民区类型"))


@dataclass(frozen=True)
class Choice:
    """One value of a facet: chosen already (a link takes it back), or `number` hits beside it."""

    label: str
    query: str
    number: int = 0
    chosen: bool = False


@require_safe
def search_page(request):
    text = request.GET.get("q", "").strip()[:LONGEST]
    chosen = _chosen(request.GET)
    found = search.find(request.user, text, **chosen)
    page = min(max(id_of(request.GET.get("page")) or 1, 1), search.MOST // search.PAGE)
    shown = found.hits[(page - 1) * search.PAGE : page * search.PAGE]
    context = {
        "q": text,
        "rows": rows(shown, found.words),
        "number": len(found.hits),
        "capped": found.capped,
        "facets": facets(found, text, chosen),
        "chosen": chosen,
        "page": page,
        "more": _query(text, chosen, page=page + 1) if len(found.hits) > page * search.PAGE else "",
        "first": _query(text, chosen) if page > 1 else "",
        "all_query": _query(text, {}),
    }
    return render(request, "studio/search.html", context)


def _chosen(asked):
    """The facets that were chosen and are there."""
    known = {"kind": kinds(), "category": CATEGORIES, "place_kind": PLACES}
    chosen = {name: value for name, those in known.items() if (value := asked.get(name, "")) in those}
    year = id_of(asked.get("year"))
    return chosen | ({"year": year} if year and 1900 < year < 3000 else {})


def _query(text, chosen, **more):
    """The address's question: everything asked now, changed by `more`; None takes something out."""
    asked = {"q": text, **chosen, **more}
    return "?" + urlencode({name: value for name, value in asked.items() if value not in (None, "")})


_TEXTS = KeptQuery(lambda person, pks: SearchText.objects.filter(pk__in=[pks]).only("title", "body"))


def rows(hits, words):
    """What the lines say: title and the words around the hit, marked."""
    texts = {text.pk: text for text in _TEXTS.all(pks=[hit.pk for hit in hits])}
    models = kinds()
    return [_row(hit, texts[hit.pk], models[hit.kind], words) for hit in hits if hit.pk in texts]


def _row(hit, text, model, words):
    parts = [model.search_label, CATEGORIES.get(hit.category, ""), PLACES.get(hit.place_kind, "")]
    if hit.on:
        parts.append(f"{hit.on.year}年{hit.on.month}月")
    return {
        "url": model.from_db(DEFAULT_DB_ALIAS, ["id"], [hit.source_id]).get_absolute_url(),
        "title": search.marked(text.title, words),
        "snippet": search.snippet(text.body, words),
        "about": " · ".join(part for part in parts if part),
    }


def facets(found, text, chosen):
    """[(heading, [Choice])] with at least two values, or one that is chosen."""
    labels = {
        "kind": {kind: model.search_label for kind, model in kinds().items()},
        "category": CATEGORIES,
        "place_kind": PLACES,
    }
    told = []
    for name, heading in FACETS:
        if name in chosen:
            label = labels.get(name, {}).get(chosen[name], f"{chosen[name]}年")
            told.append((heading, [Choice(label, _query(text, chosen, **{name: None}), chosen=True)]))
            continue
        counted = found.facets.get(name, {})
        values = (
            sorted(counted, reverse=True) if name == "year" else [v for v in labels[name] if v in counted]
        )
        if len(values) > 1:
            told.append((heading, [_choice(name, value, counted, labels, text, chosen) for value in values]))
    return told


def _choice(name, value, counted, labels, text, chosen):
    label = labels.get(name, {}).get(value, f"{value}年")
    return Choice(label, _query(text, chosen, **{name: value}), counted[value])
