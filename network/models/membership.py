"""Memberships: which person has which role in which organization."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from network.enums import Role
from network.models.base import Row
from network.models.organization import Organization
from network.models.person import Person
from network.tenancy.managers import TenantManager


class Membership(Row):
    """A person's role in an organization, from `created_at` until `ended_at`.

    `role_since` is when the present role was given: a role that wants a second factor counts from
    then for some days without one. `reminders_off_on` is the day on which the person switched off
    reminders to keep the organization's entries true.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.MEMBER)
    role_since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminders_off_on = models.DateField(null=True, blank=True)

    objects = TenantManager["Membership"]()

    class Meta:
        """One present role for each person in each organization; a key with the organization."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "id"], name="membership_of_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=models.Q(ended_at=None),
                name="membership_one_present",
            ),
        )

    def __str__(self) -> str:
        """The role, for logs."""
        return f"{self.role} {self.pk}"
