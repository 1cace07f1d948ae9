"""The places that a listed program visits."""

from django.db import models

from directory.models.facility import Facility
from directory.models.listing import Listing


class ListingFacility(models.Model):
    """A place that a program visits: a facility where the match is certain, else its name only."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="visits")
    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.SET_NULL, related_name="visited_by"
    )
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the order of the source."""

        verbose_name_plural = "listing facilities"
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["listing", "name"], name="listing_facility_once"),
        )

    def __str__(self) -> str:
        """The name as the source writes it."""
        return self.name
