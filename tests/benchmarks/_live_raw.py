"""The limit: a plain `websockets` server that gives each text it is sent to all other sockets.

`python -m tests.benchmarks._live_raw PORT`
"""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus

from websockets.asyncio.server import Request, Response, ServerConnection, broadcast, serve

lines: set[ServerConnection] = set()


async def heard(line: ServerConnection) -> None:
    """Whoever comes by `/say` speaks, all others hear."""
    if line.request is not None and line.request.path != "/say":
        lines.add(line)
    try:
        async for text in line:
            # What hearers send to the product too; a text broadcast is a frame as it was told.
            if line not in lines:
                broadcast(lines, text)
    finally:
        lines.discard(line)


def healthz(line: ServerConnection, request: Request) -> Response | None:
    """That it answers, to who asks by HTTP."""
    return line.respond(HTTPStatus.OK, "well") if request.path == "/healthz" else None


async def main(port: int) -> None:
    """Serve until it is ended."""
    async with serve(
        heard,
        "127.0.0.1",
        port,
        compression=None,
        ping_interval=None,
        process_request=healthz,
        backlog=512,
    ) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
