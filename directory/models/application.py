"""Applications: a group asks to be registered, takes an entry over, or wants to start."""

from __future__ import annotations

from django.db import models

from directory.enums import ApplicationKind, ApplicationState
from network.models import Organization, Person
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Application(Row):
    """What a group that is not verified yet asks of the stewards.

    `organization` is the group itself, `applied` until it is approved; `person` is who asks.
    `answers` holds what was filled in, by field, with the name and address under which the person
    can be reached about it. `listing_id` and `listing_slug` name the entry that a claim is about.
    `reason` is what the stewards answered; `public_reason` is published where one of few stewards
    decided alone. `escalated_at` is when all stewards were told that it had waited for 7 days,
    `warned_at` when the group was told that an untouched draft is deleted soon.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="applications"
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    kind = models.CharField(max_length=10, choices=ApplicationKind)
    state = models.CharField(
        max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    language = models.CharField(max_length=12, default="en")
    answers = models.JSONField(default=dict, blank=True)
    listing_id = models.UUIDField(null=True, blank=True)
    listing_slug = models.CharField(max_length=160, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    second_by = models.UUIDField(null=True, blank=True)
    reason = models.TextField(blank=True)
    public_reason = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = TenantManager["Application"]()

    class Meta:
        """One that is open for each group."""

        ordering = ("submitted_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "id"], name="application_of_organization"
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(state__in=["draft", "waiting", "asked"]),
                name="application_one_open",
            ),
        )
        indexes = (models.Index(fields=["state", "submitted_at"], name="application_by_state"),)

    def __str__(self) -> str:
        """What it asks for, for logs."""
        return f"{self.kind} {self.pk}"
