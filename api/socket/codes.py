"""Why something was refused, and why a socket was closed: the words and numbers of `nv1`."""

from __future__ import annotations

from enum import StrEnum

from messaging.sockets import Bye

PROTOCOL = "nv1"


class Code(StrEnum):
    """What an `error` frame says. Missing and foreign are the same `not_found`."""

    BAD_FRAME = "bad_frame"
    TOO_LARGE = "too_large"
    RATE = "rate"
    NOT_FOUND = "not_found"
    GONE = "gone"
    CONFLICT = "conflict"
    CLOSED = "closed"
    QUOTA = "quota"
    BLOCKED = "blocked"
    RETRY = "retry"
    UNSUPPORTED = "unsupported"


ABOUT_CODE = {
    Code.BAD_FRAME: "It is no frame, or a value in it is refused: see `errors`.",
    Code.TOO_LARGE: "The frame is longer than `limits.frame_bytes`.",
    Code.RATE: "Too fast. Try again after `retry_ms`.",
    Code.NOT_FOUND: "There is no such conversation for you: missing, or not yours.",
    Code.GONE: "You take part no more. What you may still read is read over HTTP.",
    Code.CONFLICT: "Something else happened first. Read on and try again.",
    Code.CLOSED: "The conversation is there and cannot be written to, or not yet; `detail` is "
    "`left`, `requested`, `unanswered` or `target`.",
    Code.QUOTA: "There are as many subscriptions as a socket may have.",
    Code.BLOCKED: "The other side does not hear you.",
    Code.RETRY: "The database was away for a moment. Send the same again after `retry_ms`.",
    Code.UNSUPPORTED: "Your token, or this node, does not do that.",
}


CLOSE_CODES = {
    Bye.RECONNECT: 4000,
    Bye.UNAUTHENTICATED: 4001,
    Bye.REVOKED: 4003,
    Bye.SLOW: 4008,
    Bye.REPLACED: 4009,
    Bye.UPGRADE: 4010,
    Bye.RATE: 4029,
    Bye.RESTART: 1012,
}
ABOUT_BYE = {
    Bye.RECONNECT: "Connect again after `retry_ms`: it was open for long, or something failed.",
    Bye.UNAUTHENTICATED: "The session or the token is over, or the person is. Sign in again.",
    Bye.REVOKED: "The person's role in the organization carries messages no more, or the "
    "organization is locked down or suspended.",
    Bye.SLOW: "No credit came back for a while, with something waiting.",
    Bye.REPLACED: "The same `device_id` has opened another socket.",
    Bye.UPGRADE: "This server does not speak the version that `hello` names.",
    Bye.RATE: "Too many frames, or too many sockets.",
    Bye.RESTART: "The server is restarting. Connect again after `retry_ms`.",
}
