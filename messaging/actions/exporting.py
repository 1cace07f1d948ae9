"""Taking a conversation along: written down before it is read."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from messaging.enums import ConversationKind
from messaging.queries.inbox import InboxRow, conversation_for
from network.actions.audit import record
from network.permissions import Permission, require
from network.tenancy import Actor


@transaction.atomic
def begin_export(actor: Actor, *, conversation_id: UUID) -> InboxRow:
    """The conversation as it is at the moment of an export, to be read on by `export_rows`.

    The log of the organization says who took a conversation along, and of which kind; which it
    was only where it is one of organizations, whose organizers know of it anyway.

    Raises:
        Refused: the actor may not read the messages of the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
    """
    require(actor, Permission.MESSAGE_READ)
    found = conversation_for(actor, conversation_id)
    is_known = ConversationKind(found.kind).is_of_organizations
    record(
        actor,
        "conversation.exported",
        object_kind="conversation",
        object_id=conversation_id if is_known else None,
        kind=str(found.kind),
    )
    return found
