"""Files on the disk: whole or not there, and gone when their time is over."""

import datetime as dt
import errno
import os

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from network.actions.purge_uploads import purge_uploads
from network.actions.uploads import add_document, delete_upload
from network.models import Export, Job, Upload
from network.tenancy import Purpose, acting, system
from network.uploads import storage
from network.uploads.storage import EXPORTS, UPLOADS
from tests.uploaded import age, files, files_of, inspected

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("files")

DAY = 24 * 60 * 60
PURGE = system(Purpose.PURGE)


def document(cast, words="Minutes", days=None):
    """A document of A, deleted so many days ago."""
    edna = cast.actor("edna")
    with acting(edna):
        upload = add_document(edna, inspected=inspected(words), title=words)
        if days is not None:
            moment = timezone.now() - dt.timedelta(days=days)
            Upload.objects.filter(pk=upload.pk).update(deleted_at=moment)
    return upload


def nameless(store=UPLOADS, seconds=2 * DAY):
    """A file without a row."""
    name = store.write([b"left over"])
    age(store, name, seconds)
    return name


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch, cast, number):
    def full(_handle):
        raise OSError(number, "full")

    monkeypatch.setattr(storage.os, "fsync", full)
    edna = cast.actor("edna")
    with acting(edna), pytest.raises(ValidationError) as refused:
        add_document(edna, inspected=inspected(), title="Minutes")
    assert refused.value.code == "no_room"
    with acting(edna):
        assert not Upload.objects.exists()
    assert files_of(UPLOADS) == set()


def test_room_is_left_for_the_database(monkeypatch):
    monkeypatch.setattr(storage, "RESERVE", 2**62)
    with pytest.raises(ValidationError) as refused:
        UPLOADS.write([b"x"])
    assert refused.value.code == "no_room"
    assert files_of(UPLOADS) == set()


def test_another_fault_of_the_disk_is_no_refusal(monkeypatch):
    def broken(_handle):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(storage.os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        UPLOADS.write([b"x"])
    assert files_of(UPLOADS) == set()


def test_a_file_is_on_the_disk_before_its_row_and_has_its_name_when_it_is_whole(monkeypatch):
    steps = []
    fsync, rename = os.fsync, storage.Path.rename
    monkeypatch.setattr(storage.os, "fsync", lambda h: (steps.append("sync"), fsync(h))[1])
    monkeypatch.setattr(
        storage.Path, "rename", lambda s, t: (steps.append("name"), rename(s, t))[1]
    )
    name = UPLOADS.write([b"a", b"b"])
    assert steps == ["sync", "name", "sync"]
    assert UPLOADS.read(name) == b"ab"


@pytest.mark.parametrize("name", ["", "..", "../secret_key", "A" * 32, "0" * 31, "0" * 32 + "/"])
def test_only_names_of_its_own_are_looked_up(name):
    with pytest.raises(ValueError, match="not a name"):
        UPLOADS.read(name)


def test_a_name_that_is_not_there_is_nothing():
    assert UPLOADS.read("0" * 32) is None
    assert UPLOADS.remove(["0" * 32]) == 0


def test_the_purge_deletes_row_and_file_after_seven_days(cast):
    gone, waiting, present = document(cast, "old", 7), document(cast, "new", 6), document(cast)
    assert purge_uploads(PURGE) == {"uploads": 1, "exports": 0, "nameless_files": 0}
    with acting(PURGE):
        assert set(Upload.objects.values_list("pk", flat=True)) == {waiting.pk, present.pk}
    assert files_of(UPLOADS) == {waiting.name, present.name}
    assert gone.name not in files_of(UPLOADS)
    assert purge_uploads(PURGE) == {"uploads": 0, "exports": 0, "nameless_files": 0}


def test_what_the_public_still_sees_waits(cast):
    upload = document(cast, "old", 8)
    assert purge_uploads(PURGE, shown={upload.name})["uploads"] == 0
    assert UPLOADS.read(upload.name)
    assert purge_uploads(PURGE)["uploads"] == 1
    assert UPLOADS.read(upload.name) is None


def test_files_without_a_row_go_after_a_day(cast):
    purge_uploads(PURGE)
    old, fresh, kept = nameless(), nameless(seconds=DAY - 60), document(cast)
    age(UPLOADS, kept.name, 30 * DAY)
    half = UPLOADS.root / "ab" / ("ab" * 16 + ".part")
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert purge_uploads(PURGE)["nameless_files"] == 1
    assert files_of(UPLOADS) == {fresh, kept.name}
    assert old not in files_of(UPLOADS)


def test_a_purge_on_another_database_leaves_the_files_alone(cast):
    purge_uploads(PURGE)
    old = nameless()
    # The same folder, and a database that has never seen it.
    Job.objects.filter(name="files uploads").delete()
    for _ in range(2):
        assert purge_uploads(PURGE)["nameless_files"] == 0
        assert UPLOADS.read(old)
    (UPLOADS.root / "DATABASE").unlink()
    assert purge_uploads(PURGE)["nameless_files"] == 1


def test_a_file_that_went_already_does_not_stop_the_purge(cast):
    gone = document(cast, "old", 8)
    UPLOADS.remove([gone.name])
    assert purge_uploads(PURGE)["uploads"] == 1


def test_an_export_goes_when_its_day_is_over(cast):
    amara = cast.actor("amara")
    moments = {"over": timezone.now(), "new": timezone.now() + dt.timedelta(hours=1)}
    names = {}
    with acting(amara):
        for key, moment in moments.items():
            names[key] = EXPORTS.write([key.encode()])
            Export.objects.create(
                organization=cast.a,
                person=cast.amara,
                name=names[key],
                bytes=3,
                sha256="0" * 64,
                expires_at=moment,
            )
    assert purge_uploads(PURGE)["exports"] == 1
    assert files_of(EXPORTS) == {names["new"]}


def test_only_the_purge_purges(cast):
    with pytest.raises(ValueError, match="only the purge"):
        purge_uploads(cast.actor("amara"))


def test_a_file_whose_transaction_failed_is_found_by_the_purge(cast):
    purge_uploads(PURGE)
    edna = cast.actor("edna")
    with pytest.raises(RuntimeError), acting(edna):
        add_document(edna, inspected=inspected(), title="Minutes")
        raise RuntimeError
    (left,) = files_of(UPLOADS)
    age(UPLOADS, left, 2 * DAY)
    assert purge_uploads(PURGE)["nameless_files"] == 1
    assert files_of(UPLOADS) == set()


def test_deleting_twice_does_not_move_the_day(cast):
    upload = document(cast, "old", 5)
    edna = cast.actor("edna")
    with acting(edna):
        before = Upload.objects.get(pk=upload.pk).deleted_at
        delete_upload(edna, upload=upload)
        assert Upload.objects.get(pk=upload.pk).deleted_at == before


def test_the_marks_of_two_folders_are_their_own(db):
    purge_uploads(PURGE)
    marks = [(store.root / "DATABASE").read_text() for store in (UPLOADS, EXPORTS)]
    assert marks[0] != marks[1]
