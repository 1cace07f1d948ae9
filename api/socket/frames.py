"""The frames of the socket, `nv1`: one schema for all that a client sends and is sent.

Each is an object of JSON with its `type`. What is decoded here holds nothing that the schema does
not say: no unknown field, no number out of bounds, no text with NUL or half a character.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.socket.codes import Code
from api.v1.shell.conversations import MAX_LANGUAGE, MAX_SEQ

VERSION = 1
FRAME_BYTES = 64 * 1024
MAX_CREDIT = 64
CREDIT_BYTES = 256 * 1024
SUBSCRIPTIONS = 200
LONGEST_DETAIL = 200

Conversation = Annotated[UUID, Meta(description="The conversation.")]
Seq = Annotated[int, Meta(ge=0, le=MAX_SEQ)]
SentKind = Literal["message", "topic", "edit", "translation", "deletion"]


class _Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a client sends."""


class Resume(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a client stands."""

    feed: Annotated[Seq, Meta(description="Kept free: 0.")] = 0
    conversations: Annotated[
        dict[UUID, Seq],
        Meta(
            max_length=SUBSCRIPTIONS,
            description="The newest `seq` that was applied of each conversation to subscribe to.",
        ),
    ] = {}


class Hello(_Sent, frozen=True, tag="hello"):
    """The first frame, within ten seconds. Answered by `welcome`."""

    v: Annotated[int, Meta(ge=0, le=1000, description="The version: 1.")]
    device_id: Annotated[
        str,
        Meta(min_length=1, max_length=64, description="One of your own for each tab or device."),
    ]
    resume: Annotated[Resume, Meta(description="Where you stand.")] = Resume()
    credit: Annotated[
        int,
        Meta(ge=1, le=MAX_CREDIT, description="How many frames you take before you return some."),
    ] = MAX_CREDIT


class Sub(_Sent, frozen=True, tag="sub"):
    """Subscribe: every event after `since`, those that are there already and those to come."""

    conversation: Conversation
    since: Annotated[Seq, Meta(description="The newest `seq` that you have applied.")]


class Unsub(_Sent, frozen=True, tag="unsub"):
    """Subscribe no more. Never refused."""

    conversation: Conversation


class Send(_Sent, frozen=True, tag="send"):
    """Add an event, as `POST conversations/{id}/events/` does. Answered by `ack`."""

    conversation: Conversation
    client_id: Annotated[
        UUID,
        Meta(description="Of your own. Sent again, nothing is added."),
    ]
    kind: Annotated[SentKind, Meta(description="What it is.")] = "message"
    body: Annotated[str, Meta(max_length=FRAME_BYTES, description="The words.")] = ""
    language: Annotated[
        str, Meta(max_length=MAX_LANGUAGE, description="Their language, as in BCP 47.")
    ] = ""
    thread: Annotated[UUID | None, Meta(description="The message or topic that it answers.")] = (
        None
    )
    target: Annotated[UUID | None, Meta(description="What is changed, deleted or translated.")] = (
        None
    )


class Read(_Sent, frozen=True, tag="read"):
    """Say how far one has read; one's other devices are told."""

    conversation: Conversation
    seq: Annotated[Seq, Meta(description="Up to this number.")]


class Ack(_Sent, frozen=True, tag="ack"):
    """Return credit: so many `event` and `feed` frames were taken."""

    frames: Annotated[int, Meta(ge=1, le=MAX_CREDIT, description="How many.")]


class Ping(_Sent, frozen=True, tag="ping"):
    """Ask whether anybody is there. Answered by `pong`."""

    n: Annotated[Seq, Meta(description="Comes back.")]


Frame = Hello | Sub | Unsub | Send | Read | Ack | Ping
CLIENT_FRAMES: tuple[type[msgspec.Struct], ...] = (Hello, Sub, Unsub, Send, Read, Ack, Ping)


class _Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the server sends."""


class Head(msgspec.Struct, frozen=True):
    """Where a conversation stands for one person."""

    seq: int
    read: int


class Welcome(_Told, frozen=True, tag="welcome"):
    """The socket is open. `heads` are the 200 conversations with the newest events."""

    session_deadline: Annotated[str, Meta(description="When it is closed at the latest.")]
    limits: Annotated[dict[str, int], Meta(description="What holds on this node.")]
    heads: Annotated[
        dict[str, Head],
        Meta(description="The newest `seq` that you may see, and how far you read."),
    ]
    server_time: Annotated[str, Meta(description="What the clock of the server says.")]


class Acked(_Told, frozen=True, tag="ack"):
    """What was sent has its place; without `seq` it waits for the node that gives the numbers."""

    conversation: Conversation
    client_id: Annotated[UUID, Meta(description="Yours.")]
    id: Annotated[UUID, Meta(description="The event.")]
    seq: Annotated[int | None, Meta(description="Its number.")]
    state: Annotated[str, Meta(description="`committed`, or `queued`.")]
    dup: Annotated[bool, Meta(description="Whether it had been sent before.")]


class Gap(_Told, frozen=True, tag="gap"):
    """More than 500 were missed: page over HTTP from `from` to `to`; what is newer comes here."""

    conversation: Conversation
    first: Annotated[int, Meta(description="The first number that is missing.")] = msgspec.field(
        name="from"
    )
    to: Annotated[int, Meta(description="The last one.")]


class Reset(_Told, frozen=True, tag="reset"):
    """Your cursor does not fit: it is `seq` now. `reason` is `ahead`, `floor` or `range`."""

    conversation: Conversation
    seq: Annotated[int, Meta(description="What the next event follows.")]
    reason: Annotated[
        Literal["ahead", "floor", "range"],
        Meta(
            description="Beyond what there is; below what is kept; what lies between is not yours."
        ),
    ]


class Revoked(_Told, frozen=True, tag="revoked"):
    """The person takes part no more. Nothing of the conversation comes after it."""

    conversation: Conversation


class Feed(_Told, frozen=True, tag="feed"):
    """Something happened where one is not subscribed, or on another device of the person."""

    kind: Annotated[
        Literal["head", "read"], Meta(description="Something new; or read up to `seq` elsewhere.")
    ]
    conversation: Conversation
    seq: Annotated[int, Meta(description="The newest number, or the one read.")]


class Pong(_Told, frozen=True, tag="pong"):
    """The answer to `ping`."""

    n: Annotated[int, Meta(description="What came.")]
    heads_digest: Annotated[
        str,
        Meta(
            description="The first 16 hex digits of SHA-256 over the lines `id:seq\\n` of all "
            "subscriptions, sorted by id, each with the newest number that the server knows."
        ),
    ]


class Refusal(_Told, frozen=True, tag="error"):
    """A frame was refused; the socket stays open unless `bye` follows."""

    code: Annotated[Code, Meta(description="Why.")]
    detail: Annotated[str, Meta(description="The same in words, or a closer code.")] = ""
    conversation: Annotated[
        UUID | UnsetType, Meta(description="The conversation that the frame named.")
    ] = UNSET
    client_id: Annotated[UUID | UnsetType, Meta(description="That of a `send`.")] = UNSET
    retry_ms: Annotated[int | UnsetType, Meta(description="Milliseconds to wait.")] = UNSET
    errors: Annotated[
        dict[str, list[str]] | UnsetType, Meta(description="What is wrong, by field.")
    ] = UNSET


class Farewell(_Told, frozen=True, tag="bye"):
    """The socket is closed next, with the number of this code."""

    code: Annotated[str, Meta(description="Why.")]
    retry_ms: Annotated[int, Meta(description="Milliseconds to wait before connecting again.")]


SERVER_FRAMES: tuple[type[msgspec.Struct], ...] = (
    Welcome,
    Acked,
    Gap,
    Reset,
    Revoked,
    Feed,
    Pong,
    Refusal,
    Farewell,
)


@dataclass(frozen=True, slots=True)
class FrameError:
    """A frame that is none, and why."""

    code: Code
    detail: str


_decoder = msgspec.json.Decoder(Frame)
_encoder = msgspec.json.Encoder()
NOT_TEXT = FrameError(Code.BAD_FRAME, "Frames are text.")
TOO_LARGE = FrameError(Code.TOO_LARGE, f"A frame has at most {FRAME_BYTES} bytes.")
ODD_TEXT = FrameError(Code.BAD_FRAME, "A text holds what no text holds.")
TOO_DEEP = FrameError(Code.BAD_FRAME, "It goes too deep.")


def decode(content: str | bytes | None) -> Frame | FrameError:
    """The frame that a message of the socket holds; never an exception."""
    if not isinstance(content, str):
        return NOT_TEXT
    try:
        raw = content.encode()
    except UnicodeEncodeError:
        return ODD_TEXT
    if len(raw) > FRAME_BYTES:
        return TOO_LARGE
    try:
        frame: Frame = _decoder.decode(raw)
    except RecursionError:
        return TOO_DEEP
    except msgspec.ValidationError as error:
        return FrameError(Code.BAD_FRAME, str(error)[:LONGEST_DETAIL])
    except (msgspec.DecodeError, ValueError):
        return FrameError(Code.BAD_FRAME, "It is no JSON.")
    if isinstance(frame, Send) and ("\x00" in frame.body or "\x00" in frame.language):
        return ODD_TEXT
    return frame


def encode(frame: msgspec.Struct) -> str:
    """A frame of the server as text."""
    return _encoder.encode(frame).decode()


def name_of(frame: Any) -> str:
    """The `type` of a frame, or of its class."""
    kind: Any = frame if isinstance(frame, type) else type(frame)
    return str(kind.__struct_config__.tag)
