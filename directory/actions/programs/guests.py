"""Writing as a guest: somebody of a coalition whom a group lets edit the texts of a program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from directory.actions.programs.writing import current_values
from directory.models import Program, ProgramDraft, ProgramGrant
from directory.queries.program_values import TEXTS, Values
from directory.queries.programs import draft_of
from network.enums import OrganizationStatus
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor, acting, member


@dataclass(frozen=True, slots=True)
class Granted:
    """A program of another group as far as a grant shows it: its texts, and one's own draft."""

    program: Program
    texts: Values
    draft: ProgramDraft


@contextmanager
def at_home_of(actor: Actor, organization_id: UUID) -> Iterator[Actor]:
    """The scope of the group whose program it is, for a person that the gate has let in.

    The person acts in their own name and has no role there: whatever else is asked within is
    refused. For somebody of the group itself nothing changes. Nobody comes in while the group is
    locked down, suspended or leaving.

    Raises:
        Program.DoesNotExist: the group rests.
    """
    if actor.organization_id == organization_id or actor.person_id is None:
        yield actor
        return
    with acting(member(actor.person_id, organization_id, via=actor.via)) as guest:
        open_ones = Organization.objects.filter(status=OrganizationStatus.VERIFIED)
        if not open_ones.filter(pk=organization_id, locked_down_at=None).exists():
            raise Program.DoesNotExist
        yield guest


def granted_program(actor: Actor, *, grant: ProgramGrant) -> Granted:
    """The texts that a grant opens, with the version that they are of.

    Raises:
        Refused: the actor's role does not carry it, or the grant was taken back.
        Program.DoesNotExist: the program was deleted.
    """
    key = Program(pk=grant.content_object_id, organization_id=grant.organization_id)
    require(actor, Permission.PROGRAM_EDIT, key)
    with at_home_of(actor, grant.organization_id) as guest:
        program = Program.objects.only("id", "organization_id", "version").get(
            pk=grant.content_object_id, deleted_at=None
        )
        values = current_values(program)
        return Granted(program, {name: values[name] for name in TEXTS}, draft_of(guest, program))


def is_guest(actor: Actor, organization_id: UUID) -> bool:
    """Whether the actor comes from another group than the one whose program it is."""
    return actor.organization_id != organization_id
