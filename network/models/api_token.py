"""Tokens: what a machine shows to act for one person in one organization."""

from __future__ import annotations

import datetime as dt

from django.db import models

from network.models.base import Row
from network.models.membership import Membership
from network.models.organization import Organization
from network.models.person import Person
from network.tenancy.managers import TenantManager


class ApiToken(Row):
    """A token, by its hash; what it may do is never more than its person's role at that moment.

    `prefix` are the first characters after `vnt_`, so that people tell their tokens apart.
    `used_on` is a day: when exactly, and from where, is not kept.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="tokens")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=6)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    objects = TenantManager["ApiToken"]()

    class Meta:
        """Newest first, for one organization at a time."""

        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["organization", "-created_at"], name="token_by_organization"),
            models.Index(fields=["expires_at"], name="token_by_end"),
        )

    def __str__(self) -> str:
        """Its first characters, for logs."""
        return f"token {self.prefix}"

    def is_live(self, now: dt.datetime) -> bool:
        """Whether it was neither revoked nor has it expired; roles are another question."""
        return self.revoked_at is None and self.expires_at > now
