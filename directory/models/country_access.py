"""Who may visit in a country, in law and in practice, as sources say."""

from django.db import models

from directory.enums import Confidence, Practice, RightInLaw, VisitorCategory
from directory.models.base import Sourced
from network.fields import PartialDateField
from network.models.base import Row


class CountryAccess(Row, Sourced):
    """One statement of one source on one kind of visitor, in law and in practice.

    `jurisdiction` is a country's code or `EU` for Union law, which is no country and holds in
    every member state.
    """

    jurisdiction = models.CharField(max_length=2, db_index=True)
    visitor_category = models.CharField(max_length=20, choices=VisitorCategory)
    category_source_value = models.CharField(max_length=60, blank=True)
    right_in_law = models.CharField(max_length=12, choices=RightInLaw, default=RightInLaw.UNKNOWN)
    law_source_value = models.CharField(max_length=60, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    legal_basis_date = PartialDateField()
    authorisation_needed = models.CharField(max_length=300, blank=True)
    practice = models.CharField(max_length=16, choices=Practice, default=Practice.UNKNOWN)
    practice_source_value = models.CharField(max_length=60, blank=True)
    statement = models.TextField()
    confidence = models.CharField(max_length=12, choices=Confidence, default=Confidence.SINGLE)
    edited_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One statement for each kind of visitor and source."""

        verbose_name_plural = "country access"
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "visitor_category", "source_url"],
                name="country_access_once",
            ),
        )

    def __str__(self) -> str:
        """Whom and where, for logs."""
        return f"{self.visitor_category} {self.jurisdiction}"
