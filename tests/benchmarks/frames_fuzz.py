"""100,000 frames that are none, or almost: none makes the site fail or say what is of others.

Frames of every kind with odd values, names or none, cut ones, and such as break parsers, thrown at
a served site over sockets of several people, a dozen on each. Some are right, and so add messages,
subscribe and read; half of those name a conversation of another group.

`python -m tests.benchmarks.frames_fuzz`; `FRAMES` says how many.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks._live_light import Light, NoSocket
from tests.benchmarks._live_site import Served, served
from tests.benchmarks._result import SHORT, keep

FRAMES = int(os.environ.get("FRAMES", "3000" if SHORT else "100000"))
# What is no frame costs five of the sixty that a socket may send at once.
ON_A_SOCKET, PEOPLE, AT_ONCE = 12, 8, 8
CANARIES = ("zqhidden", "hearing-1")
# Daphne's, for an application that raised.
FAILED = 1011
DEEP, DIGITS, MOST = 20_000, 5_000, 64 * 1024
SECONDS, AGAIN = 30.0, 0.5


@dataclass
class Found:
    """What came back."""

    frames: int = 0
    sockets: int = 0
    refused: int = 0
    silent: int = 0
    foreign: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)


def breaking(key: str) -> list[bytes]:
    """What parsers are known to break at; `key` is of a conversation."""
    ping = '{"type":"ping","n":%s}'
    send = '{"type":"send","client_id":"%s","conversation":"%s","body":"%s"}'
    texts = [
        *("", " ", "{", "[]", "null", "0", '"x"', "NaN", "{}{}", "\ufeff{}", "\x00", "ÿ" * 100),
        "[" * DEEP,
        '{"a":' * DEEP,
        ping % ("9" * DIGITS),
        *(ping % one for one in ("1e400", "-1", "1.5", "true", "9223372036854775808", '"1"')),
        send % (uuid.uuid4(), key, "\\ud800"),
        send % (uuid.uuid4(), key, "\\u0000"),
        send % (uuid.uuid4(), key, "\u202e\u2066" * 500),
        send % (uuid.uuid4(), key, "x" * (MOST - 500)),
        send % (uuid.uuid4(), key.upper(), "upper"),
        send % (uuid.uuid4(), "urn:uuid:" + key, "urn"),
        '{"type":"hello","v":1,"device_id":"again"}',
        f'{{"type":"sub","conversation":"{key}","since":0,"since":1}}',
        f'{{"type":"event","conversation":"{key}","seq":1}}',
        '{"type":"' + "a" * 60_000 + '"}',
    ]
    return [one.encode() for one in texts]


def right_ones(key: str) -> list[bytes]:
    """Frames without a fault, but for whom they name; `%s` in them is an id of its own."""
    of = f'"conversation":"{key}"'
    texts = [
        f'{{"type":"send",{of},"client_id":"%s","body":"hello","language":"en"}}',
        f'{{"type":"send",{of},"client_id":"%s","kind":"topic","body":"A topic"}}',
        f'{{"type":"send",{of},"client_id":"%s","kind":"deletion","target":"{key}"}}',
        f'{{"type":"sub",{of},"since":0,"%s":0}}',
        *(f'{{"type":"sub",{of},"since":{one}}}' for one in (0, 1, 10**9)),
        *(f'{{"type":"read",{of},"seq":{one}}}' for one in (0, 3, 10**9)),
        f'{{"type":"unsub",{of}}}',
        '{"type":"ack","frames":3}',
    ]
    return [one.encode() for one in texts]


def _with_an_id(text: bytes) -> bytes:
    return text.replace(b"%s", str(uuid.uuid4()).encode())


def thrown_texts(number: int, own: str, foreign: str) -> list[list[bytes]]:
    """So many frames in dozens, always the same but for their ids."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()

    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    from tests.api.socket.odd_frames import odd_frames

    nobody = str(uuid.uuid4())
    odd = odd_frames([own, foreign, nobody]).map(lambda text: text.encode(errors="replace"))
    breaks = st.sampled_from([*breaking(own), *breaking(foreign)])
    right = st.sampled_from([own, own, foreign, nobody]).flatmap(
        lambda key: st.sampled_from(right_ones(key)).map(_with_an_id)
    )
    one = odd | odd | breaks | right | right
    dozens: list[list[bytes]] = []

    @seed(20261122)
    @settings(
        max_examples=number // ON_A_SOCKET + 1,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(one, min_size=ON_A_SOCKET, max_size=ON_A_SOCKET))
    def collect(texts: list[bytes]) -> None:
        dozens.append(texts)

    collect()
    return dozens


async def throw(site: Served, turn: int, texts: Sequence[bytes], found: Found) -> None:
    """One socket: hello, a dozen, and one more whose answer shows that all were answered."""
    try:
        line = await site.by_token(turn, site.ports[0]).open()
    except (NoSocket, OSError):
        found.refused += 1
        return
    line.events = []
    found.sockets += 1
    try:
        await line.hello(site.head)
        for text in texts:
            line.give_text(text)
            found.frames += 1
        await answered(line)
    except OSError:
        # It was closed; with what is counted below.
        pass
    except TimeoutError:
        found.silent += 1
    note(line, found)
    line.end()


async def answered(line: Light) -> None:
    """Wait until a frame that stands behind all others is refused.

    Whoever threw too much is told so, and asks again when there may be room.

    Raises:
        TimeoutError: it is not, nor is the socket closed.
    """
    last, again_at = str(uuid.uuid4()), 0.0
    async with asyncio.timeout(SECONDS):
        while line.close_code is None and line.closed_at is None:
            if any(one.get("conversation") == last for one in line.said):
                return
            if time.monotonic() >= again_at:
                again_at = time.monotonic() + AGAIN
                line.give({"type": "sub", "conversation": last, "since": 0})
            await asyncio.sleep(0.005)


def note(line: Light, found: Found) -> None:
    """What this socket was told."""
    found.codes[str(line.close_code)] += 1
    told = [json.dumps(one) for one in line.said] + [one.decode() for one in line.events or []]
    found.answers.update(
        one["type"] + (f" {one['code']}" if one["type"] == "error" else "") for one in line.said
    )
    found.answers["event"] += len(line.events or [])
    found.foreign += [one for one in told if any(canary in one for canary in CANARIES)][:1]


async def all_thrown(site: Served, dozens: Sequence[Sequence[bytes]]) -> Found:
    """All of them, a few sockets at a time."""
    found, left = Found(), iter(enumerate(dozens))

    async def some() -> None:
        for turn, texts in left:
            await throw(site, turn, texts, found)

    await asyncio.gather(*(some() for _one in range(AT_ONCE)))
    return found


async def hide(site: Served) -> str:
    """Something that the others must not learn, in the other group's conversation."""
    foreign = str(site.made["groups"][1]["conversations"][0])
    speaker = site.speaker(site.ports[0])
    await site.say(speaker, "zqhidden", foreign)
    speaker.close()
    return foreign


def main() -> bool:
    """Throw, and judge."""
    more = {"SOCKETS_A_PERSON": "100"}
    with served(1, PEOPLE, groups=2, embedded=True, more=more) as site:
        foreign = asyncio.run(hide(site))
        dozens = thrown_texts(FRAMES, site.conversation, foreign)
        found = asyncio.run(all_thrown(site, dozens))
        errors = site.workers[0].errors()
    figures: dict[str, Any] = {
        "frames": found.frames,
        "sockets": found.sockets,
        "closed with": dict(found.codes),
        "answers": dict(found.answers),
        "what the worker wrote down": errors,
    }
    bars = {
        f"at least {FRAMES} frames": found.frames >= FRAMES,
        f"none closed with {FAILED}": not found.codes[str(FAILED)],
        "no error written down": not errors,
        "nothing of others": not found.foreign,
        "each socket was let in and answered": not (found.refused or found.silent),
    }
    return keep("frames_fuzz", figures, bars)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
