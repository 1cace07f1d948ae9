"""What waits for people, as a mail may say it: numbers, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from messaging.enums import ConversationKind, ParticipantState
from messaging.models import MailChoice, Participant, Said
from messaging.queries.counting import counted, mentions_of, unread_in
from messaging.queries.standing import stands, writes
from messaging.rhythm import Rhythm
from network.enums import Role
from network.models import Person

# A first contact is answered by a coordinator or owner: only they are told of it by mail.
_ANSWER = (Role.COORDINATOR, Role.OWNER)
_CHOICES = ("digest", "hour", "at_once", "quiet_from", "quiet_until", "told_at")
_COUNTS = ("messages", "mentions", "new_since", "mentioned_since")
_OWN = ("pk", "person_id", "state", "told_seq", "created_at")
_ROW = (*_OWN, "conversation__kind", "conversation__last_seq", *_COUNTS)


@dataclass(slots=True)
class Waiting:
    """What waits for one person in all their groups.

    `new_since` is the age of the oldest thing that no mail has told, `urgent_since` the same of
    messages between two people, mentions and requests. `heads` is up to which number each of the
    person's rows was counted.
    """

    messages: int = 0
    mentions: int = 0
    requests: int = 0
    new_since: dt.datetime | None = None
    urgent_since: dt.datetime | None = None
    heads: dict[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where a mail goes, in which language, and when it may."""

    person_id: UUID
    email: str
    language: str
    rhythm: Rhythm


def people_to_look_at(after: UUID | None, limit: int) -> list[UUID]:
    """The next people, by id, for whom something waits that no mail has told. One query.

    Not who lost access, muted it, or has an address from which mails come back. As `digest`.
    """
    rows = _told_of().filter(_is_untold(), membership__person__mail_bounced_on=None)
    if after is not None:
        rows = rows.filter(person_id__gt=after)
    found = rows.order_by("person_id").values_list("person_id", flat=True)
    return list(found.distinct()[:limit])


def addressees(people: Collection[UUID]) -> list[Addressee]:
    """Of these people those whom a mail reaches, with what they chose. Two queries."""
    chosen = {
        one.pop("person_id"): one
        for one in MailChoice.objects.filter(person_id__in=people).values("person_id", *_CHOICES)
    }
    rows = Person.objects.filter(pk__in=people, is_active=True, mail_bounced_on=None)
    found = rows.order_by("pk").values_list("pk", "email", "language", "time_zone")
    return [
        Addressee(pk, email, language, Rhythm(zone, **chosen.get(pk, {})))
        for pk, email, language, zone in found
    ]


def waiting_for(people: Collection[UUID]) -> dict[UUID, Waiting]:
    """What waits for each of these people at this moment. One query. As `digest`.

    Nothing in it is of a conversation that the person may not read now.
    """
    rows = _told_of().filter(person_id__in=people).filter(_is_open())
    others = unread_in(Said.objects.beyond_scope())
    own = Said.objects.beyond_scope().filter(
        pk=OuterRef("event_id"), handle_id=OuterRef(OuterRef("handle_id"))
    )
    naming = mentions_of().filter(~Exists(own))
    annotated = rows.annotate(
        messages=counted(others),
        mentions=counted(naming),
        new_since=_oldest(others),
        mentioned_since=_oldest(naming),
    )
    return _summed(annotated.values(*_ROW))


def _told_of() -> QuerySet[Participant]:
    """The rows of people who may read now, in conversations that are not silent to them."""
    of_people = Q(conversation__kind__in=[one for one in ConversationKind if one.is_of_people])
    asked = Q(state=ParticipantState.INVITED) & (of_people | Q(membership__role__in=_ANSWER))
    rows = Participant.objects.beyond_scope()
    return rows.filter(stands(), writes() | asked, ended_as="", is_muted=False, notify=True)


def _is_open() -> Q:
    """Something waits: an answer, or what was not read."""
    return Q(state=ParticipantState.INVITED) | Q(conversation__last_seq__gt=F("read_seq"))


def _is_untold() -> Q:
    """The same, of what no mail has told."""
    went_on = Q(conversation__last_seq__gt=F("told_seq")) | Q(told_seq=None)
    unread = Q(state=ParticipantState.ACTIVE, conversation__last_seq__gt=F("read_seq"))
    return (unread & went_on) | Q(state=ParticipantState.INVITED, told_seq=None)


def _oldest(rows: QuerySet[Any]) -> Subquery:
    """When the first of these was said that no mail has told."""
    untold = rows.filter(seq__gt=Coalesce(OuterRef("told_seq"), Value(0))).order_by()
    first = untold.values("conversation_id").annotate(first=Min("created_at"))
    return Subquery(first.values("first"), output_field=DateTimeField())


def _summed(rows: Iterable[dict[str, Any]]) -> dict[UUID, Waiting]:
    found: dict[UUID, Waiting] = {}
    for row in rows:
        _add(found.setdefault(row["person_id"], Waiting()), row)
    return found


def _add(one: Waiting, row: dict[str, Any]) -> None:
    """What one conversation adds for one person."""
    one.heads[row["pk"]] = row["conversation__last_seq"]
    if row["state"] == ParticipantState.INVITED:
        one.requests += 1
        new = urgent = None if row["told_seq"] is not None else row["created_at"]
    else:
        one.messages += row["messages"]
        one.mentions += row["mentions"]
        new = row["new_since"]
        is_direct = row["conversation__kind"] == ConversationKind.DIRECT
        urgent = new if is_direct else row["mentioned_since"]
    one.new_since = _earlier(one.new_since, new)
    one.urgent_since = _earlier(one.urgent_since, urgent)


def _earlier(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
