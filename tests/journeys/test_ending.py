"""A served site that is told to end: each socket is told to come back, and nothing is left."""

from __future__ import annotations

import contextlib
import http.client
import signal

import pytest
from websockets.exceptions import ConnectionClosed

from tests.journeys.prepared import served_copy
from tests.journeys.sockets import SECONDS, new_token, next_frame, opened

MANY = 5


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served_copy(tmp_path_factory, "ending") as found:
        yield found


def test_sockets_are_told_to_come_back_and_the_process_ends_well(site):
    token = new_token(site)
    with contextlib.ExitStack() as stack:
        clients = []
        for _ in range(MANY):
            client, welcome = stack.enter_context(opened(site.port, token))
            assert welcome["type"] == "welcome"
            clients.append(client)
        # Somebody who only waits does not hold it up.
        waiting = http.client.HTTPConnection("127.0.0.1", site.port, timeout=SECONDS)
        stack.callback(waiting.close)
        waiting.connect()
        site.process.send_signal(signal.SIGTERM)
        waits = set()
        for client in clients:
            bye = next_frame(client)
            assert (bye["type"], bye["code"]) == ("bye", "restart")
            assert 0 <= bye["retry_ms"] <= 5000
            waits.add(bye["retry_ms"])
            with pytest.raises(ConnectionClosed) as closed:
                client.recv(SECONDS)
            assert closed.value.rcvd.code == 1012
        # Not all at one moment.
        assert len(waits) > 1
        assert site.process.wait(SECONDS) == 0
    printed = site.output.read_text()
    assert "Traceback" not in printed
    assert "WARNING" not in printed
    with pytest.raises(ConnectionRefusedError):
        site.get("/healthz")
