"""What came to a conversation after a number: new messages, and earlier ones that changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from messaging.enums import SAID, EventKind
from messaging.models import Event
from messaging.queries.events import (
    MessageRow,
    as_they_stand,
    visible_events,
    with_author,
    with_replies,
)
from network.tenancy import Actor

# What makes a message another one than it was.
_CHANGES = (EventKind.EDIT, EventKind.DELETION, EventKind.TRANSLATION)


@dataclass(frozen=True, slots=True)
class Since:
    """Messages as they stand, in order.

    `changed` are those up to the number that were changed, deleted, translated or answered after
    it. `is_more` says that there was too much: whoever asked shows the conversation anew.
    """

    new: list[MessageRow]
    changed: list[MessageRow]
    is_more: bool


def messages_since(
    actor: Actor,
    *,
    conversation_id: UUID,
    after: int,
    thread_root: UUID | None = None,
    limit: int = 100,
) -> Since:
    """At most so many of each, of one thread where its root is given. At most six queries.

    Only what the actor may read at this moment; nothing where they have no part in it. What names
    its author anew is no change of a message, nor is that older messages were deleted by age.
    """
    said = visible_events(actor).filter(conversation_id=conversation_id, kind__in=SAID)
    if thread_root is not None:
        said = said.filter(Q(thread_root=thread_root) | Q(pk=thread_root))
    rows = with_replies(actor, with_author(actor, said.filter(seq__gt=after)))
    new = list(rows.order_by("seq")[: limit + 1])
    touched, is_more = _touched(actor, conversation_id, after, limit)
    changed: list[Event] = []
    if touched:
        # By their ids alone, and put in order here: asked for a conversation or an order too,
        # SQLite reads the whole log to find these few.
        old = visible_events(actor).filter(pk__in=touched, kind__in=SAID)
        some = with_replies(actor, with_author(actor, old)).order_by()
        changed = [one for one in some if _is_older(one, conversation_id, after, thread_root)]
        changed = sorted(changed, key=lambda one: one.seq or 0)[: limit + 1]
    is_more = is_more or max(len(new), len(changed)) > limit
    new, changed = new[:limit], changed[:limit]
    standing = as_they_stand(actor, [*changed, *new]) if new or changed else []
    return Since(standing[len(changed) :], standing[: len(changed)], is_more)


def _is_older(event: Event, conversation_id: UUID, after: int, thread_root: UUID | None) -> bool:
    """Whether it is of the conversation, or of the thread, and not after a number."""
    is_of_it = thread_root is None or thread_root in (event.pk, event.thread_root)
    return event.conversation_id == conversation_id and (event.seq or 0) <= after and is_of_it


def _touched(
    actor: Actor, conversation_id: UUID, after: int, limit: int
) -> tuple[set[UUID], bool]:
    """Which messages later events speak of, and whether there are more such events."""
    speaking = Q(kind__in=_CHANGES) | Q(kind__in=SAID, thread_root__isnull=False)
    rows = (
        visible_events(actor)
        .filter(speaking, conversation_id=conversation_id, seq__gt=after)
        .order_by("seq")
        .values_list("kind", "target", "thread_root")
    )
    found = list(rows[: limit + 1])
    keys = {one for _kind, target, root in found if (one := target or root)}
    gone = {target for kind, target, _root in found if kind == EventKind.DELETION and target}
    return keys | _translated(actor, conversation_id, gone), len(found) > limit


def _translated(actor: Actor, conversation_id: UUID, gone: Collection[UUID]) -> set[UUID]:
    """The messages of translations that were taken back; what was deleted may be one."""
    if not gone:
        return set()
    rows = visible_events(actor).filter(kind=EventKind.TRANSLATION, pk__in=gone).order_by()
    found = rows.values_list("conversation_id", "target")
    return {target for key, target in found if key == conversation_id and target}
