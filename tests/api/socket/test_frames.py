"""What a client may send: one schema, found from the frames themselves; nothing gets past it."""

import json
import logging
import uuid
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from api.socket.codes import ABOUT_BYE, ABOUT_CODE, CLOSE_CODES, Code
from api.socket.frames import (
    CLIENT_FRAMES,
    FRAME_BYTES,
    MAX_CREDIT,
    Frame,
    FrameError,
    decode,
    name_of,
)
from messaging.sockets import Bye
from tests.api.bearing import token_for
from tests.api.socket.client import Closed, Site, greet, play
from tests.api.socket.odd_frames import odd_frames
from tests.depth import cases
from tests.messaging.talking import channel, group, say

KEY = "00000000-0000-4000-8000-000000000000"
PING = '{"type":"ping","n":%s}'
REFUSED = [
    "",
    "{",
    "[]",
    "null",
    "7",
    '"ping"',
    "{}",
    '{"n":1}',
    '{"type":"pong","n":1}',
    '{"type":["ping"],"n":1}',
    '{"type":"ping"}',
    '{"type":"ping","n":1,"m":2}',
    PING % "-1",
    PING % "1.5",
    PING % "true",
    PING % '"1"',
    PING % "null",
    PING % "NaN",
    PING % ("9" * 5000),
    PING % (2**53),
    '{"type":"ping","n":1} x',
    '{"type":"hello","v":1,"device_id":""}',
    f'{{"type":"hello","v":1,"device_id":"{KEY}","credit":0}}',
    f'{{"type":"hello","v":1,"device_id":"{KEY}","credit":{MAX_CREDIT + 1}}}',
    f'{{"type":"hello","v":1,"device_id":"{KEY}","resume":{{"conversations":{{"x":1}}}}}}',
    f'{{"type":"send","conversation":"{KEY}","client_id":"{KEY}","body":"\\ud800"}}',
    f'{{"type":"send","conversation":"{KEY}","client_id":"{KEY}","body":"a\\u0000b"}}',
    f'{{"type":"send","conversation":"{KEY}","client_id":"{KEY}","kind":"opened"}}',
    '{"type":"ack","frames":0}',
    '{"type":"ping","n":' + "[" * 30_000,
    '{"x":' + "[" * 30_000 + "]" * 30_000 + ',"type":"ping","n":1}',
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_what_is_no_frame_is_refused(text):
    found = decode(text)
    assert isinstance(found, FrameError)
    assert found.code is Code.BAD_FRAME
    assert len(found.detail) <= 200


def test_what_is_too_long_or_no_text_is_refused():
    assert decode(PING % 1 + " " * FRAME_BYTES).code is Code.TOO_LARGE
    assert decode(b'{"type":"ping","n":1}').code is Code.BAD_FRAME
    assert decode(None).code is Code.BAD_FRAME
    assert decode(PING % '"\ud800"').code is Code.BAD_FRAME
    many = {str(uuid.UUID(int=number)): 1 for number in range(201)}
    hello = {"type": "hello", "v": 1, "device_id": KEY, "resume": {"conversations": many}}
    assert decode(json.dumps(hello)).code is Code.BAD_FRAME


def test_what_is_one_is_taken():
    assert decode(PING % 1).n == 1
    long = {"type": "send", "conversation": KEY, "client_id": KEY, "body": "ش" * 16_000}
    assert decode(json.dumps(long, ensure_ascii=False)).body == "ش" * 16_000


def test_every_frame_and_code_is_named_once():
    assert set(CLIENT_FRAMES) == set(Frame.__args__)
    names = [name_of(one) for one in CLIENT_FRAMES]
    assert len(names) == len(set(names))
    assert set(ABOUT_CODE) == set(Code)
    assert set(ABOUT_BYE) == set(CLOSE_CODES) == set(Bye)
    assert len(set(CLOSE_CODES.values())) == len(Bye)


@hypothesis(max_examples=cases(300, 5000), deadline=None, database=None)
@given(st.text() | odd_frames([KEY]))
def test_nothing_makes_the_decoder_fail(text):
    decode(text)


@pytest.mark.django_db
def test_odd_frames_close_nothing_in_error_and_show_nothing_foreign(cast, caplog, settings):
    settings.SOCKETS_A_PERSON = 1000
    settings.MESSAGE_BURST = 100_000
    conversation, hidden = channel(cast), group(cast.actor("omar"), topic="zqtopic")
    say(cast.actor("omar"), hidden, "zqhidden")
    token = token_for(cast, "chiara")
    found = []

    @settings_of_fuzz()
    @given(st.lists(odd_frames([str(conversation.pk), str(hidden.pk), KEY]), max_size=12))
    def collect(texts):
        found.append(texts)

    collect()

    async def scene(site):
        assert isinstance(site, Site)
        for texts in found:
            client = site.client(headers=[("Authorization", f"Bearer {token}")])
            assert await client.opened()
            await greet(client)
            for text in texts:
                client.say_text(text)
            told = await all_of(client)
            assert client.code in (None, *CLOSE_CODES.values())
            assert "zq" not in json.dumps(told)
            await client.end()

    with caplog.at_level(logging.WARNING):
        play(scene)
    assert not [one for one in caplog.records if one.exc_info], caplog.text


async def all_of(client):
    """Every frame up to the answer to a ping, or up to the end."""
    found = []
    client.say(type="ping", n=99)
    with suppress(Closed):
        while not found or (found[-1]["type"], found[-1].get("n")) != ("pong", 99):
            found.append(await client.next())
    return found


def settings_of_fuzz():
    return hypothesis(
        max_examples=cases(15, 300),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
