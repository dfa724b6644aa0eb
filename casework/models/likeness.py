"""What a case is like: the meaning of its words as a vector, to find cases that were told in other words."""

from django.db import models


class Likeness(models.Model):
    """Derived from the case's title, question and story (casework/likeness.py); never shown.

    `vector`: 512 numbers of 16 bits, length 1. `text_mark` stands for the words it was made of.
    """

    studio = models.ForeignKey("people.Studio", models.CASCADE, related_name="+")
    case = models.OneToOneField("casework.Case", models.CASCADE, related_name="likeness")
    vector = models.BinaryField()
    text_mark = models.CharField(max_length=16)

    class Meta:
        verbose_name = "相近"
        indexes = (models.Index(fields=("studio", "-id"), name="likenesses_of_a_studio"),)

    def __str__(self):
        return f"{self.case_id}"
