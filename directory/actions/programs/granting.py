"""Letting a coalition edit the texts of one program, and taking it back."""

from __future__ import annotations

from django.contrib.auth.models import Permission as Right
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.actions.coalitions.sides import record_in
from directory.actions.programs.audit import record_program
from directory.models import OrganizationCard, Program, ProgramGrant
from network.enums import OrganizationKind
from network.permissions import GRANTABLE, Permission, require
from network.queries.coalitions import coalitions_of
from network.queries.groups import group_of
from network.tenancy import Actor


@transaction.atomic
def grant_program_texts(
    actor: Actor, *, program: Program, coalition: OrganizationCard
) -> ProgramGrant:
    """Let editors of a coalition edit the texts of one program; granting twice gives the same.

    They see and change its texts and nothing else of it, and publish nothing.

    Raises:
        Refused: the actor may not grant this.
        ValidationError: `coalition`, it is none of this node, or the group does not belong to it.
    """
    require(actor, Permission.PROGRAM_GRANT, program)
    if (
        coalition.kind != OrganizationKind.COALITION
        or coalition.origin_id is not None
        or coalition.pk not in coalitions_of(program.organization_id)
    ):
        raise ValidationError(
            _("Choose a coalition that your group belongs to."), code="coalition"
        )
    grant, is_new = ProgramGrant.objects.get_or_create(
        organization_id=program.organization_id,
        content_object=program,
        group=group_of(coalition.pk),
        permission=_right(),
    )
    if is_new:
        _record(actor, "program.texts_granted", program, coalition)
    return grant


@transaction.atomic
def revoke_program_texts(actor: Actor, *, program: Program, coalition: OrganizationCard) -> None:
    """Take the grant back, from this moment; doing it twice changes nothing.

    Raises:
        Refused: the actor may not grant or revoke this.
    """
    require(actor, Permission.PROGRAM_GRANT, program)
    grants = ProgramGrant.objects.filter(content_object=program, group=group_of(coalition.pk))
    if grants.delete()[0]:
        _record(actor, "program.texts_revoked", program, coalition)


def _record(actor: Actor, verb: str, program: Program, coalition: OrganizationCard) -> None:
    """Add an entry to the logs of the group and of the coalition; each names the other."""
    record_program(actor, verb, program, coalition=coalition.slug, group=coalition.slug)
    group = OrganizationCard.objects.filter(pk=program.organization_id).values_list("slug")
    record_in(
        actor,
        coalition.pk,
        verb,
        object_kind="program",
        object_id=program.pk,
        coalition=coalition.slug,
        group=next(iter(group.first() or ("",))),
    )


def _right() -> Right:
    return Right.objects.get(
        codename=GRANTABLE[Permission.PROGRAM_EDIT], content_type__app_label="directory"
    )
