"""Places of detention: shared by all, owned by none."""

from django.db import models

from directory.enums import (
    FacilityKind,
    FacilitySetting,
    FacilityStatus,
    OperatorKind,
    Precision,
)
from directory.models.base import Place, Sourced, place_constraints
from directory.models.country import Country
from network.models.base import Row


class Facility(Row, Place, Sourced):
    """A place of detention as the display rule shows it, picked from its FacilityClaims.

    The texts of `*_source_value` are the source's own words, kept beside the vocabulary. A
    duplicate points at what it was merged into, and its address redirects there.
    """

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="facilities")
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.COUNTRY)
    kind = models.CharField(max_length=16, choices=FacilityKind, default=FacilityKind.UNKNOWN)
    kind_source_value = models.CharField(max_length=60, blank=True)
    setting = models.CharField(
        max_length=20, choices=FacilitySetting, default=FacilitySetting.UNKNOWN
    )
    operator = models.CharField(max_length=200, blank=True)
    operator_kind = models.CharField(
        max_length=8, choices=OperatorKind, default=OperatorKind.UNKNOWN
    )
    custodial_authority = models.CharField(max_length=200, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(
        max_length=20, choices=FacilityStatus, default=FacilityStatus.UNKNOWN
    )
    status_source_value = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    licence = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of their names."""

        verbose_name_plural = "facilities"
        ordering = ("name", "slug")
        indexes = (
            models.Index(fields=["country", "name"], name="facility_by_country"),
            models.Index(fields=["name", "slug"], name="facility_by_name"),
            models.Index(fields=["latitude", "longitude", "precision"], name="facility_by_point"),
        )
        constraints = place_constraints("facility")

    def __str__(self) -> str:
        """Its name."""
        return self.name
