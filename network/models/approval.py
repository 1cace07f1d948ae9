"""What one owner has asked for and a second one confirms."""

from __future__ import annotations

from django.db import models

from network.enums import ApprovalKind
from network.models.base import Row
from network.models.membership import Membership
from network.models.organization import Organization
from network.tenancy.managers import TenantManager


class Approval(Row):
    """A grave step that waits for a second owner until `expires_at`.

    `asked_by` and `confirmed_by` are memberships, so that what was asked dies when its author
    leaves. `details` holds ids and names of roles, as the step needs them; no address, no secret.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="approvals"
    )
    kind = models.CharField(max_length=12, choices=ApprovalKind)
    details = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["Approval"]()

    class Meta:
        """Nobody confirms what they asked for; what is done was confirmed."""

        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("asked_by")),
                name="approval_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(confirmed_by__isnull=False),
                name="approval_done_is_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(cancelled_at=None),
                name="approval_one_end",
            ),
        )

    def __str__(self) -> str:
        """What it is about, for logs."""
        return f"{self.kind} {self.pk}"
