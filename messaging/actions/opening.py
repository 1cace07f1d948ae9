"""Opening conversations between organizations, and between people of several."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from messaging.actions.asking import (
    Asked,
    asked_organizations,
    asked_people,
    colleagues,
    direct_between,
    invite_people,
    request_of,
)
from messaging.actions.log import hand
from messaging.actions.making import add_party_row, begin, once, opener, seat_colleagues, take_seat
from messaging.actions.saying import say_first
from messaging.enums import ConversationKind, ConversationState
from messaging.models import Conversation, Party
from messaging.validators import MAX_TOPIC, checked, checked_line, checked_words
from network.tenancy import Actor, acting


@transaction.atomic
def open_channel(
    actor: Actor,
    *,
    organizations: Sequence[str],
    topic: str,
    body: str,
    client_id: UUID,
    language: str = "",
) -> Conversation:
    """A channel of the organization acted for and others, by slug; opened once a `client_id`.

    Whoever the organization speaks with already takes part at once, with all its organizers. Any
    other is asked: it reads the first message, which must then be there and short, and nothing
    else before it accepts. An organization that has blocked this one is never asked, and nobody
    is told.

    Raises:
        Refused: the actor may not write for the organization acted for.
        ValidationError: by field; `organizations` (`required`, `unknown`, `takes_none`), `topic`,
            `body` (`required`, `too_long`), `unverified` where the organization acted for is not
            verified.
    """
    membership = opener(actor)

    def make() -> Conversation:
        asked = asked_organizations(actor, organizations)
        is_request = any(not one.is_known for one in asked)
        words = _words(topic, body, language, is_first=is_request, is_wanted=is_request)
        with acting(hand(actor)):
            state = _state(any(one.is_known for one in asked))
            conversation = begin(ConversationKind.CHANNEL, topic=words["topic"], state=state)
            host = add_party_row(conversation, membership.organization, is_host=True)
            seat = take_seat(actor, conversation, host, membership, client_id)
            seat_colleagues(conversation, host, 0)
            parties = [
                add_party_row(conversation, one.organization, is_asked=not one.is_known)
                for one in asked
            ]
            say_first(conversation, seat, words["body"], words["language"], client_id)
            for party, one in zip(parties, asked, strict=True):
                _let_in(conversation, party, one)
        return conversation

    return once(actor, membership, client_id, make)


@transaction.atomic
def open_group(
    actor: Actor,
    *,
    topic: str,
    client_id: UUID,
    members: Sequence[UUID] = (),
    handles: Sequence[tuple[UUID, UUID]] = (),
    body: str = "",
    language: str = "",
) -> Conversation:
    """A group of the actor and those invited; each of them takes part once they accept.

    `members` are people of the organization acted for by person id, `handles` pairs of
    conversation and handle that the actor has met. Opened once a `client_id`.

    Raises:
        Refused: the actor may not write for the organization acted for.
        ValidationError: by field; `members` and `handles` (`unknown`), `topic`, `body`.
    """
    membership = opener(actor)

    def make() -> Conversation:
        words = _words(topic, body, language, is_first=False, is_wanted=False)
        people = [*colleagues(actor, members), *asked_people(actor, handles)]
        with acting(hand(actor)):
            conversation = begin(ConversationKind.GROUP, topic=words["topic"])
            host = add_party_row(conversation, membership.organization, is_host=True)
            seat = take_seat(actor, conversation, host, membership, client_id)
            say_first(conversation, seat, words["body"], words["language"], client_id)
            invite_people(conversation, people)
        return conversation

    return once(actor, membership, client_id, make)


@transaction.atomic
def open_direct(
    actor: Actor,
    *,
    handle: tuple[UUID, UUID],
    body: str,
    client_id: UUID,
    language: str = "",
) -> Conversation:
    """A conversation with one person that the actor met: conversation and handle.

    They read the first message and accept, or refuse without a word. One that is open between the
    two already is given instead. Opened once a `client_id`.

    Raises:
        Refused: the actor may not write for the organization acted for.
        ValidationError: by field; `handles` (`unknown`, `self`), `body`.
    """
    membership = opener(actor)

    def make() -> Conversation:
        words = checked_words(body, language, is_first=True)
        people = asked_people(actor, [handle])
        with acting(hand(actor)):
            before = direct_between(membership, people[0].membership)
            if before is not None:
                return before
            conversation = begin(ConversationKind.DIRECT, state=ConversationState.REQUESTED)
            host = add_party_row(conversation, membership.organization, is_host=True)
            seat = take_seat(actor, conversation, host, membership, client_id)
            say_first(conversation, seat, words["body"], words["language"], client_id)
            invite_people(conversation, people, reads_from=0)
        return conversation

    return once(actor, membership, client_id, make)


def _words(
    topic: str, body: str, language: str, *, is_first: bool, is_wanted: bool
) -> dict[str, str]:
    """`topic`, `body` and `language`, checked together."""
    rest = checked(
        topic=lambda: checked_line(topic, MAX_TOPIC, is_wanted=True),
        words=lambda: checked_words(body, language, is_first=is_first, is_wanted=is_wanted),
    )
    return {"topic": rest["topic"], **rest["words"]}


def _state(is_open: bool) -> ConversationState:
    return ConversationState.OPEN if is_open else ConversationState.REQUESTED


def _let_in(conversation: Conversation, party: Party, one: Asked) -> None:
    """The organizers of an organization read everything, or the first message and no more."""
    if not one.is_known:
        party.asked_seq = conversation.last_seq
        party.save(update_fields=["asked_seq"])
    if one.is_blocked:
        return
    if not one.is_known:
        request_of(conversation, party)
    seat_colleagues(conversation, party, 0)
