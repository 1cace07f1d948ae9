"""Recovery codes: the way back in when the second factor is lost."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.person import Person


class RecoveryCode(Row):
    """One code of a set, by a keyed hash. It lets its person in once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """No code stands twice in a set."""

        constraints = (
            models.UniqueConstraint(fields=["person", "code_hash"], name="recovery_code_once"),
        )

    def __str__(self) -> str:
        """Its number, for logs; never the code."""
        return f"recovery code {self.pk}"
