"""Where the notes go that readers write to a program through the site."""

from __future__ import annotations

from django.db import models

from directory.models.program import Program
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Relay(Row):
    """A program's wish to be written to, and the address to which notes go, never published.

    Nothing goes there before somebody has pressed the button in a mail that was sent to it:
    `confirmed_at`. `asked_by` is the person who named it, and does not confirm it for the
    public. Of the link in that mail only a hash is kept. Of notes nothing is kept but their
    number.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="relay")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    notes = models.PositiveIntegerField(default=0)

    objects = TenantManager["Relay"]()

    class Meta:
        """Found by the link of the mail that confirms it."""

        indexes = (models.Index(fields=["token_hash"], name="relay_by_token"),)

    def __str__(self) -> str:
        """Its number; never the address."""
        return f"relay {self.pk}"
