"""Reports of a group to the ledger of access: at once or later, with its name or without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.stating.authors import speaking_organization
from directory.actions.stating.errors import StaleError
from directory.actions.stating.event_values import FIELDS, Reported, read_event
from directory.actions.stating.releasing import release
from directory.actions.stating.said import Said
from directory.actions.stating.signing import signature_after, signed_as
from directory.enums import Attribution
from directory.models import AccessReport, Program
from network.actions.audit import record
from network.erasures import Erased, erase
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor

LEAST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Sent:
    """What somebody sent, and whether they have looked for signs of people in it."""

    values: Mapping[str, Any]
    has_looked: bool


@transaction.atomic
def report_access_event(
    actor: Actor,
    *,
    values: Mapping[str, Any],
    submission: UUID | None = None,
    has_looked: bool = False,
) -> AccessReport:
    """A report, and where it is due now its public entry; until then it is nowhere public.

    `values` are the fields of `event_values.FIELDS`. The same `submission` again gives the report
    that is there. How the entry is signed is decided here for good. `has_looked` says that nobody
    in detention can be recognised by a text.

    Raises:
        Refused: the actor may not write to the ledger for the organization.
        ValidationError: the organization is not verified, or a value is refused, by field;
            `identifies` where `has_looked` must answer.
    """
    return _report(actor, _Sent(values, has_looked), submission, corrected=None)


@transaction.atomic
def supersede_event(
    actor: Actor,
    *,
    report: AccessReport,
    values: Mapping[str, Any],
    submission: UUID | None = None,
    has_looked: bool = False,
) -> AccessReport:
    """A correction of the organization's own entry: a new entry that the old one leads to.

    It is signed as the one that it corrects. Only a group corrects its entries, so another
    signature on either would name the author of both.

    Raises:
        Refused: the actor may not write to the ledger for the organization.
        StaleError: the entry was corrected already; `present` is that correction.
        ValidationError: as for `report_access_event`, or the report is not public yet.
    """
    require(actor, Permission.LEDGER_WRITE, report)
    return _report(actor, _Sent(values, has_looked), submission, corrected=report)


@transaction.atomic
def cancel_report(actor: Actor, *, report: AccessReport) -> None:
    """Take a report back before its day; it never becomes public. Twice changes nothing.

    Raises:
        Refused: the actor may not write to the ledger for the organization.
        StaleError: it is public already, and can only be corrected.
    """
    require(actor, Permission.LEDGER_WRITE, report)
    waiting = AccessReport.objects.filter(pk=report.pk, released_at=None, cancelled_at=None)
    # In one statement: of a release and this one or the other finds nothing left to do.
    if waiting.update(cancelled_at=timezone.now()):
        erase(Erased.ACCESS_REPORT, report.pk)
        _record(actor, "access_report.cancelled", report)
        return
    present = AccessReport.objects.get(pk=report.pk)
    if present.released_at is not None:
        raise StaleError(present)


def check_report(
    actor: Actor,
    *,
    values: Mapping[str, Any],
    corrected: AccessReport | None = None,
    has_looked: bool = False,
) -> AccessReport:
    """The report that these values make, unsaved: what `report_access_event` would write.

    For the look at it before it is sent. Refuses what that refuses.
    """
    organization = speaking_organization(actor)
    return checked_report(organization, values, corrected, has_looked=has_looked)


def _report(
    actor: Actor,
    sent: _Sent,
    submission: UUID | None,
    *,
    corrected: AccessReport | None,
) -> AccessReport:
    organization = speaking_organization(actor)
    if submission is not None:
        present = AccessReport.objects.filter(submission=submission).first()
        if present is not None:
            return present
    if corrected is not None:
        _refuse_second(corrected)
    report = checked_report(organization, sent.values, corrected, has_looked=sent.has_looked)
    report.person_id = actor.person_id
    report.submission = submission or uuid4()
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        # The same submission at the same moment: the other one has written it.
        return AccessReport.objects.get(submission=report.submission)
    # How it is signed stays out of the log: the report itself says so, for as long as it is kept.
    _record(actor, "access_report.written", report)
    if report.publish_at <= timezone.now():
        release(report)
    return report


def checked_report(
    organization: Organization,
    values: Mapping[str, Any],
    corrected: AccessReport | None = None,
    *,
    has_looked: bool,
) -> AccessReport:
    """The report of an organization that these values make, unsaved. Read in its scope.

    Raises:
        ValidationError: with what to write instead, by field.
    """
    said = Said(values, FIELDS, has_looked=has_looked)
    if corrected is not None:
        _check_correction(said, corrected)
    reported = read_event(said)
    signature = signed_as(said, organization, reported, corrected)
    if reported.attributed_as is not Attribution.ORGANIZATION:
        _refuse_own_name(said, organization, reported)
    said.finish()
    return AccessReport(
        organization=organization,
        facility=reported.facility,
        country=reported.country,
        values=reported.values,
        attributed_as=reported.attributed_as,
        attributed_to=signature.name,
        coalition_id=signature.coalition_id,
        publish_at=reported.publish_at,
        supersedes_id=corrected.released_event_id if corrected else None,
    )


def _check_correction(said: Said, corrected: AccessReport) -> None:
    if corrected.released_event_id is None:
        words = _("This is not public yet. Cancel it and write it anew.")
        said.refuse("supersedes", words, "waiting")
    signed = said.raw.get("attributed_as") or Attribution.VERIFIED_PROGRAM
    expected = signature_after(corrected)
    if signed != expected:
        words = _("Sign a correction as the entry that it corrects: %(signature)s.")
        said.refuse(
            "attributed_as",
            words,
            "signature",
            signature=Attribution(expected).label,
        )


def _refuse_second(corrected: AccessReport) -> None:
    """Refuse to correct what was corrected; of two at once the later waits here for the first.

    Raises:
        StaleError: there is a correction.
    """
    AccessReport.objects.select_for_update().get(pk=corrected.pk)
    if corrected.released_event_id is None:
        return
    found = AccessReport.objects.filter(supersedes=corrected.released_event_id, cancelled_at=None)
    if (correction := found.first()) is not None:
        raise StaleError(correction)


def _refuse_own_name(said: Said, organization: Organization, reported: Reported) -> None:
    """Refuse the name or the site of a group in an entry that is not to name it."""
    names, sites = _known_as(organization)
    for field in ("facility_name", "statement", "source_url"):
        text = reported.values[field].casefold()
        named = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)
        if named or any(site in text for site in sites):
            words = _("This names your group. Take that out, or sign with the name of your group.")
            said.refuse(field, words, "names_author")


def _known_as(organization: Organization) -> tuple[set[str], set[str]]:
    """The names and the web sites by which readers know a group, in small letters. Two queries."""
    programs = Program.objects.filter(organization=organization, deleted_at=None)
    names = {organization.name, *organization.names.values()}
    slugs, sites = {organization.slug}, {organization.website}
    for program in programs.prefetch_related("texts"):
        names |= {text.name for text in program.texts.all()}
        slugs.add(program.slug)
        sites.add(program.website)
    # A slug of one word may be the name of a place.
    names |= {slug for slug in slugs if "-" in slug}
    known = {name.casefold() for name in names if len(name) >= LEAST_NAME}
    return known, {_site(address) for address in sites if address} - {""}


def _site(address: str) -> str:
    """Host and path of a web address: many groups share a host."""
    try:
        parts = urlsplit(address.casefold())
        return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")
    except ValueError:
        return ""


def _record(actor: Actor, verb: str, report: AccessReport) -> None:
    record(actor, verb, object_kind="access_report", object_id=report.pk)
