"""What groups report to the ledger of access: who said it, and when it becomes public."""

from __future__ import annotations

from django.db import models

from directory.enums import Attribution
from directory.models.access_event import AccessEvent
from directory.models.country import Country
from directory.models.facility import Facility
from network.models import Organization, Person
from network.models.base import Row
from network.tenancy.managers import TenantManager


class AccessReport(Row):
    """An entry as a group wrote it: the ledger holds a copy from its day on, this its author.

    `values` are the columns of the entry without its place, dates as text. `released_event` is
    the public entry, `supersedes` the group's own earlier one that it corrects. Nothing leads back
    from an entry to its report: no relation, no id and no moment that both share. `submission`
    is made up by whoever sends it, so that sending it twice makes one report. `coalition_id` is
    the coalition that signs: it stays that one when it takes another name.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="access_reports"
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    attributed_as = models.CharField(max_length=20, choices=Attribution)
    attributed_to = models.CharField(max_length=200, blank=True)
    coalition_id = models.UUIDField(null=True, blank=True)
    publish_at = models.DateTimeField()
    released_event = models.OneToOneField(
        AccessEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.ForeignKey(
        AccessEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submission = models.UUIDField()

    objects = TenantManager["AccessReport"]()

    class Meta:
        """Newest first; sent once, corrected once, cancelled or released and never both."""

        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["organization", "-created_at"], name="report_by_organization"),
            models.Index(
                fields=["publish_at"],
                name="report_by_date",
                condition=models.Q(released_at=None, cancelled_at=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["organization", "submission"], name="report_once"),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=models.Q(cancelled_at=None),
                name="report_corrects_once",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at=None) | models.Q(cancelled_at=None),
                name="report_released_or_cancelled",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at=None, released_event=None)
                | models.Q(released_at__isnull=False, released_event__isnull=False),
                name="report_released_whole",
            ),
        )

    def __str__(self) -> str:
        """For logs: nothing of what it says."""
        return f"report {self.pk}"
