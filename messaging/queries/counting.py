"""Counting what waits for somebody: from numbers, without a row for each person and message."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import BigIntegerField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from messaging.enums import SAID, ParticipantState
from messaging.models import Event, Mention, Said

S = TypeVar("S", Event, Said)

# Nobody is counted more: what 99 would say, 100,000 say no better, and each is a row to look at.
MOST = 100


class _Number(Subquery):
    """How many rows a query has; a query that is cut is read no further."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = BigIntegerField()


def unread_of() -> QuerySet[Event]:
    """Inside a query of participants: what others have said after what one has read."""
    return unread_in(Event.objects.beyond_scope())


def unread_in(log: QuerySet[S]) -> QuerySet[S]:
    """The same in the events, or in the view of them that holds no words."""
    rows = log.filter(
        conversation_id=OuterRef("conversation_id"),
        seq__gt=OuterRef("read_seq"),
        kind__in=SAID,
    )
    return rows.filter(seq__gt=OuterRef("joined_seq")).exclude(
        handle_id__isnull=False, handle_id=Coalesce(OuterRef("handle_id"), OuterRef("pk"))
    )


def mentions_of() -> QuerySet[Mention]:
    """The same for what names one, one's role or one's organization."""
    names = (
        Q(handle_id=OuterRef("handle_id"))
        | Q(handle=None, role="")
        | Q(role=OuterRef("membership__role"))
    )
    rows = Mention.objects.beyond_scope().filter(
        names,
        conversation_id=OuterRef("conversation_id"),
        organization_id=OuterRef("organization_id"),
        seq__gt=OuterRef("read_seq"),
    )
    return rows.filter(seq__gt=OuterRef("joined_seq"))


def counted(rows: QuerySet[Event] | QuerySet[Mention] | QuerySet[Said]) -> Case:
    """How many events these rows are of for each participant, and 100 where they are more.

    None where it is muted, asked or over.
    """
    of_one = rows.order_by("seq").values("seq").distinct()[:MOST]
    is_counted = Q(ended_as="", state=ParticipantState.ACTIVE, is_muted=False)
    return Case(
        When(is_counted, then=_Number(of_one)),
        default=Value(0),
        output_field=BigIntegerField(),
    )
