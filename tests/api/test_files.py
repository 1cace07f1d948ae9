"""Files and exports through the API: who may, what comes back, and nothing done twice."""

import base64

import pytest

from api.v1.schemas.files import PHOTO_EXAMPLE, PIXEL
from api.v1.views import files as views
from directory.actions.programs.editing import create_program
from network.enums import Role
from network.models import Upload
from network.tenancy import Purpose, acting, system
from network.uploads.storage import EXPORTS, UPLOADS
from tests.api.bearing import ask, document, token_for
from tests.factories import make_country
from tests.pictures import jpeg_with_everything
from tests.uploaded import files, files_of

__all__ = ["files"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

OF_A = "/api/v1/organizations/harbour-visitors/"
OF_B = "/api/v1/organizations/visiteurs-du-port/"
DOCUMENTS = f"{OF_A}documents/"


def coded(content):
    return base64.b64encode(content).decode()


def body(content=b"Hours: Tue\n", title="Hours"):
    return {"title": title, "file": coded(content)}


def kept():
    with acting(system(Purpose.OPERATOR)):
        return list(Upload.objects.order_by("created_at"))


@pytest.fixture
def edna(cast):
    return token_for(cast, "edna")


def test_a_document_goes_there_and_back(cast, edna):
    made = ask(DOCUMENTS, edna, method="POST", body=body())
    assert made.status_code == 201
    told = document(made)
    assert made["Location"] == f"{DOCUMENTS}{told['id']}/"
    assert "content" not in told
    whole = document(ask(made["Location"], token_for(cast, "bilal")))
    assert base64.b64decode(whole["content"]) == b"Hours: Tue\n"
    assert whole["sha256"] == told["sha256"]
    assert ask(made["Location"], edna, method="DELETE").status_code == 204
    assert ask(made["Location"], edna).status_code == 404
    assert document(ask(DOCUMENTS, edna))["results"] == []


def test_a_picture_comes_back_without_what_was_in_it(edna):
    told = document(ask(DOCUMENTS, edna, method="POST", body=body(jpeg_with_everything(), "Map")))
    whole = document(ask(f"{DOCUMENTS}{told['id']}/", edna))
    assert b"CANARY" not in base64.b64decode(whole["content"])
    assert (whole["media_type"], whole["width"], whole["height"]) == ("image/jpeg", 64, 48)


def test_what_is_of_others_is_not_there(cast, edna):
    told = document(ask(DOCUMENTS, edna, method="POST", body=body()))
    other = token_for(cast, "chiara")
    missing = ask(f"{OF_B}documents/00000000-0000-4000-8000-000000000000/", other)
    for path in (f"{OF_B}documents/{told['id']}/", f"{DOCUMENTS}{told['id']}/", DOCUMENTS):
        answer = ask(path, other)
        assert answer.status_code == 404
        assert answer.content == missing.content
    assert document(ask(f"{OF_B}documents/", other))["results"] == []


@pytest.mark.parametrize(
    ("who", "path", "sent"),
    [
        ("bilal", DOCUMENTS, body()),
        ("omar", DOCUMENTS, body()),
        ("edna", f"{OF_A}logo/", {"file": PIXEL}),
        ("edna", f"{OF_A}export/", {}),
        ("chiara", f"{OF_A}documents/", body()),
    ],
)
def test_who_may_not_sends_nothing_and_nothing_is_decoded(cast, monkeypatch, who, path, sent):
    def decoded(*_arguments):
        raise AssertionError

    monkeypatch.setattr(views, "inspect", decoded)
    answer = ask(path, token_for(cast, who), method="POST", body=sent)
    assert answer.status_code == (404 if who == "chiara" else 403)
    assert kept() == []
    assert files_of(UPLOADS) == files_of(EXPORTS) == set()


def test_without_the_scope_nothing_is_decoded_either(cast, monkeypatch):
    monkeypatch.setattr(views, "inspect", None)
    weak = token_for(cast, "edna", "members:read")
    assert ask(DOCUMENTS, weak, method="POST", body=body()).status_code == 403


def test_the_same_key_again_keeps_one(edna):
    key = {"Idempotency-Key": "one"}
    first = ask(DOCUMENTS, edna, method="POST", body=body(), headers=key)
    again = ask(DOCUMENTS, edna, method="POST", body=body(), headers=key)
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    other = ask(DOCUMENTS, edna, method="POST", body=body(b"Other"), headers=key)
    assert other.status_code == 422
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": "x"}, "file"),
        ({"title": "x", "file": "*"}, "file"),
        ({"title": "x", "file": ""}, "file"),
        ({"title": "x", "file": coded(b"\x00")}, "file"),
        ({"title": "x", "file": coded(b"x" * (5 * 1024 * 1024 + 1))}, "file"),
        ({"title": "a\u202eb", "file": coded(b"x")}, "title"),
        ({"title": "x" * 121, "file": coded(b"x")}, "title"),
        ({"title": "x", "file": coded(b"x"), "kind": "logo"}, "kind"),
    ],
)
def test_what_is_refused_is_named(edna, sent, field):
    answer = ask(DOCUMENTS, edna, method="POST", body=sent)
    assert answer.status_code == 400
    assert list(document(answer)["errors"]) == [field]
    assert kept() == []


def test_a_body_of_seven_megabytes_is_taken_here_and_nowhere_else(edna):
    large = body(b"x" * (5 * 1024 * 1024))
    assert ask(DOCUMENTS, edna, method="POST", body=large).status_code == 201
    assert ask(f"{OF_A}programs/", edna, method="POST", body=large).status_code == 413
    longer = {"title": "x", "file": "A" * (8 * 1024 * 1024)}
    assert ask(DOCUMENTS, edna, method="POST", body=longer).status_code == 413


def test_a_photo_is_of_a_program_of_ones_own(cast, edna):
    make_country("GB")
    with acting(system(Purpose.OPERATOR)):
        from network.actions.organizations import grant_membership

        grant_membership(
            system(Purpose.OPERATOR), organization=cast.b, person=cast.chiara, role=Role.OWNER
        )
    ids = {}
    for who in ("edna", "chiara"):
        with acting(cast.actor(who)) as actor:
            values = {"names": {"en": f"Of {who}"}, "country": "GB"}
            ids[who] = create_program(actor, values=values).pk
    for method, sent in (("GET", None), ("POST", PHOTO_EXAMPLE), ("DELETE", None)):
        path = f"{OF_A}programs/{ids['chiara']}/photo/"
        assert ask(path, edna, method=method, body=sent).status_code == 404
    own = f"{OF_A}programs/{ids['edna']}/photo/"
    assert ask(own, edna).status_code == 404
    assert ask(own, edna, method="POST", body=PHOTO_EXAMPLE).status_code == 201
    assert document(ask(own, edna))["alt"] == PHOTO_EXAMPLE["alt"]
    assert ask(own, edna, method="DELETE").status_code == 204
    assert ask(own, edna).status_code == 404


def test_an_export_is_asked_for_and_never_fetched_with_a_token(cast):
    amara = token_for(cast, "amara")
    asked = document(ask(f"{OF_A}export/", amara, method="POST", body={"with_emails": True}))
    assert asked["is_waiting"] is False
    assert document(ask(f"{OF_A}export/", amara))["results"] == [asked["export"]]
    for path in (f"{OF_A}export/{asked['export']['id']}/", f"{OF_A}exports/"):
        assert ask(path, amara).status_code == 404
