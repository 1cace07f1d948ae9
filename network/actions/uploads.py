"""Keeping the files of an organization, deleting them and bringing them back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from network.actions.audit import record
from network.enums import UploadKind
from network.erasures import Erased, erase, take_back
from network.models import Organization, Upload
from network.permissions import Permission, Refused, require
from network.queries.uploads import UNDO, usage_of
from network.tenancy import Actor
from network.uploads.inspecting import Inspected
from network.uploads.storage import UPLOADS
from network.validators import validate_plain_text, validate_visible

LONGEST_TITLE = 120
NEEDED = {
    UploadKind.DOCUMENT: Permission.DOCUMENT_WRITE,
    UploadKind.LOGO: Permission.ORGANIZATION_EDIT,
    UploadKind.PHOTO: Permission.PROGRAM_EDIT,
}


@transaction.atomic
def keep_upload(
    actor: Actor,
    *,
    inspected: Inspected,
    title: str = "",
    subject_id: UUID | None = None,
    alt: dict[str, str] | None = None,
) -> Upload:
    """A file of the organization acted for, on the disk before its row is.

    A logo takes the place of the one before, a photo that of its program's; the former can be
    brought back for seven days. The same file with the same title again is the one that is there.
    A file whose transaction fails is left to the purge.

    Raises:
        Refused: the actor may not keep files of this use.
        ValidationError: `title`, `quota` or `no_room`; nothing is kept.
    """
    require(actor, NEEDED[inspected.use])
    title = title.strip()
    if inspected.use == UploadKind.DOCUMENT:
        validate_title(title)
    # Two uploads at once would both fit under the quota.
    Organization.objects.select_for_update().get(pk=actor.acted_for)
    present = _present(actor, inspected.use, subject_id)
    same = present.filter(sha256=inspected.sha256, title=title, alt=alt or {}).first()
    if same is not None:
        return same
    _check_quota(actor, len(inspected.content))
    name = UPLOADS.write([inspected.content])
    if inspected.use != UploadKind.DOCUMENT:
        _take_down(present)
    upload = Upload.objects.create(
        organization_id=actor.acted_for,
        kind=inspected.use,
        subject_id=subject_id,
        media_type=inspected.media_type,
        bytes=len(inspected.content),
        width=inspected.width,
        height=inspected.height,
        sha256=inspected.sha256,
        name=name,
        title=title,
        alt=alt or {},
        person_id=actor.person_id,
    )
    _record(actor, "added", upload, media_type=upload.media_type, bytes=upload.bytes)
    return upload


def add_document(actor: Actor, *, inspected: Inspected, title: str) -> Upload:
    """A document of the desk, for members only; see `keep_upload`.

    Raises:
        Refused: the actor may not write documents.
        ValidationError: the title or the room is not fit.
        ValueError: the file was inspected for another use.
    """
    if inspected.use != UploadKind.DOCUMENT:
        raise ValueError("inspected for another use")
    return keep_upload(actor, inspected=inspected, title=title)


@transaction.atomic
def delete_upload(actor: Actor, *, upload: Upload) -> None:
    """Take a file away; for seven days it can be brought back. Doing it twice changes nothing.

    Raises:
        Refused: the actor may not delete files of this use, or it is not theirs.
    """
    require_own(actor, upload)
    gone = Upload.objects.filter(pk=upload.pk, deleted_at=None)
    if gone.update(deleted_at=timezone.now()):
        erase(Erased.UPLOAD, upload.pk)
        _record(actor, "deleted", upload)


@transaction.atomic
def restore_upload(actor: Actor, *, upload: Upload) -> None:
    """Bring a deleted file back; a logo or photo takes the place of the present one.

    Raises:
        Refused: the actor may not keep files of this use, or it is not theirs.
        ValidationError: `quota` or `gone`: the seven days are over.
    """
    require_own(actor, upload)
    Organization.objects.select_for_update().get(pk=actor.acted_for)
    deleted = Upload.objects.filter(pk=upload.pk, deleted_at__isnull=False)
    if not deleted.exists():
        return
    if not deleted.filter(deleted_at__gt=timezone.now() - UNDO).exists():
        raise ValidationError(
            _("This file is gone: it was deleted more than 7 days ago."), code="gone"
        )
    _check_quota(actor, upload.bytes, is_back=True)
    if upload.kind != UploadKind.DOCUMENT:
        _take_down(_present(actor, upload.kind, upload.subject_id))
    deleted.update(deleted_at=None)
    take_back(Erased.UPLOAD, upload.pk)
    _record(actor, "restored", upload)


def require_own(actor: Actor, upload: Upload) -> None:
    """Pass where the actor may write this file of the organization acted for.

    A grant on another organization's program is one for texts, never for files.

    Raises:
        Refused: it is not theirs, or their role is another.
    """
    permission = NEEDED[UploadKind(upload.kind)]
    require(actor, permission)
    if upload.organization_id != actor.organization_id:
        raise Refused(permission)


def validate_title(title: str) -> None:
    """Refuse a title that names nothing, is too long or is not plain.

    Raises:
        ValidationError: `title`, or as `validate_plain_text` and `validate_visible`.
    """
    if not title:
        raise ValidationError(_("Write what this document is."), code="title")
    if len(title) > LONGEST_TITLE:
        raise ValidationError(
            ngettext_lazy(
                "Shorten the title to %(limit)d character.",
                "Shorten the title to %(limit)d characters.",
                LONGEST_TITLE,
            )
            % {"limit": LONGEST_TITLE},
            code="title",
        )
    validate_plain_text(title, lines=False)
    validate_visible(title)


def _present(actor: Actor, kind: str, subject_id: UUID | None) -> QuerySet[Upload]:
    return Upload.objects.filter(
        organization_id=actor.acted_for, kind=kind, subject_id=subject_id, deleted_at=None
    )


def _take_down(replaced: QuerySet[Upload]) -> None:
    for pk in replaced.values_list("pk", flat=True):
        erase(Erased.UPLOAD, pk)
    replaced.update(deleted_at=timezone.now())


def _check_quota(actor: Actor, size: int, *, is_back: bool = False) -> None:
    """Refuse what no longer fits; deleted files have as much room of their own.

    Raises:
        ValidationError: `quota`.
    """
    usage = usage_of(actor)
    if size > usage.left:
        raise ValidationError(
            _("Your group may keep %(quota)d MB of files, and this one no longer fits. Delete "
              "files that you no longer need."),
            code="quota",
            params={"quota": settings.UPLOAD_QUOTA // (1024 * 1024)},
        )  # fmt: skip
    if not is_back and usage.deleted >= usage.quota:
        raise ValidationError(
            _("Many files were deleted in the last 7 days and still take room. Bring one back, "
              "or wait until they are gone."),
            code="quota",
        )  # fmt: skip


def _record(actor: Actor, what: str, upload: Upload, **details: Any) -> None:
    record(actor, f"{upload.kind}.{what}", object_kind="upload", object_id=upload.pk, **details)
