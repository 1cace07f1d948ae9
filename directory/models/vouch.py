"""Vouches: a verified group says that it knows a group that applies."""

from __future__ import annotations

from django.db import models

from directory.enums import VouchState
from directory.models.application import Application
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Vouch(Row):
    """What one verified group was asked by an applicant, and what it answered.

    `organization` is the group that vouches, `applicant` the one that asks: both read it, and the
    stewards. `message` is what the applicant wrote with the request, `statement` how the two know
    each other. `given_by` is the person who answered.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="vouches"
    )
    applicant = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="vouches")
    state = models.CharField(max_length=10, choices=VouchState, default=VouchState.ASKED)
    message = models.CharField(max_length=400, blank=True)
    statement = models.TextField(blank=True)
    given_by = models.UUIDField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["Vouch"]()

    class Meta:
        """Each group is asked once about an application, and never about its own."""

        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["application", "organization"], name="vouch_once"),
            models.CheckConstraint(
                condition=~models.Q(organization=models.F("applicant")), name="vouch_for_another"
            ),
        )
        indexes = (models.Index(fields=["applicant", "state"], name="vouch_by_applicant"),)

    def __str__(self) -> str:
        """Its state, for logs."""
        return f"{self.state} {self.pk}"
