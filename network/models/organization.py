"""Organizations: the tenants."""

from uuid import UUID

from django.contrib.auth.models import Group
from django.db import models

from network.enums import OrganizationKind, OrganizationStatus
from network.models.base import Row
from network.models.node import Node
from network.tenancy.managers import OwnRowManager


class Organization(Row):
    """An association that visits, a coalition of such, or a supporter.

    Private: what the public may know of it stands in its OrganizationCard. `group` holds the
    object grants that it was given by others; its members are Memberships, never group members.
    `home_node` is empty for an organization of this node. `website_changed_at` and
    `website_changed_by`, a person's id, stand while a new website waits to be shown. From
    `deleted_at` on an owner can bring it back for 7 days. `verification` says how it was verified:
    the names of `groups` that vouched, a public `reason`, and how many `stewards` decided.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)
    country = models.CharField(max_length=2)
    kind = models.CharField(
        max_length=20, choices=OrganizationKind, default=OrganizationKind.PROGRAM_OPERATOR
    )
    status = models.CharField(
        max_length=10, choices=OrganizationStatus, default=OrganizationStatus.APPLIED
    )
    home_node = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT)
    languages = models.JSONField(default=list, blank=True)
    website = models.CharField(max_length=500, blank=True)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    verified_on = models.DateField(null=True, blank=True)
    verification = models.JSONField(null=True, blank=True)
    website_changed_at = models.DateTimeField(null=True, blank=True)
    website_changed_by = models.UUIDField(null=True, blank=True)
    locked_down_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = OwnRowManager["Organization"]()

    class Meta:
        """In the order of their names."""

        ordering = ("name", "id")

    def __str__(self) -> str:
        """The name people use."""
        return self.name

    @property
    def organization_id(self) -> UUID:
        """Itself: to the gate, an organization is an object of its own."""
        return self.pk
