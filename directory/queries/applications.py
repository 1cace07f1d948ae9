"""Applications as their own group reads them, and what may be asked for."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from directory.enums import Claim
from directory.models import Application, ApplicationNote, DomainProof, Listing
from network.tenancy import Actor

# Within this stewards look at what was sent; then all of them are told that it waits.
ANSWER_WITHIN = dt.timedelta(days=7)
OBJECTION_DAYS = 14


def application_of(actor: Actor) -> Application | None:
    """The newest application of the organization acted for; nothing where it made none."""
    return (
        Application.objects.filter(organization_id=actor.acted_for)
        .select_related("organization")
        .order_by("-created_at", "id")
        .first()
    )


def notes_of(actor: Actor, application: Application) -> QuerySet[ApplicationNote]:
    """The talk with the stewards about an application of the organization acted for."""
    return ApplicationNote.objects.filter(
        organization_id=actor.acted_for, application_id=application.pk
    )


def proofs_of(actor: Actor, application: Application) -> QuerySet[DomainProof]:
    """The proofs by mail of an application of the organization acted for, newest first."""
    return DomainProof.objects.filter(
        organization_id=actor.acted_for, application_id=application.pk
    )


def claimable(slug: str) -> Listing | None:
    """The entry that can be taken over: one that nobody from the program wrote."""
    return (
        Listing.objects.select_related("country").filter(slug=slug, claim=Claim.UNCLAIMED).first()
    )


def listing_at(slug: str) -> Listing | None:
    """The entry at an address; nothing where there is none."""
    return Listing.objects.filter(slug=slug).first()


def is_disputable(listing: Listing) -> bool:
    """Whether anybody may still object to who took this entry over."""
    if listing.claim != Claim.OWN or listing.claimed_on is None:
        return False
    return listing.claimed_on + dt.timedelta(days=OBJECTION_DAYS) > timezone.localdate()
