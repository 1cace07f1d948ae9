"""The tables of the protocol's page, made from the frames themselves."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

import msgspec

from api.socket.codes import ABOUT_BYE, ABOUT_CODE, CLOSE_CODES
from api.socket.frames import CLIENT_FRAMES, SERVER_FRAMES, name_of

_WORDS = {UUID: "UUID", int: "whole number", str: "text", bool: "true or false"}


def tables() -> str:
    """All of them, as Markdown."""
    return "\n".join(
        [
            "### What a client sends",
            "",
            *_frames(CLIENT_FRAMES),
            "### What the server sends",
            "",
            *_frames(SERVER_FRAMES),
            "### Codes of `error`",
            "",
            "| Code | What it says |",
            "|---|---|",
            *(f"| `{code}` | {about} |" for code, about in ABOUT_CODE.items()),
            "",
            "### Codes of `bye`, and of the close that follows",
            "",
            "| Code | Close | What it says |",
            "|---|---|---|",
            *(f"| `{bye}` | {CLOSE_CODES[bye]} | {about} |" for bye, about in ABOUT_BYE.items()),
        ]
    )


def _frames(kinds: tuple[type[msgspec.Struct], ...]) -> Iterator[str]:
    for kind in kinds:
        yield f"**`{name_of(kind)}`** {(kind.__doc__ or '').strip()}"
        yield ""
        yield "| Field | Holds | |"
        yield "|---|---|---|"
        for name, holds, about in _fields(kind):
            yield f"| `{name}` | {holds} | {about} |"
        yield ""


def _fields(kind: Any, within: str = "") -> Iterator[tuple[str, str, str]]:
    for field in msgspec.structs.fields(kind):
        holds, about, inner = _told(field.type)
        if not field.required:
            holds += "; may be left out"
        yield within + field.encode_name, holds, about
        if inner is not None:
            yield from _fields(inner, f"{field.encode_name}.")


def _told(kind: Any) -> tuple[str, str, Any]:
    """In words, what it is about, and the fields within it."""
    about, bounds = "", ""
    while hasattr(kind, "__metadata__"):
        for meta in kind.__metadata__:
            about = about or getattr(meta, "description", None) or ""
            bounds = bounds or _bounds(meta)
        kind = get_args(kind)[0]
    inner = kind if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else None
    return _words(kind) + bounds, about, inner


def _words(kind: Any) -> str:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in parts)
    if origin in (Union, types.UnionType):
        named = [one for one in parts if one is not msgspec.UnsetType]
        return " or ".join("null" if one is type(None) else _told(one)[0] for one in named)
    if origin is dict:
        return f"object: {_told(parts[0])[0]} to {_told(parts[1])[0]}"
    if origin is list:
        return f"list of {_told(parts[0])[0]}"
    return _WORDS.get(kind, "one of the codes below" if issubclass(kind, str) else "object")


def _bounds(meta: Any) -> str:
    if getattr(meta, "ge", None) is not None:
        return f", {meta.ge} to {meta.le}"
    longest = getattr(meta, "max_length", None)
    return f", at most {longest}" if longest is not None else ""
