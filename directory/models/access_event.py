"""The ledger of access: every opening and closing that is known. Added, never changed."""

from django.db import models
from django.utils import timezone

from directory.enums import (
    AccessStatus,
    Attribution,
    Confidence,
    EventScope,
    Retaliation,
    SourceKind,
    StatedReason,
    VisitorCategory,
)
from directory.models.country import Country
from directory.models.facility import Facility
from network.fields import PartialDateField
from network.models.base import Row


class AccessEvent(Row):
    """One statement: at this place, for this kind of visitor, from then until then.

    `facility` is empty where a whole country, a part of it or a place that is not listed is
    meant; `facility_name` always says what the source calls it. `nationwide` says that the entry
    speaks for every place in the country. An empty `effective_to` means that the
    end is not known. A correction is a new row that `supersedes` the old one; triggers in the
    database refuse every change. `attributed_as` and `attributed_to` are how the author chose to
    be named; who the author is stands nowhere in this table. `created_at` of an entry that a
    group reported is the beginning of the day on which it became public, never the moment.
    """

    created_at = models.DateTimeField(default=timezone.now)

    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="access_events"
    )
    facility_name = models.CharField(max_length=200)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="access_events")
    nationwide = models.BooleanField(default=False)
    visitor_category = models.CharField(max_length=20, choices=VisitorCategory)
    category_source_value = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, choices=AccessStatus, default=AccessStatus.UNKNOWN)
    status_source_value = models.CharField(max_length=60, blank=True)
    effective_from = PartialDateField()
    effective_to = PartialDateField()
    scope = models.CharField(max_length=16, choices=EventScope, default=EventScope.ALL)
    stated_reason = models.CharField(
        max_length=20, choices=StatedReason, default=StatedReason.NONE_GIVEN
    )
    reason_source_value = models.CharField(max_length=60, blank=True)
    retaliation = models.CharField(max_length=8, choices=Retaliation, default=Retaliation.NO)
    source_kind = models.CharField(max_length=16, choices=SourceKind, default=SourceKind.OTHER)
    source_url = models.CharField(max_length=500, blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence, default=Confidence.SINGLE)
    statement = models.TextField()
    text_language = models.CharField(max_length=12, default="en")
    retrieved = models.DateField(null=True, blank=True)
    attributed_as = models.CharField(
        max_length=20, choices=Attribution, default=Attribution.SOURCE
    )
    attributed_to = models.CharField(max_length=200, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        """Newest first."""

        ordering = ("-effective_from", "-created_at", "id")
        indexes = (
            models.Index(fields=["facility", "-effective_from"], name="access_by_facility"),
            models.Index(fields=["country", "-effective_from"], name="access_by_country"),
            models.Index(fields=["-effective_from", "id"], name="access_by_date"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(nationwide=False) | models.Q(facility=None),
                name="access_nationwide_names_no_place",
            ),
        )

    def __str__(self) -> str:
        """For logs."""
        return f"{self.status} {self.visitor_category} {self.facility_name}"
