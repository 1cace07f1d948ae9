"""Loading the log of an organization from another node."""

from __future__ import annotations

from typing import Any

from directory.actions.importing.report import RowRefusedError
from directory.actions.moving.checking import checked_entry, fitting
from network.models import AuditEntry, Organization

ELSEWHERE = "elsewhere"


def load_entry(organization: Organization, row: Any, node: str) -> str:
    """What became of one entry: created or unchanged. It keeps its day, and so its age.

    Who acted elsewhere is nobody here: that person's id is kept as a word among the details, so
    that no file can put an act under the name of somebody of this node.

    Raises:
        RowRefusedError: it is not fit, or has the id of another entry.
    """
    row = checked_entry(row)
    present = AuditEntry.objects.filter(pk=row["id"]).first()
    if present is not None:
        if present.organization_id != organization.pk:
            raise RowRefusedError("This entry has the id of another here.")
        return "unchanged"
    elsewhere = {"node": row["node"] or node, "person": str(row["person"] or "") or None}
    entry = AuditEntry(
        pk=row["id"],
        organization=organization,
        created_at=row["created_at"],
        details={**row["details"], ELSEWHERE: elsewhere},
        **{name: row[name] for name in ("purpose", "via", "verb", "object_kind", "object_id")},
    )
    fitting(entry)
    entry.save_base(raw=True, force_insert=True)
    return "created"
