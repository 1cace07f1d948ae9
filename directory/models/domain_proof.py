"""Proof by mail: whoever claims an entry reads mail at the entry's own website domain."""

from __future__ import annotations

from django.db import models

from directory.models.application import Application
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class DomainProof(Row):
    """A link of one use, sent to `email` at the domain that the entry names; by a hash.

    `domain` is that of the entry at the moment of sending. The address is emptied when the
    application is decided.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="proofs")
    email = models.EmailField(max_length=254, blank=True)
    domain = models.CharField(max_length=253)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["DomainProof"]()

    class Meta:
        """Newest first."""

        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        """The domain; never the address."""
        return self.domain
