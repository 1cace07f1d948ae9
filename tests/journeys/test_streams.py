"""Answers in parts over a plain socket: bounded memory, and an end that is never a false one."""

import http.client
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys._serve_streams import MANY, PART, part
from tests.journeys.site import ROOT, free_port

LIMIT = 2
MEBIBYTE = 1024 * 1024
# What a client learns that was cut off: no last part, or a reset connection.
CUT = (http.client.IncompleteRead, ConnectionResetError)


@dataclass
class Streams:
    """The process that streams, and what it has printed."""

    port: int
    process: subprocess.Popen
    output: Path

    def memory(self, field):
        """VmRSS or VmHWM in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", status)[1]) * 1024

    def seen(self, name):
        """What became of the streams of this name."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", f"/seen/{name}/")
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def offered(self, name):
        """How many parts the application had offered when it was made to wait."""
        last, same = -1, 0
        until(lambda: self.seen(name)["offered"] > 0)
        while same < 20:
            now = self.seen(name)["offered"]
            last, same = now, same + 1 if now == last else 0
        return last


class Narrow(http.client.HTTPConnection):
    """A client whose own system takes little that it has not read."""

    def connect(self):
        self.sock = socket.socket()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)
        self.sock.settimeout(20)
        self.sock.connect((self.host, self.port))


def until(holds, seconds=60):
    """Wait for it; fail where it does not come."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def serving(folder, limit=LIMIT):
    """A process that streams, ended with the block."""
    port, output = free_port(), folder / "streams.log"
    (folder / "static").mkdir()
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys._serve_streams", str(port), str(limit)],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(folder)},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    streams = Streams(port, process, output)
    try:
        until(lambda: is_up(streams), 60)
        yield streams
    finally:
        process.kill()
        process.wait(20)


def is_up(streams):
    assert streams.process.poll() is None, streams.output.read_text()
    try:
        return streams.seen("nothing")["offered"] == 0
    except OSError:
        return False


@pytest.fixture(scope="module")
def streams(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("streams")) as served:
        yield served


def opened(streams, path, *, method="GET", kind=Narrow):
    """A connection, and the beginning of its answer."""
    connection = kind("127.0.0.1", streams.port, timeout=20)
    connection.request(method, path)
    return connection, connection.getresponse()


@contextmanager
def narrow(streams, path):
    """A plain socket on which an old client has asked and reads nothing."""
    connection = Narrow("127.0.0.1", streams.port)
    connection.connect()
    with connection.sock as client:
        client.sendall(b"GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" % path.encode())
        yield client


def exchange(streams, request):
    """All that comes back for bytes over a plain socket, until the connection ends."""
    with socket.create_connection(("127.0.0.1", streams.port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


def parts_in(answer):
    """The numbers of the parts that arrive, each looked at whole."""
    numbers = []
    while body := answer.read(PART):
        numbers.append(int.from_bytes(body[:8], "big"))
        assert body == part(numbers[-1])
    return numbers


def test_an_answer_that_fails_half_way_is_never_whole(streams):
    _, answer = opened(streams, "/failing/fails/3/")
    assert answer.status == 200
    with pytest.raises(CUT):
        answer.read()
    assert streams.seen("fails") == {"offered": 3, "ended": 1, "waiting ended": 0}
    assert "192.0.2.7" not in streams.output.read_text()


def test_failures_half_way_do_not_stop_the_watch_over_the_others(streams):
    for name in ("first", "second", "third"):
        _, answer = opened(streams, f"/failing/{name}/1/")
        with pytest.raises(CUT):
            answer.read()


def test_an_old_client_is_reset_where_the_answer_fails(streams):
    request = b"GET /failing/old/3/ HTTP/1.0\r\nHost: localhost\r\n\r\n"
    with pytest.raises(ConnectionResetError):
        exchange(streams, request)


def test_an_answer_that_fails_before_its_first_part_is_an_error(streams):
    _, answer = opened(streams, "/failing/early/0/")
    assert answer.status == 500
    assert answer.getheader("Content-Security-Policy") is None
    answer.read()


def test_an_answer_that_never_begins_is_an_error(streams):
    _, answer = opened(streams, "/hanging/late/0/")
    assert answer.status == 503
    answer.read()
    until(lambda: streams.seen("late")["waiting ended"] == 1)


def test_a_client_that_takes_nothing_is_cut_off_and_sees_it(streams):
    _, answer = opened(streams, f"/parts/stalled/{MANY}/")
    until(lambda: streams.seen("stalled")["ended"] == 1)
    assert streams.seen("stalled")["offered"] < 10
    with pytest.raises(CUT):
        answer.read()


def test_a_client_that_leaves_the_last_bytes_is_cut_off_too(streams):
    with narrow(streams, "/slices/probe/1000/"):
        fitting = streams.offered("probe") - 8
    with narrow(streams, f"/slices/last/{fitting}/") as client:
        until(lambda: streams.seen("last")["ended"] == 1, LIMIT)
        ended = select.poll()
        ended.register(client, 0)
        until(lambda: ended.poll(0))
        with pytest.raises(ConnectionResetError):
            while client.recv(65536):
                pass


def test_an_application_that_offers_nothing_more_is_cut_off(streams):
    _, answer = opened(streams, "/hanging/hangs/3/")
    with pytest.raises(CUT):
        answer.read()
    until(lambda: streams.seen("hangs")["waiting ended"] == 1)


def test_a_client_that_goes_away_ends_the_stream(streams):
    before = streams.output.read_text()
    connection, answer = opened(streams, f"/parts/gone/{MANY}/")
    assert answer.read(PART) == part(0)
    answer.close()
    connection.close()
    until(lambda: streams.seen("gone")["ended"] == 1, LIMIT)
    assert streams.seen("gone")["offered"] < 10
    assert streams.output.read_text() == before


def test_an_application_that_does_not_listen_is_not_left_waiting(streams):
    connection, answer = opened(streams, "/deaf/")
    assert answer.read(PART) == part(0)
    streams.offered("deaf")
    answer.close()
    connection.close()
    until(lambda: streams.seen("deaf")["ended"] == 1, 4 * LIMIT)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_ends_leaves_no_answer_that_looks_whole(tmp_path, sent):
    with serving(tmp_path) as streams:
        with socket.create_connection(("127.0.0.1", streams.port), timeout=20) as connection:
            connection.sendall(b"GET /hanging/old/1/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
            received = b""
            while part(0) not in received:
                received += connection.recv(65536)
            streams.process.send_signal(sent)
            with pytest.raises(ConnectionResetError):
                while connection.recv(65536):
                    pass
        streams.process.wait(20)
        assert "Traceback" not in streams.output.read_text()
        if sent == signal.SIGTERM:
            assert "old has tidied up" in streams.output.read_text()


def test_a_slow_client_costs_little_memory_and_gets_everything(tmp_path):
    with serving(tmp_path, limit=60) as streams:
        _, answer = opened(streams, "/parts/before/100/")
        assert parts_in(answer) == list(range(100))
        before = streams.memory("VmRSS")
        _, answer = opened(streams, f"/parts/slow/{MANY}/")
        assert streams.offered("slow") < 10
        assert streams.memory("VmHWM") - before < 16 * MEBIBYTE
        assert parts_in(answer) == list(range(MANY))
        assert streams.memory("VmHWM") - before < 16 * MEBIBYTE
        until(lambda: streams.seen("slow")["ended"] == 1)


def test_a_client_that_keeps_taking_may_take_longer_than_the_limit(streams):
    _, answer = opened(streams, "/parts/steady/1000/")
    numbers, started = [], time.monotonic()
    while time.monotonic() - started < 3 * LIMIT:
        streams.offered("steady")
        for _ in range(4):
            numbers.append(int.from_bytes(answer.read(PART)[:8], "big"))
            assert len(numbers) < 1000, "it was read too fast to prove anything"
    assert numbers + parts_in(answer) == list(range(1000))


def test_an_application_that_keeps_offering_may_take_longer_than_the_limit(streams):
    _, answer = opened(streams, "/dripping/drips/20/")
    assert answer.read() == b"".join(b"%d\n" % number for number in range(20))


def test_the_last_bytes_wait_for_a_client_that_is_late(streams):
    with narrow(streams, "/slices/whole/16/") as client:
        until(lambda: streams.seen("whole")["ended"] == 1)
        received = b""
        while chunk := client.recv(65536):
            received += chunk
    assert received.endswith(b"".join(part(number)[: PART // 16] for number in range(16)))


def test_the_connection_serves_on_after_a_stream(streams):
    connection, answer = opened(streams, "/parts/first/20/")
    assert parts_in(answer) == list(range(20))
    kept = connection.sock
    for path, body in (("/short/", b"short"), ("/large/5/", b"".join(map(part, range(5))))):
        connection.request("GET", path)
        assert connection.getresponse().read() == body
    connection.request("GET", "/parts/again/20/")
    assert parts_in(connection.getresponse()) == list(range(20))
    assert connection.sock is kept


def test_questions_sent_at_once_are_answered_in_order(streams):
    head = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
    paths = (b"/short/", b"/parts/piped/40/", b"/short/", b"/parts/piped/40/")
    last = b"GET /short/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = exchange(streams, b"".join(head % path for path in paths) + last)
    assert answer.count(b"HTTP/1.1 200 OK") == 5
    assert answer.count(b"\r\n\r\n5\r\nshort\r\n0\r\n\r\n") == 3
    assert answer.count(b"\r\n0\r\n\r\nHTTP/1.1 200 OK") == 4
    assert all(answer.count(part(number)) == 2 for number in range(1, 40))
    assert answer.endswith(b"short\r\n0\r\n\r\n")


@pytest.mark.parametrize("path", ["/parts/head/40/", "/large/40/"])
def test_only_the_head_is_sent_where_only_the_head_is_asked_for(streams, path):
    connection, answer = opened(streams, path, method="HEAD")
    assert answer.status == 200
    assert answer.read() == b""
    connection.request("GET", "/short/")
    assert connection.getresponse().read() == b"short"
    assert streams.seen("head")["offered"] < 10
