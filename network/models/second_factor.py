"""Second factors: what a person shows beside the password."""

from __future__ import annotations

from django.db import models

from network.enums import FactorKind
from network.models.base import Row
from network.models.person import Person


class SecondFactor(Row):
    """A code app or a passkey. It counts from `confirmed_at` on; `used_on` is a day.

    `secret` is sealed for this row, see `network.sealing`: the shared secret of a code app, the
    public key of a passkey. `last_step` is the time step of the last code that was accepted, so
    that none is accepted twice; `sign_count` is a passkey's own count of its signatures, which a
    copy of it would fall behind.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=10, choices=FactorKind)
    name = models.CharField(max_length=60, blank=True)
    secret = models.TextField()
    credential_id = models.CharField(max_length=1400, null=True, blank=True, unique=True)
    sign_count = models.BigIntegerField(default=0)
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        """Oldest first; one code app at a time waits for its first code."""

        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind=FactorKind.PASSKEY, credential_id__isnull=False)
                | models.Q(kind=FactorKind.TOTP, credential_id=None),
                name="factor_passkey_has_credential",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(kind=FactorKind.TOTP, confirmed_at=None),
                name="factor_one_waiting",
            ),
        )

    def __str__(self) -> str:
        """Its kind and number, for logs."""
        return f"{self.kind} {self.pk}"
