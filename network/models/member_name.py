"""The names by which colleagues know each other."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.organization import Organization
from network.models.person import Person
from network.tenancy.managers import TenantManager


class MemberName(Row):
    """A person's name, as the members of one organization may read it.

    A copy of `Person.display_name` and of the day since which mails come back, since nobody reads
    a colleague's account. Row security lets only its bearer change it. It outlives the
    membership, so that the audit log can be read.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="member_names"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    mail_bounced_on = models.DateField(null=True, blank=True)

    objects = TenantManager["MemberName"]()

    class Meta:
        """One name for each person in each organization."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "person"], name="member_name_once"),
        )

    def __str__(self) -> str:
        """Its id, for logs; never the name."""
        return str(self.pk)
