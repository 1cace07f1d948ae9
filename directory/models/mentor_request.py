"""Requests for help: one group asks another to help it begin."""

from __future__ import annotations

from django.db import models

from directory.enums import MentorState
from directory.models.facility import Facility
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class MentorRequest(Row):
    """What one verified group asked of another that offers help. Both read it, nobody else.

    `organization` asks, `mentor` answers. `contact` is how to reach who asks, `mentor_contact`
    how to reach who helps, given with a yes. `asked_by` and `answered_by` are people.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="mentor_requests"
    )
    mentor = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    contact = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=MentorState, default=MentorState.ASKED)
    answer = models.TextField(blank=True)
    mentor_contact = models.CharField(max_length=300, blank=True)
    asked_by = models.UUIDField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["MentorRequest"]()

    class Meta:
        """One that is open between two groups, and never between a group and itself."""

        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "mentor"],
                condition=models.Q(state__in=["asked", "accepted"]),
                name="mentor_request_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(organization=models.F("mentor")),
                name="mentor_request_of_another",
            ),
        )
        indexes = (models.Index(fields=["mentor", "state"], name="mentor_request_by_mentor"),)

    def __str__(self) -> str:
        """Its state, for logs."""
        return f"{self.state} {self.pk}"
