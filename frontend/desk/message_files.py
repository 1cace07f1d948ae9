"""Files that come with a message, looked at before the page's transaction begins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest

from messaging.actions.adding import writing_in
from messaging.actions.attaching import FIELD, NewFile, looked_at
from messaging.errors import ConversationClosed
from network.permissions import Permission, Refused, require
from network.tenancy import Actor, acting


@dataclass(frozen=True, slots=True)
class SentFiles:
    """What a form brought: files that are fit, or why they are not, or none.

    `is_unread` says that they were not looked at, because nothing could be sent just then.
    """

    files: tuple[NewFile, ...] = ()
    error: ValidationError | None = None
    is_unread: bool = False

    @property
    def is_there(self) -> bool:
        """Whether files came at all."""
        return bool(self.files) or self.error is not None or self.is_unread


NO_FILES = SentFiles()


def sent_files(request: HttpRequest, actor: Actor, conversation_id: UUID) -> SentFiles:
    """The files of a form, for who may write to this conversation at this moment.

    Decoding takes up to seconds; inside the transaction of a page others would wait for it.
    """
    chosen = request.FILES.getlist(FIELD)
    if not chosen:
        return NO_FILES
    try:
        with acting(actor, is_reading=True):
            require(actor, Permission.MESSAGE_WRITE)
            writing_in(actor, conversation_id)
    except (Refused, ObjectDoesNotExist, ConversationClosed):
        # The view says so in its own words.
        return SentFiles(is_unread=True)
    try:
        return SentFiles(looked_at([(str(one.name), one.read()) for one in chosen]))
    except ValidationError as error:
        return SentFiles(error=ValidationError(error.error_dict[FIELD]))
