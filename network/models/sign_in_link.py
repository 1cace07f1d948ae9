"""Links that let a person in once, sent by mail or handed over by the operator."""

from __future__ import annotations

from django.db import models

from network.enums import LinkKind
from network.models.base import Row
from network.models.person import Person


class SignInLink(Row):
    """A link of one use, by a hash. `email` is the new address that a change would bring."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=LinkKind)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """What it is for; never the link."""
        return f"{self.kind} {self.pk}"
