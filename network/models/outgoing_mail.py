"""Mails on their way out."""

from __future__ import annotations

from django.db import models

from network.enums import MailKind
from network.models.base import Row


class OutgoingMail(Row):
    """A mail that was written in the transaction of what it tells, and is deleted when sent.

    `kind` says whether it stands here ready, or is a wish for a link, which is looked into when
    it is sent: asking for one then costs the same whether an account exists or not.
    """

    kind = models.CharField(max_length=10, choices=MailKind, default=MailKind.READY)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        """The worker takes those that are due, oldest first."""

        ordering = ("due_at", "id")
        indexes = (models.Index(fields=["due_at", "id"], name="mail_by_due"),)

    def __str__(self) -> str:
        """Its number; never the address."""
        return f"mail {self.pk}"
