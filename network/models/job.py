"""Periodic jobs of this node: when each last ran, and what it did."""

from django.db import models


class Job(models.Model):
    """The last run of one periodic job; the worker's own heartbeat is the job `worker`."""

    name = models.CharField(primary_key=True, max_length=40)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        """Its name."""
        return self.name
