"""Talking over the socket: welcomed, subscribed, sent, delivered, resumed."""

import uuid

import pytest

from tests.api.bearing import token_for
from tests.api.socket.client import play
from tests.messaging.talking import channel, fresh, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    return conversation, token_for(cast, "omar"), token_for(cast, "chiara")


def test_what_one_sends_the_other_gets(cast, talk):
    conversation, omar, chiara = talk
    head = fresh(conversation).last_seq

    async def scene(site):
        one, other = await site.shaken(omar), await site.shaken(chiara)
        assert one.welcome["heads"][str(conversation.pk)]["seq"] == head
        for client in (one, other):
            client.say(type="sub", conversation=conversation.pk, since=head)
        await one.settled(), await other.settled()
        key = uuid.uuid4()
        one.say(type="send", conversation=conversation.pk, client_id=key, body="Hello")
        ack = await one.until("ack")
        assert (ack["seq"], ack["dup"], ack["state"]) == (head + 1, False, "committed")
        site.hint(conversation, head + 1)
        event = await other.until("event")
        assert (event["seq"], event["body"]) == (head + 1, "Hello")
        one.say(type="send", conversation=conversation.pk, client_id=key, body="Hello")
        assert (await one.until("ack"))["dup"] is True

    play(scene)


def test_who_comes_back_gets_what_was_missed(cast, talk):
    conversation, _omar, chiara = talk
    head = fresh(conversation).last_seq
    for number in range(3):
        say(cast.actor("omar"), conversation, f"Word {number}")

    async def scene(site):
        client = await site.shaken(chiara, resume={"conversations": {str(conversation.pk): head}})
        found = [await client.until("event") for _ in range(3)]
        assert [one["seq"] for one in found] == [head + 1, head + 2, head + 3]

    play(scene)
