"""Rights over time: who lost access is cut off, and nothing said afterwards reaches them."""

import pytest
from asgiref.sync import sync_to_async

from messaging.actions.leaving import leave_conversation
from network.actions.organizations import end_membership
from network.actions.tokens import revoke_tokens_of
from network.enums import OrganizationStatus, Role
from network.models import Membership, Person
from network.tenancy import Purpose, acting, system
from tests.api.bearing import token_for
from tests.api.socket.client import Closed, play
from tests.messaging.talking import change_organization, channel, fresh, say

pytestmark = pytest.mark.django_db
OPERATOR = Purpose.OPERATOR


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    return conversation, token_for(cast, "chiara")


def ended(cast):
    with acting(system(OPERATOR)) as operator:
        end_membership(operator, membership=Membership.objects.get(person=cast.chiara))


def demoted(cast):
    with acting(system(OPERATOR)):
        Membership.objects.filter(person=cast.chiara).update(role=Role.EDITOR)


def suspended(cast):
    with acting(system(OPERATOR)):
        Person.objects.filter(pk=cast.chiara.pk).update(is_active=False)


def revoked(cast):
    with acting(system(OPERATOR)) as operator:
        revoke_tokens_of(operator, person=cast.chiara)


def closed_down(cast):
    change_organization(cast.b, status=OrganizationStatus.SUSPENDED)


CAUSES = {
    "membership": (ended, "revoked", 4003),
    "role": (demoted, "revoked", 4003),
    "person": (suspended, "unauthenticated", 4001),
    "token": (revoked, "unauthenticated", 4001),
    "organization": (closed_down, "revoked", 4003),
}


async def listening(site, token, conversation):
    client = await site.shaken(token)
    head = await sync_to_async(fresh)(conversation)
    client.say(type="sub", conversation=conversation.pk, since=head.last_seq)
    assert await client.settled() == []
    return client


@pytest.mark.parametrize("cause", CAUSES)
def test_between_the_loss_and_the_hint_nothing_is_delivered(cast, talk, cause):
    conversation, token = talk
    lose, why, code = CAUSES[cause]

    async def scene(site):
        client = await listening(site, token, conversation)
        await sync_to_async(lose)(cast)
        said = await sync_to_async(say)(cast.actor("omar"), conversation, "zqafterwards")
        site.hint(conversation, said.seq)
        # Who may read no more is told so, whatever else has happened or not; a token that has
        # ended is another question, asked below.
        if cause != "token":
            assert (await client.next()) == {
                "type": "revoked",
                "conversation": str(conversation.pk),
            }
        site.hub.hear({"type": "hub.recheck", "person": str(cast.chiara.pk)})
        assert (await client.until("bye"))["code"] == why
        with pytest.raises(Closed) as closed:
            await client.next()
        assert closed.value.code == code

    play(scene)


# A token is asked for when it is shown, and when it has ended.
@pytest.mark.parametrize("cause", sorted(set(CAUSES) - {"token"}))
def test_who_lost_access_sends_and_subscribes_no_more(cast, talk, cause):
    conversation, token = talk
    lose, _why, _code = CAUSES[cause]

    async def scene(site):
        client = await listening(site, token, conversation)
        await sync_to_async(lose)(cast)
        key = "00000000-0000-4000-8000-000000000001"
        client.say(type="send", conversation=conversation.pk, client_id=key, body="x")
        client.say(type="sub", conversation=conversation.pk, since=0)
        client.say(type="read", conversation=conversation.pk, seq=1)
        told = []
        while len(told) < 3:
            frame = await client.next()
            # It may be looked at by itself in between.
            if frame["type"] != "revoked":
                told.append(frame["code"])
        assert told == ["not_found"] * 3

    play(scene)


def test_who_leaves_one_conversation_keeps_the_others(cast, talk):
    conversation, token = talk
    chiara = cast.actor("chiara")

    def left():
        with acting(chiara):
            leave_conversation(chiara, conversation_id=conversation.pk)

    async def scene(site):
        client = await listening(site, token, conversation)
        await sync_to_async(left)()
        said = await sync_to_async(say)(cast.actor("omar"), conversation, "zqafterwards")
        site.hint(conversation, said.seq, kind="hub.revoked", person=str(cast.chiara.pk))
        told = [await client.next()]
        while told[-1]["type"] == "event":
            assert told[-1]["seq"] < said.seq
            told.append(await client.next())
        assert told[-1]["type"] == "revoked"
        site.hint(conversation, said.seq + 1)
        assert await client.settled() == []

    play(scene)


def test_those_who_may_stay_are_left_alone(cast, talk):
    conversation, token = talk

    async def scene(site):
        client = await listening(site, token, conversation)
        for named in ({}, {"person": str(cast.chiara.pk)}, {"organization": str(cast.b.pk)}):
            site.hub.hear({"type": "hub.recheck", **named})
        said = await sync_to_async(say)(cast.actor("omar"), conversation, "Still here?")
        site.hint(conversation, said.seq)
        assert (await client.next())["seq"] == said.seq

    play(scene)


def test_what_was_asked_while_somebody_was_let_in_is_asked_again(cast, talk):
    _conversation, token = talk

    async def scene(site):
        since = site.hub.now()
        site.hub.hear({"type": "hub.recheck", "person": str(cast.chiara.pk)})
        client = await site.shaken(token)
        held = next(iter(site.hub._sockets))
        await sync_to_async(ended)(cast)
        site.hub.remove(held)
        site.hub.take(held, since)
        assert (await client.until("bye"))["code"] == "revoked"

    play(scene)


def test_a_sweep_finds_what_no_hint_told(cast, talk, settings):
    settings.SOCKET_SWEEP_SECONDS = 1
    _conversation, token = talk

    async def scene(site):
        client = await site.shaken(token)
        await sync_to_async(ended)(cast)
        assert (await client.until("bye"))["code"] == "revoked"

    play(scene)


def test_a_drain_sends_everybody_away_to_come_back(cast, talk):
    _conversation, token = talk

    async def scene(site):
        one, two = await site.shaken(token), await site.shaken(token)
        await site.hub.drain()
        for client in (one, two):
            bye = await client.until("bye")
            assert bye["code"] == "restart"
            assert 0 <= bye["retry_ms"] <= 5000
            with pytest.raises(Closed) as closed:
                await client.next()
            assert closed.value.code == 1012
        late = site.client(headers=[("Authorization", f"Bearer {token}")])
        assert not await late.opened()

    play(scene)
