"""Take us off: names that never come back."""

from django.db import models

from network.models.base import Row


class Suppression(Row):
    """A slug that no importer, peer or restored backup may bring back.

    It keeps the slug and the day, nothing of the entry itself.
    """

    class Kind(models.TextChoices):
        """What was taken off."""

        LISTING = "listing"
        ORGANIZATION = "organization"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LISTING)
    slug = models.CharField(max_length=160)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        """Once is enough."""

        constraints = (models.UniqueConstraint(fields=["kind", "slug"], name="suppression_once"),)

    def __str__(self) -> str:
        """What was taken off."""
        return f"{self.kind} {self.slug}"
