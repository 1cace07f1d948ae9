"""Files on the pages of messages: refused at their field, sent once, handed out to who may."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.actions.attaching import MOST
from messaging.models import Attachment
from network.tenancy import acting
from network.uploads.storage import ATTACHMENTS
from tests.frontend.message_pages import at, bodies, form_of, text_of
from tests.messaging.talking import (
    MESSENGER,
    ask,
    channel,
    file_of,
    log_of,
    say,
    text_file,
    third,
)
from tests.pictures import picture
from tests.signing_in import signed_in
from tests.uploaded import files, files_of

__all__ = ["files"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def sent(content=b"Tuesdays, 2 pm\n", name="Times.txt"):
    return SimpleUploadedFile(name, content)


def address_of(conversation, file):
    return at(conversation, f"files/{file.pk}/")


def told_at_files(page):
    """What the page says is wrong with the files."""
    return re.findall(r'id="id_files_error">([^<]*)<', page)


# Refused.


def test_a_file_of_others_is_a_missing_one(cast):
    _other, olga = third()
    foreign, conversation = ask(olga, cast.b), channel(cast)
    file = file_of(
        cast.actor("omar"), say(cast.actor("omar"), conversation, files=(text_file(),)).id
    )
    missing = signed_in(cast.omar).get(at(conversation, f"files/{foreign.pk}/"))
    assert missing.status_code == 404
    assert signed_in(cast.omar).get(address_of(foreign, file)).status_code == 404
    for name in ("bilal", "edna"):
        assert (
            signed_in(getattr(cast, name)).get(address_of(conversation, file)).status_code == 403
        )
    assert signed_in(cast.farid).get(address_of(conversation, file)).status_code in (403, 404)
    answer = Client().get(address_of(conversation, file))
    assert (answer.status_code, b"Minutes" in answer.content) == (303, False)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([sent(b"MZ\x00\x01", "x.exe")], "x.exe: "),
        ([sent(b"", "empty.txt")], "empty.txt: The file is empty"),
        ([sent(name=f"{number}.txt") for number in range(MOST + 1)], f"at most {MOST} files"),
        ([sent(b"a" * 3_000_000, "a.txt"), sent(b"b" * 3_000_000, "b.txt")], "5 MB together"),
    ],
)
def test_what_is_wrong_with_a_file_stands_at_its_field_and_the_text_stays(cast, chosen, words):
    conversation = channel(cast)
    before = len(log_of(conversation))
    answer = signed_in(cast.omar).post(
        at(conversation), {"body": "My long text", "language": "en", "files": chosen}
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert words in told_at_files(page)[0]
    assert "My long text</textarea>" in page
    assert "Choose your files again" in page
    assert len(log_of(conversation)) == before
    assert files_of(ATTACHMENTS) == set()


def test_a_full_budget_is_said_at_the_field(cast, settings):
    settings.MESSAGE_FILES = 10
    answer = signed_in(cast.omar).post(
        at(channel(cast)), {"body": "Text", "language": "en", "files": sent()}
    )
    assert answer.status_code == 422
    assert "this is more" in told_at_files(text_of(answer))[0]


def test_what_the_server_dropped_is_said_at_the_field(cast):
    answer = signed_in(cast.omar).get(at(channel(cast)) + "?too_large=1")
    assert answer.status_code == 413
    assert "too long and was not read" in told_at_files(text_of(answer))[0]


def test_a_name_by_which_somebody_could_be_recognised_is_asked_about(cast):
    conversation, client = channel(cast), signed_in(cast.omar)
    values = {"body": "Here", "language": "en"}
    asked = client.post(at(conversation), {**values, "files": sent(name="A 123-456-789.txt")})
    assert asked.status_code == 422
    assert 'name="has_looked"' in text_of(asked)
    done = {**values, "has_looked": "on", "files": sent(name="A 123-456-789.txt")}
    assert client.post(at(conversation), done).status_code == 303


def test_where_nothing_can_be_written_no_file_is_looked_at(cast, monkeypatch):
    def looked(_sent):
        raise AssertionError

    monkeypatch.setattr("frontend.desk.message_files.looked_at", looked)
    conversation = ask(cast.actor("omar"), cast.b)
    answer = signed_in(cast.omar).post(at(conversation), {"body": "More", "files": sent()})
    assert answer.status_code == 409
    assert "More" in text_of(answer)
    assert signed_in(cast.bilal).post(at(conversation), {"files": sent()}).status_code == 403


# Sent and handed out.


def test_files_are_sent_once_shown_with_size_and_handed_out_to_be_kept(cast):
    conversation, client = channel(cast), signed_in(cast.omar)
    page = text_of(client.get(at(conversation)))
    assert re.search(r'enctype="multipart/form-data"', page)
    assert re.search(r'<input type="file" name="files"[^>]* multiple', page)
    values = {"body": "", "language": "en", **form_of(page)}

    def send():
        both = [sent(), sent(picture((8, 6), form="WEBP"), "محضر.webp")]
        return client.post(at(conversation), {**values, "files": both})

    first, again = send(), send()
    assert (first.status_code, again["Location"]) == (303, first["Location"])
    assert len(files_of(ATTACHMENTS)) == 2
    seen = signed_in(cast.chiara)
    page = text_of(seen.get(at(conversation)))
    found = re.findall(r'<li><a href="([^"]+)"><bdi dir="auto">([^<]+)</bdi></a>', page)
    assert [name.rpartition(".")[0] for _address, name in found] == ["Times", "محضر"]
    assert "15\xa0bytes" in page
    answer = seen.get(found[0][0])
    assert answer.content == b"Tuesdays, 2 pm\n"
    assert answer["Content-Disposition"] == 'attachment; filename="Times.txt"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert seen.get(found[1][0])["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_the_same_words_with_other_files_are_another_message(cast):
    conversation, client = channel(cast), signed_in(cast.omar)
    values = {"body": "Here", "language": "en", **form_of(text_of(client.get(at(conversation))))}
    before = len(log_of(conversation))
    for content in (b"one", b"two", b"two"):
        assert client.post(at(conversation), {**values, "files": sent(content)}).status_code == 303
    assert len(log_of(conversation)) == before + 2


def test_a_deleted_message_shows_no_file(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    said = say(omar, conversation, "Here", files=(text_file(),))
    file = file_of(omar, said.id)
    client, reader = signed_in(cast.omar), signed_in(cast.chiara)
    assert "stay as they are" in text_of(client.get(at(conversation, f"edit/{said.id}/")))
    assert reader.get(address_of(conversation, file)).status_code == 200
    assert client.post(at(conversation, f"delete/{said.id}/")).status_code == 303
    assert reader.get(address_of(conversation, file)).status_code == 404
    assert "Minutes of May" not in text_of(reader.get(at(conversation)))
    assert bodies(omar, conversation)[-1] == ""


def test_what_was_written_when_the_sign_in_ended_comes_back_without_its_files(cast):
    answer = Client().post(at(channel(cast)), {"body": "My text", "files": sent()})
    page = text_of(answer)
    assert answer.status_code == 403
    assert "My text" in page
    assert "Your files are not" in page


def test_a_page_with_many_files_asks_no_more_than_with_one(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    client = signed_in(cast.chiara)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(conversation)).status_code == 200
        return len(asked)

    client.get(at(conversation))
    none = cost()
    say(omar, conversation, "One", files=(text_file("one"),))
    one = cost()
    for number in range(2):
        say(omar, conversation, "More", files=(text_file(f"{number}"), text_file("x")))
    assert (cost(), one) == (one, none + 1)
    with acting(MESSENGER, is_reading=True):
        assert Attachment.objects.beyond_scope().count() == 5
