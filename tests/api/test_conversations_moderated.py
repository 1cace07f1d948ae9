"""Translations and reports by the API: refused first, then what they do."""

import uuid

import pytest

from messaging.actions.leaving import leave_conversation
from network.tenancy import acting
from tests.api.bearing import ask, document, token_for
from tests.api.talks import at, events, post
from tests.messaging.reported import copies
from tests.messaging.talking import channel, group, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    return conversation, say(cast.actor("omar"), conversation, "Good morning", language="en")


def translation(said, **more):
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "translation",
        "target": str(said.id),
        "body": "Bonjour",
        "language": "fr",
        **more,
    }


def reported(*said, **more):
    return {
        "client_id": str(uuid.uuid4()),
        "messages": [str(one.id) for one in said],
        "kind": "threat",
        **more,
    }


@pytest.mark.parametrize(
    ("more", "status", "named"),
    [
        ({"body": ""}, 400, {"body"}),
        ({"language": ""}, 400, {"language"}),
        ({"language": "en"}, 400, {"language"}),
        ({"target": str(uuid.uuid4())}, 409, None),
        ({"thread_root": str(uuid.uuid4())}, 400, {"thread_root"}),
    ],
)
def test_what_is_wrong_with_a_translation_is_said_by_field(cast, talk, more, status, named):
    conversation, said = talk
    answer = post(
        at(conversation, "events/"), token_for(cast, "chiara"), translation(said, **more)
    )
    assert answer.status_code == status, answer.content
    if named:
        assert set(document(answer)["errors"]) == named
    else:
        assert document(answer)["code"] == "target"


def test_a_translation_is_an_event_and_can_be_taken_back(cast, talk):
    conversation, said = talk
    omar, chiara = token_for(cast, "omar"), token_for(cast, "chiara")
    path, body = at(conversation, "events/"), translation(said)
    made = post(path, chiara, body)
    assert (made.status_code, post(path, chiara, body).status_code) == (201, 200)
    event = events(conversation, omar, f"?after={said.seq}")[-1]
    assert (event["kind"], event["target"], event["language"], event["body"]) == (
        "translation",
        str(said.id),
        "fr",
        "Bonjour",
    )
    assert document(ask(at(conversation), omar))["unread"] == 0
    gone = {"client_id": str(uuid.uuid4()), "kind": "deletion", "target": event["id"]}
    assert post(path, omar, gone).status_code == 409
    assert post(path, chiara, gone).status_code == 201
    after = events(conversation, omar, f"?after={said.seq}")
    assert [(one["kind"], one["body"]) for one in after[-2:]] == [
        ("translation", ""),
        ("deletion", ""),
    ]


def test_a_report_of_what_is_not_to_be_read_is_missing(cast, talk):
    conversation, said = talk
    hidden = group(cast.actor("omar"), topic="Secret")
    foreign = say(cast.actor("omar"), hidden, "Zq")
    chiara = token_for(cast, "chiara")
    made_up = str(uuid.uuid4())
    answers = [
        post(at(hidden, "reports/"), chiara, reported(foreign)),
        post(f"/api/v1/conversations/{made_up}/reports/", chiara, reported(foreign)),
        post(at(conversation, "reports/"), chiara, reported(said, foreign)),
        post(at(conversation, "reports/"), chiara, {**reported(), "messages": [made_up]}),
    ]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    assert copies() == []


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"messages": []}, {"messages"}),
        ({"kind": "rude"}, {"kind"}),
        ({"note": "x" * 1001}, {"note"}),
        ({"note": "A-123 456 789"}, {"note"}),
    ],
)
def test_what_is_wrong_with_a_report_is_said_by_field(cast, talk, more, named):
    conversation, said = talk
    answer = post(
        at(conversation, "reports/"), token_for(cast, "chiara"), {**reported(said), **more}
    )
    assert (answer.status_code, set(document(answer)["errors"])) == (400, named)


def test_a_report_copies_what_was_named_and_is_made_once(cast, talk):
    conversation, said = talk
    say(cast.actor("omar"), conversation, "Zq not this")
    chiara, omar = token_for(cast, "chiara"), token_for(cast, "omar")
    body = reported(said, note="A-123 456 789", confirm_texts=True)
    path = at(conversation, "reports/")
    first = post(path, chiara, body)
    assert first.status_code == 202
    assert document(first)["state"] == "waiting"
    assert post(path, chiara, body).content == first.content
    [words] = copies()
    assert [one["body"] for one in words.copies] == ["Good morning"]
    assert post(path, omar, reported(said)).status_code == 400  # one's own
    assert ask(path, chiara).status_code == 405


def test_who_left_still_reports_what_they_can_read(cast, talk):
    conversation, said = talk
    chiara = cast.actor("chiara")
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)
    after = say(cast.actor("omar"), conversation, "Zq later")
    token = token_for(cast, "chiara")
    assert post(at(conversation, "reports/"), token, reported(after)).status_code == 404
    assert post(at(conversation, "reports/"), token, reported(said)).status_code == 202
