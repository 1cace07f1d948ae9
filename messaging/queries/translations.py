"""Translations that people attached to messages, as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from messaging.enums import EventKind
from messaging.models import Event


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """What somebody made of a message in another language.

    `number`, `shown_name` and `organization_name` are those of the handle that translated it;
    empty where that is gone. `is_earlier` says that the message was changed since, `is_mine` that
    the viewer translated it.
    """

    id: UUID
    seq: int | None
    handle_id: UUID | None
    number: int | None
    shown_name: str
    organization_name: str
    language: str
    body: str
    is_earlier: bool
    is_mine: bool
    created_at: dt.datetime


def is_current(seen: QuerySet[Event]) -> Q:
    """Inside a query of events: not replaced and not taken back, as far as `seen` tells."""
    here = seen.filter(conversation_id=OuterRef("conversation_id"))
    later = here.filter(
        kind=EventKind.TRANSLATION,
        target=OuterRef("target"),
        handle_id=OuterRef("handle_id"),
        language=OuterRef("language"),
        seq__gt=OuterRef("seq"),
    )
    taken_back = here.filter(kind=EventKind.DELETION, target=OuterRef("pk"))
    return Q(~Exists(later), ~Exists(taken_back))


def as_rows(translations: Iterable[Event], changed_at: int) -> tuple[TranslationRow, ...]:
    """Current translations of one message that was last changed at a number; 0 where never.

    They bring handle and party, and `is_mine`. No query.
    """
    return tuple(_row(one, changed_at) for one in translations)


def _row(event: Event, changed_at: int) -> TranslationRow:
    handle = event.handle
    return TranslationRow(
        id=event.pk,
        seq=event.seq,
        handle_id=event.handle_id,
        number=handle.number if handle is not None else None,
        shown_name=handle.shown_name if handle is not None else "",
        organization_name=handle.party.name if handle is not None else "",
        language=event.language,
        body=event.body,
        is_earlier=(event.seq or 0) < changed_at,
        is_mine=event.is_mine,  # type: ignore[attr-defined]  # annotated
        created_at=event.created_at,
    )
