"""Countries and territories of ISO 3166."""

from django.db import models

from directory.enums import RightToVisit
from directory.models.base import Sourced
from network.fields import PartialDateField
from network.models.base import Row


class Country(Row, Sourced):
    """A country or territory, its names, and one reading of one statement on the right to visit.

    `names` is `{language: name}`. The right is editorial: it is never shown without the statement
    and its source. Its source and date are those of the statement; `Sourced` is the row's own.
    """

    iso2 = models.CharField(max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, blank=True)
    iso_numeric = models.CharField(max_length=3, blank=True)
    names = models.JSONField(default=dict)
    region = models.CharField(max_length=40, blank=True)
    subregion = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    languages = models.JSONField(default=list)
    right_to_visit = models.CharField(
        max_length=12, choices=RightToVisit, default=RightToVisit.UNKNOWN
    )
    right_source_value = models.CharField(max_length=40, blank=True)
    right_statement = models.TextField(blank=True)
    right_source_url = models.CharField(max_length=500, blank=True)
    right_as_of = PartialDateField()
    edited_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """By code; names differ by the reader's language."""

        verbose_name_plural = "countries"
        ordering = ("iso2",)

    def __str__(self) -> str:
        """Its code."""
        return self.iso2
