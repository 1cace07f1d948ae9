"""The rules for a visit that a source gives for one place."""

from django.db import models

from directory.enums import VisitorCategory, YesNo
from directory.models.base import Sourced
from directory.models.country import Country
from directory.models.facility import Facility
from network.models.base import Row


class VisitingRule(Row, Sourced):
    """When, how long and with what one kind of visitor may come, as one source said on its date.

    `facility` is empty where the place named is none that is listed; the name is then all there
    is. Times are the place's own, in the source's words. `author` is the slug of the group that
    wrote it, or empty for an import; `confirmed_on` is the day on which that group last said that
    it still holds.
    """

    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.CASCADE, related_name="visiting_rules"
    )
    facility_name = models.CharField(max_length=200)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="visiting_rules")
    locality = models.CharField(max_length=120, blank=True)
    visitor_category = models.CharField(max_length=20, choices=VisitorCategory)
    category_source_value = models.CharField(max_length=60, blank=True)
    days_hours = models.CharField(max_length=300, blank=True)
    booking_required = models.CharField(max_length=8, choices=YesNo, default=YesNo.UNKNOWN)
    booking_lead_hours = models.PositiveIntegerField(null=True, blank=True)
    id_required = models.CharField(max_length=300, blank=True)
    max_visitors = models.PositiveIntegerField(null=True, blank=True)
    max_minutes = models.PositiveIntegerField(null=True, blank=True)
    contact_type = models.CharField(max_length=40, blank=True)
    items_barred = models.JSONField(default=list, blank=True)
    minors = models.CharField(max_length=200, blank=True)
    transport = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    author = models.CharField(max_length=80, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One for each place, kind of visitor and source; of a group one for each place."""

        constraints = (
            models.UniqueConstraint(
                fields=["country", "facility_name", "visitor_category", "source_url"],
                condition=models.Q(author=""),
                name="visiting_rule_once",
            ),
            models.UniqueConstraint(
                fields=["facility", "visitor_category", "author"],
                condition=~models.Q(author=""),
                name="visiting_rule_signed_once",
            ),
        )

    def __str__(self) -> str:
        """Whom and where, for logs."""
        return f"{self.visitor_category} {self.facility_name}"
