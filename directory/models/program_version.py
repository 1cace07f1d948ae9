"""The history of programs: each state that a working copy was saved in."""

from __future__ import annotations

from django.db import models

from directory.models.program import Program
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ProgramVersion(Row):
    """A working copy as it was saved. Added, never changed; it goes with its program.

    `snapshot` holds all values, see `directory.queries.program_values`; `changed` names those that
    differ from the version before. `person_id` is who saved it, empty where the system did; it is
    no foreign key, so that an account can go and the history stay.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    person_id = models.UUIDField(null=True, blank=True)
    changed = models.JSONField(default=list, blank=True)
    snapshot = models.JSONField(default=dict)

    objects = TenantManager["ProgramVersion"]()

    class Meta:
        """Each version once, the newest first."""

        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=["program", "version"], name="program_version_once"),
        )

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"version {self.version}"
