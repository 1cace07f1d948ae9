"""Exporting: all that an organization has here, in one archive."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from directory.actions.moving.archive import FILES, ORGANIZATION, Writer
from directory.queries.export import asked, parts
from network.actions.approvals import ask_or_do, register_deed
from network.actions.audit import record
from network.actions.export_parts import parts_of_others
from network.actions.exports import end_exports
from network.enums import ApprovalKind
from network.models import Approval, Export, Organization, Upload
from network.permissions import Permission, require
from network.serialization import json_bytes
from network.tenancy import Actor, acting, member
from network.uploads.storage import EXPORTS, UPLOADS

KEPT = dt.timedelta(hours=24)
_READ = 1024 * 1024


@transaction.atomic
def ask_for_export(actor: Actor, *, with_emails: bool = False) -> Approval | None:
    """What waits for a second owner, where there is one; nothing where the export was made.

    Raises:
        Refused: the actor may not export.
        ValidationError: as `export_organization`.
    """
    require(actor, Permission.ORGANIZATION_EXPORT)
    organization = Organization.objects.get(pk=actor.acted_for)
    return ask_or_do(
        actor,
        organization=organization,
        kind=ApprovalKind.EXPORT,
        details={"with_emails": with_emails, "for": str(actor.someone)},
    )


@transaction.atomic
def export_organization(
    actor: Actor, *, with_emails: bool = False, asked_by: UUID | None = None
) -> Export:
    """An archive of the organization acted for, to be fetched within 24 hours by who asked for it.

    It holds the profile, working copies, members by name and role, what the organization said of
    places, what it asked of stewards and of other groups and they of it, its offer of help, what
    came of messages that it reported, its log and its files; no passwords, no links, no
    invitations. Addresses of members and of who applied are in it only `with_emails`. Of
    conversations it holds those in which the person who asked has a part, as far as they may read
    them; so nobody else fetches it. `asked_by` is that person where another owner confirms. Of an
    organization there is one archive at a time: the one before ends. Memory does not grow with
    what there is.

    Raises:
        Refused: the actor may not export.
        ValidationError: `no_room`; nothing is kept.
    """
    require(actor, Permission.ORGANIZATION_EXPORT)
    organization = Organization.objects.select_for_update().get(pk=actor.acted_for)
    end_exports(actor)
    reader = member(asked_by or actor.someone, organization.pk, via=actor.via)
    with EXPORTS.writing() as (name, file):
        _write(file, organization, reader, with_emails=with_emails)
        file.flush()
        size, digest = file.tell(), _digest(file)
    # Row security lets nobody make an export for somebody else.
    with acting(reader):
        export = Export.objects.create(
            organization=organization,
            person_id=reader.someone,
            name=name,
            bytes=size,
            sha256=digest,
            has_emails=with_emails,
            expires_at=timezone.now() + KEPT,
        )
    record(
        actor,
        "organization.exported",
        object_kind="export",
        object_id=export.pk,
        with_emails=with_emails,
    )
    return export


def _write(
    file: IO[bytes], organization: Organization, reader: Actor, *, with_emails: bool
) -> None:
    writer = Writer(file)
    writer.add(ORGANIZATION, [json_bytes(parts.organization_row(organization))])
    writer.add_rows("programs", parts.program_rows(organization))
    writer.add_rows("versions", parts.version_rows(organization))
    writer.add_rows("members", parts.member_rows(organization, with_emails=with_emails))
    writer.add_rows("claims", parts.claim_rows(organization))
    writer.add_rows("rules", parts.rule_rows(organization))
    writer.add_rows("reports", parts.report_rows(organization))
    writer.add_rows("audit", parts.audit_rows(organization))
    applications = asked.application_rows(organization, with_emails=with_emails)
    writer.add_rows("applications", applications)
    writer.add_rows("vouches", asked.vouch_rows(organization))
    writer.add_rows("mentoring", asked.mentoring_rows(organization))
    for name, part in parts_of_others().items():
        writer.add_rows(name, part(reader))
    uploads = list(_files(organization))
    writer.add_rows("uploads", (parts.upload_row(upload) for upload in uploads))
    for upload in uploads:
        writer.add(f"{FILES}{upload.pk}", _content(upload.name), is_packed=True)
    writer.close(
        node=settings.PUBLIC_ORIGIN,
        created_at=timezone.now(),
        organization={"id": organization.pk, "slug": organization.slug},
        has_emails=with_emails,
    )


def _files(organization: Organization) -> Iterator[Upload]:
    """The present files whose bytes are there: one that the disk has lost stops no export."""
    uploads = Upload.objects.filter(organization=organization, deleted_at=None)
    for upload in uploads.order_by("created_at", "id"):
        if UPLOADS.path(upload.name).is_file():
            yield upload


def _content(name: str) -> Iterator[bytes]:
    with UPLOADS.path(name).open("rb") as file:
        while chunk := file.read(_READ):
            yield chunk


def _deed(actor: Actor, organization: Organization, details: dict[str, Any]) -> None:
    asked_by = details.get("for")
    export_organization(
        actor,
        with_emails=bool(details.get("with_emails")),
        asked_by=UUID(asked_by) if asked_by else None,
    )


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_READ):
        digest.update(chunk)
    return digest.hexdigest()


register_deed(ApprovalKind.EXPORT, _deed)
