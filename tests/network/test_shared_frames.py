"""A text that many get becomes a frame once."""

import pytest
from autobahn.exception import Disconnected
from autobahn.websocket.protocol import WebSocketProtocol

from network.project.shared_frames import MOST, SharedFrames


class Line(WebSocketProtocol):
    """What is sent, by an open or a closed protocol."""

    def __init__(self, state=WebSocketProtocol.STATE_OPEN):
        self.state, self.sent = state, []
        self._perMessageCompress = None

    def sendData(self, data, sync=False, chopsize=None):  # noqa: N802 - the name is autobahn's
        self.sent.append(data)


def framed(text):
    body = text.encode()
    head = bytes([0x81, len(body)]) if len(body) < 126 else b"\x81\x7e" + len(body).to_bytes(2)
    return head + body


def test_the_same_text_is_the_same_bytes_for_all_who_get_it():
    shared, first, second = SharedFrames(), Line(), Line()
    for text in ("short", "زيارة " * 40):
        shared.send(first, text)
        shared.send(second, text)
        assert first.sent[-1] == framed(text)
        assert second.sent[-1] is first.sent[-1]


def test_it_keeps_few_and_makes_anew_what_it_has_not():
    shared, line = SharedFrames(), Line()
    texts = [f"text {number}" for number in range(MOST * 2)]
    for text in (*texts, texts[0]):
        shared.send(line, text)
    assert line.sent == [framed(text) for text in (*texts, texts[0])]
    assert len(shared._made) == MOST


def test_a_closed_one_is_told_apart():
    line = Line(WebSocketProtocol.STATE_CLOSING)
    with pytest.raises(Disconnected):
        SharedFrames().send(line, "late")
    assert not line.sent
