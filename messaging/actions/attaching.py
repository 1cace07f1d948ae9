"""Files that come with a message: looked at before the send, kept within it, gone with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from messaging.actions.log import hand
from messaging.models import Attachment, Event
from network.enums import UploadKind
from network.models import Organization
from network.tenancy import Actor, acting
from network.uploads.inspecting import MAX_BYTES, Inspected, inspect, refusal
from network.uploads.storage import ATTACHMENTS
from network.validators import is_plain_character

FIELD = "files"
MOST = 4
LONGEST_NAME = 120
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}
_KNOWN = ("jpg", "jpeg", "png", "webp", "pdf", "txt")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to send: what it is called, and what is kept of it."""

    name: str
    inspected: Inspected


def looked_at(sent: Sequence[tuple[str, bytes]]) -> tuple[NewFile, ...]:
    """The files of one message, each a name and its bytes, decoded one after the other.

    To be asked before a transaction begins: it may take seconds, and asks no database. At most
    `MOST` files, of `MAX_BYTES` together.

    Raises:
        ValidationError: by field, `files`: there are too many, they are too long, or one is not
            taken, which the words name.
    """
    if len(sent) > MOST:
        raise _refused(_too_many())
    if sum(len(data) for _name, data in sent) > MAX_BYTES:
        raise _refused(refusal("long") if len(sent) == 1 else _too_long())
    return tuple(_looked_at(name, data) for name, data in sent)


def keep_files(actor: Actor, event: Event, files: Sequence[NewFile]) -> None:
    """Keep the files of a new event, on the disk before their rows. Within its transaction.

    Nothing is left of them where one cannot be kept; a file whose transaction comes to nothing
    later is left to the purge.

    Raises:
        ValidationError: by field, `files`: `quota`, `no_room`; `away` where another node keeps
            the conversation.
    """
    if not files:
        return
    if event.seq is None:
        raise _refused(_away())
    _check_budget(actor, sum(len(one.inspected.content) for one in files))
    written: list[str] = []
    try:
        # One by one: those before one that fails are taken back.
        written.extend(ATTACHMENTS.write([one.inspected.content]) for one in files)
        Attachment.objects.bulk_create(
            Attachment(
                conversation_id=event.conversation_id,
                event=event,
                organization_id=actor.acted_for,
                ordinal=ordinal,
                name=one.name,
                media_type=one.inspected.media_type,
                bytes=len(one.inspected.content),
                file=name,
            )
            for ordinal, (one, name) in enumerate(zip(files, written, strict=True))
        )
    except ValidationError as error:
        ATTACHMENTS.remove(written)
        raise _refused(error) from error
    except BaseException:
        ATTACHMENTS.remove(written)
        raise


def take_files_down(actor: Actor, event_id: UUID) -> None:
    """Hand the files of a message out to nobody any more: it was deleted by who wrote it."""
    with acting(hand(actor)):
        rows = Attachment.objects.beyond_scope().filter(event_id=event_id, deleted_at=None)
        rows.update(deleted_at=timezone.now())


def file_name(name: str, media_type: str) -> str:
    """What a file is called: its own name without folders and signs nobody sees, of its kind.

    A picture that became another kind gets the ending of that. Where nothing is left of a name it
    is called `file`.
    """
    whole = _shown(name)
    stem, _dot, ending = whole.rpartition(".")
    if ending.lower() not in _KNOWN:
        stem = whole
    wanted = _ENDINGS[media_type]
    return ((stem.strip(". ") or "file")[: LONGEST_NAME - len(wanted)].rstrip()) + wanted


def _shown(name: str) -> str:
    """The last part of a path, as one line of plain text."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    return " ".join("".join(char for char in last if is_plain_character(char)).split())


def _looked_at(name: str, data: bytes) -> NewFile:
    try:
        inspected = inspect(data, UploadKind.DOCUMENT)
    except ValidationError as error:
        words = format_lazy("{name}: {reason}", name=_shown(name), reason=error.messages[0])
        raise _refused(ValidationError(words, code=error.code)) from error
    return NewFile(file_name(name, inspected.media_type), inspected)


def _check_budget(actor: Actor, size: int) -> None:
    """Refuse what is more than the organization may keep in files of messages.

    All that its people have sent counts, and what was deleted until it is purged. As messenger,
    because colleagues talk where the actor does not.

    Raises:
        ValidationError: `quota`.
    """
    # Two sends at once would both fit.
    Organization.objects.select_for_update().get(pk=actor.acted_for)
    with acting(hand(actor)):
        rows = Attachment.objects.beyond_scope().filter(organization_id=actor.acted_for)
        used = rows.aggregate(sum=Sum("bytes", default=0))["sum"]
    if used + size > settings.MESSAGE_FILES:
        raise _refused(_no_budget())


def _away() -> ValidationError:
    return ValidationError(
        _("Another site keeps this conversation, and takes no files yet. Send the text alone."),
        code="away",
    )


def _no_budget() -> ValidationError:
    return ValidationError(
        _("The messages of your group may hold %(quota)d MB of files, and this is more. Send the "
          "text alone, or wait until older messages are gone."),
        code="quota",
        params={"quota": settings.MESSAGE_FILES // (1024 * 1024)},
    )  # fmt: skip


def _too_many() -> ValidationError:
    return ValidationError(
        ngettext_lazy(
            "Choose at most %(most)d file. Send the others with another message.",
            "Choose at most %(most)d files. Send the others with another message.",
            MOST,
        )
        % {"most": MOST},
        code="too_many",
    )


def _too_long() -> ValidationError:
    return ValidationError(
        _("Choose files of at most 5 MB together. Send the others with another message."),
        code="long",
    )


def _refused(error: ValidationError) -> ValidationError:
    return ValidationError({FIELD: error})
