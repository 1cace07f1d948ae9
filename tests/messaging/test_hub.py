"""The hub: what is heard, what is not, and what it tells those who are not subscribed."""

import asyncio
import uuid

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer

from messaging import hints
from messaging.actions.reading import mark_read
from messaging.hints import HUB
from messaging.sockets import Came
from messaging.threads import ended
from network.tenancy import acting
from tests.api.bearing import token_for
from tests.api.socket.client import DEADLINE, Site, play
from tests.messaging.talking import channel, fresh, group, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    return conversation, token_for(cast, "chiara")


async def said(cast, conversation, body):
    return await sync_to_async(say)(cast.actor("omar"), conversation, body)


async def subscribed(site, token, conversation):
    client = await site.shaken(token)
    head = (await sync_to_async(fresh)(conversation)).last_seq
    client.say(type="sub", conversation=conversation.pk, since=head)
    assert await client.settled() == []
    return client


def test_a_lost_hint_is_found_by_looking(cast, talk, settings):
    settings.SOCKET_HEAD_SECONDS = 1
    conversation, token = talk

    async def scene(site):
        client = await subscribed(site, token, conversation)
        found = await said(cast, conversation, "Nobody was told")
        assert (await client.until("event"))["seq"] == found.seq

    play(scene, is_layered=True)


def test_a_hub_without_a_layer_delivers_by_looking(cast, talk, settings, monkeypatch):
    settings.SOCKET_HEAD_SECONDS = 1
    monkeypatch.setattr("messaging.wire.get_channel_layer", lambda: None)
    conversation, token = talk

    async def scene(site):
        client = await subscribed(site, token, conversation)
        for number in range(3):
            found = await said(cast, conversation, f"Word {number}")
            assert (await client.until("event"))["seq"] == found.seq

    play(scene, is_layered=True)


def test_what_one_process_says_the_others_hear(cast, talk):
    conversation, token = talk

    async def scene(site):
        other = Site()
        client = await subscribed(site, token, conversation)
        there = await subscribed(other, token, conversation)
        found = await said(cast, conversation, "To all")
        message = {"type": "hub.event", "conversation": str(conversation.pk), "seq": found.seq}
        async with asyncio.timeout(DEADLINE):
            while not (site.hub._wire.is_well and other.hub._wire.is_well):
                await asyncio.sleep(0.01)
        # The second hub that opened is the one to which hints of this process go.
        assert await sync_to_async(hints._carrier)(message)
        for one in (client, there):
            assert (await one.until("event"))["seq"] == found.seq
        await other.close()

    play(scene, is_layered=True)


def test_a_device_that_comes_back_to_another_process_takes_the_place_of_its_older_socket(cast):
    token, device = token_for(cast, "omar"), str(uuid.uuid4())
    foreign = token_for(cast, "chiara")

    async def scene(site):
        other = Site()
        old = await site.shaken(token, device_id=device)
        beside = await site.shaken(token)
        stranger = await site.shaken(foreign, device_id=device)
        async with asyncio.timeout(DEADLINE):
            while not site.hub._wire.is_well:
                await asyncio.sleep(0.01)
        new = await other.shaken(token, device_id=device)
        assert (await old.until("bye"))["code"] == "replaced"
        # Nobody else's, and no other tab's; nor does an older one that is heard of late.
        site.hub.hear(Came(cast.omar.pk, new.device, 1.0).message())
        other.hub.hear(Came(cast.omar.pk, new.device, 1.0).message())
        for one in (beside, stranger, new):
            one.say(type="ping", n=1)
            assert (await one.until("pong"))["n"] == 1
        await other.close()

    play(scene, is_layered=True)


def test_what_is_no_hint_is_passed_over(cast, talk):
    conversation, token = talk

    async def scene(site):
        client = await subscribed(site, token, conversation)
        for odd in (
            {},
            {"type": "hub.event"},
            {"type": "hub.event", "conversation": "x", "seq": 1},
            {"type": "hub.event", "conversation": str(uuid.uuid4()), "seq": "x"},
            {"type": "hub.recheck", "person": "x"},
            {"type": "hub.device", "person": "x", "device": "x", "at": 1},
            {"type": "hub.device", "person": str(uuid.uuid4()), "device": "x", "at": "x"},
            {"type": "other"},
        ):
            site.hub.hear(odd)
            await get_channel_layer().group_send(HUB, odd)
        found = await said(cast, conversation, "Still here")
        site.hint(conversation, found.seq)
        assert (await client.until("event"))["seq"] == found.seq

    play(scene, is_layered=True)


def test_who_is_not_subscribed_is_told_that_something_is_there(cast, talk):
    conversation, token = talk
    hidden = group(cast.actor("omar"), topic="Secret")

    async def scene(site):
        client = await site.shaken(token)
        secret = await said(cast, hidden, "zqhidden")
        site.hint(hidden, secret.seq)
        found = await said(cast, conversation, "zqwords")
        site.hint(conversation, found.seq)
        assert await client.until("feed") == {
            "type": "feed",
            "kind": "head",
            "conversation": str(conversation.pk),
            "seq": found.seq,
        }
        site.hint(conversation, found.seq)
        assert await client.settled() == []

    play(scene, is_layered=True)


def test_what_is_read_on_one_device_is_told_to_the_others_of_the_person(cast, talk):
    conversation, token = talk
    omar = token_for(cast, "omar")

    def read():
        chiara = cast.actor("chiara")
        with acting(chiara):
            return mark_read(chiara, conversation_id=conversation.pk, seq=1)

    async def scene(site):
        phone, other = await site.shaken(token), await site.shaken(omar)
        await sync_to_async(read)()
        who = {"person": str(cast.chiara.pk), "organization": str(cast.b.pk)}
        site.hint(conversation, 1, kind="hub.read", **who)
        told = await phone.until("feed", kind="read")
        assert (told["conversation"], told["seq"]) == (str(conversation.pk), 1)
        assert await other.settled() == []

    play(scene, is_layered=True)


def test_a_deleted_message_is_told_without_its_words(cast, talk):
    from messaging.actions.sending import delete_message

    conversation, token = talk
    omar = cast.actor("omar")

    def deleted(target):
        with acting(omar):
            return delete_message(
                omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=target
            )

    async def scene(site):
        client = await subscribed(site, token, conversation)
        gone = await said(cast, conversation, "zqgone")
        last = await sync_to_async(deleted)(gone.id)
        site.hint(conversation, last.seq)
        events = [await client.until("event") for _ in range(2)]
        assert [one["kind"] for one in events] == ["message", "deletion"]
        assert events[0]["body"] == ""

    play(scene, is_layered=True)


def test_a_task_that_lost_its_end_is_ended():
    lost = []

    async def deaf():
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                if lost:
                    raise
                lost.append("once")

    async def scene():
        task = asyncio.ensure_future(deaf())
        await asyncio.sleep(0)
        await asyncio.wait_for(ended([task]), DEADLINE)
        assert task.cancelled()

    async_to_sync(scene)()
    assert lost == ["once"]
