"""Help between groups as the API tells it to each side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from directory.models import MentorOffer, MentorRequest, OrganizationCard
from directory.queries.mentors import Match


def offer_document(offer: MentorOffer | None) -> dict[str, Any]:
    """An own offer; a closed one without words where none was made."""
    if offer is None:
        return {"is_open": False, "text": "", "languages": [], "updated_at": None}
    return {
        "is_open": offer.is_open,
        "text": offer.text,
        "languages": offer.languages,
        "updated_at": offer.updated_at,
    }


def mentor_document(match: Match) -> dict[str, Any]:
    """A group that offers help; not how to reach it."""
    return {
        "organization": _reference(match.card),
        "country": match.card.country,
        "text": match.offer.text,
        "languages": match.offer.languages,
        "common": [{"reason": one.reason, "value": one.value} for one in match.common],
        "request": match.request and match.request.pk,
    }


def request_document(
    request: MentorRequest, viewer: UUID, cards: dict[UUID, OrganizationCard]
) -> dict[str, Any]:
    """A request as one of both groups reads it; the people who wrote are not told."""
    is_sent = request.organization_id == viewer
    card = cards.get(request.mentor_id if is_sent else request.organization_id)
    return {
        "id": request.pk,
        "direction": "sent" if is_sent else "received",
        "state": request.state,
        "organization": card and _reference(card),
        "facility": request.facility.slug if request.facility else None,
        "text": request.text,
        "contact": request.contact,
        "answer": request.answer,
        "mentor_contact": request.mentor_contact,
        "created_at": request.created_at,
        "answered_at": request.answered_at,
        "ended_at": request.ended_at,
    }


def _reference(card: OrganizationCard) -> dict[str, Any]:
    return {"id": card.pk, "slug": card.slug, "name": card.name}
