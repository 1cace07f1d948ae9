"""Messages that hold some words, within the visible range of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from messaging.enums import SAID
from messaging.finding import is_beginning
from messaging.models import Event, MessageWord
from messaging.models.message_word import STRETCH
from messaging.queries.events import in_visible_range, visible_events, with_author
from messaging.queries.standing import participations_of
from network.tenancy import Actor

# A word that stands in more messages of one person than this finds nothing by itself.
MOST = 2000
# So many ways of lying in stretches are asked for in one question.
_AT_ONCE = 200
Places = dict[tuple[int, ...], list[UUID]]
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
    the way in, and the others are looked up in those. Words are walked past in the stretches of
    1,000 numbers in which the actor may read anything, and nowhere else. So the cost has a bound,
    however long the conversations are, and how long it takes tells of nothing that was said more
    than 1,000 numbers before somebody came.
    """
    places = _places(actor, conversation_id) if asked else {}
    nothing = Found(Event.objects.none())
    if not places:
        return nothing
    rest = list(asked)
    for one in asked:
        found = list(islice(_found(actor, one, places), MOST + 1))
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


def _places(actor: Actor, conversation_id: UUID | None) -> Places:
    """Where the actor may read anything: conversations, by the stretches of each. One query.

    Of one conversation where it is named.
    """
    part = participations_of(actor).exclude(joined_seq=None)
    if conversation_id is not None:
        part = part.filter(conversation_id=conversation_id)
    ranges = part.order_by().values_list(
        "conversation_id", "joined_seq", "left_seq", "conversation__last_seq"
    )
    stretches: dict[UUID, set[int]] = defaultdict(set)
    for key, joined, left, last in ranges:
        begin, end = (joined or 0) + 1, last if left is None else min(left, last)
        if begin <= end:
            stretches[key].update(range(begin // STRETCH, end // STRETCH + 1))
    places: Places = defaultdict(list)
    for key, found in stretches.items():
        places[tuple(sorted(found))].append(key)
    return places


def _found(actor: Actor, word: str, places: Places) -> Iterator[UUID]:
    """Messages that hold a word. One query, of no more rows than are wanted.

    Conversations that lie in the same stretches are asked for together; of hundreds of long ones
    with as many different beginnings it takes more than one query.
    """
    asked = iter(places.items())
    while some := list(islice(asked, _AT_ONCE)):
        within = Q()
        for stretches, conversations in some:
            within |= Q(stretch__in=stretches, conversation_id__in=conversations)
        rows = _holding(actor, word).filter(within)
        yield from rows.values_list("message", flat=True)[: MOST + 1]


def _holding(actor: Actor, word: str) -> QuerySet[MessageWord]:
    """The rows of a word, or of what begins with it, that the actor may know of."""
    rows = MessageWord.objects.beyond_scope().filter(in_visible_range(actor))
    if is_beginning(word):
        return rows.filter(word__gte=word, word__lt=word + _LAST)
    return rows.filter(word=word)
