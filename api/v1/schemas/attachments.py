"""Files of messages."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.files import TYPES
from api.v1.schemas.shapes import Schema, closed, text, whole
from api.v1.shell.conversations import MAX_FILE_NAME

_CONTENT = text(
    "The file in base64: JPEG, PNG or WebP, PDF, or a text in UTF-8. All files of a message have "
    "at most 5 MiB together before they are coded.",
    contentEncoding="base64",
)
_ATTACHMENT: dict[str, Schema] = {
    "id": common.UUID,
    "name": text("What it is called."),
    "media_type": text("What it is.", enum=list(TYPES)),
    "bytes": whole("How long it is.", minimum=1),
    "url": text("Where it is fetched on this node, with the same token."),
}
_WHOLE = {**_ATTACHMENT, "content": {**_CONTENT, "description": "Its bytes."}}

SCHEMAS: dict[str, Schema] = {
    "Attachment": closed("A file that came with a message, without its bytes.", _ATTACHMENT),
    "AttachmentWhole": closed("A file that came with a message, with its bytes.", _WHOLE),
    "NewAttachment": closed(
        "A file to send with a message.",
        {
            "name": text("What it is called.", minLength=1, maxLength=MAX_FILE_NAME),
            "file": _CONTENT,
        },
    ),
}

ATTACHMENT_ID = "5d4e3c2b-1a09-4f8e-8d7c-6b5a49382716"
_CONVERSATION = "/api/v1/conversations/2b1c8a9e-5a0d-4a44-9d0e-7c1f5e2a3b44"
ATTACHMENT: dict[str, Any] = {
    "id": ATTACHMENT_ID,
    "name": "Times of visits.txt",
    "media_type": "text/plain",
    "bytes": 14,
    "url": f"{_CONVERSATION}/attachments/{ATTACHMENT_ID}/",
}
NEW_ATTACHMENT: dict[str, Any] = {
    "name": "Times of visits.txt",
    "file": "VHVlc2RheXMsIDIgcG0=",
}
ATTACHMENT_WHOLE: dict[str, Any] = {**ATTACHMENT, "content": "VHVlc2RheXMsIDIgcG0="}
