"""An owner takes along all that the group has here."""

import datetime as dt
import hashlib
import tracemalloc

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.moving import ask_for_export, export_organization
from network.actions.accounts.ending import sign_out_everywhere
from network.actions.approvals import confirm_approval
from network.actions.exports import end_exports, end_exports_for_good
from network.actions.lockdown import lock_organization
from network.actions.organizations import grant_membership
from network.actions.uploads import keep_upload
from network.enums import Role, UploadKind
from network.models import AuditEntry, Export, Organization, Person
from network.permissions import Refused
from network.queries.exports import exports_of
from network.tenancy import Purpose, acting, system
from network.uploads.inspecting import Inspected
from network.uploads.storage import EXPORTS
from tests.directory.moved import exported, furnish, parts_of
from tests.uploaded import files, files_of

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("files")


@pytest.fixture
def program(cast):
    return furnish(cast)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What a transaction leaves for after its commit is done at the end of the block."""
    return django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "esi"])
def test_only_an_owner_exports(cast, name):
    actor = cast.actor(name)
    with acting(actor), pytest.raises(Refused):
        export_organization(actor)
    assert files_of(EXPORTS) == set()


def test_a_coordinator_does_not_export(cast):
    from network.models import Membership

    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.bilal).update(role="coordinator")
    bilal = cast.actor("bilal")
    with acting(bilal), pytest.raises(Refused):
        export_organization(bilal)


def test_every_part_is_there_and_nothing_of_others(cast, program):
    data = exported(cast.actor("amara"))
    parts = parts_of(data)
    manifest = parts["manifest.json"]
    assert manifest["format"] == "visitation-network-organization"
    assert manifest["version"] == 3
    assert manifest["counts"] == {
        "programs": 2,
        "versions": 2,
        "members": 4,
        "claims": 1,
        "rules": 1,
        "reports": 1,
        "audit": len(parts["audit.jsonl"]),
        "uploads": 4,
        "applications": 0,
        "vouches": 0,
        "mentoring": 0,
        "message_reports": 0,
        "conversations": 0,
    }
    assert {row["slug"] for row in parts["programs.jsonl"]} == {"harbour", "second-harbour"}
    first = parts["programs.jsonl"][0]
    assert [text["language"] for text in first["texts"]] == ["en", "fr"]
    assert first["contact"] == {"email": "post@example.org"}
    assert first["places"][0]["name"] == "Harbour House canary"
    assert {row["title"] for row in parts["uploads.jsonl"]} == {"", "Rules", "ملاحظات"}
    for row in parts["uploads.jsonl"]:
        content = parts[f"files/{row['id']}"]
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
    for name, told in manifest["parts"].items():
        if name.startswith("files/"):
            assert hashlib.sha256(parts[name]).hexdigest() == told["sha256"]
    text = data + b"".join(repr(part).encode() for part in parts.values())
    for word in (b"visiteurs-du-port", b"of-others", b"Chiara", b"thrown-away"):
        assert word not in text


@pytest.mark.parametrize("with_emails", [False, True])
def test_addresses_of_members_only_where_asked_for(cast, program, with_emails):
    parts = parts_of(exported(cast.actor("amara"), with_emails=with_emails))
    members = parts["members.jsonl"]
    assert {(row["name"], row["role"]) for row in members} == {
        ("Amara", "owner"),
        ("Bilal", "member"),
        ("Edna", "editor"),
        ("Omar", "organizer"),
    }
    emails = {row.get("email") for row in members}
    assert emails == (
        {f"{n}@example.org" for n in ("amara", "bilal", "edna", "omar")} if with_emails else {None}
    )
    assert parts["manifest.json"]["has_emails"] is with_emails
    assert not any("password" in repr(part) for part in parts.values())


def test_no_secret_of_an_account_is_in_it(cast, program):
    with acting(system(Purpose.OPERATOR)):
        person = Person.objects.get(pk=cast.amara.pk)
        person.set_password("correct horse battery staple")
        person.save()
        secret = person.password
    parts = parts_of(exported(cast.actor("amara"), with_emails=True))
    assert not any(secret in repr(part) or "invitation" in name for name, part in parts.items())


def test_it_is_written_down_and_can_be_fetched_for_a_day(cast, program):
    amara = cast.actor("amara")
    exported(amara, with_emails=True)
    with acting(amara):
        (export,) = exports_of(amara)
        entry = AuditEntry.objects.get(verb="organization.exported")
        assert (entry.object_id, entry.details) == (export.pk, {"with_emails": True})
        assert export.expires_at - timezone.now() <= dt.timedelta(hours=24)
        assert EXPORTS.path(export.name).stat().st_size == export.bytes
        assert hashlib.sha256(EXPORTS.read(export.name)).hexdigest() == export.sha256
    with acting(system(Purpose.OPERATOR)), acting(cast.actor("chiara")) as chiara:
        assert not exports_of(chiara)


def test_there_is_one_at_a_time(cast, program, committed):
    amara = cast.actor("amara")
    first = exported(amara)
    with committed:
        second = exported(amara)
    assert first != second
    with acting(amara):
        assert files_of(EXPORTS) == {exports_of(amara).get().name}


def test_signing_out_everywhere_ends_it(cast, program, committed):
    amara = cast.actor("amara")
    exported(amara)
    with committed, acting(amara):
        sign_out_everywhere(amara, person=cast.amara)
    with acting(amara):
        assert not exports_of(amara)
    assert files_of(EXPORTS) == set()


def test_a_lock_down_ends_it(cast, program, committed):
    amara = cast.actor("amara")
    exported(amara)
    with acting(amara):
        assert exports_of(amara)
    with committed, acting(amara):
        lock_organization(amara, organization=Organization.objects.get(pk=cast.a.pk))
    with acting(system(Purpose.OPERATOR)):
        assert not Export.objects.exists()
    assert files_of(EXPORTS) == set()


def test_what_a_lock_down_has_not_reached_yet_is_not_shown(cast, program):
    amara = cast.actor("amara")
    exported(amara)
    with acting(amara):
        Organization.objects.filter(pk=cast.a.pk).update(locked_down_at=timezone.now())
        assert not exports_of(amara)


def test_who_may_end_exports(cast, program):
    exported(cast.actor("amara"))
    for name in ("bilal", "edna", "chiara"):
        with acting(cast.actor(name)) as actor, pytest.raises(Refused):
            end_exports(actor)
    for actor in (cast.actor("amara"), system(Purpose.PURGE)):
        with acting(actor), pytest.raises(Refused):
            end_exports_for_good(actor, person_id=cast.amara.pk)
    with acting(system(Purpose.SIGN_IN)) as actor:
        for named in ({}, {"person_id": cast.amara.pk, "organization_id": cast.a.pk}):
            with pytest.raises(ValueError, match="person or an organization"):
                end_exports_for_good(actor, **named)
        assert end_exports_for_good(actor, organization_id=cast.b.pk) == 0
    with acting(cast.actor("amara")) as amara:
        assert end_exports(amara) == 1


@pytest.fixture
def second_owner(cast):
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.a, person=cast.bilal, role=Role.OWNER)
    return cast.actor("bilal")


def test_the_only_owner_exports_at_once(cast, program):
    amara = cast.actor("amara")
    with acting(amara):
        assert ask_for_export(amara, with_emails=True) is None
        assert exports_of(amara).get().has_emails


def test_where_there_is_a_second_owner_the_export_waits_for_them(cast, program, second_owner):
    amara = cast.actor("amara")
    with acting(amara):
        approval = ask_for_export(amara, with_emails=True)
        assert not exports_of(amara)
        with pytest.raises(ValidationError):
            confirm_approval(amara, approval=approval)
        assert not exports_of(amara)
    with acting(second_owner):
        confirm_approval(second_owner, approval=approval)
    with acting(amara):
        export = exports_of(amara).get()
        assert (export.person_id, export.has_emails) == (cast.amara.pk, True)
    with acting(second_owner):
        assert not exports_of(second_owner)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "esi"])
def test_only_an_owner_asks(cast, name):
    actor = cast.actor(name)
    with acting(actor), pytest.raises(Refused):
        ask_for_export(actor)


def test_one_that_is_over_cannot_be_fetched(cast, program):
    amara = cast.actor("amara")
    name = EXPORTS.write([b"old"])
    with acting(amara):
        Export.objects.create(
            organization=cast.a,
            person=cast.amara,
            name=name,
            bytes=3,
            sha256="0" * 64,
            expires_at=timezone.now(),
        )
        assert not exports_of(amara)


def test_memory_does_not_grow_with_the_files(cast, program):
    amara = cast.actor("amara")
    for number in range(6):
        content = bytes([number]) * 5_000_000
        with acting(amara):
            keep_upload(
                amara,
                inspected=Inspected(UploadKind.DOCUMENT, "text/plain", content),
                title=str(number),
            )
    tracemalloc.start()
    with acting(amara):
        export = export_organization(amara)
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert export.bytes > 30_000_000
    assert peak < 8_000_000


def test_a_full_disk_leaves_no_export(cast, program, monkeypatch):
    from network.uploads import storage

    monkeypatch.setattr(storage, "RESERVE", 2**62)
    amara = cast.actor("amara")
    with acting(amara), pytest.raises(ValidationError) as refused:
        export_organization(amara)
    assert refused.value.code == "no_room"
    assert files_of(EXPORTS) == set()
