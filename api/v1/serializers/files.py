"""Files and exports as the API tells them, and what is sent of them."""

from __future__ import annotations

import base64
from typing import Any

from rest_framework import serializers

from api.v1.shell.inputs import Coded, Input, Text, Truth
from network.models import Export, Upload

_KEPT = ("id", "kind", "title", "alt", "media_type", "bytes", "width", "height", "sha256")
_EXPORT = ("id", "bytes", "sha256", "has_emails", "created_at", "expires_at")


class Texts(serializers.DictField):
    """Texts by language."""

    child = Text(allow_blank=True)


class DocumentInput(Input):
    """A new document."""

    title = Text(max_length=120)
    file = Coded(allow_blank=True, trim_whitespace=False)


class LogoInput(Input):
    """A new logo."""

    file = Coded(allow_blank=True, trim_whitespace=False)


class PhotoInput(Input):
    """A new photo."""

    file = Coded(allow_blank=True, trim_whitespace=False)
    alt = Texts()
    confirm_texts = Truth(default=False)


class ExportInput(Input):
    """What an export shall hold."""

    with_emails = Truth(default=False)


def file_document(upload: Upload, content: bytes | None = None) -> dict[str, Any]:
    """A file; with its bytes where they are given."""
    told = {name: getattr(upload, name) for name in _KEPT}
    told["created_at"] = upload.created_at
    if content is not None:
        told["content"] = base64.b64encode(content).decode()
    return told


def export_document(export: Export) -> dict[str, Any]:
    """An export that can be fetched."""
    return {name: getattr(export, name) for name in _EXPORT}
