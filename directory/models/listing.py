"""Listings: the public read model of programs."""

from django.db import models

from directory.enums import Claim, Precision, ProgramStatus
from directory.models.base import Place, Sourced, place_constraints
from directory.models.country import Country
from directory.models.organization_card import OrganizationCard
from network.fields import PartialDateField
from network.models import Node
from network.models.base import Row


class Listing(Row, Place, Sourced):
    """One row for each program that may be shown; written by publishing, importing or federation.

    Texts are `{language: text}`. `name_language` is the language of `name`; `name_is_label` says
    that the source gave no name and one was put together here. `names_of_source` are the languages
    in which the file gives a name; other names were added by people. `services_source` keeps the
    source's own words. `photo` is `{name, width, height, alt: {language: text}}` of a file, or
    empty. `has_relay` says that readers can write to the group through the site. `withheld` names
    the fields that the group keeps to itself; they are empty here, not hidden. `claimed_on` is
    when a group took the entry over from a source, `website_changed_on` when the source last named
    another website than before. `version` and `updated_at` change with what the public reads and
    with nothing else. `updated_at` is empty until the transaction stamps it, see
    `change_revision`; with it comes `document`, the row and the places it visits as JSON, for who
    reads by the thousand.
    """

    slug = models.SlugField(max_length=160, unique=True)
    claim = models.CharField(max_length=10, choices=Claim)
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)
    name_language = models.CharField(max_length=12, blank=True)
    names_of_source = models.JSONField(default=list, blank=True)
    name_is_label = models.BooleanField(default=False)
    summaries = models.JSONField(default=dict, blank=True)
    descriptions = models.JSONField(default=dict, blank=True)
    how_to_join = models.JSONField(default=dict, blank=True)
    how_to_be_visited = models.JSONField(default=dict, blank=True)
    organization = models.ForeignKey(
        OrganizationCard, null=True, blank=True, on_delete=models.CASCADE, related_name="listings"
    )
    organization_name = models.CharField(max_length=200, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="listings")
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.COUNTRY)
    locality_basis = models.CharField(max_length=20, blank=True)
    languages = models.JSONField(default=list, blank=True)
    services = models.JSONField(default=list, blank=True)
    services_source = models.JSONField(default=list, blank=True)
    website = models.CharField(max_length=500, blank=True)
    website_changed_on = models.DateField(null=True, blank=True)
    contact = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=24, choices=ProgramStatus, default=ProgramStatus.UNKNOWN)
    status_source_value = models.CharField(max_length=60, blank=True)
    capacity = models.JSONField(default=dict, blank=True)
    photo = models.JSONField(default=dict, blank=True)
    has_relay = models.BooleanField(default=False)
    founded = PartialDateField()
    network = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    withheld = models.JSONField(default=list, blank=True)
    replaces = models.JSONField(default=list, blank=True)
    origin = models.ForeignKey(Node, null=True, blank=True, on_delete=models.CASCADE)
    origin_url = models.CharField(max_length=500, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    document = models.TextField(blank=True)

    class Meta:
        """In the order of their names."""

        ordering = ("name", "slug")
        indexes = (
            models.Index(fields=["name", "slug"], name="listing_by_name"),
            models.Index(fields=["country", "name", "slug"], name="listing_by_country"),
            models.Index(fields=["updated_at", "id"], name="listing_by_change"),
            models.Index(fields=["status", "name"], name="listing_by_status"),
            models.Index(fields=["latitude", "longitude", "precision"], name="listing_by_point"),
        )
        constraints = place_constraints("listing")

    def __str__(self) -> str:
        """The name as the source or the group writes it."""
        return self.name
