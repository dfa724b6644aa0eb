"""The search index: one row for each text that can be found. It is derived: `manage.py rebuild_search`."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction


class SearchText(models.Model):
    """`kind` names the model (people/search_index.py). A row without a day (工作法) counts as the newest."""

    studio = models.ForeignKey("people.Studio", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12)
    source_id = models.BigIntegerField()
    on = models.DateField(null=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    category = models.CharField(max_length=15, blank=True)
    place_kind = models.CharField(max_length=12, blank=True)
    tokens = SearchVectorField()

    class Meta:
        verbose_name = "搜索"
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "kind", "source_id"), nulls_distinct=False, name="one_search_text_a_row"
            ),
        )
        indexes = (
            GinIndex(fields=("tokens",), name="search_words"),
            models.Index(fields=("studio", "-on", "-id"), name="search_texts_of_a_studio"),
        )

    def __str__(self):
        return self.title


class Searched(models.Model):
    """A model whose words are found. They are written to the index in the transaction that writes the row.

    `search_kind`: short, stable; `search_label`: what the kind is called on the page; `search_watches`: the
    columns whose change makes the words anew; `search_along`: what `search_text` reads besides the row.
    """

    search_kind = ""
    search_label = ""
    search_watches = ()
    search_along = ()

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            self.keep_searchable(update_fields)

    def delete(self, *args, **kwargs):
        from ..search_index import forget  # noqa: PLC0415

        with transaction.atomic():
            forget(self)
            return super().delete(*args, **kwargs)

    def search_text(self):
        """A people.search_index.Text, or None when it must not be found (a draft, private, removed)."""
        raise NotImplementedError

    @classmethod
    def search_seen(cls, person):
        """The rows whose words this person may read."""
        return cls._default_manager.visible_to(person)

    def keep_searchable(self, written=None):
        """Make the index say what the row says now. `written`: the columns that changed; None: any."""
        from ..search_index import keep  # noqa: PLC0415  it reads the models of this package

        if written is None or not {*self.search_watches, "removed_at"}.isdisjoint(written):
            keep(self)
