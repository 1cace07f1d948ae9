"""Where a client stands: resumed, reset, with a gap, without credit; nothing lost, none twice."""

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.socket import position
from messaging.actions.leaving import leave_conversation
from messaging.models import Conversation
from network.tenancy import acting
from tests.api.bearing import token_for
from tests.api.socket.client import NOBODYS, Closed, play
from tests.messaging.talking import (
    PURGE,
    channel,
    fresh,
    group,
    read,
    say,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    return conversation, token_for(cast, "chiara")


def numbers(found, kind="event"):
    return [one["seq"] for one in found if one["type"] == kind]


# Refused


@pytest.mark.parametrize("kind", ["sub", "send", "read"])
def test_foreign_and_missing_are_the_same(cast, kind):
    hidden, token = group(cast.actor("omar"), topic="Secret"), token_for(cast, "chiara")
    say(cast.actor("omar"), hidden, "zqhidden")
    more = {
        "sub": {"since": 0},
        "send": {"client_id": str(uuid.UUID(int=5)), "body": "x"},
        "read": {"seq": 1},
    }[kind]

    async def scene(site):
        client = await site.shaken(token)
        told = []
        for key in (str(hidden.pk), str(uuid.uuid4())):
            client.say(type=kind, conversation=key, **more)
            frame = await client.next()
            assert frame.pop("conversation") == key
            told.append(frame)
        assert told[0] == told[1]
        assert told[0]["code"] == "not_found"

    play(scene)


def test_resuming_what_is_not_ones_own_says_no_more(cast):
    hidden, token = group(cast.actor("omar"), topic="Secret"), token_for(cast, "chiara")
    keys = [str(hidden.pk), str(uuid.uuid4())]

    async def scene(site):
        client = await site.shaken(token, resume={"conversations": dict.fromkeys(keys, 0)})
        assert client.welcome["heads"] == {}
        told = await client.settled()
        assert [one["code"] for one in told] == ["not_found", "not_found"]
        site.hint(hidden)
        assert await client.settled() == []

    play(scene)


def test_who_has_left_is_told_so_and_who_was_asked_too(cast, talk):
    conversation, token = talk
    chiara = cast.actor("chiara")
    other = group(cast.actor("omar"), handles=[handle_in(cast, conversation)])
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)

    async def scene(site):
        client = await site.shaken(token)
        client.say(type="sub", conversation=conversation.pk, since=0)
        assert (await client.next())["code"] == "gone"
        client.say(type="sub", conversation=other.pk, since=0)
        frame = await client.next()
        assert (frame["code"], frame["detail"]) == ("closed", "unanswered")

    play(scene)


def handle_in(cast, conversation):
    from tests.messaging.talking import row_of

    say(cast.actor("chiara"), conversation, "Here")
    return conversation.pk, row_of(cast.actor("chiara"), conversation).handle_id


# Resumed


def test_fifty_conversations_with_nothing_missed_are_one_question(cast):
    omar = cast.actor("omar")
    heads = {}
    for _ in range(50):
        talk = group(omar)
        heads[str(talk.pk)] = fresh(talk).last_seq
    token = token_for(cast, "omar")

    async def scene(site):
        client = await site.shaken(token, resume={"conversations": heads})
        assert await client.settled() == []
        asked = CaptureQueriesContext(connection)
        await sync_to_async(asked.__enter__)()
        again = await site.shaken(token, resume={"conversations": heads})
        assert await again.settled() == []
        await sync_to_async(asked.__exit__)(None, None, None)
        found = await sync_to_async(lambda: [one["sql"] for one in asked.captured_queries])()
        # The last frame of all is answered by another.
        parts = [sql for sql in found if "messaging_participant" in sql]
        assert (
            len([sql for sql in parts if uuid.UUID(NOBODYS).hex not in sql.replace("-", "")]) == 1
        )
        assert not [sql for sql in found if "messaging_event" in sql]

    play(scene)


def test_who_is_far_behind_pages_over_http(cast, talk, monkeypatch):
    conversation, token = talk
    monkeypatch.setattr(position, "GAP", 3)
    monkeypatch.setattr("api.socket.connection.GAP", 3)
    head = fresh(conversation).last_seq
    for number in range(4):
        say(cast.actor("omar"), conversation, f"Word {number}")
    last = fresh(conversation).last_seq

    async def scene(site):
        client = await site.shaken(token)
        client.say(type="sub", conversation=conversation.pk, since=head)
        told = await client.until("gap")
        assert (told["from"], told["to"]) == (head + 1, last)
        said = await sync_to_async(say)(cast.actor("omar"), conversation, "New")
        site.hint(conversation, said.seq)
        assert (await client.next())["seq"] == last + 1
        near = await site.shaken(token)
        near.say(type="sub", conversation=conversation.pk, since=last - 2)
        assert [(await near.until("event"))["seq"] for _ in range(3)] == [last - 1, last, last + 1]

    play(scene)


def test_a_number_that_does_not_fit_is_set_anew(cast, talk):
    conversation, token = talk
    for number in range(3):
        say(cast.actor("omar"), conversation, f"Word {number}")
    last = fresh(conversation).last_seq
    with acting(PURGE):
        Conversation.objects.filter(pk=conversation.pk).update(floor_seq=last - 1)

    async def scene(site):
        client = await site.shaken(token)
        client.say(type="sub", conversation=conversation.pk, since=last + 7)
        told = await client.next()
        assert (told["type"], told["reason"], told["seq"]) == ("reset", "ahead", last - 1)
        assert numbers(await client.settled()) in ([], [last])
        client.say(type="sub", conversation=conversation.pk, since=0)
        told = await client.until("reset")
        assert (told["reason"], told["seq"]) == ("floor", last - 1)
        assert (await client.next())["seq"] == last

    play(scene)


def test_without_credit_nothing_comes_and_with_it_everything_in_order(cast, talk):
    conversation, token = talk
    head = fresh(conversation).last_seq

    async def scene(site):
        client = await site.shaken(token, credit=2)
        client.say(type="sub", conversation=conversation.pk, since=head)
        assert await client.settled() == []
        for number in range(7):
            said = await sync_to_async(say)(cast.actor("omar"), conversation, f"Word {number}")
            site.hint(conversation, said.seq)
        last = said.seq
        found = [(await client.until("event"))["seq"] for _ in range(2)]
        assert numbers(await client.settled()) == []
        while found[-1] != last:
            client.say(type="ack", frames=1)
            found.append((await client.until("event"))["seq"])
        assert found == list(range(head + 1, last + 1))
        reading = sync_to_async(read)
        assert len(await reading(cast.actor("chiara"), conversation, head)) == 7

    play(scene)


def test_who_takes_nothing_for_long_is_cut_off(cast, talk, settings):
    conversation, token = talk
    settings.SOCKET_SLOW_SECONDS = 0
    head = fresh(conversation).last_seq
    for number in range(2):
        say(cast.actor("omar"), conversation, f"Word {number}")

    async def scene(site):
        client = await site.shaken(token, credit=1)
        client.say(type="sub", conversation=conversation.pk, since=head)
        assert (await client.until("bye"))["code"] == "slow"
        with pytest.raises(Closed) as closed:
            await client.next()
        assert closed.value.code == 4008

    play(scene)


def test_there_are_so_many_subscriptions(cast, talk, monkeypatch):
    conversation, token = talk
    monkeypatch.setattr("api.socket.frames.SUBSCRIPTIONS", 0)

    async def scene(site):
        client = await site.shaken(token)
        client.say(type="sub", conversation=conversation.pk, since=0)
        assert (await client.next())["code"] == "quota"

    play(scene)
