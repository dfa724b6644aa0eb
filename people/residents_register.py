"""What higher floors tell about residents: who works on their matters, which matters still need them,
and where
they stand. Filled in `AppConfig.ready()`; this floor knows no cases and no slips.
"""

_shown, _needed, _places = [], [], []


def tell(*, shown_to=None, needed=None, places=None):
    """Register sources.

    `shown_to(person)`: a queryset of the ids of residents whose matters this person works on.
    `needed(since)`: ids of residents in matters that are open, or that ended on the day `since` or later.
    `places(residents)`: [(words, address)] of where these residents stand, for a request for a copy.
    """
    for source, register in ((shown_to, _shown), (needed, _needed), (places, _places)):
        if source is not None:
            register.append(source)


def ids_shown_to(person):
    return [source(person) for source in _shown]


def ids_needed(since):
    return [source(since) for source in _needed]


def places_of(residents):
    return [place for source in _places for place in source(residents)]
