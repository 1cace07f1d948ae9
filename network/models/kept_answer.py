"""Answers that are kept for a day, so that a request which is sent twice has one effect."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.organization import Organization
from network.models.person import Person
from network.tenancy.managers import TenantManager


class KeptAnswer(Row):
    """What a request with an `Idempotency-Key` was answered; by hashes of the key and of itself.

    Written in the transaction of the effect: where one is, the other is. `status` is 0 while the
    request is at work, which nobody but its own transaction sees.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveIntegerField(default=0)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)

    objects = TenantManager["KeptAnswer"]()

    class Meta:
        """One answer for each key of a person."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "person", "key_hash"], name="kept_answer_once"
            ),
        )
        indexes = (models.Index(fields=["created_at"], name="kept_answer_by_age"),)

    def __str__(self) -> str:
        """The status, for logs."""
        return f"answer {self.status}"
