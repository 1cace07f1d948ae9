"""Tombstones: listings that are public no more."""

from django.db import models


class Removal(models.Model):
    """A listing that went away, for those who keep a copy; its id, its last version and when.

    Nothing else of it is kept. `removed_at` is empty until the transaction stamps it, see
    `change_revision`. A program that is published again has none.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which copies read them."""

        indexes = (models.Index(fields=["removed_at", "id"], name="removal_by_date"),)

    def __str__(self) -> str:
        """For logs."""
        return f"removal {self.pk}"
