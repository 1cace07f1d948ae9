"""Counters: how often something was done within a while, for limits."""

from django.db import models


class Counter(models.Model):
    """How often one thing was done by one subject until `ends_at`.

    `key` is a keyed hash of both: what was counted, and whose it was, cannot be read from it.
    `ends_at` is in milliseconds since 1970, so that one statement says the same on each database.
    """

    key = models.CharField(primary_key=True, max_length=64)
    count = models.BigIntegerField()
    ends_at = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        """The number alone."""
        return str(self.count)
