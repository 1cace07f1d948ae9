"""Documents, logos, photos and exports on the desk, and what of them the public sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Country
from network.actions.organizations import grant_membership
from network.enums import Role
from network.models import Upload
from network.tenancy import Purpose, acting, system
from network.uploads.storage import UPLOADS
from tests.directory.test_publishing import make_program
from tests.pictures import huge_png, pdf
from tests.signing_in import signed_in
from tests.uploaded import files, files_of

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("files")

DESK = "/desk/harbour-visitors/"
DOCUMENTS = f"{DESK}documents/"
LOGO = f"{DESK}files/logo/"
EXPORT = f"{DESK}export/"


def sent(content=b"Hours: Tue\n", name="minutes.txt"):
    return SimpleUploadedFile(name, content)


def uploads(kind="document"):
    with acting(system(Purpose.OPERATOR)):
        return list(Upload.objects.filter(kind=kind).order_by("created_at"))


@pytest.fixture
def edna(cast):
    return signed_in(cast.edna)


@pytest.fixture
def amara(cast):
    return signed_in(cast.amara)


@pytest.fixture
def document(edna):
    edna.post(DOCUMENTS, {"title": "Minutes of May", "file": sent()})
    (found,) = uploads()
    return found


@pytest.fixture
def program(cast):
    for iso2 in ("GB", "FR"):
        Country.objects.create(iso2=iso2, names={"en": iso2})
    with acting(system(Purpose.OPERATOR)):
        make_program(cast.b, "of-others")
        return make_program(cast.a)


def photo_path(program):
    return f"{DESK}files/photo/{program.pk}/"


# Documents


def test_others_and_strangers_find_nothing(cast, document):
    other = signed_in(cast.chiara)
    paths = (
        DOCUMENTS,
        f"{DOCUMENTS}{document.pk}/",
        LOGO,
        EXPORT,
        f"{DESK}files/{document.pk}/",
    )
    missing = other.get("/desk/no-such-group/documents/")
    for path in paths:
        answer = other.get(path)
        assert answer.status_code == 404, path
        assert Client().get(path)["Location"].startswith("/account/sign-in/?next=")
    assert missing.status_code == 404
    foreign = other.get(f"/desk/visiteurs-du-port/documents/{document.pk}/")
    assert foreign.status_code == 404
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.OWNER)
    for verb in ("delete", "restore"):
        answer = other.post(f"/desk/visiteurs-du-port/documents/{document.pk}/{verb}/")
        assert answer.status_code == 404


def test_who_may_only_read_adds_and_deletes_nothing(cast, document):
    bilal = signed_in(cast.bilal)
    page = bilal.get(DOCUMENTS)
    assert "Minutes of May" in page.content.decode()
    assert 'type="file"' not in page.content.decode()
    for path in (
        DOCUMENTS,
        f"{DOCUMENTS}{document.pk}/delete/",
        f"{DOCUMENTS}{document.pk}/restore/",
    ):
        answer = bilal.post(path, {"title": "x", "file": sent(b"other")})
        assert answer.status_code == 403, path
    assert [one.pk for one in uploads()] == [document.pk]
    assert uploads()[0].deleted_at is None


def test_a_member_of_another_group_takes_no_file(cast):
    other = signed_in(cast.chiara)
    assert other.post(DOCUMENTS, {"title": "x", "file": sent()}).status_code == 404
    assert uploads() == []
    assert files_of(UPLOADS) == set()


def test_a_stranger_takes_no_file_and_nothing_is_decoded(cast, monkeypatch):
    from frontend.desk import sent_files

    def decoded(*_arguments):
        raise AssertionError

    monkeypatch.setattr(sent_files, "inspect", decoded)
    assert Client().post(DOCUMENTS, {"title": "x", "file": sent()}).status_code == 303
    assert files_of(UPLOADS) == set()


def test_a_form_without_its_token_takes_no_file(cast):
    client = signed_in(cast.edna, checks_forms=True)
    assert client.post(DOCUMENTS, {"title": "x", "file": sent()}).status_code == 403
    assert uploads() == []


def test_a_document_is_added_without_scripts_and_fetched_as_an_attachment(cast, edna):
    answer = edna.post(DOCUMENTS, {"title": "ملاحظات <b>", "file": sent(pdf(), "x.pdf")})
    assert (answer.status_code, answer["Location"]) == (303, DOCUMENTS)
    page = edna.get(DOCUMENTS).content.decode()
    assert "<bdi>ملاحظات &lt;b&gt;</bdi>" in page
    assert "Added." in page
    (found,) = uploads()
    for who in (cast.amara, cast.bilal, cast.omar):
        fetched = signed_in(who).get(f"{DOCUMENTS}{found.pk}/")
        assert fetched.content == pdf()
        assert fetched["Content-Type"] == "application/pdf"
        assert fetched["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert fetched["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert fetched["X-Content-Type-Options"] == "nosniff"
        assert fetched["Cache-Control"] == "no-store"
        assert fetched["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_title_that_is_left_empty_is_that_of_the_file(edna):
    edna.post(DOCUMENTS, {"title": "", "file": sent(name="../../Rules of 2026.txt")})
    (found,) = uploads()
    assert found.title == "Rules of 2026"


@pytest.mark.parametrize(
    ("content", "title", "words"),
    [
        (b"", "x", "The file is empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "x", "at most 5 MB"),
        (huge_png(9000, 9000), "x", "20 megapixels"),
        (b"\x00\x01", "x", "control characters"),
        (pdf(b"/JS (x)"), "x", "script"),
        (None, "x", "Choose a file."),
        (b"fine", "a\u202eb", "invisible character"),
        (b"fine", "x" * 121, "120"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_nothing_is_kept(edna, content, title, words):
    data = {"title": title} | ({} if content is None else {"file": sent(content)})
    answer = edna.post(DOCUMENTS, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing was kept yet" in page
    assert page.count(words) >= 2
    assert uploads() == []
    assert files_of(UPLOADS) == set()


def test_a_full_quota_and_a_full_disk_are_said(edna, settings, monkeypatch):
    from network.uploads import storage

    settings.UPLOAD_QUOTA = 5
    answer = edna.post(DOCUMENTS, {"title": "x", "file": sent()})
    assert answer.status_code == 422
    assert "no longer fits" in answer.content.decode()
    settings.UPLOAD_QUOTA = 1000
    monkeypatch.setattr(storage, "RESERVE", 2**62)
    answer = edna.post(DOCUMENTS, {"title": "x", "file": sent()})
    assert answer.status_code == 422
    assert "no room" in answer.content.decode()


def test_what_the_server_dropped_unread_is_said_on_the_page(edna, amara, program):
    for client, path in ((edna, DOCUMENTS), (amara, LOGO), (edna, photo_path(program))):
        answer = client.get(f"{path}?too_large=1")
        assert answer.status_code == 413
        assert "at most 5 MB" in answer.content.decode()


def test_what_was_deleted_comes_back(edna, document):
    path = f"{DOCUMENTS}{document.pk}/"
    page = edna.post(f"{path}delete/", follow=True).content.decode()
    assert "Gone for good on" in page
    assert uploads()[0].deleted_at
    assert edna.post(f"{path}restore/").status_code == 303
    assert uploads()[0].deleted_at is None
    assert edna.get(f"{path}delete/").status_code == 405


def test_a_file_that_the_disk_has_lost_is_not_there(edna, document):
    UPLOADS.remove([document.name])
    assert edna.get(f"{DOCUMENTS}{document.pk}/").status_code == 404


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


def test_the_list_asks_as_often_for_three_as_for_one(edna, document):
    one = queries(edna, DOCUMENTS)
    for number in range(2):
        edna.post(DOCUMENTS, {"title": str(number), "file": sent(str(number).encode())})
    assert queries(edna, DOCUMENTS) == one


# Logo
