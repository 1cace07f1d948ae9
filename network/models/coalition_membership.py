"""Which organization belongs to which coalition: agreed by both."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from network.enums import CoalitionSide
from network.models.base import Row
from network.models.organization import Organization
from network.tenancy.managers import TwoSidedManager


class CoalitionMembership(Row):
    """An organization in a coalition, from `agreed_at` until `ended_at`; before that an ask.

    `asked_by` is the side that asked, at `created_at`; the other one agrees or refuses. Either
    side ends it, an ask too: `ended_by` says which, and is empty where the system did. Both see
    the row and nobody else does. On PostgreSQL a trigger keeps each from answering for the other.
    """

    coalition = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="coalition_members"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="coalition_memberships"
    )
    asked_by = models.CharField(max_length=12, choices=CoalitionSide)
    agreed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=12, choices=CoalitionSide, blank=True)

    objects = TwoSidedManager["CoalitionMembership"]()

    class Meta:
        """One open or agreed row for each pair; nobody belongs to itself."""

        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["coalition", "organization"],
                condition=models.Q(refused_at=None, ended_at=None),
                name="coalition_membership_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(coalition=models.F("organization")),
                name="coalition_membership_of_two",
            ),
            models.CheckConstraint(
                condition=models.Q(refused_at=None) | models.Q(agreed_at=None, ended_at=None),
                name="coalition_membership_one_answer",
            ),
        )
        indexes = (
            models.Index(fields=["coalition", "created_at"], name="coalition_member_by_coalition"),
        )

    def __str__(self) -> str:
        """Its id, for logs: both sides are named nowhere else."""
        return str(self.pk)

    def side_of(self, organization_id: UUID) -> CoalitionSide:
        """On which side an organization of the two stands."""
        is_coalition = organization_id == self.coalition_id
        return CoalitionSide.COALITION if is_coalition else CoalitionSide.ORGANIZATION

    def other_of(self, organization_id: UUID) -> UUID:
        """The id of the other one of the two."""
        is_coalition = organization_id == self.coalition_id
        other: UUID = self.organization_id if is_coalition else self.coalition_id
        return other

    @property
    def is_agreed(self) -> bool:
        """Whether the organization belongs to the coalition."""
        return self.agreed_at is not None and self.ended_at is None

    @property
    def is_open(self) -> bool:
        """Whether it is an ask that waits for an answer."""
        return self.agreed_at is None and self.refused_at is None and self.ended_at is None
