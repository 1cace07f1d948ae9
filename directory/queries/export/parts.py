"""The rows of an export, as they are written: ids, dates in ISO 8601, texts by language.

What belongs to the node rather than to the organization stands under `here`: another node that
loads the export has its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet

from directory.models import (
    AccessReport,
    FacilityClaim,
    OrganizationCard,
    Program,
    ProgramFacility,
    ProgramText,
    ProgramVersion,
    VisitingRule,
)
from directory.queries.publication import COPIED
from network.models import AuditEntry, MemberName, Membership, Organization, Person, Upload
from network.queries.coalitions import coalitions_of, members_of_coalition
from network.tenancy import Purpose, acting, system

Row = dict[str, Any]
CHUNK = 500

PROGRAM = ("slug", "country", *COPIED, "version")
TEXT = ("language", "name", "summary", "description", "how_to_join", "how_to_be_visited")
ORGANIZATION = ("slug", "name", "names", "country", "kind", "languages", "website", "version")
UPLOAD = ("kind", "media_type", "bytes", "width", "height", "sha256", "title", "alt")
SOURCED = ("source_url", "as_of", "as_of_basis", "retrieved", "text_language")
RULE = (
    "facility_name",
    "locality",
    "visitor_category",
    "category_source_value",
    "days_hours",
    "booking_required",
    "booking_lead_hours",
    "id_required",
    "max_visitors",
    "max_minutes",
    "contact_type",
    "items_barred",
    "minors",
    "transport",
    "languages",
    "note",
)


def organization_row(organization: Organization) -> Row:
    """The organization itself."""
    return {
        **_common(organization),
        **_fields(organization, ORGANIZATION),
        "here": {
            "status": organization.status,
            "verified_on": organization.verified_on,
            "coalitions": _slugs(coalitions_of(organization.pk)),
            "members": _slugs(members_of_coalition(organization.pk)),
        },
    }


def _slugs(organizations: set[UUID]) -> list[str]:
    """The slugs of public organizations, in their order."""
    cards = OrganizationCard.objects.filter(pk__in=organizations)
    return list(cards.order_by("slug").values_list("slug", flat=True))


def program_rows(organization: Organization) -> Iterator[Row]:
    """Working copies with their texts and places, without those that were deleted."""
    programs = Program.objects.filter(organization=organization, deleted_at=None).order_by("slug")
    for program in in_parts(programs.prefetch_related("texts", "visits")):
        yield program_row(program)


def program_row(program: Program) -> Row:
    """One working copy, from its prefetched texts and places."""
    texts: list[ProgramText] = sorted(program.texts.all(), key=lambda one: one.language)
    visits: list[ProgramFacility] = sorted(program.visits.all(), key=lambda one: one.pk)
    return {
        **_common(program),
        **_fields(program, PROGRAM),
        "confirmed_on": program.confirmed_on,
        "texts": [{"id": text.pk, **_fields(text, TEXT)} for text in texts],
        "places": [{"facility": one.facility_id, "name": one.name} for one in visits],
        "here": {"published_at": program.published_at},
    }


def version_rows(organization: Organization) -> Iterator[Row]:
    """The history of those working copies: each state that one was saved in."""
    versions = ProgramVersion.objects.filter(
        organization=organization, program__deleted_at=None
    ).order_by("program__slug", "program_id", "version")
    for version in in_parts(versions):
        yield {
            **_common(version),
            **_fields(version, ("version", "changed", "snapshot")),
            "program": version.program_id,
            "here": {"person": version.person_id},
        }


def member_rows(organization: Organization, *, with_emails: bool) -> Iterator[Row]:
    """Who belongs to it at present, by name and role; with addresses only where asked for.

    People's own rows are hidden from each other, for the sake of the passwords in them: addresses
    are read by the system, that column and no other.
    """
    members = list(
        Membership.objects.filter(organization=organization, ended_at=None)
        .order_by("created_at", "id")
        .values_list("pk", "person_id", "role", "created_at")
    )
    names = MemberName.objects.filter(organization=organization)
    called = dict(names.values_list("person_id", "name"))
    emails = _emails([person for _, person, _, _ in members]) if with_emails else {}
    for pk, person, role, since in members:
        row = {"id": pk, "person": person, "name": called.get(person, ""), "role": role}
        email = {"email": emails[person]} if person in emails else {}
        yield {**row, "since": since, **email}


def _emails(people: list[UUID]) -> dict[UUID, str]:
    with acting(system(Purpose.OPERATOR), is_reading=True):
        return dict(Person.objects.filter(pk__in=people).values_list("pk", "email"))


def claim_rows(organization: Organization) -> Iterator[Row]:
    """What the organization says of places of detention, withdrawn statements too."""
    claims = FacilityClaim.objects.filter(author=organization.slug).order_by("created_at", "id")
    for claim in in_parts(claims.select_related("facility")):
        yield {
            **_common(claim),
            **_fields(claim, SOURCED),
            "facility": claim.facility_id,
            "facility_slug": claim.facility.slug,
            "values": claim.values,
            "withdrawn_at": claim.withdrawn_at,
        }


def rule_rows(organization: Organization) -> Iterator[Row]:
    """The rules for visits that the organization wrote."""
    rules = VisitingRule.objects.filter(author=organization.slug).order_by("created_at", "id")
    for rule in in_parts(rules.select_related("country", "facility")):
        yield {
            **_common(rule),
            **_fields(rule, SOURCED),
            **_fields(rule, RULE),
            "facility": rule.facility_id,
            "facility_slug": rule.facility.slug if rule.facility else None,
            "country": rule.country.iso2,
            "confirmed_on": rule.confirmed_on,
        }


def report_rows(organization: Organization) -> Iterator[Row]:
    """What the organization reported to the ledger; not which public entries it became."""
    reports = AccessReport.objects.filter(organization=organization).order_by("created_at", "id")
    for report in in_parts(reports.select_related("country", "facility")):
        yield {
            **_common(report),
            **_fields(report, ("values", "attributed_as", "attributed_to", "publish_at")),
            "facility": report.facility_id,
            "facility_slug": report.facility.slug if report.facility else None,
            "country": report.country.iso2,
            "is_public": report.released_at is not None,
            "cancelled_at": report.cancelled_at,
        }


def audit_rows(organization: Organization) -> Iterator[Row]:
    """The organization's log, oldest first; entries that came from another node say from which."""
    entries = AuditEntry.objects.filter(organization=organization).order_by("created_at", "id")
    for entry in in_parts(entries):
        details = dict(entry.details)
        elsewhere = details.pop("elsewhere", {})
        yield {
            **_common(entry),
            **_fields(entry, ("verb", "object_kind", "object_id", "purpose", "via")),
            "person": elsewhere.get("person", entry.person_id),
            "details": details,
            "node": elsewhere.get("node", settings.PUBLIC_ORIGIN),
        }


def upload_row(upload: Upload) -> Row:
    """One file; its bytes stand beside, under `files/` and its id."""
    return {**_common(upload), **_fields(upload, UPLOAD), "subject": upload.subject_id}


def _common(row: Any) -> Row:
    return {"id": row.pk, "created_at": row.created_at}


def _fields(row: Model, names: tuple[str, ...]) -> Row:
    return {name: getattr(row, name) for name in names}


def in_parts(rows: QuerySet[Any]) -> Iterator[Any]:
    """The rows, a few hundred in memory at a time."""
    return rows.iterator(chunk_size=CHUNK)
