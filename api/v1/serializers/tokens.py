"""Tokens as the API tells them: never what they are, only which there are."""

from __future__ import annotations

from typing import Any

from network.models import ApiToken

_AS_THEY_ARE = (
    "id",
    "name",
    "prefix",
    "scopes",
    "person_id",
    "created_at",
    "expires_at",
    "revoked_at",
    "used_on",
)


def token_document(token: ApiToken) -> dict[str, Any]:
    """One token."""
    return {name: getattr(token, name) for name in _AS_THEY_ARE}
