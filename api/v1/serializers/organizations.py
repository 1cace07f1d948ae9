"""Organizations as the API tells them."""

from __future__ import annotations

from typing import Any

from api.v1.serializers.programs import origin_of
from directory.models import OrganizationCard

_AS_THEY_ARE = (
    "id",
    "slug",
    "name",
    "names",
    "country",
    "kind",
    "languages",
    "website",
    "coalitions",
    "verified_since",
    "verified_by",
    "updated_at",
    "version",
)


def organization_document(card: OrganizationCard) -> dict[str, Any]:
    """One organization. Without `verified_since` it is not verified here."""
    said: dict[str, Any] = {name: getattr(card, name) for name in _AS_THEY_ARE}
    origin = {
        "origin__origin": card.origin.origin if card.origin else None,
        "origin_url": card.origin_url,
        "slug": card.slug,
    }
    said["origin"] = origin_of(origin, "organizations")
    return said
