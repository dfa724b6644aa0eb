"""Numbers beside the rows of a list: counted for the rows that are shown, never for all that could be."""

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce


def number_of(rows, link):
    """How many of `rows` point to the row at hand; `link` is the key by which they were tied to it:

        number_of(Participant.objects.filter(visit=OuterRef("pk")), "visit")

    A join with GROUP BY would count for every row of the list before it is cut to one page.
    """
    counted = rows.order_by().values(link).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted), 0)
