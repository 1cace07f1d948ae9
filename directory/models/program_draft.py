"""Drafts: what somebody wrote on a program and has not saved yet."""

from __future__ import annotations

from django.db import models

from directory.models.program import Program
from network.models import Organization, Person
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ProgramDraft(Row):
    """What one person has written and not saved, for one program or for a new one.

    `values` are as they were typed, unchecked; nothing but the editor reads them. `edition` counts
    how often something of it was saved or discarded, and `closed` says of each field at which
    count that was last: what an older page still sends is known by it and left out. So the row
    stays when the draft is gone.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    base_version = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict, blank=True)
    edition = models.PositiveIntegerField(default=0)
    closed = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager["ProgramDraft"]()

    class Meta:
        """One for each person and program, and one for each person's new program."""

        constraints = (
            models.UniqueConstraint(
                fields=["person", "program"],
                condition=models.Q(program__isnull=False),
                name="program_draft_once",
            ),
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=models.Q(program__isnull=True),
                name="program_draft_new_once",
            ),
        )

    def __str__(self) -> str:
        """For logs."""
        return f"draft {self.pk}"
