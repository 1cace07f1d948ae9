"""Who may keep, delete and bring back which file, and how much."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.actions.uploads import (
    add_document,
    delete_upload,
    keep_upload,
    restore_upload,
    validate_title,
)
from network.enums import UploadKind
from network.models import AuditEntry, Upload
from network.permissions import Refused
from network.queries.uploads import (
    deleted_documents_of,
    documents_of,
    logo_of,
    upload_of,
    usage_of,
)
from network.tenancy import Purpose, acting, system
from network.uploads.storage import UPLOADS
from tests.uploaded import files, files_of, inspected

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("files")

DOCUMENT, LOGO = UploadKind.DOCUMENT, UploadKind.LOGO
DENIED = {
    DOCUMENT: ("bilal", "omar", "chiara", "esi"),
    LOGO: ("bilal", "edna", "omar", "chiara", "esi"),
}


@pytest.fixture
def theirs(cast):
    """A document of the other organization, with the same title."""
    actor = cast.actor("chiara")
    with acting(system(Purpose.OPERATOR)):
        return Upload.objects.create(
            organization=cast.b,
            kind=DOCUMENT,
            media_type="text/plain",
            bytes=7,
            sha256=inspected("theirs!").sha256,
            name=UPLOADS.write([b"theirs!"]),
            title="Minutes",
            person_id=actor.person_id,
        )


def added(actor, words="Minutes of May", title="Minutes"):
    with acting(actor):
        return add_document(actor, inspected=inspected(words), title=title)


@pytest.mark.parametrize(("use", "name"), [(u, n) for u, names in DENIED.items() for n in names])
def test_who_may_not_keep_a_file(cast, use, name):
    actor = cast.actor(name)
    with acting(actor), pytest.raises(Refused):
        keep_upload(actor, inspected=inspected(use=use), title="Minutes")
    assert files_of(UPLOADS) == set()


@pytest.mark.parametrize("name", ["bilal", "omar", "chiara"])
def test_who_may_not_delete_or_bring_back(cast, name):
    upload = added(cast.actor("edna"))
    actor = cast.actor(name)
    with acting(actor):
        for change in (delete_upload, restore_upload):
            with pytest.raises(Refused):
                change(actor, upload=upload)
    with acting(cast.actor("bilal")) as bilal:
        assert documents_of(bilal).get().pk == upload.pk


def test_an_editor_of_another_group_may_not_delete_it_either(cast, theirs):
    for change in (delete_upload, restore_upload):
        with acting(cast.actor("edna")) as edna, pytest.raises(Refused):
            change(edna, upload=theirs)


def test_a_document_is_kept_whole_and_seen_by_its_group_alone(cast, theirs):
    upload = added(cast.actor("edna"), "Grüße")
    assert UPLOADS.read(upload.name) == "Grüße".encode()
    with acting(cast.actor("bilal")) as bilal:
        assert [one.pk for one in documents_of(bilal)] == [upload.pk]
        with pytest.raises(Upload.DoesNotExist):
            upload_of(bilal, theirs.pk, DOCUMENT)
        assert usage_of(bilal).used == len("Grüße".encode())
    with acting(cast.actor("chiara")) as chiara:
        assert [one.pk for one in documents_of(chiara)] == [theirs.pk]


def test_what_is_written_down_names_no_title(cast):
    upload = added(cast.actor("edna"), title="Letter to a lawyer")
    with acting(cast.actor("amara")):
        entry = AuditEntry.objects.get(verb="document.added")
    assert entry.object_id == upload.pk
    assert entry.person_id == cast.edna.pk
    assert entry.details == {"media_type": "text/plain", "bytes": 14}


def test_sending_the_same_again_keeps_one(cast):
    first, again = (added(cast.actor("edna")) for _ in range(2))
    other = added(cast.actor("edna"), title="Minutes, signed")
    assert first.pk == again.pk != other.pk
    assert len(files_of(UPLOADS)) == 2


def test_a_file_lies_under_a_random_name_that_only_the_server_reads(cast):
    upload = added(cast.actor("edna"), title="../../etc/passwd.html")
    path = UPLOADS.path(upload.name)
    assert path == UPLOADS.root / upload.name[:2] / upload.name
    assert len(upload.name) == 32
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_quota_of_one_group_is_its_own(cast, theirs, settings):
    settings.UPLOAD_QUOTA = 20
    added(cast.actor("edna"), "x" * 15)
    with pytest.raises(ValidationError) as refused:
        added(cast.actor("edna"), "y" * 6, "More")
    assert refused.value.code == "quota"
    assert added(cast.actor("edna"), "y" * 5, "Just")
    assert len(files_of(UPLOADS)) == 3


def test_deleted_files_take_room_of_their_own_until_they_are_gone(cast, settings):
    settings.UPLOAD_QUOTA = 20
    edna = cast.actor("edna")
    for number in range(2):
        upload = added(edna, str(number) * 15)
        with acting(edna):
            delete_upload(edna, upload=upload)
    with pytest.raises(ValidationError) as refused:
        added(edna, "z")
    assert refused.value.code == "quota"
    with acting(edna):
        usage = usage_of(edna)
    assert (usage.used, usage.deleted, usage.left, usage.is_full) == (0, 30, 20, True)


def test_undo_brings_it_back_for_seven_days(cast):
    edna = cast.actor("edna")
    upload = added(edna)
    with acting(edna):
        delete_upload(edna, upload=upload)
        delete_upload(edna, upload=upload)
        assert not documents_of(edna)
        assert [one.pk for one in deleted_documents_of(edna)] == [upload.pk]
        restore_upload(edna, upload=upload)
        restore_upload(edna, upload=upload)
        assert [one.pk for one in documents_of(edna)] == [upload.pk]
    with acting(cast.actor("amara")):
        verbs = AuditEntry.objects.filter(object_kind="upload").order_by("created_at")
        assert [entry.verb.split(".")[1] for entry in verbs] == ["added", "deleted", "restored"]


def test_after_seven_days_nothing_comes_back(cast):
    edna = cast.actor("edna")
    upload = added(edna)
    with acting(edna):
        Upload.objects.update(deleted_at=timezone.now() - dt.timedelta(days=7))
        assert not deleted_documents_of(edna)
        with pytest.raises(Upload.DoesNotExist):
            upload_of(edna, upload.pk, DOCUMENT)
        with pytest.raises(ValidationError) as refused:
            restore_upload(edna, upload=upload)
    assert refused.value.code == "gone"


def test_bringing_back_is_held_against_the_quota(cast, settings):
    settings.UPLOAD_QUOTA = 20
    edna = cast.actor("edna")
    upload = added(edna, "x" * 15)
    with acting(edna):
        delete_upload(edna, upload=upload)
    added(edna, "y" * 15)
    with acting(edna), pytest.raises(ValidationError) as refused:
        restore_upload(edna, upload=upload)
    assert refused.value.code == "quota"


def test_there_is_one_logo_and_the_former_can_come_back(cast):
    amara = cast.actor("amara")
    with acting(amara):
        first = keep_upload(amara, inspected=inspected("first", LOGO))
        second = keep_upload(amara, inspected=inspected("second", LOGO))
        assert logo_of(amara).pk == second.pk
        restore_upload(amara, upload=upload_of(amara, first.pk, LOGO))
        assert logo_of(amara).pk == first.pk
        assert upload_of(amara, second.pk, LOGO).deleted_at is not None
    with acting(system(Purpose.OPERATOR)), pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=second.pk).update(deleted_at=None)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("", "title"),
        ("x" * 121, "title"),
        ("two\nlines", "control"),
        ("abc\u202egnp", "bidi"),
        ("\u3164\u3164", "blank"),
    ],
)
def test_a_title_names_something(title, code):
    with pytest.raises(ValidationError) as refused:
        validate_title(title)
    assert refused.value.code == code


def test_a_document_was_inspected_as_one(cast):
    edna = cast.actor("edna")
    with acting(edna), pytest.raises(ValueError, match="another use"):
        add_document(edna, inspected=inspected(use=LOGO), title="A picture")


def test_a_photo_is_of_something_and_a_document_of_nothing(cast):
    values = {"media_type": "image/png", "bytes": 1, "sha256": "0" * 64}
    with acting(system(Purpose.OPERATOR)):
        for number, (kind, subject) in enumerate([("photo", None), ("logo", cast.a.pk)]):
            with pytest.raises(IntegrityError), transaction.atomic():
                Upload.objects.create(
                    organization=cast.a,
                    kind=kind,
                    subject_id=subject,
                    name=str(number) * 32,
                    **values,
                )
