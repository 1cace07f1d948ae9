"""Publishing a program: its listing is written from the working copy, without what is withheld."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.actions.cards import publish_card
from directory.actions.indexing import forget_words, index_listings, places_of, take_words
from directory.actions.programs.audit import record_program
from directory.actions.programs.holding import drop_held_change, hold_changes
from directory.actions.removals import come_back, remove_listings
from directory.actions.revisions import change_revision
from directory.enums import Claim
from directory.models import (
    Claimed,
    Listing,
    ListingFacility,
    ListingTag,
    OrganizationCard,
    Program,
)
from directory.queries.coalitions import coalition_tags
from directory.queries.publication import Places, public_columns, publication_of
from network.erasures import Erased, erase, take_back
from network.events import ProgramPublished, ProgramUnpublished, publish
from network.permissions import Permission, require
from network.tenancy import Actor


@transaction.atomic
def publish_program(actor: Actor, *, program: Program) -> Listing:
    """The program's listing, public from the commit on; publishing again replaces it whole.

    What is withheld is not written at all, so nothing that reads listings can let it through. Nor
    is a listing touched that would say what it says already: its version and date would tell that
    something withheld had changed. The unclaimed listings that the program replaces go away, and
    no import brings them back. The day counts as confirmed.

    A changed contact, website, place or form for notes of a listing that is public already stays
    as it was for 24 hours, or until a colleague confirms it; see
    `directory.actions.programs.holding`. The address gets a number where another program has it by
    now.

    Raises:
        Refused: the actor may not publish this program.
        ValidationError: the program was deleted, the organization is not verified, the slug was
            taken off for good, there is no name in any language, or a country, a withheld field,
            a service or a language is unknown.
    """
    require(actor, Permission.PROGRAM_PUBLISH, program)
    # Nobody edits or publishes it meanwhile.
    program = Program.objects.select_for_update().get(pk=program.pk)
    found = publication_of(program, present_listing(program))
    if found.problems:
        raise found.problems[0]
    program.slug = found.values["slug"]
    values = found.values | {
        "claim": Claim.OWN,
        "organization": _card(actor, program),
        "confirmed_on": timezone.localdate(),
    }
    words = take_words(Listing.objects.filter(_changed_by(program)))
    Program.objects.filter(pk=program.pk).update(
        slug=program.slug,
        published_at=timezone.now(),
        confirmed_on=values["confirmed_on"],
        last_public={},
    )
    replaced = _take_over(program)
    listing, is_changed = _written(program, values, found.places)
    index_listings([listing], places_of([listing]))
    forget_words(words)
    record_program(actor, "program.published", program)
    if is_changed or replaced:
        change_revision()
        listing.refresh_from_db(fields=["updated_at"])
    take_back(Erased.PUBLICATION, program.pk)
    publish(ProgramPublished(program.organization_id, program.pk, program.slug))
    hold_changes(actor, program=program, waiting=found.waiting)
    return listing


@transaction.atomic
def unpublish_program(actor: Actor, *, program: Program) -> None:
    """Take the program's listing away. The working copy stays; doing it twice changes nothing.

    What the listing replaced stays away too, and what waited to be public waits no more.

    Raises:
        Refused: the actor may not publish or unpublish this program.
    """
    require(actor, Permission.PROGRAM_PUBLISH, program)
    Program.objects.select_for_update().get(pk=program.pk)
    listed = Listing.objects.filter(pk=program.pk, claim=Claim.OWN)
    present = listed.select_related("country").first()
    words = take_words(listed)
    drop_held_change(actor, program=program)
    if present and remove_listings(listed):
        forget_words(words)
        Program.objects.filter(pk=program.pk).update(
            published_at=None, last_public=public_columns(present)
        )
        record_program(actor, "program.unpublished", program)
        change_revision()
        erase(Erased.PUBLICATION, program.pk)
        publish(ProgramUnpublished(program.organization_id, program.pk, program.slug))


def present_listing(program: Program) -> Listing | None:
    """The program's listing as the public reads it now, if there is one."""
    listed = Listing.objects.select_related("country").select_for_update(of=("self",))
    return listed.filter(pk=program.pk, claim=Claim.OWN).first()


def _changed_by(program: Program) -> Q:
    """A condition on listings: the program's own, or one that it takes the place of."""
    return Q(pk=program.pk) | Q(pk__in=program.replaces, claim=Claim.UNCLAIMED)


def _take_over(program: Program) -> int:
    """Keep the addresses of the program and of what it replaces, and take the latter away.

    How many listings were taken away.
    """
    replaced = Listing.objects.filter(pk__in=program.replaces, claim=Claim.UNCLAIMED)
    slugs = [program.slug, *replaced.values_list("slug", flat=True)]
    Claimed.objects.bulk_create(
        (Claimed(slug=slug, program_id=program.pk) for slug in slugs), ignore_conflicts=True
    )
    return remove_listings(replaced)


def _written(program: Program, values: dict[str, Any], places: Places) -> tuple[Listing, bool]:
    """The listing with these values, and whether it says anything else than before."""
    listing = Listing.objects.select_for_update().filter(pk=program.pk).first()
    if listing is None:
        listing = Listing(pk=program.pk)
        come_back(listing)
    elif _says(listing, values, places):
        return listing, False
    else:
        listing.version += 1
    for name, value in values.items():
        setattr(listing, name, value)
    listing.updated_at = None
    listing.save()
    _write_children(listing, places)
    return listing, True


def _says(listing: Listing, values: dict[str, Any], places: Places) -> bool:
    """Whether a listing says exactly this already."""
    shown = listing.visits.values_list("name", "facility_id")
    return list(shown) == places and all(
        getattr(listing, name) == value for name, value in values.items()
    )


def _write_children(listing: Listing, places: Places) -> None:
    listing.tags.all().delete()
    listing.visits.all().delete()
    kinds = (
        (ListingTag.Kind.LANGUAGE, listing.languages),
        (ListingTag.Kind.SERVICE, listing.services),
        (
            ListingTag.Kind.COALITION,
            coalition_tags(listing.organization) if listing.organization else [],
        ),
    )
    ListingTag.objects.bulk_create(
        ListingTag(listing=listing, kind=kind, value=value)
        for kind, words in kinds
        for value in dict.fromkeys(words)
    )
    ListingFacility.objects.bulk_create(
        ListingFacility(listing=listing, facility_id=facility, name=name, position=position)
        for position, (name, facility) in enumerate(places)
    )


def _card(actor: Actor, program: Program) -> OrganizationCard:
    present = OrganizationCard.objects.filter(pk=program.organization_id).first()
    return present or publish_card(actor, organization=program.organization)
