"""Files of messages by the API: refused first, then sent once and fetched by who may."""

import base64
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.actions.attaching import MOST
from network.uploads.storage import ATTACHMENTS
from tests.api.bearing import ask, document, token_for
from tests.api.talks import at, events, message, post
from tests.messaging.talking import ask as open_channel
from tests.messaging.talking import channel, group, log_of, say, text_file, third
from tests.uploaded import files, files_of

__all__ = ["files"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def coded(content=b"Tuesdays", name="Times.txt"):
    return {"name": name, "file": base64.b64encode(content).decode()}


def with_files(*sent, body="Here", **more):
    return message(body, attachments=list(sent or [coded()]), **more)


def test_a_file_of_others_is_the_same_as_none(cast):
    omar = cast.actor("omar")
    hidden = group(omar, topic="Secret")
    say(omar, hidden, "Here", files=(text_file("zqsecret"),))
    (told,) = events(hidden, token_for(cast, "omar"))[-1]["attachments"]
    for who in ("amara", "chiara"):
        token = token_for(cast, who)
        foreign = ask(told["url"], token)
        missing = ask(at(hidden, f"attachments/{uuid.uuid4()}/"), token)
        assert (foreign.status_code, foreign.content) == (404, missing.content), who
    assert ask(told["url"]).status_code == 401
    writing = token_for(cast, "omar", "messages:write")
    assert ask(told["url"], writing).status_code == 403
    assert document(ask(told["url"], token_for(cast, "bilal")))["permission"] == "message.read"


def test_who_may_not_write_has_no_file_looked_at(cast, monkeypatch):
    def looked(_sent):
        raise AssertionError

    monkeypatch.setattr("api.v1.views.conversation_events.looked_at", looked)
    conversation = channel(cast)
    for token in (token_for(cast, "bilal"), token_for(cast, "omar", "messages:read")):
        assert post(at(conversation, "events/"), token, with_files()).status_code == 403


@pytest.mark.parametrize(
    ("sent", "status", "name"),
    [
        (with_files(coded(b"MZ\x00")), 400, "attachments"),
        (with_files(coded(b"")), 400, "attachments"),
        (with_files(*[coded()] * (MOST + 1)), 400, "attachments"),
        (with_files({"name": "x.txt"}), 400, "attachments.0.file"),
        (with_files({"name": "x.txt", "file": "no base64"}), 400, "attachments.0.file"),
        (with_files({**coded(), "kind": "x"}), 400, "attachments.0.kind"),
        ({**with_files(), "kind": "topic"}, 400, "attachments"),
        ({**with_files(), "kind": "edit", "target": str(uuid.UUID(int=7))}, 400, "attachments"),
    ],
)
def test_what_is_wrong_is_named(cast, sent, status, name):
    conversation = channel(cast)
    before = len(log_of(conversation))
    answer = post(at(conversation, "events/"), token_for(cast, "omar"), sent)
    assert (answer.status_code, set(document(answer)["errors"])) == (status, {name})
    assert len(log_of(conversation)) == before
    assert files_of(ATTACHMENTS) == set()


def test_a_first_contact_brings_none(cast):
    token = token_for(cast, "omar")
    other, _olga = third()
    new = {"kind": "channel", "organizations": [other.slug], "topic": "x", "body": "May we talk?"}
    new |= {"client_id": str(uuid.uuid4()), "attachments": [coded()]}
    answer = post("/api/v1/conversations/", token, new)
    assert (answer.status_code, set(document(answer)["errors"])) == (400, {"attachments"})
    asked = open_channel(cast.actor("omar"), cast.b)
    answer = post(at(asked, "events/"), token, with_files())
    assert (answer.status_code, document(answer)["code"]) == (409, "requested")
    assert files_of(ATTACHMENTS) == set()


def test_no_budget_is_said_at_the_attachments(cast, settings):
    settings.MESSAGE_FILES = 4
    answer = post(at(channel(cast), "events/"), token_for(cast, "omar"), with_files())
    assert (answer.status_code, set(document(answer)["errors"])) == (400, {"attachments"})


def test_files_are_sent_once_told_in_the_event_and_fetched_with_their_bytes(cast):
    conversation, token = channel(cast), token_for(cast, "omar")
    sent = with_files(coded(), coded(b"%PDF", "C:\\x\\Plan.TXT"), body="")
    first = post(at(conversation, "events/"), token, sent)
    again = post(at(conversation, "events/"), token, sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert document(again) == document(first)
    assert len(files_of(ATTACHMENTS)) == 2
    reader = token_for(cast, "chiara", "messages:read")
    event = events(conversation, reader)[-1]
    one, two = event["attachments"]
    assert (event["body"], event["data"]) == ("", {"files": 2})
    assert (one["name"], one["media_type"], one["bytes"]) == ("Times.txt", "text/plain", 8)
    assert two["name"] == "Plan.txt"
    whole = document(ask(one["url"], reader))
    assert base64.b64decode(whole.pop("content")) == b"Tuesdays"
    assert whole == one


def test_a_deleted_message_tells_and_hands_out_none(cast):
    conversation, token = channel(cast), token_for(cast, "omar")
    sent = document(post(at(conversation, "events/"), token, with_files()))
    (told,) = events(conversation, token)[-1]["attachments"]
    gone = {"client_id": str(uuid.uuid4()), "kind": "deletion", "target": sent["id"]}
    assert post(at(conversation, "events/"), token, gone).status_code == 201
    for who in ("omar", "chiara"):
        own = token_for(cast, who)
        assert ask(told["url"], own).status_code == 404
        assert all(one["attachments"] == [] for one in events(conversation, own))


def test_reading_many_asks_no_more_than_reading_one(cast):
    conversation, token = channel(cast), token_for(cast, "chiara")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            events(conversation, token)
        return len(asked)

    cost()
    none = cost()
    say(cast.actor("omar"), conversation, "One", files=(text_file(),))
    one = cost()
    for number in range(2):
        say(cast.actor("omar"), conversation, "More", files=(text_file(f"{number}"),))
    assert (cost(), one) == (one, none + 1)
