"""The places that a program visits, as its organization keeps them."""

from __future__ import annotations

from django.db import models

from directory.models.facility import Facility
from directory.models.program import Program
from network.models import Organization
from network.tenancy.managers import TenantManager


class ProgramFacility(models.Model):
    """A place that a program visits: a facility, or a name where it is not listed."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="visits")
    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=200)

    objects = TenantManager["ProgramFacility"]()

    class Meta:
        """Each place once."""

        verbose_name_plural = "program facilities"
        constraints = (
            models.UniqueConstraint(fields=["program", "name"], name="program_facility_once"),
        )

    def __str__(self) -> str:
        """The name of the place."""
        return self.name
