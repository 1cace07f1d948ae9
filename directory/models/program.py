"""Programs: an organization's private working copy of what it offers."""

from __future__ import annotations

from django.db import models

from directory.enums import Precision, ProgramStatus
from directory.models.base import Place, place_constraints
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Program(Row, Place):
    """What an organization offers, as it keeps it; the public reads a Listing instead.

    `withheld` names fields of the listing that are not published. `replaces` holds the ids of
    unclaimed listings that it supersedes. A new `version` with every change: a second editor is
    told. Points are coarsened here already. The slug is one group's own until the program is
    published: no other group learns that it is taken. `last_public` keeps contact, website and
    place of a listing that was taken away, so that one published again is measured by it.
    `reminded_on` is the day of the last mail that asked whether it is still right.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="programs"
    )
    slug = models.SlugField(max_length=100)
    status = models.CharField(max_length=24, choices=ProgramStatus, default=ProgramStatus.FORMING)
    country = models.CharField(max_length=2)
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.COUNTRY)
    languages = models.JSONField(default=list, blank=True)
    services = models.JSONField(default=list, blank=True)
    website = models.CharField(max_length=500, blank=True)
    contact = models.JSONField(default=dict, blank=True)
    capacity = models.JSONField(default=dict, blank=True)
    withheld = models.JSONField(default=list, blank=True)
    replaces = models.JSONField(default=list, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    last_public = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = TenantManager["Program"]()

    class Meta:
        """A grant to edit texts is the only one; its key with its organization is unique."""

        permissions = (("edit_texts", "Edit the texts of one program"),)
        default_permissions = ()
        constraints = (
            *place_constraints("program"),
            models.UniqueConstraint(fields=["organization", "id"], name="program_of_organization"),
            models.UniqueConstraint(fields=["organization", "slug"], name="program_slug_once"),
        )

    def __str__(self) -> str:
        """Its slug, for logs."""
        return self.slug
