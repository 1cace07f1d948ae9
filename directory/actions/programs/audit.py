"""What the log of a group says of its programs."""

from __future__ import annotations

from typing import Any

from directory.models import Program
from network.actions.audit import record
from network.tenancy import Actor


def record_program(actor: Actor, verb: str, program: Program, **details: Any) -> None:
    """Add an entry on a program to the log of the group whose it is."""
    record(
        actor,
        verb,
        organization_id=program.organization_id,
        object_kind="program",
        object_id=program.pk,
        **details,
    )
