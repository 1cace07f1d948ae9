"""What was copied for a report: the words that somebody chose, and no others."""

from __future__ import annotations

from django.db import models

from messaging.enums import ConversationKind
from messaging.models.message_report import MessageReport
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ReportedWords(Row):
    """The copies of one report, for the stewards who belong to neither group.

    `about` is the group whose messages they are, `about_name` its name at that time. `copies` has
    `{number, shown_name, body, language, said_at}` for each message chosen: the writer's handle,
    never a person. Nothing leads back to the conversation but `talk`, its kind. Words and note
    are emptied in time, see `messaging.actions.purging_reports`.
    """

    report = models.OneToOneField(MessageReport, on_delete=models.CASCADE, related_name="words")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    about_name = models.CharField(max_length=200, blank=True)
    talk = models.CharField(max_length=10, choices=ConversationKind)
    note = models.TextField(blank=True)
    copies = models.JSONField(default=list, blank=True)

    objects = TenantManager["ReportedWords"]()

    class Meta:
        """Many, by name."""

        verbose_name_plural = "reported words"

    def __str__(self) -> str:
        """Its number, for logs; never the words."""
        return f"words {self.pk}"
