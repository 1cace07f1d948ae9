"""Oneself as the API tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from network.models import ApiToken
from network.queries.memberships import HeldRole


def me_document(token: ApiToken, held: Iterable[HeldRole]) -> dict[str, Any]:
    """The person of a token with all their roles, and what this token is for."""
    person = token.person
    return {
        "person": {
            "id": person.pk,
            "display_name": person.display_name,
            "email": person.email,
            "language": person.language,
            "time_zone": person.time_zone,
        },
        "memberships": [
            {
                "organization": {
                    "id": one.organization.pk,
                    "slug": one.organization.slug,
                    "name": one.organization.name,
                },
                "role": one.role,
                "effective_role": one.effective_role,
            }
            for one in held
        ],
        "organization": token.organization.slug,
        "scopes": token.scopes,
        "expires_at": token.expires_at,
    }
