"""Domain events: the only wire between the floors' siblings.

An action publishes what has happened; who cares has subscribed when the apps were ready. Receivers
run after the commit, in the order of subscription; one that fails is logged and does not stop the
next, because the change itself is already true.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened and was committed."""


@dataclass(frozen=True, slots=True)
class OrganizationCreated(Event):
    """An organization exists on this node."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class MembershipGranted(Event):
    """A person has a role in an organization, for the first time or a new one."""

    organization_id: UUID
    person_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class MembershipEnded(Event):
    """A person no longer belongs to an organization."""

    organization_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationLocked(Event):
    """An organization is locked down: nobody has a role in it until an owner ends that."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationUnlocked(Event):
    """The lock-down of an organization has ended."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationDeleted(Event):
    """An organization is leaving: nothing of it may stay public. It can come back for 7 days."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationRestored(Event):
    """An owner undid the deletion of an organization. Nothing of it is public by itself."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationRenamed(Event):
    """An organization is called otherwise now."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationSuspended(Event):
    """Stewards suspended an organization: nothing of it may stay public, nobody has a role."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class SuspensionLifted(Event):
    """Stewards opened a suspended organization's desk again."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class VerificationEnded(Event):
    """An organization counts as verified no more: an objection was upheld."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationPurged(Event):
    """An organization and all its rows are gone for good; what is no row must go now."""

    organization_id: UUID


@dataclass(frozen=True, slots=True)
class SecondFactorChanged(Event):
    """A person's second factors are others than before; `change` says how.

    `added`, `removed`, `reset`, `codes_made` or `code_used`.
    """

    person_id: UUID
    change: str


@dataclass(frozen=True, slots=True)
class ProgramPublished(Event):
    """A program's listing is public, for the first time or anew."""

    organization_id: UUID
    program_id: UUID
    slug: str


@dataclass(frozen=True, slots=True)
class ProgramUnpublished(Event):
    """A program's listing is gone."""

    organization_id: UUID
    program_id: UUID
    slug: str


@dataclass(frozen=True, slots=True)
class ProgramChangeHeld(Event):
    """A new contact, website or place of a program waits for a day or for a second person."""

    organization_id: UUID
    program_id: UUID
    held_change_id: UUID


@dataclass(frozen=True, slots=True)
class ListingSuppressed(Event):
    """A listing was taken off at the group's wish and never comes back."""

    slug: str


@dataclass(frozen=True, slots=True)
class MentoringAgreed(Event):
    """A group helps another to begin: `mentor_id` accepted what `organization_id` asked."""

    organization_id: UUID
    mentor_id: UUID
    request_id: UUID


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    """Devices are signed out: one, by the hash of its key, some of a person's, or anybody's."""

    person_id: UUID | None = None
    session_hash: str | None = None


@dataclass(frozen=True, slots=True)
class TokensRevoked(Event):
    """Tokens work no more: some of a person's, or all of an organization."""

    person_id: UUID | None = None
    organization_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SignedOutEverywhere(Event):
    """A person ended everything that their account had open."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonSuspended(Event):
    """Nobody gets into this account any more."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonDeleted(Event):
    """An account is gone for good."""

    person_id: UUID


_receivers: dict[type[Event], list[Callable[[Event], None]]] = defaultdict(list)


def subscribe(kind: type[Event], receiver: Callable[[Event], None]) -> None:
    """Call `receiver` with each event of this kind once it is committed."""
    if receiver not in _receivers[kind]:
        _receivers[kind].append(receiver)


def publish(event: Event) -> None:
    """Hand the event to its receivers when the present transaction has committed."""
    transaction.on_commit(lambda: _deliver(event))


def _deliver(event: Event) -> None:
    for receiver in _receivers[type(event)]:
        try:
            receiver(event)
        except Exception:
            logger.exception("a receiver of %s failed", type(event).__name__)
