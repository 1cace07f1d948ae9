"""In whose name something is stated."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.actions.cards import publish_card
from directory.models import OrganizationCard
from network.enums import OrganizationStatus
from network.models import Organization
from network.permissions import Permission, Refused, require
from network.tenancy import Actor


def speaking_organization(actor: Actor) -> Organization:
    """The organization acted for, which may speak in public.

    Raises:
        Refused: the actor may not state anything for it.
        ValidationError: `unverified`; nothing that it says is public yet.
    """
    require(actor, Permission.LEDGER_WRITE)
    if actor.organization_id is None:
        raise Refused(Permission.LEDGER_WRITE)
    organization = Organization.objects.get(pk=actor.organization_id)
    if organization.status != OrganizationStatus.VERIFIED:
        raise ValidationError(
            _("What a group states is shown to the public once the group is verified."),
            code="unverified",
        )
    return organization


def be_known(actor: Actor, organization: Organization) -> None:
    """See to it that readers can look up whose word it is: the organization has its public card.

    As when its first program is published. Called before something is signed with its slug.
    """
    if not OrganizationCard.objects.filter(pk=organization.pk).exists():
        publish_card(actor, organization=organization)
