"""Coalition memberships as the API tells each side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from directory.queries.coalitions import Tie


def tie_document(tie: Tie, organization_id: UUID) -> dict[str, Any]:
    """One membership or ask, seen by one of both."""
    row, other = tie.membership, tie.other
    state = "refused" if row.refused_at else "ended" if row.ended_at else tie.state
    return {
        "id": row.pk,
        "state": state,
        "side": str(row.side_of(organization_id)),
        "other": other and {"id": other.pk, "slug": other.slug, "name": other.name},
        "created_at": row.created_at,
        "agreed_at": row.agreed_at,
    }
