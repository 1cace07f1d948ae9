"""Publishing a program: its listing is written from the working copy, without what is withheld."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.cards import publish_card
from directory.actions.indexing import forget_words, index_listings, places_of, take_words
from directory.actions.removals import come_back, remove_listings
from directory.actions.revisions import change_revision
from directory.enums import Claim, Precision
from directory.enums.withholding import WITHHOLDABLE
from directory.models import (
    Claimed,
    Country,
    Listing,
    ListingFacility,
    ListingTag,
    OrganizationCard,
    Program,
    ProgramText,
    Suppression,
)
from network.actions.audit import record
from network.enums import OrganizationStatus
from network.events import ProgramPublished, ProgramUnpublished, publish
from network.permissions import Permission, require
from network.tenancy import Actor

_COPIED = (
    "slug",
    "status",
    "admin1",
    "locality",
    "latitude",
    "longitude",
    "precision",
    "languages",
    "services",
    "website",
    "contact",
    "capacity",
    "withheld",
    "replaces",
)
_Places = list[tuple[str, UUID | None]]
_TEXTS = {
    "summaries": "summary",
    "descriptions": "description",
    "how_to_join": "how_to_join",
    "how_to_be_visited": "how_to_be_visited",
}


@transaction.atomic
def publish_program(actor: Actor, *, program: Program) -> Listing:
    """The program's listing, public from the commit on; publishing again replaces it whole.

    What is withheld is not written at all, so nothing that reads listings can let it through. Nor
    is a listing touched that would say what it says already: its version and date would tell that
    something withheld had changed. The unclaimed listings that the program replaces go away, and
    no import brings them back. The day counts as confirmed.

    Raises:
        Refused: the actor may not publish this program.
        ValidationError: the program was deleted, the organization is not verified, the slug was
            taken off for good, there is no name in any language, or a country or withheld field
            is unknown.
    """
    require(actor, Permission.PROGRAM_PUBLISH, program)
    values = _values_of(program) | {
        "claim": Claim.OWN,
        "organization": _card(actor, program),
        "confirmed_on": timezone.localdate(),
    }
    words = take_words(Listing.objects.filter(_changed_by(program)))
    replaced = _take_over(program)
    listing, is_changed = _written(program, values)
    index_listings([listing], places_of([listing]))
    forget_words(words)
    Program.objects.filter(pk=program.pk).update(
        published_at=timezone.now(), confirmed_on=listing.confirmed_on
    )
    _record(actor, "program.published", program)
    if is_changed or replaced:
        change_revision()
        listing.refresh_from_db(fields=["updated_at"])
    publish(ProgramPublished(program.organization_id, program.pk, program.slug))
    return listing


@transaction.atomic
def unpublish_program(actor: Actor, *, program: Program) -> None:
    """Take the program's listing away. The working copy stays; doing it twice changes nothing.

    What the listing replaced stays away too.

    Raises:
        Refused: the actor may not publish or unpublish this program.
    """
    require(actor, Permission.PROGRAM_PUBLISH, program)
    listed = Listing.objects.filter(pk=program.pk, claim=Claim.OWN)
    words = take_words(listed)
    if remove_listings(listed):
        forget_words(words)
        Program.objects.filter(pk=program.pk).update(published_at=None)
        _record(actor, "program.unpublished", program)
        change_revision()
        publish(ProgramUnpublished(program.organization_id, program.pk, program.slug))


def _values_of(program: Program) -> dict[str, Any]:
    if program.deleted_at is not None:
        raise ValidationError(
            _("This program was deleted. Bring it back before you publish it."), code="deleted"
        )
    if program.organization.status != OrganizationStatus.VERIFIED:
        raise ValidationError(
            _("A program is shown to the public once its group is verified."), code="unverified"
        )
    if Suppression.objects.filter(slug=program.slug).exists():
        raise ValidationError(
            _("This address was taken off for good. Choose another."), code="suppressed"
        )
    unknown = set(program.withheld) - set(WITHHOLDABLE)
    if unknown:
        raise ValidationError(
            _("Take %(fields)s out of the withheld fields."),
            code="withheld",
            params={"fields": ", ".join(sorted(unknown))},
        )
    texts = list(ProgramText.objects.filter(program=program).order_by("language"))
    if not texts:
        raise ValidationError(
            _("Give the program a name in at least one language."), code="no_name"
        )
    country = Country.objects.filter(iso2=program.country).first()
    if country is None:
        raise ValidationError(_("Choose a country from the list."), code="country")
    return _without_withheld(program, _all_values(program, texts, country))


def _all_values(program: Program, texts: list[ProgramText], country: Country) -> dict[str, Any]:
    spoken = {text.language: text for text in texts}
    # What a group keeps to itself must not show in the choice of a name either.
    preferred = [] if "languages" in program.withheld else program.languages
    first = next((code for code in preferred if code in spoken), texts[0].language)
    values: dict[str, Any] = {name: getattr(program, name) for name in _COPIED}
    for column, attribute in _TEXTS.items():
        values[column] = {
            code: getattr(text, attribute)
            for code, text in spoken.items()
            if getattr(text, attribute)
        }
    return {
        **values,
        "country": country,
        "name": spoken[first].name,
        "name_language": first,
        "names": {code: text.name for code, text in spoken.items()},
        "organization_name": program.organization.name,
    }


def _without_withheld(program: Program, values: dict[str, Any]) -> dict[str, Any]:
    for name in program.withheld:
        for column in WITHHOLDABLE[name]:
            values[column] = type(values[column])() if values[column] is not None else None
    if "point" in program.withheld:
        values.update(latitude=None, longitude=None, precision=Precision.WITHHELD)
    return values


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


def _written(program: Program, values: dict[str, Any]) -> tuple[Listing, bool]:
    """The listing with these values, and whether it says anything else than before."""
    places = _places_of(program)
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


def _says(listing: Listing, values: dict[str, Any], places: _Places) -> bool:
    """Whether a listing says exactly this already."""
    shown = listing.visits.values_list("name", "facility_id")
    return list(shown) == places and all(
        getattr(listing, name) == value for name, value in values.items()
    )


def _places_of(program: Program) -> _Places:
    """The places that a program shows; none where it keeps them to itself."""
    if "facilities" in program.withheld:
        return []
    return list(program.visits.order_by("id").values_list("name", "facility_id"))


def _write_children(listing: Listing, places: _Places) -> None:
    listing.tags.all().delete()
    listing.visits.all().delete()
    kinds = (
        (ListingTag.Kind.LANGUAGE, listing.languages),
        (ListingTag.Kind.SERVICE, listing.services),
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


def _record(actor: Actor, verb: str, program: Program) -> None:
    record(
        actor,
        verb,
        organization_id=program.organization_id,
        object_kind="program",
        object_id=program.pk,
    )
