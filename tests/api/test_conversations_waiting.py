"""Waiting for events: no thread and no connection meanwhile, and asked anew at each look."""

import asyncio
import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings as django_settings
from django.core.asgi import get_asgi_application
from django.test import override_settings

from api.socket.answers import event_text
from api.v1.shell.waiting import PLACES
from api.waiting import Waiting
from messaging.hub import Hub
from network.actions.organizations import end_membership
from network.models import Membership
from network.tenancy import Purpose, acting, system
from tests.api.bearing import token_for
from tests.api.socket.client import SameThread
from tests.frontend.asgi import kept_connections
from tests.messaging.talking import channel, fresh, say

pytestmark = pytest.mark.django_db


class Asked:
    """The site with a hub of its own, and how often it was asked within."""

    def __init__(self):
        self.hub = Hub(event_text, reads=SameThread())
        self.waiting = Waiting(self, self.hub)
        self.looks = self.busy = 0
        self.site = get_asgi_application()
        self.rest = asyncio.Event()

    async def __call__(self, scope, receive, send):
        self.looks += 1
        self.busy += 1
        try:
            await self.site(scope, receive, send)
        finally:
            self.busy -= 1
            self.rest.set()

    def hint(self, conversation, kind="hub.event"):
        """What goes by the wire after a commit, which no test has."""
        self.hub.hear({"type": kind, "conversation": str(conversation.pk), "seq": 1})


class Question:
    """One request that waits."""

    def __init__(self, waiting, conversation, token, query):
        self.sent = []
        self.gone = asyncio.Event()
        path = f"/api/v1/conversations/{conversation.pk}/events/"
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (b"host", b"localhost"),
                (b"authorization", f"Bearer {token}".encode()),
            ],
            "client": ("192.0.2.9", 4711),
            "server": ("127.0.0.1", 8000),
        }
        self.task = asyncio.ensure_future(waiting(scope, self._receive, self._send))
        self._is_read = False

    async def _receive(self):
        if self._is_read:
            await self.gone.wait()
            return {"type": "http.disconnect"}
        self._is_read = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message):
        self.sent.append(message)

    async def answer(self):
        await asyncio.wait_for(self.task, 20)
        body = b"".join(one.get("body", b"") for one in self.sent[1:])
        return self.sent[0]["status"], json.loads(body), dict(self.sent[0]["headers"])


def ask(asked, *asking):
    """A question that may wait."""
    return Question(asked.waiting, *asking)


async def resting(asked, times):
    """Until the site was asked so often and has nothing to do."""
    while asked.looks < times or asked.busy:
        asked.rest.clear()
        await asyncio.wait_for(asked.rest.wait(), 20)


def play(scene, *, is_layered=False):
    """A scene with a site, in which synchronous code shares the transaction of the test.

    Its hub hears what the scene tells it, and no layer where there is not to be one.
    """
    layers = django_settings.CHANNEL_LAYERS if is_layered else {}

    async def played():
        asked = Asked()
        try:
            await scene(asked)
            # Whoever has gone leaves nothing behind.
            assert (asked.hub.waits.seen(), asked.hub.waits._waiting) == (set(), {})
        finally:
            await asked.hub.close()

    with kept_connections(), override_settings(CHANNEL_LAYERS=layers):
        async_to_sync(played)()
    assert PLACES.held == 0


@pytest.fixture
def talk(cast, settings):
    # What no hint tells is not found meanwhile, but where a test says so.
    settings.SOCKET_HEAD_SECONDS = 600
    conversation = channel(cast)
    query = f"after={fresh(conversation).last_seq}&wait=25"
    return conversation, token_for(cast, "chiara"), query


# Refused


@pytest.mark.parametrize(("who", "status"), [("amara", 404), ("edna", 403), ("nobody", 401)])
def test_whoever_may_not_read_is_told_at_once(cast, who, status):
    from tests.messaging.talking import group

    hidden = group(cast.actor("omar"), topic="Secret")
    token = "x" if who == "nobody" else token_for(cast, who)

    async def scene(asked):
        found, _body, _headers = await ask(asked, hidden, token, "wait=25").answer()
        assert (found, asked.looks) == (status, 1)

    play(scene)


def test_whoever_loses_their_role_while_they_wait_is_not_answered(cast, talk):
    conversation, token, query = talk

    def dismissed():
        with acting(system(Purpose.OPERATOR)) as operator:
            end_membership(operator, membership=Membership.objects.get(person=cast.chiara))
        say(cast.actor("omar"), conversation, "Not for her")

    async def scene(asked):
        question = ask(asked, conversation, token, query)
        await resting(asked, 1)
        await sync_to_async(dismissed)()
        asked.hint(conversation, "hub.revoked")
        status, body, _headers = await question.answer()
        assert status == 401
        assert "Not for her" not in json.dumps(body)

    play(scene)


def test_a_few_wait_for_each_person_and_so_many_in_all(cast, talk, settings):
    settings.MESSAGE_WAITS_A_PERSON, settings.MESSAGE_WAITS = 1, 2
    conversation, token, query = talk
    others = [token_for(cast, name) for name in ("omar", "amara")]

    async def scene(asked):
        held = [ask(asked, conversation, token, query)]
        await resting(asked, 1)
        status, _body, headers = await ask(asked, conversation, token, query).answer()
        assert (status, headers[b"Retry-After"]) == (429, b"5")
        held.append(ask(asked, conversation, others[0], query))
        await resting(asked, 3)
        status, _body, _headers = await ask(asked, conversation, others[1], query).answer()
        assert (status, PLACES.held) == (429, 2)
        for one in held:
            one.gone.set()
            await asyncio.wait_for(one.task, 20)
            assert one.sent == []

    play(scene)


# Answered


def test_a_hint_ends_the_wait_and_nothing_is_held_before(cast, talk):
    conversation, token, query = talk

    async def scene(asked):
        question = ask(asked, conversation, token, query)
        await resting(asked, 1)
        # No request is under way, so there is no thread and no connection; and nothing is sent.
        assert (asked.busy, question.sent, PLACES.held) == (0, [], 1)
        await sync_to_async(say)(cast.actor("omar"), conversation, "Now")
        asked.hint(conversation)
        status, body, headers = await question.answer()
        assert (status, [one["body"] for one in body["results"]]) == (200, ["Now"])
        # However often it was looked, it was asked once.
        assert asked.looks == 2
        assert headers[b"RateLimit"].startswith(b'"read";r=299;')

    play(scene)


def test_what_is_there_is_told_at_once(cast, talk):
    conversation, token, _query = talk

    async def scene(asked):
        question = ask(asked, conversation, token, "after=1&wait=25")
        _status, body, _headers = await question.answer()
        assert (len(body["results"]) > 0, asked.looks) == (True, 1)

    play(scene)


def test_when_the_time_is_over_there_is_nothing_to_tell(cast, talk):
    conversation, token, query = talk

    async def scene(asked):
        question = ask(asked, conversation, token, query.replace("25", "1"))
        status, body, _headers = await question.answer()
        assert (status, body) == (200, {"results": []})

    play(scene)


def test_while_nothing_happens_the_site_is_not_asked(cast, talk, settings):
    conversation, token, query = talk
    settings.SOCKET_HEAD_SECONDS = 0.05

    async def scene(asked):
        questions = [ask(asked, conversation, token, query.replace("25", "2")) for _ in range(2)]
        for one in questions:
            _status, body, _headers = await one.answer()
            assert body == {"results": []}
        # At first and at the end; not forty times in between.
        assert asked.looks == 4

    play(scene)


def test_a_lost_hint_is_made_up_for_by_looking(cast, talk, settings):
    conversation, token, query = talk
    settings.SOCKET_HEAD_SECONDS = 0.2

    async def scene(asked):
        question = ask(asked, conversation, token, query)
        await resting(asked, 1)
        await sync_to_async(say)(cast.actor("omar"), conversation, "Unheard")
        status, body, _headers = await question.answer()
        assert (status, [one["body"] for one in body["results"]]) == (200, ["Unheard"])

    play(scene)


def test_who_begins_to_wait_is_looked_for_soon_however_long_nothing_was_looked_at(
    cast, talk, settings
):
    settings.SOCKET_HEAD_SECONDS = 0.2
    conversation, token, query = talk

    async def scene(asked):
        asked.hub.open()
        async with asyncio.timeout(20):
            while not (asked.hub._wire.is_well and asked.hub._poll_at):
                await asyncio.sleep(0.01)
        asked.hub._poll_at += 600
        question = ask(asked, conversation, token, query)
        await resting(asked, 1)
        await sync_to_async(say)(cast.actor("omar"), conversation, "Unheard")
        status, body, _headers = await question.answer()
        assert (status, [one["body"] for one in body["results"]]) == (200, ["Unheard"])

    play(scene, is_layered=True)
