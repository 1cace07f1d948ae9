"""A backup and its restore: the same rows and files, every way in ended, every guard in place."""

import datetime as dt
import stat
import zipfile

import pytest
from django.core.checks import run_checks
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone

from directory.models import Listing, ListingWord, Program
from messaging.models import Attachment
from network.models import (
    ApiToken,
    AuditEntry,
    Counter,
    Invitation,
    Membership,
    Organization,
    Person,
    Session,
    Upload,
)
from network.project.backup.tables import LEFT_OUT, all_tables
from network.tenancy import Purpose, acting, system
from network.uploads.storage import ATTACHMENTS, UPLOADS
from tests.backup.commands import everything, manifest_of, run
from tests.uploaded import files_of

# What a restore writes itself: the log, what ran when, new dates of public entries.
WRITTEN = {
    "network.AuditEntry",
    "network.Job",
    "directory.Revision",
    "directory.Listing",
}


def test_a_backup_holds_every_row_and_file_and_no_way_in(world, place, settings):
    answer = run("backup", place / "a.zip")
    manifest, rows = manifest_of(place / "a.zip"), everything()
    counts = {label: table["count"] for label, table in manifest["tables"].items()}
    assert set(counts) == set(rows)
    for label in set(rows) - {"network.Job"}:
        assert counts[label] == len(rows[label]), label
    with acting(system(Purpose.OPERATOR)):
        assert counts["network.Organization"] == Organization.objects.count() > 3
        assert counts["directory.Program"] == Program.objects.count() > 1
        uploads = Upload.objects.count()
    with acting(system(Purpose.MESSENGER)):
        attached = Attachment.objects.count()
    assert (uploads > 1, attached > 1, answer["files"]) == (True, True, uploads + attached)
    # A world of two groups leaves few tables empty; row security hides none of them.
    assert sum(1 for count in counts.values() if count) > 25
    assert answer["rows"] == sum(counts.values())
    assert stat.S_IMODE((place / "a.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(place / "a.zip") as archive:
        names = set(archive.namelist())
        for name in names:
            assert settings.SECRET_KEY.encode() not in archive.read(name), name
    assert not names & {f"rows/{label}.jsonl" for label in LEFT_OUT}
    assert {f"files/{name}" for name in files_of(UPLOADS)} <= names
    assert {f"attachments/{name}" for name in files_of(ATTACHMENTS)} <= names


def test_what_is_restored_has_equal_counts_and_hashes(world, place):
    with acting(system(Purpose.OPERATOR)):
        person = Person.objects.order_by("pk").first()
        assert ApiToken.objects.exists()
        assert Invitation.objects.exists()
    with acting(system(Purpose.SIGN_IN)):
        Session.objects.create(
            person=person,
            key_hash="k" * 64,
            seen_on=timezone.localdate(),
            expires_at=timezone.now() + dt.timedelta(days=1),
        )
    words = ListingWord.objects.count()
    run("backup", place / "a.zip")
    before, files, attached = everything(), files_of(UPLOADS), files_of(ATTACHMENTS)
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.update(name="Another name")
        Membership.objects.update(ended_at=timezone.now())
        Upload.objects.all().delete()
    for name in files:
        UPLOADS.path(name).unlink()
    assert ATTACHMENTS.remove(attached) > 1
    answer = run("restore", place / "a.zip", "--replace")
    after = everything()
    for label in set(before) - WRITTEN:
        assert after[label] == before[label], label
    assert set(before["network.AuditEntry"]) < set(after["network.AuditEntry"])
    assert answer["rows"] == sum(map(len, before.values()))
    assert files_of(UPLOADS) == files
    assert files_of(ATTACHMENTS) == attached
    assert ListingWord.objects.count() == words > 0
    for purpose in (Purpose.OPERATOR, Purpose.SIGN_IN):
        with acting(system(purpose)):
            for model in (ApiToken, Invitation, Session, Counter):
                assert not model.objects.exists(), model
    run("backup", place / "b.zip")
    first, second = manifest_of(place / "a.zip"), manifest_of(place / "b.zip")
    for label in set(before) - WRITTEN:
        assert first["tables"][label] == second["tables"][label], label
    guards_hold()


def guards_hold():
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"):
        with acting(system(Purpose.OPERATOR)):
            AuditEntry.objects.update(verb="changed")
    found = {m.id for m in run_checks(tags=["node"], include_deployment_checks=True)}
    assert not found & {"node.E007", "node.E009", "node.W004"}


def test_copies_of_the_directory_learn_what_was_turned_back(small, place):
    run("backup", place / "a.zip")
    before = dict(Listing.objects.values_list("slug", "updated_at"))
    run("restore", place / "a.zip", "--replace")
    after = dict(Listing.objects.values_list("slug", "updated_at"))
    assert set(after) == set(before)
    assert min(after.values()) > max(before.values())


def test_nothing_is_overwritten_and_nothing_half_is_left(place):
    taken = place / "a.zip"
    taken.write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        run("backup", taken)
    assert taken.read_text() == "mine"
    with pytest.raises(CommandError, match="cannot be written"):
        run("backup", place / "nowhere" / "a.zip")
    assert [path.name for path in place.glob(".*")] == []


def test_what_is_left_out_is_named_and_exists():
    assert set(LEFT_OUT) < {table.label for table in all_tables()}
    assert all(LEFT_OUT.values())
