"""Who stands in a conversation at this moment: asked of the live membership, each time."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.enums import ParticipantState
from messaging.models import Conversation, Participant
from network.compiled import Compiled
from network.enums import OrganizationStatus, Role
from network.models import Membership
from network.queries.memberships import GRACE
from network.tenancy import Actor

ROLES = (Role.ORGANIZER, Role.COORDINATOR, Role.OWNER)


def grace_began() -> dt.datetime:
    """From when on a role must have been given to count without a second factor still."""
    return timezone.now() - GRACE


def stands(of: str = "membership__", grace: dt.datetime | None = None) -> Q:
    """Of participants: their membership carries messages at this moment; of memberships: with "".

    It has not ended, its role is organizer or above and counts (see `grace_ends`), the person is
    active and the organization verified and not locked down. Joins, no query of its own. `grace`
    is `grace_began()`, of a query that is compiled once.
    """

    def wanted(**values: Any) -> Q:
        return Q(*[(of + name, value) for name, value in values.items()])

    return wanted(
        ended_at=None,
        role__in=ROLES,
        person__is_active=True,
        organization__status=OrganizationStatus.VERIFIED,
        organization__locked_down_at=None,
    ) & (
        wanted(person__second_factor_since__isnull=False)
        | wanted(role_since__gt=grace or grace_began())
    )


def participations_of(actor: Actor) -> QuerySet[Participant]:
    """The rows by which the actor may see anything now, for the organization acted for.

    Ended ones too: what could be read until then stays readable. No query by itself.
    """
    if actor.person_id is None or actor.organization_id is None:
        return Participant.objects.beyond_scope().none()
    return rows_of(actor.person_id, actor.organization_id)


def rows_of(
    person_id: UUID, organization_id: UUID, grace: dt.datetime | None = None
) -> QuerySet[Participant]:
    """The same, of a person for an organization; `grace` as in `stands`."""
    own = {"person_id": person_id, "organization_id": organization_id}
    # Asked once in each query, not once for each row: it is the same membership in all of them.
    standing = Membership.objects.beyond_scope().filter(stands("", grace), **own)
    rows = Participant.objects.beyond_scope()
    return rows.filter(membership__in=standing.values("pk"), **own)


def newest(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    """Of several rows of one person in one conversation the last, by which it stands for them."""
    later = Participant.objects.beyond_scope().filter(
        conversation_id=OuterRef("conversation_id"),
        person_id=OuterRef("person_id"),
        organization_id=OuterRef("organization_id"),
        created_at__gt=OuterRef("created_at"),
    )
    return rows.filter(~Exists(later))


def writes() -> Q:
    """Of participants: they take part and have accepted."""
    return Q(ended_as="", state=ParticipantState.ACTIVE)


_NEWEST_ROW = Compiled(
    lambda person, organization, grace, conversation: (
        rows_of(person, organization, grace)
        .filter(conversation_id=conversation)
        .select_related("conversation", "party", "handle")
        .order_by("-created_at")[:1]
    )
)


def participation_in(actor: Actor, conversation_id: UUID) -> Participant:
    """The actor's newest row in one conversation, with conversation, party and handle. One query.

    Raises:
        Conversation.DoesNotExist: missing, or the actor has no part in it.
    """
    if actor.person_id is None or actor.organization_id is None:
        raise Conversation.DoesNotExist
    found = _NEWEST_ROW.first(
        person=actor.person_id,
        organization=actor.organization_id,
        grace=grace_began(),
        conversation=conversation_id,
    )
    if found is None:
        raise Conversation.DoesNotExist
    return found
