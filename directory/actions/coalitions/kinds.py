"""Who is a coalition: the stewards' to say."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.actions.cards import publish_card
from directory.actions.coalitions.ending import end_memberships_of
from directory.models import OrganizationCard
from network.actions.audit import record_organization, record_twice
from network.enums import OrganizationKind
from network.models import Organization
from network.permissions import Permission, require_unconflicted
from network.tenancy import Actor, Purpose, acting, system


@transaction.atomic
def change_kind(
    actor: Actor, *, organization: Organization, kind: OrganizationKind
) -> Organization:
    """The organization as one of this kind; its public card says the same at once.

    Where it becomes a coalition or is none any more, all its coalition memberships end, with what
    hangs on them: they were agreed to by or with something else. The same kind changes nothing.
    What a steward changes stands in the group's log and in the node's.

    Raises:
        Refused: the actor is neither the operator nor a steward, or a steward who belongs to the
            group.
        ValidationError: `kind`, there is no such kind.
    """
    is_operator = actor.purpose is Purpose.OPERATOR
    if not is_operator:
        require_unconflicted(actor, Permission.ORGANIZATION_SUSPEND, organization)
    if kind not in OrganizationKind.values:
        raise ValidationError(_("Choose what kind of group this is."), code="kind")
    with acting(system(Purpose.OPERATOR, via=actor.via)) as eyes:
        present = Organization.objects.select_for_update().get(pk=organization.pk)
        if present.kind == kind:
            return present
        if OrganizationKind.COALITION in (present.kind, kind):
            end_memberships_of(eyes, organization_id=present.pk)
        present.kind = OrganizationKind(kind)
        present.version += 1
        present.save(update_fields=["kind", "version", "updated_at"])
        write = record_organization if is_operator else record_twice
        write(actor, "organization.kind_changed", present, kind=str(present.kind))
        if OrganizationCard.objects.filter(pk=present.pk, origin=None).exists():
            publish_card(eyes, organization=present)
        return present
