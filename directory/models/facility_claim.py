"""What one source or one organization says about a place of detention."""

from django.db import models

from directory.models.base import Sourced
from directory.models.facility import Facility
from network.models.base import Row


class FacilityClaim(Row, Sourced):
    """The fields that one author states about a facility, with source and date.

    `author` is the slug of the organization that stated it, or empty for an import; public, as
    the claim is. `values` is `{field: value}` in the words of Facility's fields. An author may
    withdraw a claim of their own; nobody deletes another's.
    """

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="claims")
    author = models.CharField(max_length=80, blank=True)
    values = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One present claim for each author and source."""

        constraints = (
            models.UniqueConstraint(
                fields=["facility", "author", "source_url"],
                condition=models.Q(withdrawn_at=None),
                name="facility_claim_once",
            ),
        )

    def __str__(self) -> str:
        """For logs."""
        return f"claim {self.pk}"
