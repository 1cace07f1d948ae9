"""What a link of an invitation leads to, and which invitations a group has open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from network.enums import Role
from network.links import hash_of
from network.models import Invitation, Membership, Person
from network.queries.memberships import role_of
from network.tenancy import Actor, Purpose, Via, acting, member, system
from network.validators import normalise_email


@dataclass(frozen=True, slots=True)
class Offer:
    """What whoever holds a living link may read: nobody's name and nobody's address."""

    organization_name: str
    role: Role
    inviter_role: Role
    has_account: bool
    language: str


def invitation_for(token: str, via: Via = Via.PAGE) -> Offer | None:
    """What the link offers; nothing for one that is unknown, used, over, revoked or forsaken."""
    with acting(system(Purpose.SIGN_IN, via=via)):
        invitation = living_invitation(token)
        if invitation is None:
            return None
        return Offer(
            organization_name=invitation.organization.name,
            role=Role(invitation.role),
            # Nobody whose role does not count has an invitation that lives.
            inviter_role=inviter_role_of(invitation) or Role.MEMBER,
            has_account=Person.objects.filter(email=invitation.email).exists(),
            language=invitation.language,
        )


def living_invitation(token: str, *, is_locked: bool = False) -> Invitation | None:
    """The invitation behind a link that still works, within the scope of the sign-in.

    With `is_locked` its row stays locked until the transaction ends.
    """
    rows = Invitation.objects.beyond_scope().select_related("organization", "invited_by")
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.filter(
        token_hash=hash_of(token),
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
        invited_by__ended_at=None,
    ).first()
    if invitation is None or not _may_still_offer(invitation):
        return None
    return invitation


def inviter_role_of(invitation: Invitation) -> Role | None:
    """The role of its author as it counts now; none in a group that is closed to its members."""
    author = member(invitation.invited_by.person_id, invitation.organization_id)
    return role_of(author)


def is_for(invitation: Invitation, person: Person) -> bool:
    """Whether it was sent to the verified address of this account."""
    is_same = normalise_email(person.email) == normalise_email(invitation.email)
    return is_same and person.email_verified_at is not None and person.is_active


def invitations_of(actor: Actor) -> QuerySet[Invitation]:
    """The open invitations of the organization acted for, newest first; for who manages members.

    An address stands in it only for whoever wrote it, see `is_own`.
    """
    return (
        Invitation.objects.filter(
            organization_id=actor.acted_for, accepted_at=None, revoked_at=None
        )
        .select_related("invited_by")
        .order_by("-created_at", "id")
    )


def is_own(actor: Actor, invitation: Invitation) -> bool:
    """Whether the actor sent it, and so may read the address."""
    return invitation.invited_by.person_id == actor.person_id


def _may_still_offer(invitation: Invitation) -> bool:
    author = inviter_role_of(invitation)
    role = Role(invitation.role)
    if author is None or role.rank > author.rank or author.rank < Role.COORDINATOR.rank:
        return False
    return role is not Role.OWNER or _owners(invitation) == 1


def _owners(invitation: Invitation) -> int:
    """How many owners there are: a second one must confirm a third."""
    return (
        Membership.objects.beyond_scope()
        .filter(organization_id=invitation.organization_id, role=Role.OWNER, ended_at=None)
        .count()
    )
