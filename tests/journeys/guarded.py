"""A small application with small limits in a process of its own, and clients of many kinds."""

import contextlib
import os
import re
import select
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.site import ROOT, free_port

PROXY = "127.0.0.1"
HEAD = b"%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
HANDSHAKE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@dataclass
class Guarded:
    """The process with small limits."""

    port: int
    process: subprocess.Popen
    output: Path

    def connect(self, source=PROXY):
        """A connection from an address of the loopback range."""
        return socket.create_connection(("127.0.0.1", self.port), 20, (source, 0))

    def ask(self, path, *, source=PROXY, method="GET", headers=b"", body=b""):
        """All that comes back for one request on a connection of its own."""
        with self.connect(source) as client:
            with contextlib.suppress(ConnectionError):
                client.sendall(request(path, method, headers + b"Connection: close\r\n") + body)
            return rest(client)

    def made(self):
        """How many answers were made whole."""
        return int(self.ask("/made/").split(b"\r\n")[-4])

    def open_files(self):
        """How many files and sockets the process holds."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def is_empty(self, files):
        """Whether nobody is connected, and nobody who came before this question waits to be."""
        return b" 200 OK" in self.ask("/made/") and self.open_files() <= files

    def memory(self):
        """Bytes in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def is_up(self):
        assert self.process.poll() is None, self.output.read_text()
        with contextlib.suppress(OSError):
            return self.ask("/healthz").startswith(b"HTTP/1.1 200 ")
        return False


def request(path, method="GET", headers=b""):
    """The head of a request."""
    return HEAD % (method.encode(), path.encode(), headers)


def rest(client):
    """What comes until the connection ends."""
    chunks = []
    with contextlib.suppress(ConnectionError):
        while chunk := client.recv(65536):
            chunks.append(chunk)
    return b"".join(chunks)


def more(client):
    """What comes next; the connection must not have ended."""
    chunk = client.recv(65536)
    assert chunk, "the connection has ended"
    return chunk


def answer_of(client):
    """The head and the chunks of one answer on a connection that stays."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += more(client)
    head, body = answer.split(b"\r\n\r\n", 1)
    while not body.endswith(b"\r\n0\r\n\r\n"):
        body += more(client)
    return head, body


def until(holds, seconds=20):
    """Wait for it; fail where it does not come."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_ended(client, milliseconds=0):
    """Whether there is an answer or an end, waiting so long for it."""
    poll = select.poll()
    poll.register(client, select.POLLIN | select.POLLHUP)
    return bool(poll.poll(milliseconds))


def drip(client, pieces, every):
    """Send pieces, some milliseconds apart, for as long as nothing comes back."""
    for piece in pieces:
        if is_ended(client, every):
            return
        with contextlib.suppress(ConnectionError):
            client.sendall(piece)


def shake_hands(client):
    """Make a socket of the connection."""
    client.sendall(request("/", headers=HANDSHAKE))
    assert client.recv(12, socket.MSG_WAITALL) == b"HTTP/1.1 101"
    while b"\r\n\r\n" not in more(client):
        pass


def says_back(client, word):
    """Whether the socket says a short word back, masked as clients must."""
    client.sendall(bytes([0x81, 0x80 | len(word)]) + bytes(4) + word)
    return client.recv(2 + len(word), socket.MSG_WAITALL) == bytes([0x81, len(word)]) + word


@contextlib.contextmanager
def guarding(folder):
    """The process, ended with the block; it has written no address of a client."""
    port, output = free_port(), folder / "guards.log"
    (folder / "static").mkdir()
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys._serve_guards", str(port)],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(folder)},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    served = Guarded(port, process, output)
    try:
        until(served.is_up, 60)
        yield served
        assert "127.0" not in output.read_text()
    finally:
        process.kill()
        process.wait(20)
