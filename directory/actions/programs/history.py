"""Writing the history of programs."""

from __future__ import annotations

from collections.abc import Iterable

from directory.models import Program, ProgramVersion
from directory.queries.program_values import Values
from network.tenancy import Actor


def keep_version(
    actor: Actor, *, program: Program, changed: Iterable[str], values: Values
) -> None:
    """Add the present state of a program to its history, in the transaction that wrote it."""
    ProgramVersion.objects.create(
        organization_id=program.organization_id,
        program=program,
        version=program.version,
        person_id=actor.person_id,
        changed=sorted(changed),
        snapshot=values,
    )
