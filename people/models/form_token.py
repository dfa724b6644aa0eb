"""Tokens of forms that were carried out, so that the same form sent twice acts once. See people/once.py."""

from django.db import models
from django.utils import timezone


class FormToken(models.Model):
    token = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    path = models.CharField(max_length=200, blank=True, help_text="the page of what was made")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "已交的表"

    def __str__(self):
        return str(self.token)
