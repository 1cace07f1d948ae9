"""Reports: what somebody without an account says about a public entry."""

from __future__ import annotations

from django.db import models

from directory.enums import ReportDecision, ReportKind, ReportSubject
from network.models.base import Row


class Report(Row):
    """A note on one public entry. Read by the stewards alone.

    `slug` names the entry. `email` is where an answer goes and is emptied with the decision;
    `text` is emptied 90 days after it.
    """

    subject = models.CharField(max_length=10, choices=ReportSubject)
    slug = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=ReportKind)
    text = models.TextField(blank=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=12, default="en")
    decision = models.CharField(max_length=10, choices=ReportDecision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        """Oldest first; a decision has its day."""

        ordering = ("created_at", "id")
        indexes = (models.Index(fields=["decided_at", "created_at"], name="report_by_decision"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False)),
                name="public_report_decided_whole",
            ),
        )

    def __str__(self) -> str:
        """What it says, for logs; never the text."""
        return f"{self.kind} {self.pk}"
