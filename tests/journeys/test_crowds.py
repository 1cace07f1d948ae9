"""How many are served at once, and how much one of them may take up, over plain sockets."""

import contextlib
import itertools
import re
import select
import socket
import time

import pytest

from network.project.places import SPARE, SPARE_FROM_ADDRESS
from tests.journeys._serve_guards import LARGE, LIMITS, STALL_SECONDS
from tests.journeys.guarded import (
    HANDSHAKE,
    PROXY,
    answer_of,
    is_ended,
    request,
    rest,
    shake_hands,
    until,
)

MEBIBYTE = 1024**2
FULL = b"HTTP/1.1 503 "
# What anybody can write, and what no cap may go by.
FORWARDED = b"X-Forwarded-For: 192.0.2.7\r\nForwarded: for=192.0.2.7\r\n"


@contextlib.contextmanager
def crowd(guarded, count, source=PROXY):
    """So many connections that wait for an answer, and hold their places."""
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(guarded.connect(source)) for _ in range(count)]
        for client in clients:
            client.sendall(request("/waits/", headers=FORWARDED))
        yield clients


def test_an_address_over_its_cap_is_told_so_and_others_are_served(quiet):
    with crowd(quiet, LIMITS.per_address, "127.0.0.2") as clients:
        other = FORWARDED.replace(b".7", b".8")
        refused = quiet.ask("/echo/", source="127.0.0.2", headers=other)
        assert refused.startswith(FULL)
        assert b"Retry-After: 5\r\n" in refused
        assert b"Connection: close\r\n" in refused
        assert b" 200 OK" in quiet.ask("/echo/", source="127.0.0.3")
        clients[0].close()
        until(lambda: b" 200 OK" in quiet.ask("/echo/", source="127.0.0.2"))


def test_a_proxy_is_not_one_reader(quiet):
    with crowd(quiet, LIMITS.connections - 1):
        assert b" 200 OK" in quiet.ask("/echo/", headers=FORWARDED)


def test_when_full_only_health_is_answered(quiet):
    before = quiet.made()
    with crowd(quiet, LIMITS.connections) as clients:
        for source in (PROXY, "127.0.0.2"):
            assert quiet.ask("/large/1/", source=source).startswith(FULL)
            assert quiet.ask("/healthz/large/1/", source=source).startswith(FULL)
            healthy = quiet.ask("/healthz?full", source=source)
            assert healthy.startswith(b"HTTP/1.1 200 ")
        body = {"method": "POST", "headers": b"Content-Length: 60000\r\n", "body": b"x"}
        assert quiet.ask("/healthz", **body).startswith(FULL)
        assert quiet.ask("/", headers=HANDSHAKE).startswith(FULL)
        with quiet.connect() as client:
            client.sendall(request("/healthz") + request("/large/1/"))
            answer = rest(client)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.count(b"HTTP/1.1 ") == 1
        clients[0].close()
        until(lambda: not quiet.ask("/made/").startswith(FULL))
        assert quiet.made() == before


def test_a_flood_beyond_the_cap_is_closed_and_health_still_answered(quiet):
    with crowd(quiet, LIMITS.connections), contextlib.ExitStack() as stack:
        flood = [
            stack.enter_context(quiet.connect(f"127.0.0.{2 + number // 8}"))
            for number in range(SPARE)
        ]
        began = time.monotonic()
        # They say nothing, so what answers at once was closed at once.
        until(lambda: sum(is_ended(client) for client in flood) >= SPARE - SPARE // 2)
        first = flood[:8]
        assert sum(not is_ended(client) for client in first) == SPARE_FROM_ADDRESS
        assert quiet.ask("/healthz").startswith(b"HTTP/1.1 200 ")
        assert quiet.ask("/echo/").startswith(FULL)
        until(lambda: all(is_ended(client) for client in flood))
        assert time.monotonic() - began < 0.95 * LIMITS.head_seconds


def test_what_a_crowd_took_is_given_back(guarded):
    def wave():
        with contextlib.ExitStack() as stack:
            for number in range(40):
                client = stack.enter_context(guarded.connect(f"127.0.1.{number + 1}"))
                with contextlib.suppress(ConnectionError):
                    client.sendall(request("/echo/", headers=b"X: %s\r\n" % (b"y" * 9000))[:-2])
        until(lambda: guarded.is_empty(files))

    files = guarded.open_files()
    for _ in range(2):
        wave()
    memory = guarded.memory()
    for _ in range(6):
        wave()
    # Places are free again, too: were one in fifteen kept, none would be left now.
    with crowd(guarded, LIMITS.connections - 1):
        assert b" 200 OK" in guarded.ask("/echo/")
    assert guarded.memory() - memory < 4 * MEBIBYTE


def test_accepted_sockets_leave_their_places_to_others_while_there_are_places_for_sockets(quiet):
    with contextlib.ExitStack() as stack:
        for _ in range(LIMITS.sockets):
            shake_hands(stack.enter_context(quiet.connect("127.0.0.2")))
        assert b" 200 OK" in quiet.ask("/echo/", source="127.0.0.2")
        for _ in range(LIMITS.per_address):
            shake_hands(stack.enter_context(quiet.connect("127.0.0.2")))
        assert quiet.ask("/echo/", source="127.0.0.2").startswith(FULL)
    until(lambda: b" 200 OK" in quiet.ask("/echo/", source="127.0.0.2"))


@contextlib.contextmanager
def narrow(guarded, sent):
    """A client that has asked, and whose own system takes little that it has not read."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)
        client.settimeout(20)
        client.connect(("127.0.0.1", guarded.port))
        client.sendall(sent)
        yield client


def rests(guarded):
    """How many answers were made when no more are."""
    last, same = guarded.made(), 0
    while same < 10:
        now = guarded.made()
        last, same = now, same + 1 if now == last else 0
    return last


AT_ONCE = b"".join(request(f"/large/{number}/") for number in range(250))


def test_questions_sent_at_once_are_answered_no_faster_than_they_are_taken(quiet):
    before = quiet.made()
    last = request("/echo/", headers=b"Connection: close\r\n")
    with narrow(quiet, AT_ONCE + last) as client:
        until(lambda: quiet.made() > before)
        made = rests(quiet) - before
        answer = rest(client)
    assert made < 125
    assert quiet.made() - before == 250
    bodies = re.findall(rb"\r\n\r\nea60\r\n(.)\1{59999}\r\n0\r\n\r\n", answer, re.DOTALL)
    assert [body[0] for body in bodies] == list(range(250))
    assert answer.endswith(b"\r\n\r\n4\r\ngot \r\n0\r\n\r\n")


def test_who_asks_and_takes_nothing_is_ended(quiet):
    with narrow(quiet, AT_ONCE) as client:
        poll = select.poll()
        poll.register(client, 0)
        began = time.monotonic()
        until(lambda: poll.poll(100))
        assert time.monotonic() - began > 0.9 * STALL_SECONDS
        with pytest.raises(ConnectionResetError):
            while client.recv(65536):
                pass


def test_a_reader_who_is_late_gets_the_rest_and_the_connection_stays(quiet):
    for count in itertools.count(2):
        before = quiet.made()
        with narrow(quiet, request(f"/streamed/{count}/")) as client:
            if rests(quiet) == before:
                break
    count -= 1
    with narrow(quiet, request(f"/streamed/{count}/")) as client:
        until(lambda: quiet.made() > before)
        began = time.monotonic()
        until(lambda: time.monotonic() - began > (LIMITS.idle_seconds + STALL_SECONDS) / 2)
        assert answer_of(client)[1].count(b"p") == count * LARGE
        client.sendall(request("/echo/"))
        assert answer_of(client)[1] == b"4\r\ngot \r\n0\r\n\r\n"
