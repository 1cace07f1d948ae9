"""Frames that are almost right, and such as nobody would send: for whoever throws many of them."""

from __future__ import annotations

import json

import msgspec
from hypothesis import strategies as st

from api.socket.frames import CLIENT_FRAMES, name_of

ODD = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.lists(st.integers(), max_size=3)
    | st.dictionaries(st.text(max_size=5), st.integers(), max_size=3)
    | st.uuids().map(str)
)


def odd_frames(conversations):
    """Texts: whole frames, frames with odd values, names or none, and cut ones."""
    return st.one_of([_frame(kind, conversations) for kind in CLIENT_FRAMES]).flatmap(_spoiled)


def _frame(kind, conversations):
    fields = {}
    for one in msgspec.structs.fields(kind):
        good = _good(one.name, conversations)
        value = st.one_of(good, good, good, ODD)
        fields[one.encode_name] = value if one.required else st.one_of(st.none(), value)
    return st.fixed_dictionaries(fields).map(
        lambda values: {
            "type": name_of(kind),
            **{name: value for name, value in values.items() if value is not None},
        }
    )


def _good(name, conversations):
    numbers = st.integers(0, 50)
    known = {
        "conversation": st.sampled_from(conversations),
        "conversations": st.dictionaries(st.sampled_from(conversations), numbers, max_size=3),
        "v": st.just(1),
        "credit": st.integers(1, 64),
        "frames": st.integers(1, 64),
        "kind": st.sampled_from(["message", "topic", "edit", "translation", "deletion", "odd"]),
        "body": st.text(max_size=200) | st.just("@harbour-visitors/1 x"),
        "language": st.sampled_from(["", "en", "ar", "xx-odd"]),
        "resume": st.dictionaries(
            st.just("conversations"),
            st.dictionaries(st.sampled_from(conversations), numbers, max_size=3),
            max_size=1,
        ),
    }
    if name in known:
        return known[name]
    return numbers if name in ("since", "seq", "n") else st.uuids().map(str)


def _spoiled(frame):
    text = json.dumps(frame)
    return st.one_of(
        st.just(text),
        st.just(text),
        st.just(json.dumps({**frame, "more": 1})),
        st.integers(0, len(text)).map(lambda end: text[:end]),
        st.just(text.replace("{", '{"type":"ping",', 1)),
    )
