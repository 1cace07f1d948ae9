"""Served workers over one PostgreSQL and one Redis, with people who speak and hear."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks._fresh import make_node, told
from tests.benchmarks._killed import Killed
from tests.benchmarks._live_http import Line, ask
from tests.benchmarks._live_light import Light
from tests.benchmarks._live_redis import OwnRedis, own_redis
from tests.benchmarks._services import Cluster, a_cluster

LIMITS = {
    "MESSAGE_BURST": "10000",
    "MESSAGE_RATE": "1000",
    "API_RATE_READ": "100000",
    "API_RATE_WRITE": "100000",
    "MAX_CONNECTIONS": "4000",
    "SOCKETS": "4000",
}
SERVE = ("manage.py", "serve", "--port")


@dataclass
class Served:
    """The workers, what they stand on, and who may do what."""

    workers: list[Killed]
    made: dict[str, Any]
    variables: dict[str, str]
    cluster: Cluster | None
    redis: OwnRedis | None
    heads: dict[str, int] = field(default_factory=dict)

    @property
    def ports(self) -> list[int]:
        """Of the workers."""
        return [one.port for one in self.workers]

    @property
    def group(self) -> dict[str, Any]:
        """The first of those who hear."""
        return dict(self.made["groups"][0])

    @property
    def conversation(self) -> str:
        """Its first."""
        return str(self.group["conversations"][0])

    @property
    def head(self) -> dict[str, int]:
        """How far it is known to be."""
        return {self.conversation: self.heads[self.conversation]}

    def hearer(self, turn: int) -> dict[str, str]:
        """One of the first group; from the last on it begins anew."""
        hearers = self.group["hearers"]
        return dict(hearers[turn % len(hearers)])

    def by_token(self, turn: int, port: int) -> Light:
        """A socket of a hearer by their token, not yet open."""
        return Light(port, bearer(self.hearer(turn)["token"]))

    async def ticket(self, turn: int, port: int) -> tuple[str, str]:
        """A ticket by the session of a hearer, and the origin that it is for."""
        return await ticket_of(self.hearer(turn), self.group["slug"], port)

    def speaker(self, port: int) -> Line:
        """A line of who speaks."""
        return Line(port, bearer(self.made["speaker"]))

    async def say(self, line: Line, body: str, conversation: str = "") -> int:
        """Say something; its number.

        Raises:
            RuntimeError: it is refused.
        """
        key = conversation or self.conversation
        status, told_ = await line.ask(
            "POST",
            f"/api/v1/conversations/{key}/events/",
            {"client_id": client_id(), "kind": "message", "body": body, "language": "en"},
        )
        if status != 201:
            raise RuntimeError(f"{status} {told_}")
        self.heads[key] = max(self.heads.get(key, 0), told_["seq"])
        return int(told_["seq"])


async def ticket_of(one: Mapping[str, str], slug: str, port: int) -> tuple[str, str]:
    """A ticket by somebody's session for one group, and the origin that it is for.

    Raises:
        RuntimeError: it is refused.
    """
    origin, form = f"http://localhost:{port}", "f" * 32
    headers = {"Cookie": f"{one['cookie']}; form={form}", "X-CSRFToken": form, "Origin": origin}
    path = "/api/v1/realtime/ticket/"
    status, answer = await ask(port, "POST", path, headers=headers, body={"organization": slug})
    if status not in (200, 201):
        raise RuntimeError(f"no ticket: {status} {answer}")
    return answer["ticket"], origin


def by_ticket(port: int, ticket: str, origin: str) -> Light:
    """A socket as a browser opens it, not yet open."""
    headers = {"Origin": origin, "Sec-WebSocket-Protocol": f"nv1, t.{ticket}"}
    return Light(port, headers)


def bearer(token: str) -> dict[str, str]:
    """The header of a token."""
    return {"Authorization": f"Bearer {token}", "Sec-WebSocket-Protocol": "nv1"}


def client_id() -> str:
    """A new one."""
    return str(uuid.uuid4())


@contextmanager
def served(
    number: int,
    hearers: int,
    talks: int = 1,
    groups: int = 1,
    *,
    embedded: bool = False,
    more: Mapping[str, str] | None = None,
    command: Sequence[str] = SERVE,
    prepare: Any = None,
) -> Iterator[Served]:
    """A new node with so many workers and people; all ended afterwards.

    `embedded` is SQLite and one worker. `prepare(cluster, variables)` is called before they start.
    """
    with ExitStack() as stack:
        cluster = None if embedded else stack.enter_context(a_cluster())
        redis = None if embedded else stack.enter_context(own_redis())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "var"
        variables = make_node(folder, cluster.variables if cluster else {})
        if redis is not None:
            variables["REDIS_URL"] = redis.address
        sizes = (str(hearers), str(talks), str(groups))
        made = told(["-m", "tests.benchmarks._live_people", *sizes], variables)
        heads = {key: seq for one in made["groups"] for key, seq in one["heads"].items()}
        if prepare is not None:
            made["prepared"] = prepare(cluster, variables)
        workers = [Killed({**variables, **LIMITS, **(more or {})}, command) for _ in range(number)]
        for one in workers:
            stack.callback(one.end)
            one.start()
        yield Served(workers, made, variables, cluster, redis, heads)
