"""What a connection sends: of a socket at once, and every byte once and in order."""

import os
import socket
from types import SimpleNamespace

import pytest
from twisted.internet.testing import MemoryReactor

from network.project.deadlines import Connection
from network.project.places import Limits, Places

SMALL = 4096


class Both:
    """Two ends of a line with little room, the first of them one of ours."""

    def __init__(self, *, is_socket):
        listening = socket.create_server(("127.0.0.1", 0))
        self.reader = socket.socket()
        self.reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        self.reader.connect(listening.getsockname())
        ours, address = listening.accept()
        listening.close()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
        ours.setblocking(False)
        self.reader.settimeout(20)
        places = Places(Limits())
        place = places.place_for("127.0.0.1")
        port = SimpleNamespace(factory=SimpleNamespace(places=places), _realPortNumber=0)
        self.reactor = MemoryReactor()
        protocol = SimpleNamespace(place=place)
        self.connection = Connection(ours, protocol, address, port, 1, self.reactor)
        if is_socket:
            self.connection.turn_to_socket()

    @property
    def waits(self):
        """Whether the reactor is to say when there is room."""
        return self.connection in self.reactor.writers

    def read(self, number):
        """So many bytes; whatever waits is sent as there is room."""
        found = b""
        while len(found) < number:
            found += self.reader.recv(65536)
            if self.waits:
                assert not isinstance(self.connection.doWrite(), Exception)
        return found

    def end(self):
        self.connection.socket.close()
        self.reader.close()


@pytest.fixture
def both(request):
    made = Both(is_socket=getattr(request, "param", True))
    yield made
    made.end()


def test_a_socket_sends_at_once(both):
    both.connection.write(b"hello")
    assert not both.waits
    assert both.read(5) == b"hello"


@pytest.mark.parametrize("both", [False], indirect=True)
def test_an_answer_waits_for_its_turn(both):
    both.connection.write(b"hello")
    assert both.waits
    both.connection.doWrite()
    assert both.read(5) == b"hello"


def test_who_reads_late_gets_every_byte_once_and_in_order(both):
    # The first has no room as a whole: a part of it is sent at once.
    frames = [os.urandom(size) for size in (50_000, *range(1, 9_000, 97))]
    for one in frames:
        both.connection.write(one)
    assert both.waits
    sent = b"".join(frames)
    assert both.read(len(sent)) == sent
    both.connection.write(b"again at once")
    assert not both.waits
    assert both.read(13) == b"again at once"


def test_a_line_that_broke_is_found_by_its_reactor_and_raises_nothing(both):
    both.reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    both.reader.close()
    for _turn in range(50):
        both.connection.write(b"x" * 4096)
    assert isinstance(both.connection.doWrite(), Exception)


def test_small_writes_do_not_wait_for_the_reader_to_acknowledge(both):
    assert both.connection.getTcpNoDelay()
