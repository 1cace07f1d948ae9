"""Whoever loses the right to read hears nothing that is said afterwards, and is told within 2 s.

A hundred sockets on two workers, half by session and half by token, and each cause in turn, done
in a process of its own. As soon as it has committed, messages follow: none may reach whom it
concerns, all must reach everybody else. Then a thousand times at random moments, while somebody
speaks without a pause.

`python -m tests.benchmarks.live_revocation [causes|interleavings]...`; without a name both.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks._live_light import Light
from tests.benchmarks._live_site import Served, bearer, by_ticket, served, ticket_of
from tests.benchmarks._result import ROOT, SHORT, in_parts, keep

EACH = 10  # sockets of a person
# People to whom nothing is done: beside each cause a hundred sockets are open.
OTHERS = 1 if SHORT else 10
SAYS = 5
ROUNDS, TURNED = (2, 3) if SHORT else (100, 10)
CLOSED_SECONDS, PATIENCE = 2.0, 20.0
SESSION, TOKEN = "session", "token"
BOTH = (SESSION, TOKEN)
# What is done to one person, and which of their sockets it ends.
TO_PERSONS = {
    "sign_out": (SESSION,),
    "end_device": (SESSION,),
    "password": (SESSION,),
    "revoke_tokens": (TOKEN,),
    "panic": BOTH,
    "lower_role": BOTH,
    "end_membership": BOTH,
    "leave_organization": BOTH,
    "leave_conversation": BOTH,
    "suspend_person": BOTH,
    "delete_account": BOTH,
}
TO_GROUPS = ("lock_organization", "suspend_organization", "delete_organization", "end_party")
# These take a conversation away; the socket stays.
OF_CONVERSATION = ("leave_conversation", "end_party")
SEQ = re.compile(rb'"seq": ?(\d+)')


@dataclass
class Held:
    """A socket, whose it is, and what was heard over it."""

    line: Light
    person: str
    by: str

    @property
    def heard(self) -> set[int]:
        """The numbers of all events."""
        found = (SEQ.search(one) for one in self.line.events or ())
        return {int(one.group(1)) for one in found if one}

    def hit_at(self, cause: str) -> float | None:
        """When it was closed, or told that the conversation is gone."""
        if cause in OF_CONVERSATION:
            return self.line.said_at.get("revoked")
        return self.line.closed_at


class Doer:
    """The process that does it."""

    def __init__(self, started: subprocess.Popen[str], speaker: Sequence[str]) -> None:
        """It has said that it is ready."""
        self._started, self._speaker = started, speaker
        self._one_at_a_time = asyncio.Lock()

    async def do(self, cause: str, who: Mapping[str, str], says: int = 0) -> dict[str, Any]:
        """Do it; when it had committed, and the numbers of what was said then."""
        line = {"do": cause, "says": says, "speaker": list(self._speaker), **who}
        async with self._one_at_a_time:
            return dict(await asyncio.to_thread(self._ask, line))

    def _ask(self, line: dict[str, Any]) -> Any:
        if self._started.stdin is None or self._started.stdout is None:
            raise RuntimeError("it cannot be asked")
        self._started.stdin.write(json.dumps(line) + "\n")
        self._started.stdin.flush()
        answer = self._started.stdout.readline()
        if not answer:
            raise RuntimeError(f"{line['do']} failed")
        return json.loads(answer)


@contextmanager
def doer(site: Served) -> Iterator[Doer]:
    """The process, ready; ended with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks._live_causes"],
        cwd=ROOT,
        env={**os.environ, **site.variables, "MESSAGE_BURST": "10000", "MESSAGE_RATE": "1000"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            if started.stdout is None or not started.stdout.readline():
                raise RuntimeError("it does not start")
            yield Doer(started, site.made["speaker_id"])
        finally:
            started.terminate()


async def held_by(
    site: Served, group: Mapping[str, Any], person: Mapping[str, str], turn: int, by: str
) -> Held:
    """A socket that is open and in the conversation of a group."""
    port = site.ports[turn % len(site.ports)]
    if by == SESSION:
        line = by_ticket(port, *await ticket_of(person, group["slug"], port))
    else:
        line = Light(port, bearer(person["token"]))
    line.events = []
    await line.open()
    key = group["conversations"][0]
    await line.hello({key: site.heads[key]})
    return Held(line, person["person"], by)


async def all_of(site: Served, group: Mapping[str, Any]) -> list[Held]:
    """The sockets of all who hear in a group: each half by session, half by token."""
    found = []
    for person in group["hearers"]:
        found += await asyncio.gather(
            *(held_by(site, group, person, turn, BOTH[turn // 2 % 2]) for turn in range(EACH))
        )
    return found


@dataclass
class Told:
    """What a cause did to those whom it concerns, and to all others."""

    open: int
    concerned: int
    heard_afterwards: int = 0
    not_ended: int = 0
    others_ended: int = 0
    others_missed: int = 0
    seconds: list[float] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def is_right(self) -> bool:
        """Whether nothing leaked, all were ended, and nobody else was."""
        wrong = self.heard_afterwards + self.not_ended + self.others_ended + self.others_missed
        return not wrong and bool(self.concerned) and max(self.seconds) <= CLOSED_SECONDS

    def figures(self) -> dict[str, Any]:
        """For the result."""
        return {
            "open": self.open,
            "concerned": self.concerned,
            "seconds_middle": round(statistics.median(self.seconds or [0]), 3),
            "seconds_longest": round(max(self.seconds, default=0), 3),
            "closed_with": dict(self.codes),
            "events heard that were said afterwards": self.heard_afterwards,
            "not ended": self.not_ended,
            "others that were ended": self.others_ended,
            "others that missed something": self.others_missed,
        }


async def tried(
    site: Served, does: Doer, cause: str, who: Mapping[str, str], sockets: list[Held], by: Any
) -> Told:
    """Do one thing, say something, and look at who heard it; `sockets` keeps those still open."""
    concerned = [one for one in sockets if by(one)]
    others = [one for one in sockets if not by(one)]
    told = Told(len(sockets), len(concerned))
    done = await does.do(cause, who, SAYS)
    later, deadline = set(done["seqs"]), time.monotonic() + PATIENCE
    site.heads[who["conversation"]] = max(later)

    def is_over() -> bool:
        is_ended = all(one.hit_at(cause) is not None for one in concerned)
        return is_ended and all(later <= one.heard for one in others)

    while not is_over() and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    for one in concerned:
        at = one.hit_at(cause)
        told.heard_afterwards += len(later & one.heard)
        told.not_ended += at is None
        told.seconds.append((at or time.monotonic()) - done["at"])
        told.codes[str(one.line.close_code or "revoked")] += 1
    told.others_ended = sum(one.line.closed_at is not None for one in others)
    told.others_missed = sum(not later <= one.heard for one in others)
    for one in concerned:
        one.line.end()
    sockets[:] = others
    return told


async def by_person(site: Served, does: Doer) -> dict[str, Told]:
    """All that is done to one person, each to another one of the same group."""
    group = site.group
    sockets, found = await all_of(site, group), {}
    for (cause, by), person in zip(TO_PERSONS.items(), group["hearers"], strict=False):
        who = {
            **person,
            "organization": group["host"][1],
            "conversation": group["conversations"][0],
        }

        def concerns(one: Held, by: Any = by, person: Any = person) -> bool:
            return one.person == person["person"] and one.by in by

        found[cause] = await tried(site, does, cause, who, sockets, concerns)
    for one in sockets:
        one.line.end()
    return found


async def by_group(site: Served, does: Doer) -> dict[str, Told]:
    """All that is done to a whole group, each to another one."""
    found = {}
    for cause, group in zip(TO_GROUPS, site.made["groups"][1:], strict=True):
        sockets = await all_of(site, group)
        host, organization = group["host"]
        who = {
            "person": host,
            "organization": organization,
            "conversation": group["conversations"][0],
        }
        found[cause] = await tried(site, does, cause, who, sockets, lambda _one: True)
    return found


def causes() -> bool:
    """Each cause, once."""
    people = len(TO_PERSONS) + OTHERS
    with served(2, people, groups=1 + len(TO_GROUPS)) as site, doer(site) as does:
        found = asyncio.run(by_person(site, does)) | asyncio.run(by_group(site, does))
    figures = {cause: told.figures() for cause, told in found.items()}
    bars = {f"{cause}: nothing heard, told in time": one.is_right for cause, one in found.items()}
    return keep("live_revocation_causes", figures, bars)


@dataclass
class Turn:
    """A person who loses the right again and again, and what must not be heard by them."""

    person: Mapping[str, str]
    forbidden: set[int] = field(default_factory=set)
    heard: set[int] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    not_ended: int = 0
    events: int = 0


async def spoken(site: Served, port: int) -> None:
    """Speak without a pause until cancelled."""
    line = site.speaker(port)
    while True:
        await site.say(line, "While it happens")


async def turned(site: Served, does: Doer, turn: Turn, chance: random.Random) -> None:
    """One person: two sockets, the right is taken at random moments, and given back."""
    group = site.group
    who = {
        **turn.person,
        "organization": group["host"][1],
        "conversation": group["conversations"][0],
    }
    pair = await asyncio.gather(
        *(held_by(site, group, turn.person, port, chance.choice(BOTH)) for port in range(2))
    )
    await asyncio.sleep(chance.uniform(0, 0.05))
    cause = chance.choice(("end_membership", "lower_role"))
    done = await does.do(cause, who, 1)
    deadline = time.monotonic() + PATIENCE
    while any(one.line.closed_at is None for one in pair) and time.monotonic() < deadline:
        await asyncio.sleep(0.005)
    last = max(site.heads[who["conversation"]], *done["seqs"])
    turn.forbidden |= set(range(done["head"] + 1, last + 1))
    for one in pair:
        turn.heard |= one.heard
        turn.events += len(one.heard)
        turn.not_ended += one.line.closed_at is None
        turn.seconds.append((one.line.closed_at or time.monotonic()) - done["at"])
        one.line.end()
    turn.person = {**turn.person, "token": (await does.do("give_role", who))["token"]}


async def interleaved(site: Served, does: Doer) -> list[Turn]:
    """A thousand times."""
    chance = random.Random(1)  # noqa: S311 - no secret
    turns = [Turn(one) for one in site.group["hearers"][:TURNED]]
    speaks = [asyncio.ensure_future(spoken(site, port)) for port in site.ports]
    for _round in range(ROUNDS):
        for first in range(0, TURNED, 2):
            await asyncio.gather(
                *(turned(site, does, one, chance) for one in turns[first : first + 2])
            )
        if any(one.done() for one in speaks):
            break
    for one in speaks:
        one.cancel()
    for one in speaks:
        with suppress(asyncio.CancelledError):
            await one
    return turns


def interleavings() -> bool:
    """At random moments."""
    with served(2, TURNED) as site, doer(site) as does:
        turns = asyncio.run(interleaved(site, does))
    seconds = [second for one in turns for second in one.seconds]
    figures = {
        "revocations": ROUNDS * TURNED,
        "sockets": len(seconds),
        "events heard before": sum(one.events for one in turns),
        "seconds_middle": round(statistics.median(seconds), 3),
        "seconds_longest": round(max(seconds), 3),
        "events heard that were committed afterwards": sum(
            len(one.heard & one.forbidden) for one in turns
        ),
        "not ended": sum(one.not_ended for one in turns),
    }
    bars = {
        "nothing that was committed afterwards": not figures[
            "events heard that were committed afterwards"
        ],
        f"each is closed within {CLOSED_SECONDS} s": max(seconds) <= CLOSED_SECONDS,
        "all are closed": not figures["not ended"],
    }
    return keep("live_revocation_interleavings", figures, bars)


PARTS = {"causes": causes, "interleavings": interleavings}


if __name__ == "__main__":
    sys.exit(in_parts(PARTS, sys.argv[1:]))
