"""Rows of messages, see `rows.py`; and what stands behind them in the world."""

from __future__ import annotations

import uuid
from typing import Any

from messaging.actions.answering import accept
from messaging.actions.opening import open_channel
from messaging.actions.reporting import report_messages
from messaging.actions.sending import send_message, translate_message
from messaging.queries.handles import handles_of
from network.models import Organization
from network.permissions import Permission as P  # noqa: N817 - in each row
from network.tenancy import Actor, acting
from tests.matrix.third import third_group
from tests.messaging.talking import file_of, text_file

_TALK = {"conversation_id": "conversation"}
_MESSAGE = {**_TALK, "message_id": "message"}
_LOOKS = {"methods": {"GET": P.MESSAGE_READ}}
_FORM = {"methods": {"GET": P.MESSAGE_WRITE, "POST": P.MESSAGE_WRITE}}
_WORDS = {"body": "Hello", "language": "en"}


def _row(kind: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The group acted for stands in the query: `as`."""
    return {**kind, "query": "as", **more}


DESK: dict[str, dict[str, Any]] = {
    "messages:inbox": _row(_LOOKS),
    "messages:requests": _row(_LOOKS),
    "messages:search": {"methods": {"GET": P.MESSAGE_READ}, "query": "q=said&as"},
    "messages:export": _row(
        {"methods": {"POST": P.MESSAGE_READ}}, names=_TALK, body={"form": "jsonl"}
    ),
    "messages:contacts": _row(
        {"methods": {"GET": P.MESSAGE_READ, "POST": P.MESSAGE_MANAGE}}, body={"act": "take_none"}
    ),
    "messages:new": _row(_FORM, body={"topic": "x", **_WORDS}),
    "messages:new_group": _row(_FORM, body={"topic": "x", **_WORDS}),
    # Only who wrote or opened the shared conversation can be met there, and by everybody in it.
    "messages:new_direct": _row(_FORM, names={**_TALK, "handle_id": "their_handle"}, body=_WORDS),
    "messages:conversation": _row(
        {"methods": {"GET": P.MESSAGE_READ, "POST": P.MESSAGE_READ}},
        names=_TALK,
        body=_WORDS,
        # What was written before a session ended is given back.
        out=frozenset({303, 403}),
    ),
    "messages:attachment": _row(_LOOKS, names={**_TALK, "attachment_id": "conversation_file"}),
    "messages:lines": _row(_LOOKS, names=_TALK),
    "messages:read": _row({"methods": {"POST": P.MESSAGE_READ}}, names=_TALK, body={"seq": "1"}),
    "messages:answer": _row(
        {"methods": {"POST": P.MESSAGE_WRITE}},
        names={"conversation_id": "asked"},
        body={"act": "refuse"},
    ),
    "messages:reports": _row(_LOOKS),
    # Without a message ticked it is refused: what is reported is no value of an address.
    "messages:report": _row(
        {"methods": {"GET": P.MESSAGE_READ, "POST": P.MESSAGE_READ}},
        names=_TALK,
        body={"kind": "spam"},
    ),
    "messages:translate": _row(
        _FORM, names=_MESSAGE, body={"body": "Hola", "language": "es"}, out=frozenset({303, 403})
    ),
    "messages:take_back": _row(
        {"methods": {"POST": P.MESSAGE_WRITE}},
        names={**_TALK, "translation_id": "translation"},
        hidden=frozenset({"organizer", "coordinator"}),
    ),
    "messages:topic": _row(_FORM, names=_TALK, body=_WORDS, out=frozenset({303, 403})),
    "messages:settings": _row(
        {"methods": {"GET": P.MESSAGE_READ, "POST": P.MESSAGE_READ}},
        names=_TALK,
        body={"act": "mute"},
    ),
    "messages:edit": _row(
        _FORM,
        names=_MESSAGE,
        body=_WORDS,
        hidden=frozenset({"organizer", "coordinator"}),
        out=frozenset({303, 403}),
    ),
    "messages:delete": _row(
        {"methods": {"POST": P.MESSAGE_WRITE}},
        names=_MESSAGE,
        hidden=frozenset({"organizer", "coordinator"}),
    ),
}
for _name in ("messages:new", "messages:new_group", "messages:new_direct"):
    DESK[_name]["out"] = frozenset({303, 403})


def talks_of(organization: Organization, owner: Actor, mark: str) -> dict[str, str]:
    """A channel of the group with a third one, in which both wrote, and a request to the group."""
    third, keeper = third_group()
    asked = _open(keeper, organization, f"Asked {mark}")
    talk = _open(owner, third, f"Topic {mark}")
    with acting(keeper):
        accept(keeper, conversation_id=talk)
    said = _say(owner, talk, f"Said {mark}", files=(text_file(mark),))
    answer = _say(keeper, talk, f"Answer to {mark}")
    made = _translate(owner, talk, answer, f"Answer in French {mark}")
    _report(owner, talk, answer, f"Note {mark}")
    with acting(owner, is_reading=True):
        theirs = handles_of(owner, talk).exclude(organization_id=organization.pk).get()
    return {
        "conversation": str(talk),
        "message": str(said),
        "conversation_file": str(file_of(owner, said).pk),
        "translation": str(made),
        "their_handle": str(theirs.pk),
        "asked": str(asked),
    }


def _open(actor: Actor, other: Organization, words: str) -> uuid.UUID:
    with acting(actor):
        found = open_channel(
            actor, organizations=[other.slug], topic=words, body=words, client_id=uuid.uuid4()
        )
    return found.pk


def _say(actor: Actor, talk: uuid.UUID, words: str, **more: Any) -> uuid.UUID:
    with acting(actor):
        return send_message(
            actor, conversation_id=talk, client_id=uuid.uuid4(), body=words, **more
        ).id


def _translate(actor: Actor, talk: uuid.UUID, said: uuid.UUID, words: str) -> uuid.UUID:
    with acting(actor):
        return translate_message(
            actor,
            conversation_id=talk,
            client_id=uuid.uuid4(),
            target=said,
            body=words,
            language="fr",
        ).id


def _report(actor: Actor, talk: uuid.UUID, said: uuid.UUID, note: str) -> None:
    with acting(actor):
        report_messages(
            actor,
            conversation_id=talk,
            client_id=uuid.uuid4(),
            messages=[said],
            kind="other",
            note=note,
        )
