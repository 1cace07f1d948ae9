"""Loading: an organization that was exported on another node, or here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from directory.actions.importing.report import ImportFileError, RowRefusedError
from directory.actions.moving import checking
from directory.actions.moving.archive import ORGANIZATION, Reader
from directory.actions.moving.asked import load_mentoring
from directory.actions.moving.files import Files
from directory.actions.moving.history import load_entry
from directory.actions.moving.programs import complete_history, load_program, load_version
from directory.actions.moving.report import LoadReport
from directory.actions.moving.statements import load_claim, load_report, load_rule
from directory.models import OrganizationCard, Suppression
from directory.queries.export import parts
from network.actions.audit import record
from network.enums import OrganizationStatus
from network.models import AuditEntry, Membership, Organization, RetiredSlug
from network.permissions import Permission, require
from network.tenancy import Actor, acting

LOADED = "organization.loaded"
_SHOWN = 200


class _Undo(Exception):  # noqa: N818 - an answer, not a fault
    """Roll back what was only tried out."""


def load_organization(
    actor: Actor,
    *,
    path: Path,
    renames: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> LoadReport:
    """Load an export: the organization, its programs, its files and its log, under the same ids.

    The organization is `applied`, whatever it was elsewhere; its programs are working copies that
    nobody but its members sees. It has no members: the operator makes its first owner, who invites
    the others. Loading again changes nothing; an organization that has people or a standing here
    keeps what is here. Its offer of help is loaded closed; what it asked of others stays in the
    file. What it says of places in public waits until it is verified: loading the
    file again then takes it. Reports that wait are loaded, and stay private. Refused rows are left
    out. `renames` gives addresses (slugs) that are taken
    here another form.

    Raises:
        Refused: the actor may not create organizations.
        ImportFileError: the file as a whole is not fit, or the organization is one of this node's
            own; nothing was written.
    """
    require(actor, Permission.ORGANIZATION_CREATE)
    report = LoadReport(dry_run=dry_run)
    with Reader(path) as reader:
        reader.check()
        files = Files(reader)
        try:
            with acting(actor), transaction.atomic():
                _Load(actor, reader, files, dict(renames or {}), report).run()
                if dry_run:
                    raise _Undo
        except _Undo:
            files.forget()
        except BaseException:
            files.forget()
            raise
    return report


class _Load:
    """One loading, inside its transaction."""

    def __init__(
        self,
        actor: Actor,
        reader: Reader,
        files: Files,
        renames: dict[str, str],
        report: LoadReport,
    ) -> None:
        self.actor, self.reader, self.files = actor, reader, files
        self.renames, self.report = renames, report

    def run(self) -> None:
        """Part by part."""
        organization = self._organization()
        self.report.organization_id, self.report.slug = organization.pk, organization.slug
        lives = self.lives_here
        self._each(
            "programs",
            lambda row: load_program(organization, row, self.renames, self.report, lives),
        )
        self._each("versions", lambda row: load_version(organization, row))
        complete_history(self.actor, organization)
        self._each("uploads", lambda row: self.files.load(organization, row, lives))
        node = str(self.reader.manifest["node"])
        self._each("audit", lambda row: load_entry(organization, row, node))
        self._each("claims", lambda row: load_claim(self.actor, organization, row))
        self._each("rules", lambda row: load_rule(self.actor, organization, row))
        self._each("reports", lambda row: load_report(organization, row))
        self._each("mentoring", lambda row: load_mentoring(organization, row))
        self._left("applications", "application")
        self._left("vouches", "vouch")
        self._people()
        if self.report.created or self.report.updated:
            record(
                self.actor,
                LOADED,
                organization_id=organization.pk,
                object_kind="organization",
                object_id=organization.pk,
                node=node,
            )

    def _each(self, part: str, load: Callable[[Any], str]) -> None:
        """Load the rows of a part; what one says of itself is counted, a refusal noted."""
        for line, row in self.reader.rows(part):
            try:
                with transaction.atomic():
                    self._count(load(row))
            except RowRefusedError as refused:
                self.report.refuse(part, line, str(refused))

    def _left(self, part: str, reason: str) -> None:
        """Count what stays in the file, unread."""
        if number := sum(1 for _row in self.reader.rows(part)):
            self.report.kept[reason] += number

    def _count(self, done: str) -> None:
        if done in ("created", "updated", "unchanged"):
            setattr(self.report, done, getattr(self.report, done) + 1)
        else:
            self.report.kept[done] += 1

    def _organization(self) -> Organization:
        """The organization, made or found.

        Raises:
            ImportFileError: its row is not fit, its address is taken, or it is this node's own.
        """
        try:
            row = checking.checked_organization(self.reader.document(ORGANIZATION))
        except RowRefusedError as error:
            raise ImportFileError(f"{ORGANIZATION}: {error}") from error
        row["slug"] = self.renames.get(row["slug"], row["slug"])
        present = Organization.objects.select_for_update().filter(pk=row["id"]).first()
        self.lives_here = present is not None and _lives_here(present)
        if present is None:
            _check_free(row["slug"])
            created = Organization(pk=row["id"], created_at=row["created_at"])
            # Never one that was left by an organization that was deleted: it might hold grants.
            created.group = Group.objects.create(name=f"organization {created.pk} {uuid4().hex}")
            _write(created, row)
            self._count("created")
            return created
        if not AuditEntry.objects.filter(organization=present, verb=LOADED).exists():
            raise ImportFileError(
                "This group is one of this node's own. An export is loaded where it is not."
            )
        if self.lives_here:
            self._count("lives_here")
        elif all(getattr(present, name) == row[name] for name in parts.ORGANIZATION):
            self._count("unchanged")
        else:
            if present.slug != row["slug"]:
                _check_free(row["slug"])
            _write(present, row)
            self._count("updated")
        return present

    def _people(self) -> None:
        """Name whom to invite again: nobody is brought in by a file."""
        for line, row in self.reader.rows("members"):
            self.report.kept["person"] += 1
            if isinstance(row, dict) and line <= _SHOWN:
                told = {name: str(row.get(name, ""))[:_SHOWN] for name in ("name", "role")}
                self.report.people.append(told)


def _lives_here(organization: Organization) -> bool:
    """Whether it has people or a standing here, so that what is here counts."""
    members = Membership.objects.filter(organization=organization)
    return organization.status != OrganizationStatus.APPLIED or members.exists()


def _check_free(slug: str) -> None:
    """Refuse an address that another has, or that was taken off.

    Raises:
        ImportFileError: with what to write instead.
    """
    gone = Suppression.objects.filter(kind=Suppression.Kind.ORGANIZATION, slug=slug)
    taken = (
        Organization.objects.filter(slug=slug).exists()
        or RetiredSlug.objects.filter(slug=slug).exists()
    )
    if taken or gone.exists() or OrganizationCard.objects.filter(slug=slug).exists():
        raise ImportFileError(
            f"The address {slug!r} belongs to another group here, or was taken off. Choose "
            f"another: --rename {slug}=NEW"
        )


def _write(organization: Organization, row: dict[str, Any]) -> None:
    for name in parts.ORGANIZATION:
        setattr(organization, name, row[name])
    organization.status = OrganizationStatus.APPLIED
    organization.updated_at = timezone.now()
    try:
        checking.fitting(organization)
    except RowRefusedError as error:
        raise ImportFileError(f"{ORGANIZATION}: {error}") from error
    # As it is: the day on which it began is part of it.
    organization.save_base(raw=True)
