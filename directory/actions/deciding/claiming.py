"""An entry of a source becomes a group's own program; and how that is undone."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from directory.actions.indexing import index_listings, places_of
from directory.actions.programs.audit import record_program
from directory.actions.programs.history import keep_version
from directory.actions.programs.writing import current_values, write_values
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.removals import come_back
from directory.actions.revisions import change_revision
from directory.enums import Claim, Service
from directory.models import Application, Claimed, ClaimedEntry, Listing, Program, Suppression
from directory.queries.program_values import FIELDS, TEXTS, Values
from directory.validators import normalise_language
from network.tenancy import Actor

# What a source said stays with the entry: its page names it until the group writes its own.
_SOURCE = ("source_url", "as_of", "as_of_basis", "retrieved", "text_language")
LONGEST_SLUG = 100


def take_over(hand: Actor, *, application: Application) -> Program:
    """Make the entry a program of the group that claims it, published at the same address.

    In the transaction of an approval, by the operator's hand in that group. The entry is kept as
    it was, so that an objection can be upheld.
    """
    listed = Listing.objects.select_for_update(of=("self",)).select_related("country")
    listing = listed.get(slug=application.listing_slug, claim=Claim.UNCLAIMED)
    program = Program(
        pk=uuid4(),
        organization_id=application.organization_id,
        slug=listing.slug[:LONGEST_SLUG],
        country=listing.country.iso2,
        replaces=[str(listing.pk)],
    )
    program.save(force_insert=True)
    ClaimedEntry.objects.create(
        organization_id=application.organization_id,
        application=application,
        program_id=program.pk,
        document=_document(listing),
    )
    write_values(program, _values(listing), FIELDS)
    keep_version(hand, program=program, changed=FIELDS, values=current_values(program))
    record_program(hand, "program.created", program)
    source = {name: getattr(listing, name) for name in _SOURCE}
    shown = publish_program(hand, program=program)
    Listing.objects.filter(pk=shown.pk).update(
        **source, claimed_on=timezone.localdate(), updated_at=None
    )
    change_revision()
    return program


@transaction.atomic
def give_back(hand: Actor, *, entry: ClaimedEntry, is_suppressed: bool = False) -> None:
    """Take the claimed program out of public sight, and put the entry back as the source gave it.

    With `is_suppressed`, or where the entry was taken off meanwhile, it does not come back. In the
    transaction of an objection that is upheld, by the operator's hand in the group.
    """
    program = Program.objects.select_for_update().get(pk=entry.program_id)
    unpublish_program(hand, program=program)
    Program.objects.filter(pk=program.pk).update(replaces=[])
    old: list[Any] = list(serializers.deserialize("python", entry.document))
    listing = old[0].object
    slugs = {listing.slug, program.slug}
    if not is_suppressed:
        Claimed.objects.filter(program_id=program.pk, slug__in=slugs).delete()
    is_off = Suppression.objects.filter(slug=listing.slug).exists()
    if not (is_suppressed or is_off):
        come_back(listing)
        for one in old:
            if one.object is not listing:
                one.object.pk = None
            one.object.save()
        back = Listing.objects.select_related("country").get(pk=listing.pk)
        Listing.objects.filter(pk=back.pk).update(version=listing.version, updated_at=None)
        index_listings([back], places_of([back]))
    ClaimedEntry.objects.filter(pk=entry.pk).update(undone_at=timezone.now())
    change_revision()


def _document(listing: Listing) -> list[Any]:
    """The row with its places and words, as JSON takes them."""
    rows = [listing, *listing.visits.all(), *listing.tags.all()]
    found: list[Any] = serializers.serialize("python", rows)
    for one in found:
        one["fields"] = {name: _plain(value) for name, value in one["fields"].items()}
        one["pk"] = _plain(one["pk"])
    return found


def _plain(value: Any) -> Any:
    return (
        value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
    )


def _values(listing: Listing) -> Values:
    """What the public read of an entry, as the values of a program."""
    language = listing.name_language or listing.text_language or "en"
    texts: Values = {name: dict(getattr(listing, name)) for name in TEXTS}
    if not texts["names"]:
        texts["names"] = {language: listing.name}
    return {
        **texts,
        "status": str(listing.status),
        "languages": [code for code in listing.languages if _is_language(code)],
        "services": [one for one in listing.services if one in Service.values],
        "website": listing.website,
        "contact": dict(listing.contact),
        "capacity": dict(listing.capacity),
        "withheld": [],
        "facilities": [
            {"id": one.facility_id, "slug": "", "name": one.name}
            for one in listing.visits.order_by("position")
        ],
        "country": listing.country.iso2,
        "region": listing.admin1,
        "locality": listing.locality,
        "point": None
        if listing.latitude is None
        else {"lat": listing.latitude, "lon": listing.longitude},
        "precision": str(listing.precision),
    }


def _is_language(code: str) -> bool:
    try:
        return normalise_language(code) == code
    except ValidationError:
        return False
