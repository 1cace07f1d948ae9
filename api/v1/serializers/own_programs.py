"""Working copies of programs as the API tells them to their group."""

from __future__ import annotations

from typing import Any

from api.v1.shell.inputs import Input, Text
from directory.models import Program, Relay
from directory.queries.program_values import values_of
from directory.queries.programs import DeskProgram


class RelayInput(Input):
    """Where notes of readers shall go."""

    email = Text(max_length=254)
    language = Text(max_length=12)


def own_program_document(row: DeskProgram) -> dict[str, Any]:
    """One working copy, by the field names of a public program."""
    program = row.program
    return {
        "id": program.pk,
        "slug": program.slug,
        **values_of(program),
        "replaces": program.replaces,
        "relay": _relay(program),
        "is_public": row.is_public,
        "held_until": row.held_until,
        "confirmed_on": program.confirmed_on,
        "updated_at": program.updated_at,
        "version": program.version,
    }


def _relay(program: Program) -> dict[str, Any] | None:
    """Where notes of readers go; nothing where the group takes none."""
    relay: Relay | None = getattr(program, "relay", None)
    if relay is None:
        return None
    return {name: getattr(relay, name) for name in ("email", "language", "confirmed_at", "notes")}
