"""Sending: one transaction that takes the next number and adds the event."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from messaging.actions.adding import Draft, add
from messaging.actions.attaching import FIELD, NewFile
from messaging.enums import SAID, EventKind, EventState
from messaging.validators import checked, checked_other_language, checked_words
from network.permissions import Permission, require
from network.tenancy import Actor


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of something that was sent; the same answer when it is sent again.

    `seq` is empty while it is `queued` for a home on another node. `is_repeat` says that this
    `client_id` had been sent before: nothing was added.
    """

    id: UUID
    conversation_id: UUID
    client_id: UUID
    seq: int | None
    state: EventState
    is_repeat: bool


@transaction.atomic
def send_message(
    actor: Actor,
    *,
    conversation_id: UUID,
    client_id: UUID,
    body: str,
    language: str = "",
    thread_root: UUID | None = None,
    kind: EventKind = EventKind.MESSAGE,
    files: tuple[NewFile, ...] = (),
) -> Sent:
    """Add a message, or a topic to which others reply, as the next event.

    `thread_root` is the id of the message or topic that it answers. Names in the text become
    mentions: `@slug` a group, `@slug/2` its Organizer 2, `@slug/coordinators` its coordinators
    (or `organizers`, `owners`). Rates are asked before, see `messaging.actions.rates`. A message
    may bring `files`, see `messaging.actions.attaching`, and needs no words then; sent again it
    keeps none of them twice. The number of statements depends on nothing but whether it names
    somebody and brings files.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `requested`, `unanswered`; `target` where `thread_root` is not
            there to be answered.
        ValidationError: by field; `body` (`required`, `too_long`, and what no text needs),
            `language`, `kind`, `files` (`quota`, `no_room`, `away`; a topic brings none).
    """
    require(actor, Permission.MESSAGE_WRITE)
    if kind not in SAID:
        raise ValidationError({"kind": ValidationError(_("Choose what to send."), code="kind")})
    is_topic = kind is EventKind.TOPIC
    if is_topic and files:
        refused = ValidationError(_("Send files with a message, not with a topic."), code="kind")
        raise ValidationError({FIELD: refused})
    words = checked_words(body, language, is_line=is_topic, is_wanted=not files)
    draft = Draft(
        kind=kind,
        client_id=client_id,
        thread_root=thread_root,
        body=words["body"],
        language=words["language"],
        files=files,
    )
    return _sent(actor, conversation_id, draft)


@transaction.atomic
def edit_message(
    actor: Actor,
    *,
    conversation_id: UUID,
    client_id: UUID,
    target: UUID,
    body: str,
    language: str = "",
) -> Sent:
    """Say one's own message anew, as the next event; the earlier words stay until the purge.

    Files that came with it stay as they are.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `unanswered`; `target` where it is not one's own, or deleted.
        ValidationError: by field, as in `send_message`.
    """
    require(actor, Permission.MESSAGE_WRITE)
    words = checked_words(body, language)
    draft = Draft(
        kind=EventKind.EDIT,
        client_id=client_id,
        target=target,
        body=words["body"],
        language=words["language"],
    )
    return _sent(actor, conversation_id, draft)


@transaction.atomic
def translate_message(
    actor: Actor,
    *,
    conversation_id: UUID,
    client_id: UUID,
    target: UUID,
    body: str,
    language: str,
) -> Sent:
    """Attach one's own translation to a message or topic of anybody, as the next event.

    It stands beside the original, and replaces what the same handle wrote in that language
    before. It is not said: it counts for nobody as unread, and names nobody. When the author
    changes the message, it is marked as of the earlier words; it goes with the message.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `requested`, `unanswered`; `target` where the message is not
            there to be read, or deleted.
        ValidationError: by field; `body` as in `send_message` and `many`, `language`.
    """
    require(actor, Permission.MESSAGE_WRITE)
    words = checked(
        words=lambda: checked_words(body, language),
        language=lambda: checked_other_language(language),
    )["words"]
    draft = Draft(
        kind=EventKind.TRANSLATION,
        client_id=client_id,
        target=target,
        body=words["body"],
        language=words["language"],
    )
    return _sent(actor, conversation_id, draft)


@transaction.atomic
def delete_message(actor: Actor, *, conversation_id: UUID, client_id: UUID, target: UUID) -> Sent:
    """Delete one's own message or translation, as the next event: nobody in it reads it any more.

    A message takes the translations that others made with it, and its files are handed out to
    nobody at all. Who left before reads the words until the purge takes them.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `unanswered`; `target` where it is not one's own, deleted or
            replaced.
    """
    require(actor, Permission.MESSAGE_WRITE)
    draft = Draft(kind=EventKind.DELETION, client_id=client_id, target=target)
    return _sent(actor, conversation_id, draft)


def _sent(actor: Actor, conversation_id: UUID, draft: Draft) -> Sent:
    event, is_repeat = add(actor, conversation_id, draft)
    return Sent(
        id=event.pk,
        conversation_id=conversation_id,
        client_id=draft.client_id,
        seq=event.seq,
        state=EventState(event.state),
        is_repeat=is_repeat,
    )
