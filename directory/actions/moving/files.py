"""Loading the files of an export."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Sum

from directory.actions.importing.report import RowRefusedError
from directory.actions.moving.archive import FILES, Reader
from directory.actions.moving.checking import checked_upload, fitting
from directory.models import Program
from directory.queries.export.parts import UPLOAD
from network.actions.uploads import validate_title
from network.enums import UploadKind
from network.models import Organization, Upload
from network.uploads.bare import is_bare
from network.uploads.inspecting import inspect
from network.uploads.storage import UPLOADS


class Files:
    """Takes files out of an archive, each looked at like one that somebody sends."""

    def __init__(self, reader: Reader) -> None:
        """None is written yet."""
        self._reader = reader
        self._written: list[str] = []

    def forget(self) -> None:
        """Delete what was written, since nothing of it counts."""
        UPLOADS.remove(self._written)

    def load(self, organization: Organization, row: Any, lives_here: bool) -> str:
        """What became of one file: created, unchanged or `lives_here`.

        Raises:
            RowRefusedError: it is not what the row says, or could not have been kept here.
        """
        row = checked_upload(row)
        present = Upload.objects.filter(pk=row["id"]).first()
        if present is not None:
            if present.organization_id != organization.pk:
                raise RowRefusedError("This file belongs to another group here.")
            return "unchanged" if present.sha256 == row["sha256"] else "lives_here"
        self._check_place(organization, row)
        part = f"{FILES}{row['id']}"
        if part not in self._reader.parts:
            raise RowRefusedError("The file itself is not in the archive.")
        content = self._reader.content(part)
        _check_content(row, content)
        self._check_quota(organization, len(content))
        try:
            name = UPLOADS.write([content])
        except ValidationError as error:
            raise RowRefusedError(error.message) from error
        self._written.append(name)
        upload = Upload(
            pk=row["id"],
            organization=organization,
            subject_id=row["subject"],
            name=name,
            created_at=row["created_at"],
            **{field: row[field] for field in UPLOAD},
        )
        fitting(upload)
        upload.save_base(raw=True, force_insert=True)
        return "created"

    def _check_place(self, organization: Organization, row: dict[str, Any]) -> None:
        """Refuse a second logo or photo, and a photo of what is not here.

        Raises:
            RowRefusedError: it has no place.
        """
        if row["kind"] == UploadKind.DOCUMENT:
            return
        if row["subject"] and not Program.objects.filter(
            pk=row["subject"], organization=organization
        ):
            raise RowRefusedError("This photo is of a program that was not loaded.")
        taken = Upload.objects.filter(
            organization=organization,
            kind=row["kind"],
            subject_id=row["subject"],
            deleted_at=None,
        )
        if taken.exists():
            raise RowRefusedError("There is another picture in its place.")

    def _check_quota(self, organization: Organization, size: int) -> None:
        used = Upload.objects.filter(organization=organization).aggregate(all=Sum("bytes"))
        if (used["all"] or 0) + size > settings.UPLOAD_QUOTA:
            raise RowRefusedError(
                f"A group may keep {settings.UPLOAD_QUOTA // (1024 * 1024)} MB of files on this "
                "node (UPLOAD_QUOTA_MB)."
            )


def _check_content(row: dict[str, Any], content: bytes) -> None:
    """Hold a file against its row, and look at it as at one that somebody sends.

    A picture must hold nothing but pixels already: written anew it would be another.

    Raises:
        RowRefusedError: it differs, or is not taken.
    """
    told = row["sha256"], row["bytes"]
    if (hashlib.sha256(content).hexdigest(), len(content)) != told:
        raise RowRefusedError("The file is not the one of which the row speaks.")
    try:
        if row["kind"] == UploadKind.DOCUMENT:
            validate_title(row["title"])
        seen = inspect(content, UploadKind(row["kind"]), is_kept=True)
    except ValidationError as error:
        raise RowRefusedError(" ".join(error.messages)) from error
    is_picture = seen.width is not None
    if is_picture and not is_bare(content, row["media_type"]):
        raise RowRefusedError("This picture holds more than pixels.")
    if (seen.media_type, seen.width, seen.height) != (
        row["media_type"],
        row["width"],
        row["height"],
    ):
        raise RowRefusedError("The file is of another kind or size than its row says.")
