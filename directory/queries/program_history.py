"""Earlier versions of programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from directory.models import Program, ProgramVersion
from directory.queries.cursor import Cursor, Page, page_in_order
from directory.queries.orders import Order
from directory.queries.program_values import TEXTS
from network.tenancy import Actor

KIND = "program versions"
NEWEST_FIRST = Order(KIND, ("version", "id"), int, UUID, is_descending=True)
_BY_KEY = (*TEXTS, "contact")


@dataclass(frozen=True, slots=True)
class Difference:
    """One matter that two versions say differently; `key` is a language or a part, else empty."""

    field: str
    key: str
    before: Any
    after: Any


def versions_of(
    actor: Actor, program: Program, cursor: Cursor | None = None, size: int = 20
) -> Page[ProgramVersion]:
    """A page of the versions of a program of the organization acted for. One query."""
    rows = ProgramVersion.objects.filter(
        organization=actor.organization_id, program=program
    ).defer("snapshot")
    return page_in_order(rows, NEWEST_FIRST, cursor, size)


def version_of(actor: Actor, program: Program, version: int) -> ProgramVersion:
    """One version with its snapshot. One query.

    Raises:
        ProgramVersion.DoesNotExist: the program has no such version.
    """
    return ProgramVersion.objects.get(
        organization=actor.organization_id, program=program, version=version
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What two snapshots say differently, field by field, texts language by language."""
    found = []
    for name in after:
        one, other = before.get(name), after[name]
        if one == other:
            continue
        if name in _BY_KEY:
            keys = sorted({*(one or {}), *(other or {})})
            pairs = [(key, (one or {}).get(key), (other or {}).get(key)) for key in keys]
            found += [Difference(name, *pair) for pair in pairs if pair[1] != pair[2]]
        else:
            found.append(Difference(name, "", one, other))
    return found


def snapshot_at(program: Program, version: int) -> dict[str, Any] | None:
    """What a version of a program said; nothing where its history does not have it. One query."""
    rows = ProgramVersion.objects.filter(program=program, version=version)
    return rows.values_list("snapshot", flat=True).first()
