"""Files of an organization, and its exports."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text, truth, whole
from api.v1.shell.confirming import FIELD as CONFIRM
from network.enums import UploadKind

TYPES = ("application/pdf", "image/jpeg", "image/png", "text/plain")
_FILE = text(
    "The file in base64: JPEG, PNG or WebP; a document may be a PDF or a text in UTF-8 too. At "
    "most 5 MiB before it is coded.",
    contentEncoding="base64",
)
_ALT = ref("Texts", "What the photo shows, in at least one language.")
_KEPT: dict[str, Schema] = {
    "id": common.UUID,
    "kind": text("What it is for.", enum=sorted(UploadKind.values)),
    "title": text("What a document is; empty for pictures."),
    "alt": ref("Texts", "What a photo shows; empty for all else."),
    "media_type": text("What it is.", enum=list(TYPES)),
    "bytes": whole("How long it is.", minimum=1),
    "width": or_null(whole("In pixels.", minimum=1), "Null where it is no picture."),
    "height": or_null(whole("In pixels.", minimum=1), "Null where it is no picture."),
    "sha256": text("Of its bytes.", pattern="^[0-9a-f]{64}$"),
    "created_at": common.MOMENT,
}
_EXPORT: dict[str, Schema] = {
    "id": common.UUID,
    "bytes": whole("How long the archive is.", minimum=1),
    "sha256": text("Of its bytes.", pattern="^[0-9a-f]{64}$"),
    "has_emails": truth("Whether it names the addresses of members."),
    "created_at": common.MOMENT,
    "expires_at": common.MOMENT,
}
_TICK = truth("Whether the archive names the addresses of members.")

SCHEMAS: dict[str, Schema] = {
    "File": closed("A file that an organization keeps, without its bytes.", _KEPT),
    "FileWhole": closed(
        "A file with its bytes.", {**_KEPT, "content": {**_FILE, "description": "Its bytes."}}
    ),
    "FilePage": common.page("FilePage", "File", "A page of documents, newest first."),
    "NewDocument": closed(
        "A document for the members of an organization.",
        {"title": text("What it is.", minLength=1, maxLength=120), "file": _FILE},
    ),
    "NewLogo": closed("A logo.", {"file": _FILE}),
    "NewPhoto": closed(
        "A photo of a program.", {"file": _FILE, "alt": _ALT, **CONFIRM}, tuple(CONFIRM)
    ),
    "Export": closed("An archive that can be fetched at the desk.", _EXPORT),
    "ExportList": closed(
        "What can be fetched.",
        {"results": array(ref("Export"), "One at most: the next takes its place.", maxItems=1)},
    ),
    "NewExport": closed("What an export shall hold.", {"with_emails": _TICK}, ("with_emails",)),
    "ExportAsked": closed(
        "What became of the wish.",
        {
            "is_waiting": truth("Whether another owner must confirm it first."),
            "export": or_null(ref("Export"), "The archive; null while it waits."),
        },
    ),
}

EXAMPLE: dict[str, Any] = {
    "id": "0d1b7d55-6a39-4a55-8b59-63f1c1b7a9d2",
    "kind": "document",
    "title": "Minutes of May",
    "alt": {},
    "media_type": "text/plain",
    "bytes": 14,
    "width": None,
    "height": None,
    "sha256": "2b4c342f5433ebe591a1da77e013d1b72475562d48578dca8b84bac6651c3cb9",
    "created_at": common.WHEN,
}
PAGE_EXAMPLE: dict[str, Any] = {"next": None, "previous": None, "results": [EXAMPLE]}
TEXT = "SG91cnM6IFR1ZQo="
WHOLE_EXAMPLE = {**EXAMPLE, "content": TEXT}
DOCUMENT_EXAMPLE = {"title": "Minutes of May", "file": TEXT}
# One pixel, paper.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4/eMjAAXWAuUnm6srAAAAAElFTkSuQmCC"
)
LOGO_EXAMPLE = {"file": PIXEL}
PHOTO_EXAMPLE = {"file": PIXEL, "alt": {"en": "Two people at a table by a window"}}
EXPORT_EXAMPLE: dict[str, Any] = {
    "id": "9c4a1f0e-52c8-4e0b-a8a1-4f8f2f7d3b10",
    "bytes": 48211,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "has_emails": False,
    "created_at": common.WHEN,
    "expires_at": common.WHEN,
}
EXPORTS_EXAMPLE = {"results": [EXPORT_EXAMPLE]}
ASKED_EXAMPLE = {"is_waiting": False, "export": EXPORT_EXAMPLE}
