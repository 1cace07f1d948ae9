"""Logos, photos and exports on the desk, and what of them the public sees."""

import io
import zipfile

import pytest
from django.test import Client

from directory.actions.publishing import publish_program, unpublish_program
from directory.models import Listing, OrganizationCard
from network.actions.organizations import grant_membership
from network.enums import Role, UploadKind
from network.models import Export
from network.tenancy import Purpose, acting, system
from network.uploads.storage import EXPORTS, UPLOADS
from tests.frontend.test_desk_files import (
    DESK,
    EXPORT,
    LOGO,
    amara,
    document,
    edna,
    photo_path,
    program,
    sent,
    uploads,
)
from tests.pictures import jpeg_with_everything, picture
from tests.signing_in import signed_in
from tests.uploaded import files, files_of

__all__ = ["amara", "document", "edna", "files", "program"]  # fixtures

pytestmark = pytest.mark.usefixtures("files")


def test_a_logo_is_public_with_the_card_of_its_group(cast, amara, program):
    with acting(cast.actor("amara")) as actor:
        publish_program(actor, program=program)
    answer = amara.post(LOGO, {"file": sent(picture(mode="RGBA"), "logo.png")})
    assert answer.status_code == 303
    card = OrganizationCard.objects.get(pk=cast.a.pk)
    page = Client().get("/organizations/harbour-visitors/").content.decode()
    path = f"/organizations/harbour-visitors/logo/{card.logo}/"
    assert f'src="{path}"' in page
    assert 'alt="Logo of Harbour Visitors"' in page
    shown = Client().get(path)
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/png"
    assert shown["Content-Disposition"] == 'attachment; filename="logo.png"'
    assert shown["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "public, max-age=30"
    assert not shown.cookies
    assert Client().get(path, headers={"If-None-Match": shown["ETag"]}).status_code == 304
    assert amara.post(f"{LOGO}remove/").status_code == 303
    assert Client().get(path).status_code == 404
    assert "Logo of" not in Client().get("/organizations/harbour-visitors/").content.decode()


@pytest.mark.parametrize("who", ["bilal", "edna", "omar"])
def test_who_may_not_change_the_logo(cast, who):
    client = signed_in(getattr(cast, who))
    assert client.get(LOGO).status_code == 403
    assert client.post(LOGO, {"file": sent(picture())}).status_code == 403
    assert client.post(f"{LOGO}remove/").status_code == 403
    assert uploads("logo") == []


def test_a_logo_is_a_picture(amara):
    answer = amara.post(LOGO, {"file": sent(b"words")})
    assert answer.status_code == 422
    assert "Choose a picture" in answer.content.decode()


def test_members_see_it_before_it_is_public_and_nobody_else_does(cast, amara):
    amara.post(LOGO, {"file": sent(picture(), "x.png")})
    (logo,) = uploads("logo")
    path = f"{DESK}files/{logo.pk}/"
    assert signed_in(cast.bilal).get(path).status_code == 200
    assert signed_in(cast.chiara).get(path).status_code == 404
    assert Client().get(path).status_code == 303
    assert Client().get(f"/organizations/harbour-visitors/logo/{logo.name}/").status_code == 404


# Photo


def test_a_photo_is_public_while_its_program_is(cast, edna, program):
    path = photo_path(program)
    data = {"file": sent(jpeg_with_everything(), "x.jpg"), "alt_en": "A door", "alt_fr": ""}
    answer = edna.post(path, data)
    assert (answer.status_code, answer["Location"]) == (303, path)
    (photo,) = uploads("photo")
    public = f"/programs/harbour/photo/{photo.name}/"
    assert Client().get(public).status_code == 404
    with acting(cast.actor("amara")) as actor:
        publish_program(actor, program=program)
    page = Client().get("/ar/programs/harbour/").content.decode()
    assert f'src="/ar{public}" width="64" height="48" alt="A door" lang="en" dir="ltr"' in page
    shown = Client().get(public)
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert b"CANARY" not in shown.content
    assert Client().post(public).status_code == 405
    assert Client().get(f"/programs/of-others/photo/{photo.name}/").status_code == 404
    assert Client().get("/programs/harbour/photo/x/").status_code == 404
    with acting(cast.actor("amara")) as actor:
        unpublish_program(actor, program=program)
    assert Client().get(public).status_code == 404


def test_a_photo_that_is_taken_away_is_gone_at_once(cast, edna, program):
    edna.post(photo_path(program), {"file": sent(picture()), "alt_en": "A door"})
    with acting(cast.actor("amara")) as actor:
        publish_program(actor, program=program)
    name = Listing.objects.get(pk=program.pk).photo["name"]
    assert edna.post(f"{photo_path(program)}remove/").status_code == 303
    assert Client().get(f"/programs/harbour/photo/{name}/").status_code == 404


def test_the_words_of_a_photo_are_wanted_and_can_be_put_right(edna, program):
    path = photo_path(program)
    answer = edna.post(path, {"file": sent(picture())})
    assert answer.status_code == 422
    assert "those who do not see it" in answer.content.decode()
    assert files_of(UPLOADS) == set()
    edna.post(path, {"file": sent(picture()), "alt_en": "A door"})
    assert edna.post(path, {"alt_en": "A blue door", "alt_fr": "Une porte"}).status_code == 303
    (photo,) = uploads("photo")
    assert photo.alt == {"en": "A blue door", "fr": "Une porte"}
    assert edna.post(path, {"alt_en": ""}).status_code == 422
    page = edna.get(path).content.decode()
    assert 'value="A blue door"' in page
    assert 'lang="fr"' in page


def test_a_photo_of_a_program_of_others_is_not_there(cast, edna, program):
    from directory.models import Program

    with acting(system(Purpose.OPERATOR)):
        other = Program.objects.get(slug="of-others")
    for path in (photo_path(other), f"{photo_path(other)}remove/"):
        answer = edna.post(path, {"file": sent(picture()), "alt_en": "x"})
        assert answer.status_code == 404
    assert uploads("photo") == []


def test_who_may_not_change_a_photo(cast, program):
    for who in ("bilal", "omar"):
        client = signed_in(getattr(cast, who))
        answer = client.post(photo_path(program), {"file": sent(picture()), "alt_en": "x"})
        assert answer.status_code == 403
    assert uploads("photo") == []


# Export


@pytest.mark.parametrize("who", ["bilal", "edna", "omar"])
def test_only_an_owner_sees_the_page_of_exports(cast, who):
    client = signed_in(getattr(cast, who))
    assert client.get(EXPORT).status_code == 403
    assert client.post(EXPORT).status_code == 403
    assert client.post(f"{EXPORT}end/").status_code == 403


def test_an_export_is_made_and_fetched_by_pressing_and_never_by_a_link(amara, cast, program):
    assert amara.post(EXPORT, {"with_emails": "on"}).status_code == 303
    with acting(cast.actor("amara")):
        export = Export.objects.get()
    assert export.has_emails
    path = f"{EXPORT}{export.pk}/"
    assert path in amara.get(EXPORT).content.decode()
    assert amara.get(path).status_code == 405
    fetched = amara.post(path)
    content = b"".join(whole(fetched))
    assert len(content) == export.bytes == int(fetched["Content-Length"])
    assert fetched["Content-Type"] == "application/zip"
    assert fetched["Content-Disposition"].startswith('attachment; filename="harbour-visitors-')
    assert fetched["Cache-Control"] == "no-store"
    assert "organization.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert signed_in(cast.chiara).post(path).status_code == 404
    assert Client().post(path).status_code == 303


def whole(answer):
    """The parts of an answer that is made asynchronously."""
    from asgiref.sync import async_to_sync

    async def gathered():
        return [part async for part in answer.streaming_content]

    return async_to_sync(gathered)()


def test_an_export_wants_the_password_once_more(amara):
    session = amara.session
    session["confirmed_at"] = 0
    session.save()
    for path in (EXPORT, f"{EXPORT}end/"):
        assert amara.post(path)["Location"].startswith("/account/confirm/")


def test_an_export_can_be_ended_and_waits_for_a_second_owner(
    cast, amara, program, django_capture_on_commit_callbacks
):
    amara.post(EXPORT)
    with django_capture_on_commit_callbacks(execute=True):
        assert amara.post(f"{EXPORT}end/").status_code == 303
    assert files_of(EXPORTS) == set()
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.a, person=cast.bilal, role=Role.OWNER)
    page = amara.post(EXPORT, follow=True).content.decode()
    assert "Another owner must confirm this" in page
    assert "An export waits for another owner" in page
    assert files_of(EXPORTS) == set()


def test_a_lost_file_of_an_export_is_not_there(cast, amara):
    amara.post(EXPORT)
    with acting(cast.actor("amara")):
        export = Export.objects.get()
    EXPORTS.remove([export.name])
    assert amara.post(f"{EXPORT}{export.pk}/").status_code == 404


def test_a_file_is_kept_for_the_use_it_was_sent_for(amara):
    amara.post(LOGO, {"file": sent(picture((900, 900)), "x.png")})
    (logo,) = uploads("logo")
    assert (logo.kind, logo.width) == (UploadKind.LOGO, 512)


def test_everything_that_is_written_down_of_files_has_a_sentence():
    from frontend.desk.audit_words import SENTENCES

    verbs = {f"{kind}.{done}" for kind in UploadKind for done in ("added", "deleted", "restored")}
    verbs |= {"photo.described", "organization.exported", "organization.loaded"}
    assert verbs <= set(SENTENCES)
