"""Requests of a client that must not wait in a thread: one connection, kept or not."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

SECONDS = 40.0


async def ask(
    port: int,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str],
    body: Any = None,
) -> tuple[int, Any]:
    """Status and document of one answer, over a connection of its own.

    Raises:
        OSError: the line broke, or there was no answer in time.
    """
    async with asyncio.timeout(SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request(port, method, path, headers, body))
            return await answer(reader)
        finally:
            writer.close()


class Line:
    """A connection that is kept between two requests, and never mended."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        """Not connected yet."""
        self._port, self._headers = port, headers
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and document of the answer.

        Raises:
            OSError: the line broke, or there was no answer in time.
        """
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request(self._port, method, path, self._headers, body))
        async with asyncio.timeout(SECONDS):
            return await answer(reader)

    def close(self) -> None:
        """Let the connection go."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def request(
    port: int, method: str, path: str, headers: Mapping[str, str], body: Any = None
) -> bytes:
    """The bytes of a request; a body is sent as JSON."""
    text = b"" if body is None else json.dumps(body).encode()
    lines = {"Host": f"localhost:{port}", **headers}
    if body is not None:
        lines |= {"Content-Type": "application/json", "Content-Length": str(len(text))}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + text


async def answer(reader: asyncio.StreamReader) -> tuple[int, Any]:
    """Status and document of the next answer on a line; a document that is no JSON is nothing."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        status, body = int(head.split()[1]), b""
        if "content-length:" in head:
            length = int(head.split("content-length:")[1].split()[0])
            body = await reader.readexactly(length)
        elif "chunked" in head:
            while length := int(await reader.readline(), 16):
                body += await reader.readexactly(length)
                await reader.readline()
            await reader.readline()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
        raise OSError("the line broke") from error
    try:
        return status, json.loads(body) if body else None
    except ValueError:
        return status, None
