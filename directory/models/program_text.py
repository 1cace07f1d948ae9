"""The texts of programs, a row for each language."""

from __future__ import annotations

from django.db import models

from directory.models.program import Program
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ProgramText(Row):
    """The texts of a program in one language."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    how_to_join = models.TextField(blank=True)
    how_to_be_visited = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager["ProgramText"]()

    class Meta:
        """One row for each language."""

        constraints = (
            models.UniqueConstraint(fields=["program", "language"], name="program_text_once"),
        )

    def __str__(self) -> str:
        """The name in this language."""
        return self.name
