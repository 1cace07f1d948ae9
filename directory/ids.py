"""Ids of imported rows: two nodes that import the same file agree on them."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

# uuid5(NAMESPACE_URL, "tag:visitation-network,2026:rows"), fixed for good.
NAMESPACE = uuid5(NAMESPACE_URL, "tag:visitation-network,2026:rows")


def row_id(kind: str, key: str) -> UUID:
    """The UUID, version 5, of the row of one kind with this natural key."""
    return uuid5(NAMESPACE, f"{kind}:{key}")
