"""Proofs by mail: what the page behind a link says, and which addresses prove a claim."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from directory.enums import ApplicationState
from directory.models import Application, DomainProof
from directory.queries.applications import claimable
from directory.queries.domains import mail_domain
from network.links import hash_of
from network.tenancy import Purpose, Via, acting, system


@dataclass(frozen=True, slots=True)
class OpenedProof:
    """What whoever reads a mail of proof is told: which group claims which entry."""

    id: UUID
    organization_id: UUID
    application_id: UUID
    group: str
    entry: str
    listing_slug: str
    is_confirmed: bool


def open_proof(token: str) -> OpenedProof | None:
    """What a living link is about; nothing for one that is unknown, over, or of a closed claim."""
    with acting(system(Purpose.SIGN_IN, via=Via.PAGE), is_reading=True):
        proof = DomainProof.objects.filter(
            token_hash=hash_of(token), expires_at__gt=timezone.now()
        ).first()
    if proof is None:
        return None
    owner = system(Purpose.OPERATOR, via=Via.PAGE, organization_id=proof.organization_id)
    with acting(owner, is_reading=True):
        application = Application.objects.select_related("organization").get(
            pk=proof.application_id
        )
    if not ApplicationState(application.state).is_open:
        return None
    listing = claimable(application.listing_slug)
    return OpenedProof(
        id=proof.pk,
        organization_id=proof.organization_id,
        application_id=proof.application_id,
        group=application.organization.name,
        entry=listing.name if listing else application.listing_slug,
        listing_slug=application.listing_slug if listing else "",
        is_confirmed=proof.confirmed_at is not None,
    )


def proof_domain(application: Application) -> str:
    """What addresses end in that prove this claim: by the entry's website, as its source says."""
    listing = claimable(application.listing_slug)
    return mail_domain(listing.website) if listing else ""
