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
class ListingSuppressed(Event):
    """A listing was taken off at the group's wish and never comes back."""

    slug: str


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
