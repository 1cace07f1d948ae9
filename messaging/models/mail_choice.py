"""How a person wants to be told by mail that messages wait."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from messaging.enums import DigestRhythm
from network.models.base import Row


class MailChoice(Row):
    """One for each person, over all their groups; without a row the defaults hold.

    Hours are whole ones of the person's time zone. A digest comes at `hour` at the earliest.
    Between `quiet_from` and `quiet_until` nothing is sent; where both are the same there is no
    such time. `told_at` is when the last mail was written. `version` counts what the person
    changed.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=8, choices=DigestRhythm, default=DigestRhythm.DAILY)
    hour = models.PositiveSmallIntegerField(default=8)
    at_once = models.BooleanField(default=True)
    quiet_from = models.PositiveSmallIntegerField(default=21)
    quiet_until = models.PositiveSmallIntegerField(default=8)
    told_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A day has 24 hours."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(hour__lt=24, quiet_from__lt=24, quiet_until__lt=24),
                name="mail_choice_hours_of_a_day",
            ),
        )

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"mail choice {self.pk}"
