"""The audit log: who did what to which object when."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.organization import Organization
from network.models.person import Person
from network.tenancy.managers import TenantManager


class AuditEntry(Row):
    """One act. Added, never changed; the purge deletes it after 365 days.

    `person` is empty where the system acted, `purpose` where a person did. `details` holds small
    facts such as a role or a field's name: no addresses, no text of messages, no secrets.
    """

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="audit_entries"
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    purpose = models.CharField(max_length=20, blank=True)
    via = models.CharField(max_length=12)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = TenantManager["AuditEntry"]()

    class Meta:
        """Newest first, for one organization at a time."""

        verbose_name_plural = "audit entries"
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["organization", "-created_at"], name="audit_by_organization"),
            models.Index(fields=["created_at"], name="audit_by_age"),
        )

    def __str__(self) -> str:
        """The verb, for logs."""
        return self.verb
