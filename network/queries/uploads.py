"""The files of an organization, as its members see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from network.enums import UploadKind
from network.models import Upload
from network.tenancy import Actor

UNDO = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Usage:
    """How much an organization keeps in files, and may keep, in bytes."""

    used: int
    deleted: int
    quota: int

    @property
    def left(self) -> int:
        """How much more it may keep."""
        return max(0, self.quota - self.used)

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken."""
        return self.left == 0 or self.deleted >= self.quota


def documents_of(actor: Actor) -> QuerySet[Upload]:
    """The present documents of the organization acted for, newest first. One query."""
    return _of(actor, UploadKind.DOCUMENT).filter(deleted_at=None)


def deleted_documents_of(actor: Actor) -> QuerySet[Upload]:
    """The documents that were deleted and can still come back. One query."""
    gone = _of(actor, UploadKind.DOCUMENT).filter(deleted_at__gt=timezone.now() - UNDO)
    return gone.order_by("-deleted_at", "id")


def logo_of(actor: Actor) -> Upload | None:
    """The present logo of the organization acted for."""
    return _of(actor, UploadKind.LOGO).filter(deleted_at=None).first()


def photo_of(actor: Actor, program_id: UUID) -> Upload | None:
    """The present photo of one program of the organization acted for."""
    photos = _of(actor, UploadKind.PHOTO)
    return photos.filter(subject_id=program_id, deleted_at=None).first()


def upload_of(actor: Actor, upload_id: UUID, kind: UploadKind) -> Upload:
    """One file of the organization acted for, deleted ones within seven days too.

    Raises:
        Upload.DoesNotExist: it is missing, gone for good, of another kind or of others.
    """
    upload = _of(actor, kind).get(pk=upload_id)
    if upload.deleted_at is not None and upload.deleted_at <= timezone.now() - UNDO:
        raise Upload.DoesNotExist
    return upload


def usage_of(actor: Actor) -> Usage:
    """How much the organization acted for keeps. One query."""
    sums = Upload.objects.filter(organization_id=actor.acted_for).aggregate(
        all=Sum("bytes", default=0),
        gone=Sum("bytes", default=0, filter=Q(deleted_at__isnull=False)),
    )
    return Usage(sums["all"] - sums["gone"], sums["gone"], settings.UPLOAD_QUOTA)


def _of(actor: Actor, kind: UploadKind) -> QuerySet[Upload]:
    return Upload.objects.filter(organization_id=actor.acted_for, kind=kind)
