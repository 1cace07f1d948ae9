"""A message that several get is the same frame for each, also for who reads late.

A frame for which there is room in parts only is asked about in `tests.network.test_sending`.
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import uuid
from contextlib import ExitStack
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.journeys.prepared import loaded_copy
from tests.journeys.site import ROOT, running
from tests.journeys.sockets import SECONDS, next_frame

# Less than the credit.
MANY, LONG = 30, 2_600


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    with loaded_copy(tmp_path_factory, "shared_frames") as variables:
        made = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks._live_people", "3", "1"],
            cwd=ROOT,
            env=variables,
            capture_output=True,
            check=True,
            text=True,
            timeout=120,
        )
        given = {key: variables[key] for key in variables if key.startswith("DATABASE_")}
        given["MESSAGE_BURST"] = str(MANY * 2)
        with running(Path(variables["DATA_DIR"]), **given) as site:
            yield site, json.loads(made.stdout)


def opened(stack, site, made, number, *, buffer=0):
    """A socket of one who hears, welcomed; with as much room for what is not read yet."""
    group = made["groups"][0]
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(SECONDS)
    line.connect(("127.0.0.1", site.port))
    client = stack.enter_context(
        connect(
            f"ws://localhost:{site.port}/ws/v1/",
            sock=line,
            additional_headers={"Authorization": f"Bearer {group['hearers'][number]['token']}"},
            subprotocols=["nv1"],
            compression=None,
            ping_interval=None,
            close_timeout=1,
            max_queue=2 if buffer else None,
            proxy=None,
        )
    )
    hello = {"type": "hello", "v": 1, "device_id": str(uuid.uuid4()), "credit": 64}
    client.send(json.dumps({**hello, "resume": {"feed": 0, "conversations": group["heads"]}}))
    assert next_frame(client)["type"] == "welcome"
    client.send(json.dumps({"type": "ping", "n": 1}))
    assert next_frame(client)["type"] == "pong"
    return client


def say(site, made, body):
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=SECONDS)
    path = f"/api/v1/conversations/{made['groups'][0]['conversations'][0]}/events/"
    sent = {"client_id": str(uuid.uuid4()), "kind": "message", "body": body, "language": "ar"}
    headers = {
        "Host": f"localhost:{site.port}",
        "Authorization": f"Bearer {made['speaker']}",
        "Content-Type": "application/json",
    }
    line.request("POST", path, json.dumps(sent), headers)
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    assert answer.status == 201, told
    return told["seq"]


def test_all_get_the_same_frames_in_order_also_who_reads_late(talk):
    site, made = talk
    words = [f"{number} " + "زيارة " * (LONG // 11) for number in range(MANY)]
    with ExitStack() as stack:
        quick = [opened(stack, site, made, number) for number in (0, 1)]
        slow = opened(stack, site, made, 2, buffer=2048)
        seqs = [say(site, made, one) for one in words]
        heard = [[client.recv(SECONDS) for _one in words] for client in (*quick, slow)]
        # What goes to one alone is still told in its place.
        slow.send(json.dumps({"type": "ping", "n": 7}))
        assert next_frame(slow)["n"] == 7
    assert heard[0] == heard[1] == heard[2]
    frames = [json.loads(one) for one in heard[0]]
    assert [one["seq"] for one in frames] == seqs
    assert [one["body"] for one in frames] == [one.strip() for one in words]
