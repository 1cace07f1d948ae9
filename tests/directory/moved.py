"""An organization with something in every part of an export, and archives made to harm."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import json
import zipfile
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from directory.actions.moving import export_organization
from directory.actions.pictures import set_logo, set_photo
from directory.models import (
    AccessReport,
    Country,
    Facility,
    FacilityClaim,
    Listing,
    OrganizationCard,
    Program,
    ProgramVersion,
    VisitingRule,
)
from network.actions.uploads import add_document
from network.enums import UploadKind
from network.fields import PartialDate
from network.models import AuditEntry, Export, MemberName, Membership, Organization, Upload
from network.tenancy import Purpose, acting, system
from network.uploads.inspecting import inspect
from network.uploads.storage import EXPORTS
from tests.directory.test_publishing import make_program
from tests.pictures import jpeg_with_everything, pdf, picture

OPERATOR = system(Purpose.OPERATOR)
WAITING = {
    "facility_name": "Harbour House",
    "nationwide": False,
    "visitor_category": "volunteer_visitor",
    "status": "barred",
    "scope": "all",
    "stated_reason": "none_given",
    "retaliation": "no",
    "confidence": "single",
    "source_kind": "first_hand",
    "source_url": "",
    "text_language": "en",
    "effective_from": "2026-06",
    "effective_to": None,
}
inspected = functools.cache(inspect)


def furnish(cast):
    """Give A programs, files, statements and a log, and B some of its own."""
    for iso2 in ("GB", "FR"):
        Country.objects.get_or_create(iso2=iso2, defaults={"names": {"en": iso2}})
    with acting(OPERATOR):
        program = make_program(
            cast.a, precision="grid", contact={"email": "post@example.org"}, withheld=["point"]
        )
        make_program(cast.a, "second-harbour", precision="grid")
        make_program(cast.b, "of-others")
        facility = Facility.objects.get(slug="harbour-house")
        for author in (cast.a.slug, cast.b.slug):
            FacilityClaim.objects.create(
                facility=facility,
                author=author,
                values={"capacity": 7},
                source_url="https://x.example",
                as_of=PartialDate.parse("2026-05"),
            )
            VisitingRule.objects.create(
                country=Country.objects.get(iso2="GB"),
                facility=facility,
                facility_name="Harbour House",
                visitor_category="family_friend",
                days_hours="Tue",
                author=author,
                as_of=PartialDate.parse("2026"),
                confirmed_on="2026-06-01",
            )
        for number in (1, 2):
            ProgramVersion.objects.create(
                organization=cast.a,
                program=program,
                version=number,
                person_id=cast.edna.pk,
                changed=["status"],
                snapshot={"status": "active"},
            )
            Program.objects.filter(pk=program.pk).update(version=number)
        Program.objects.create(
            organization=cast.a, slug="thrown-away", country="GB", deleted_at="2026-01-01T00:00Z"
        )
    for who, organization in (("amara", cast.a), ("chiara", cast.b)):
        with acting(cast.actor(who)):
            AccessReport.objects.create(
                organization=organization,
                country=Country.objects.get(iso2="GB"),
                values={**WAITING, "statement": f"Told by {organization.country}."},
                facility=facility,
                attributed_as="verified_program",
                publish_at=timezone.now() + dt.timedelta(days=20),
                submission=uuid4(),
            )
    amara = cast.actor("amara")
    with acting(amara):
        set_logo(amara, inspected=inspected(picture(mode="RGBA"), UploadKind.LOGO))
        photo = inspected(jpeg_with_everything(), UploadKind.PHOTO)
        set_photo(amara, program=program, inspected=photo, alt={"en": "A door", "ar": "باب"})
        for title, content in (("Rules", pdf()), ("ملاحظات", "نص\n".encode())):
            add_document(amara, inspected=inspected(content, UploadKind.DOCUMENT), title=title)
    return program


def exported(actor, **options):
    """The bytes of an export."""
    with acting(actor):
        export = export_organization(actor, **options)
    return EXPORTS.read(export.name)


def parts_of(data):
    """The parts of an archive, rows as lists."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return {
        name: [json.loads(line) for line in content.splitlines()]
        if name.endswith("l")
        else json.loads(content)
        if name.endswith("json")
        else content
        for name, content in found.items()
    }


def packed(parts, manifest=None, **options):
    """An archive of parts, with a manifest that fits them unless told otherwise."""
    written = {}
    for name, content in parts.items():
        if name == "manifest.json":
            continue
        if isinstance(content, list):
            written[name] = b"".join(json.dumps(row).encode() + b"\n" for row in content)
        else:
            is_packed = isinstance(content, bytes)
            written[name] = content if is_packed else json.dumps(content).encode()
    told = {
        **parts["manifest.json"],
        "parts": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in written.items()
        },
        **(manifest or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content, **options)
        archive.writestr("manifest.json", json.dumps(told))
    return file.getvalue()


def forget(organization):
    """Take an organization off this node with all it has, as if it had never been here."""
    with acting(OPERATOR):
        Listing.objects.filter(organization=organization.pk).delete()
        OrganizationCard.objects.filter(pk=organization.pk).delete()
        versions = ProgramVersion.objects.filter(organization=organization)
        with acting(system(Purpose.PURGE, organization_id=organization.pk)):
            versions.delete()
        for model in (AccessReport, MemberName, Export, Upload, Program, Membership):
            model.objects.filter(organization=organization).delete()
    with acting(system(Purpose.PURGE)):
        AuditEntry.objects.filter(organization=organization).delete()
    with acting(OPERATOR), connection.constraint_checks_disabled():
        Organization.objects.filter(pk=organization.pk)._raw_delete("default")
