"""Bodies are refused before they are received: over a plain socket, against the served site."""

import contextlib
import socket
from pathlib import Path

import pytest

GIGABYTE = 1024**3


def exchange(site, head, body=b""):
    """What the site answers to the head of a request and the beginning of a body."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        connection.sendall(head.encode() + b"\r\n\r\n")
        answer = b""
        try:
            connection.sendall(body)
            while chunk := connection.recv(65536):
                answer += chunk
        except ConnectionError:
            pass
    return answer


def deleted_files(site):
    """Files without a name that the process holds open: where bodies would be kept."""
    found = []
    for link in Path(f"/proc/{site.process.pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            found.append(str(link.readlink()))
    return [target for target in found if target.startswith("/") and "(deleted)" in target]


@pytest.mark.parametrize(
    "framing",
    [f"Content-Length: {GIGABYTE}", "Content-Length: 65537", "Transfer-Encoding: chunked"],
)
def test_a_long_or_endless_body_is_refused_unread(site, framing):
    head = f"POST /programs/ HTTP/1.1\r\nHost: localhost:{site.port}\r\n{framing}"
    answer = exchange(site, head, b"x" * 1024 * 1024)
    assert answer.startswith(b"HTTP/1.1 413 ") or answer == b""
    assert deleted_files(site) == []
    assert site.get("/").status == 200


def test_the_refusal_is_said(site):
    head = f"POST /programs/ HTTP/1.1\r\nHost: localhost:{site.port}\r\nContent-Length: {GIGABYTE}"
    answer = exchange(site, head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"no-store" in answer


def test_a_short_body_reaches_the_application(site):
    head = (
        f"POST /programs/ HTTP/1.1\r\nHost: localhost:{site.port}\r\n"
        "Connection: close\r\nContent-Length: 3"
    )
    assert exchange(site, head, b"a=b").startswith(b"HTTP/1.1 405 ")
