"""Messages that hold some words, within the visible range of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from messaging.enums import SAID
from messaging.finding import is_beginning
from messaging.models import Event, MessageWord
from messaging.queries.events import in_visible_range, visible_events, with_author
from messaging.queries.standing import participations_of
from network.tenancy import Actor

# A word that stands in more messages of one person than this finds nothing by itself.
MOST = 2000
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """The messages that hold all the words, to be ordered and cut; they are not read yet.

    `is_too_many`: each of the words stands in so many messages that none were looked through.
    """

    rows: QuerySet[Event]
    is_too_many: bool = False


def messages_with(
    actor: Actor, asked: Sequence[str], *, conversation_id: UUID | None = None
) -> Found:
    """The messages and topics that the actor may read now and that hold all of these words.

    `asked` is what `messaging.finding.asked_words` made of a question. Left and muted
    conversations are among them, deleted messages are not; of what was changed the words that
    stand there now count, for whoever may read the change. In one conversation where it is given.

    One query for where to look, one for each word, and one to read a page. The words are asked for
    one after the other, the longest first: the first that stands in no more than 2,000 messages is
    the way in, and the others are looked up in those. So the cost has a bound, however long the
    conversations are.
    """
    places = _places(actor, conversation_id) if asked else []
    nothing = Found(Event.objects.none())
    if not places:
        return nothing
    rest = list(asked)
    for one in asked:
        rows = _holding(actor, one).filter(conversation_id__in=places)
        found = list(rows.values_list("message", flat=True)[: MOST + 1])
        if len(found) <= MOST:
            rest.remove(one)
            break
    else:
        return Found(Event.objects.none(), is_too_many=True)
    keys = set(found)
    for one in rest:
        rows = _holding(actor, one).filter(message__in=keys)
        keys = set(rows.values_list("message", flat=True)) if keys else keys
    rows_of_events = visible_events(actor).filter(kind__in=SAID, pk__in=keys)
    return Found(with_author(actor, rows_of_events)) if keys else nothing


def _places(actor: Actor, conversation_id: UUID | None) -> list[UUID]:
    """The conversations in which the actor may read anything, or the one that is named."""
    part = participations_of(actor).exclude(joined_seq=None)
    if conversation_id is not None:
        part = part.filter(conversation_id=conversation_id)
    return list(part.order_by().values_list("conversation_id", flat=True).distinct())


def _holding(actor: Actor, word: str) -> QuerySet[MessageWord]:
    """The rows of a word, or of what begins with it, that the actor may know of."""
    rows = MessageWord.objects.beyond_scope().filter(in_visible_range(actor))
    if is_beginning(word):
        return rows.filter(word__gte=word, word__lt=word + _LAST)
    return rows.filter(word=word)
