"""Whom somebody wants to talk to: found, and asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from messaging.actions.log import hand
from messaging.actions.making import add_party_row
from messaging.actions.people import SEEN_THERE
from messaging.enums import ConversationKind, ParticipantState, PartyState
from messaging.models import (
    Block,
    ContactPolicy,
    ContactRequest,
    Conversation,
    Participant,
    Party,
)
from messaging.queries.standing import ROLES, participations_of, writes
from network.enums import OrganizationStatus
from network.models import Membership, Organization
from network.tenancy import Actor, acting

# An organization that was asked is not asked again for so long, whatever it answered.
ASKED_FOR = dt.timedelta(days=30)
MAX_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Another organization, whether one speaks with it already, and whether it wants to."""

    organization: Organization
    is_known: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to invite; nothing reaches them where their organization has blocked."""

    membership: Membership
    is_blocked: bool = False


def asked_organizations(actor: Actor, slugs: Sequence[str]) -> list[Asked]:
    """The organizations of these slugs, in their order; those that said no to all are an error.

    Raises:
        ValidationError: `organizations`: `required`, `unknown`, `takes_none`, `waiting`,
            `blocked`.
    """
    wanted = list(dict.fromkeys(slugs))[: MAX_AT_ONCE + 1]
    if not wanted or len(wanted) > MAX_AT_ONCE:
        raise _wrong("organizations", _("Choose a group to write to."), "required")
    with acting(hand(actor), is_reading=True):
        rows = Organization.objects.beyond_scope().filter(
            slug__in=wanted, status=OrganizationStatus.VERIFIED
        )
        found = {one.slug: one for one in rows.exclude(pk=actor.acted_for)}
        if len(found) < len(wanted):
            raise _wrong(
                "organizations",
                _("One of these groups is not here, or does not take part any more."),
                "unknown",
            )
        return [_asked(actor, found[slug]) for slug in wanted]


def _asked(actor: Actor, organization: Organization) -> Asked:
    own = actor.acted_for
    if Block.objects.filter(organization_id=own, blocked=organization).exists():
        raise _wrong(
            "organizations",
            _("Your group has blocked %(name)s. Unblock it first.") % {"name": organization.name},
            "blocked",
        )
    is_blocked = Block.objects.filter(organization=organization, blocked_id=own).exists()
    if not is_blocked and _speak(own, organization.pk):
        return Asked(organization, is_known=True, is_blocked=False)
    refuses = ContactPolicy.objects.filter(organization=organization, takes_requests=False)
    if refuses.exists():
        raise _wrong(
            "organizations",
            _("%(name)s takes no messages from groups it has never spoken with.")
            % {"name": organization.name},
            "takes_none",
        )
    # The same whether they said no or nothing at all.
    waiting = Party.objects.filter(
        organization=organization,
        state=PartyState.ASKED,
        created_at__gt=timezone.now() - ASKED_FOR,
        conversation__parties__organization_id=own,
        conversation__parties__is_host=True,
        conversation__kind=ConversationKind.CHANNEL,
    )
    if waiting.exists():
        raise _wrong(
            "organizations",
            _("%(name)s has your first message. Wait for an answer.")
            % {"name": organization.name},
            "waiting",
        )
    return Asked(organization, is_known=False, is_blocked=is_blocked)


def _speak(one: UUID, other: UUID) -> bool:
    """Whether two organizations take part in a conversation that both agreed to."""
    present = Party.objects.filter(left_seq=None, state=PartyState.JOINED)
    both = present.filter(organization_id=other, conversation_id=OuterRef("conversation_id"))
    return present.filter(Exists(both), organization_id=one).exists()


def request_of(conversation: Conversation, party: Party) -> None:
    """What an organization that was asked will answer; it alone reads it. As messenger."""
    host = Party.objects.beyond_scope().get(conversation=conversation, is_host=True)
    if party.organization_id is not None and host.organization_id is not None:
        ContactRequest.objects.create(
            organization_id=party.organization_id,
            asker_id=host.organization_id,
            conversation=conversation,
        )


def colleagues(actor: Actor, people: Sequence[UUID]) -> list[Person]:
    """Members of the organization acted for who may have messages, by person.

    Raises:
        ValidationError: `members`: `unknown`.
    """
    wanted = set(people) - {actor.person_id}
    rows = Membership.objects.filter(
        organization_id=actor.acted_for, person_id__in=wanted, ended_at=None, role__in=ROLES
    )
    found = list(rows.select_related("organization").order_by("created_at", "id"))
    if len(found) < len(wanted):
        raise _wrong("members", _("One of these people has no messages in your group."), "unknown")
    return [Person(one) for one in found]


def asked_people(actor: Actor, handles: Sequence[tuple[UUID, UUID]]) -> list[Person]:
    """The people behind handles that the actor has met, each in a conversation that both are in.

    Raises:
        ValidationError: `handles`: `unknown`, `self`, `blocked`.
    """
    shared = participations_of(actor).filter(
        writes(), conversation_id__in={conversation for conversation, _handle in handles}
    )
    mine = set(shared.values_list("conversation_id", flat=True))
    with acting(hand(actor), is_reading=True):
        return [
            _behind(actor, conversation, handle, conversation in mine)
            for conversation, handle in dict.fromkeys(handles)
        ]


def _behind(actor: Actor, conversation_id: UUID, handle_id: UUID, is_met: bool) -> Person:
    rows = Participant.objects.filter(
        conversation_id=conversation_id, handle_id=handle_id, ended_as__in=SEEN_THERE
    ).select_related("membership", "membership__organization")
    found = rows.first() if is_met else None
    if found is None or found.membership.ended_at is not None:
        raise _wrong("handles", _("You do not meet this person here any more."), "unknown")
    if found.person_id == actor.person_id:
        raise _wrong("handles", _("This is yourself."), "self")
    other, own = found.organization_id, actor.acted_for
    if Block.objects.filter(organization_id=own, blocked_id=other).exists():
        raise _wrong("handles", _("Your group has blocked this group."), "blocked")
    is_blocked = Block.objects.filter(organization_id=other, blocked_id=own).exists()
    return Person(found.membership, is_blocked)


def direct_between(one: Membership, other: Membership) -> Conversation | None:
    """The conversation of two people alone that is not over. As messenger. One query."""
    theirs = Participant.objects.beyond_scope().filter(conversation_id=OuterRef("conversation_id"))
    direct = Participant.objects.beyond_scope().filter(
        Exists(theirs.filter(membership=other)),
        membership=one,
        ended_as="",
        conversation__kind=ConversationKind.DIRECT,
    )
    found = direct.select_related("conversation").first()
    return None if found is None else found.conversation


def invite_people(
    conversation: Conversation, people: Iterable[Person], reads_from: int | None = None
) -> None:
    """Invite people, with their organizations; who is in or invited stays so. As messenger.

    They read what comes after `reads_from` up to now before they accept; nothing where it is
    empty.
    """
    for one in people:
        membership = one.membership
        party = _party_of(conversation, membership.organization)
        here = Participant.objects.filter(
            Q(conversation=conversation, membership=membership, ended_as="")
        )
        if one.is_blocked or here.exists():
            continue
        Participant.objects.create(
            conversation=conversation,
            party=party,
            organization_id=membership.organization_id,
            person_id=membership.person_id,
            membership=membership,
            state=ParticipantState.INVITED,
            joined_seq=reads_from,
            left_seq=None if reads_from is None else conversation.last_seq,
        )


def _party_of(conversation: Conversation, organization: Organization) -> Party:
    present = Party.objects.filter(
        conversation=conversation, organization=organization, left_seq=None
    ).first()
    return present or add_party_row(
        conversation, organization, is_asked=True, joined_seq=conversation.last_seq
    )


def _wrong(field: str, words: object, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(str(words), code=code)})
