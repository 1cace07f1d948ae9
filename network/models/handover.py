"""An organization whose owners are gone gets a new one."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.membership import Membership
from network.models.organization import Organization
from network.tenancy.managers import TenantManager


class Handover(Row):
    """The announcement that one member becomes owner at `effective_at`, unless an owner objects.

    Announced to all members by the node's stewards. `reason` is what they wrote in it.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="handovers"
    )
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    effective_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["Handover"]()

    class Meta:
        """One at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(done_at=None, cancelled_at=None),
                name="handover_one_open",
            ),
        )

    def __str__(self) -> str:
        """Its id, for logs."""
        return str(self.pk)
