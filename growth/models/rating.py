"""How far a person has come in the five competencies, as somebody judged it on a day; never computed."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from people.competencies import Competency
from people.sight import kept


class RatingQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        standing = person.standing
        return self.filter(
            models.Q(person=person)
            | models.Q(person__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
        )


@pghistory.track()
class Rating(models.Model):
    """One competency of one person on one day; a review writes up to five of them."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="ratings")
    competency = models.CharField("本领", max_length=15, choices=Competency)
    level = models.PositiveSmallIntegerField(
        "到哪一步", validators=(MinValueValidator(1), MaxValueValidator(5))
    )
    on = models.DateField("日期", default=timezone.localdate)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "本领"
        ordering = ("-on", "competency")
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "person", "competency", "on", "by"),
                name="one_rating_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5),
                name="rating_level_one_to_five",
            ),
        )

    def __str__(self):
        return f"{self.get_competency_display()} {self.level}"
