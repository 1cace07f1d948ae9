"""Organization cards: what the public may know of an organization."""

from django.db import models

from network.enums import OrganizationKind
from network.models import Node
from network.models.base import Row


class OrganizationCard(Row):
    """The public read model of an organization, written only by publishing.

    Its id is the organization's. `coalitions` is a list of `{id, slug, name}`; `origin` is empty
    for an organization of this node.
    """

    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)
    country = models.CharField(max_length=2)
    kind = models.CharField(
        max_length=20, choices=OrganizationKind, default=OrganizationKind.PROGRAM_OPERATOR
    )
    languages = models.JSONField(default=list, blank=True)
    website = models.CharField(max_length=500, blank=True)
    logo = models.CharField(max_length=200, blank=True)
    coalitions = models.JSONField(default=list, blank=True)
    verified_since = models.DateField(null=True, blank=True)
    verified_by = models.CharField(max_length=300, blank=True)
    origin = models.ForeignKey(Node, null=True, blank=True, on_delete=models.CASCADE)
    origin_url = models.CharField(max_length=500, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of their names."""

        ordering = ("name", "slug")

    def __str__(self) -> str:
        """The name people use."""
        return self.name
