"""Questions of the stewards to an applicant, and what they answered."""

from __future__ import annotations

from django.db import models

from directory.enums import NoteAuthor
from directory.models.application import Application
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ApplicationNote(Row):
    """One line of the talk about an application, read by both sides. Added, never changed."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.CharField(max_length=10, choices=NoteAuthor)
    person_id = models.UUIDField(null=True, blank=True)
    body = models.TextField()

    objects = TenantManager["ApplicationNote"]()

    class Meta:
        """In the order in which they were written."""

        ordering = ("created_at", "id")

    def __str__(self) -> str:
        """Its number; never the text."""
        return f"note {self.pk}"
