"""Messages that were deleted after a backup was made, deleted again once it is restored."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef

from messaging.actions.attaching import take_files_down
from messaging.actions.log import append, locked, require_messenger
from messaging.enums import SAID, EventKind
from messaging.models import Event
from network.tenancy import Actor, acting


def delete_again(actor: Actor, *, messages: Iterable[UUID]) -> int:
    """Add to each of these messages that is there the deletion that it had; how many there were.

    By the handle that wrote it, since nobody else could. Done twice it changes nothing.

    Raises:
        ValueError: the actor is not the system acting as messenger.
    """
    require_messenger(actor)
    wanted = list(messages)
    with acting(actor):
        rows = Event.objects.beyond_scope()
        deletions = rows.filter(
            conversation_id=OuterRef("conversation_id"),
            target=OuterRef("pk"),
            kind=EventKind.DELETION,
        )
        present = rows.filter(
            ~Exists(deletions),
            pk__in=wanted,
            kind__in=SAID,
            seq__isnull=False,
            conversation__home_node=None,
        )
        found = list(present.select_related("handle").order_by("conversation_id", "seq"))
        for event in found:
            conversation = locked(event.conversation_id)
            append(conversation, EventKind.DELETION, handle=event.handle, target=event.pk)
            take_files_down(actor, event.pk)
    return len(found)
