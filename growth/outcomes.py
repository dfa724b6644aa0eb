"""培养成果 as the reports count them: who became 书记, 主任, 副书记, 副主任. Persons, each once a rank."""

from django.db.models import Count

from people.kept import KeptQuery

from .models import Post

RANKS = (Post.Rank.SECRETARY, Post.Rank.DIRECTOR, Post.Rank.DEPUTY, Post.Rank.DEPUTY_DIRECTOR)


def _ask(person, studios):
    found = Post.objects.outcomes().filter(studio__in=[studios]).order_by()
    return (
        found.values("studio", "rank")
        .annotate(n=Count("person", distinct=True))
        .values_list("studio", "rank", "n")
    )


_COUNTS = KeptQuery(_ask)


def outcomes(studios):
    """{studio id: {rank: persons}} since the beginning, for these ids."""
    found = {}
    for studio, rank, number in _COUNTS.all(studios=list(studios)):
        found.setdefault(studio, {})[rank] = number
    return found


def told(counts):
    """书记3名，主任1名: only what there is; "" for nothing."""
    return "，".join(f"{rank.label}{counts[rank]}名" for rank in RANKS if counts.get(rank))
