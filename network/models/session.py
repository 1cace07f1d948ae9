"""Sessions: the devices on which people are signed in."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.person import Person


class Session(Row):
    """One browser, by a hash of its cookie; signed in where it has a person and does not wait.

    `is_waiting` is for who has shown one factor and has the second to go: whatever ends a
    person's devices ends that, too.
    Shown to its person by `name` and dates, which are days: no address, no kind of browser. `data`
    is signed text for the session itself, see `network.sessions`.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions"
    )
    is_waiting = models.BooleanField(default=False)
    name = models.CharField(max_length=60, blank=True)
    data = models.TextField(blank=True)
    seen_on = models.DateField()
    expires_at = models.DateTimeField()

    class Meta:
        """The purge finds them by their end."""

        indexes = (models.Index(fields=["expires_at"], name="session_by_end"),)

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"session {self.pk}"
