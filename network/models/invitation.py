"""Invitations into an organization."""

from __future__ import annotations

from django.db import models

from network.enums import Role
from network.models.base import Row
from network.models.membership import Membership
from network.models.organization import Organization
from network.tenancy.managers import TenantManager


class Invitation(Row):
    """An offer of a role, sent by mail in `language`. Only a hash of its link is kept.

    `invited_by` is a Membership, so that an invitation dies when its author leaves.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12, choices=Role)
    language = models.CharField(max_length=12, default="en")
    invited_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["Invitation"]()

    class Meta:
        """One open invitation for each address."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open",
            ),
        )

    def __str__(self) -> str:
        """The offered role, for logs; never the address."""
        return f"{self.role} {self.pk}"
