"""What the loading of an export did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

LONGEST_REASON = 300


@dataclass(slots=True)
class LoadReport:
    """Counts of rows, and what was refused, line by line, or kept as it is, by reason.

    `kept` counts `lives_here` (the group has people or a standing here: what is here is newer),
    `person` (people come in by invitation), `statement` (what a group says in public waits until
    it is verified; the file is loaded again then), `ledger` (a report that is public on the other
    node, or was taken back there), `withdrawn` (a claim that was), `claim` (an entry of this node
    that a program wants the place of: it is claimed here first), `application`, `vouch` and
    `mentoring` (what the group asked of others there, and they of it: it stays in the file, for
    nobody here was asked). `suppressed` are programs
    that were taken off for good: their working copies are loaded, and cannot be published.
    """

    dry_run: bool = False
    organization_id: UUID | None = None
    slug: str = ""
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, Any]] = field(default_factory=list)
    suppressed: list[str] = field(default_factory=list)
    people: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, part: str, line: int, reason: str) -> None:
        """Note a row that is left out."""
        self.refused.append({"part": part, "line": line, "reason": reason[:LONGEST_REASON]})

    def as_document(self) -> dict[str, Any]:
        """The report for machines."""
        return {
            "organization": {"id": str(self.organization_id), "slug": self.slug},
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "kept": self.kept.total(),
            "kept_reasons": dict(self.kept),
            "refused": self.refused,
            "suppressed": self.suppressed,
            "people": self.people,
            "dry_run": self.dry_run,
        }
