"""Requests about conversations."""

from __future__ import annotations

import uuid

from tests.api.bearing import ask, document

ALL = "/api/v1/conversations/"


def at(conversation, more=""):
    """An address of a conversation."""
    return f"{ALL}{conversation.pk}/{more}"


def message(body="Hello", **more):
    """A message to send, by an id of its own."""
    return {"client_id": str(uuid.uuid4()), "kind": "message", "body": body, **more}


def post(path, token, body=None, **more):
    """The answer to a POST."""
    return ask(path, token, method="POST", body=body or {}, **more)


def events(conversation, token, query=""):
    """The events that a token reads."""
    answer = ask(at(conversation, f"events/{query}"), token)
    assert answer.status_code == 200, answer.content
    return document(answer)["results"]


def said(conversation, token, query=""):
    """The messages among them, as they were said."""
    return [one["body"] for one in events(conversation, token, query) if one["kind"] == "message"]
