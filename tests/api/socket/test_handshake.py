"""Who opens a socket: refused alike, whatever is wrong; and the tickets that open one."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.test import Client as Browser
from django.utils import timezone

from api.socket import tickets
from api.socket.handshake import TICKET, Offered, admit
from messaging.queries.holding import Holder
from network.models import Session
from network.sessions import hash_of
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.api.socket.client import HOST, ORIGIN, Closed, greet, play
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/realtime/ticket/"
REFUSED = {"type": "websocket.close"}
# Pages of this site are at one scheme, host and port.
ELSEWHERE = [
    "null",
    "https://localhost:8000",
    "http://localhost:8001",
    "http://localhost",
    "http://localhost:8000.example.org",
    "http://example.org",
    "http://localhost:8000/",
    "HTTP://LOCALHOST:8000 ",
    "",
]


def ticket_of(token, **headers):
    answer = ask(ADDRESS, token, method="POST", body={}, headers={"Host": HOST, **headers})
    assert answer.status_code == 200, answer.content
    return document(answer)["ticket"]


def by_ticket(ticket, origin=ORIGIN, **more):
    headers = [("Origin", origin)] if origin is not None else []
    headers += list(more.items())
    return {"headers": headers, "protocols": ["nv1", TICKET + ticket]}


async def refused(site, **options):
    client = site.client(**options)
    assert not await client.opened(), options
    assert client.refusal == REFUSED


async def opened(site, **options):
    client = site.client(**options)
    assert await client.opened(), options
    return client


# Refused


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_page_of_elsewhere_opens_nothing(cast, origin):
    token = token_for(cast, "omar")

    async def scene(site):
        ticket = await sync_to_async(ticket_of)(token)
        await refused(site, **by_ticket(ticket, origin))
        both = [("Origin", origin), ("Authorization", f"Bearer {token}")]
        await refused(site, headers=both)
        # It was not the ticket, which nobody has used.
        await opened(site, **by_ticket(ticket))

    play(scene)


def test_without_an_origin_only_a_token_counts(cast):
    token = token_for(cast, "omar")

    async def scene(site):
        ticket = await sync_to_async(ticket_of)(token)
        await refused(site, **by_ticket(ticket, None))
        await refused(site, headers=[("Origin", ORIGIN)])
        await refused(site)
        client = await opened(site, headers=[("Authorization", f"Bearer {token}")])
        assert client.protocol is None

    play(scene)


def test_a_ticket_opens_one_socket_once(cast):
    token = token_for(cast, "omar")

    async def scene(site):
        ticket = await sync_to_async(ticket_of)(token)
        client = await opened(site, **by_ticket(ticket))
        assert client.protocol == "nv1"
        await refused(site, **by_ticket(ticket))

    play(scene)


def test_a_ticket_is_over_soon_and_of_its_origin_and_whole(cast, monkeypatch, settings):
    token = token_for(cast, "omar")
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

    async def scene(site):
        ticket = await sync_to_async(ticket_of)(token, Origin=ORIGIN)
        # Another address of this very site.
        other = by_ticket(ticket, "http://127.0.0.1:8000")
        other["headers"].append(("Host", "127.0.0.1:8000"))
        await refused(site, **other)
        for broken in (ticket[:-2], ticket[1:], f"{ticket}=", "x" * 5000, ""):
            await refused(site, **by_ticket(broken))
        two = by_ticket(ticket)
        two["protocols"].append(TICKET + ticket)
        await refused(site, **two)
        await refused(site, headers=[("Origin", ORIGIN)], protocols=[TICKET + ticket])
        now = tickets.time.time()
        with monkeypatch.context() as later:
            later.setattr(tickets.time, "time", lambda: now + tickets.SECONDS + 1)
            await refused(site, **by_ticket(ticket))
        await opened(site, **by_ticket(ticket))

    play(scene)


@pytest.mark.parametrize("who", ["edna", "bilal", "farid"])
def test_whose_role_carries_no_messages_opens_nothing(cast, who):
    token = token_for(cast, who)
    person, organization = cast.actor(who).person_id, cast.actor(who).organization_id

    async def scene(site):
        await refused(site, headers=[("Authorization", f"Bearer {token}")])
        ticket = tickets.new_ticket(tickets.Ticket(Holder(person, organization), ""))
        await refused(site, **by_ticket(ticket))

    play(scene)
    # An owner of a group that is not verified may read, and has nothing to read yet.
    status = 200 if who == "farid" else 403
    assert ask(ADDRESS, token, method="POST", body={}).status_code == status


@pytest.mark.parametrize("scopes", [["directory:read"], ["messages:write"]])
def test_a_token_without_the_scope_opens_nothing(cast, scopes):
    token = token_for(cast, "omar", *scopes)

    async def scene(site):
        await refused(site, headers=[("Authorization", f"Bearer {token}")])

    play(scene)
    assert ask(ADDRESS, token, method="POST", body={}).status_code == 403


def test_at_another_address_there_is_no_socket(cast):
    token = token_for(cast, "omar")

    async def scene(site):
        for path in ("/ws/", "/ws/v1", "/ws/v2/", "/"):
            await refused(site, path=path, headers=[("Authorization", f"Bearer {token}")])

    play(scene)


# By the session of this site's own pages


def test_a_session_gets_a_ticket_with_the_token_of_a_form_only(cast):
    browser = signed_in(cast.omar, checks_forms=True)
    body = {"organization": "harbour-visitors"}

    def asked(**headers):
        data = {"data": body, "content_type": "application/json"}
        return browser.post(ADDRESS, headers={"Host": HOST, **headers}, **data)

    assert asked().status_code == 403
    assert asked(Origin=ORIGIN).status_code == 403
    page = browser.get("/messages/", {"as": "harbour-visitors"}, headers={"Host": HOST})
    form = page.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].split('"')[0]
    assert form, page.status_code
    assert asked(**{"X-CSRFToken": form, "Origin": "http://example.org"}).status_code == 403
    assert asked(**{"X-CSRFToken": form, "Origin": ORIGIN}).status_code == 200
    body["organization"] = "visiteurs-du-port"
    assert asked(**{"X-CSRFToken": form, "Origin": ORIGIN}).status_code == 404


@pytest.mark.parametrize(
    ("who", "slug", "status"),
    [
        ("edna", "harbour-visitors", 403),
        ("omar", "nobody", 404),
        ("omar", "visiteurs-du-port", 404),
        ("chiara", "harbour-visitors", 404),
        ("omar", "", 400),
    ],
)
def test_a_session_gets_none_where_its_person_may_not_read(cast, who, slug, status):
    browser = signed_in(getattr(cast, who))
    answer = browser.post(ADDRESS, {"organization": slug}, content_type="application/json")
    assert answer.status_code == status


def test_who_is_not_signed_in_whole_gets_none(cast):
    browser = signed_in(cast.omar)
    with acting(system(Purpose.SIGN_IN)):
        Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    asked = {"organization": "harbour-visitors"}
    assert browser.post(ADDRESS, asked, content_type="application/json").status_code == 401
    assert Browser().post(ADDRESS, asked, content_type="application/json").status_code == 401
    assert browser.get(ADDRESS).status_code == 401


def test_a_ticket_of_a_session_is_nothing_to_another_nor_after_its_end(cast):
    browser, other = signed_in(cast.omar), signed_in(cast.chiara)
    key = browser.cookies["session"].value
    foreign = other.cookies["session"].value
    actor = cast.actor("omar")
    holder = Holder(actor.person_id, actor.organization_id, session=hash_of(key))

    def made():
        return tickets.new_ticket(tickets.Ticket(holder, ORIGIN))

    def ended():
        with acting(system(Purpose.SIGN_IN)):
            Session.objects.filter(key_hash=hash_of(key)).delete()

    async def scene(site):
        await refused(site, **by_ticket(made(), Cookie=f"session={foreign}"))
        await refused(site, **by_ticket(made(), Cookie="session=unknown"))
        client = await opened(site, **by_ticket(made(), Cookie=f"session={key}"))
        assert (await greet(client))["session_deadline"]
        late = made()
        await sync_to_async(ended)()
        await refused(site, **by_ticket(late))

    play(scene)


# How many


def test_one_person_has_so_many_sockets_and_a_process_too(cast, settings):
    omar, chiara = token_for(cast, "omar"), token_for(cast, "chiara")
    settings.SOCKETS_A_PERSON, settings.SOCKETS = 2, 3

    async def scene(site):
        one, _two = await site.shaken(omar), await site.shaken(omar)
        third = site.client(headers=[("Authorization", f"Bearer {omar}")])
        assert await third.opened()
        assert (await third.next())["code"] == "rate"
        assert (await third.next())["code"] == "rate"
        with pytest.raises(Closed) as closed:
            await third.next()
        assert closed.value.code == 4029
        await site.shaken(chiara)
        full = site.client(headers=[("Authorization", f"Bearer {chiara}")])
        assert await full.opened()
        assert (await full.next())["code"] == "rate"
        await one.end()
        await site.shaken(omar)

    play(scene)


def test_hello_says_a_version_and_comes_first_and_once(cast):
    token = token_for(cast, "omar")

    async def scene(site):
        client = await opened(site, headers=[("Authorization", f"Bearer {token}")])
        client.say(type="ping", n=1)
        assert (await client.next())["code"] == "bad_frame"
        await greet(client)
        client.say(type="hello", v=1, device_id=uuid.uuid4())
        assert (await client.next())["code"] == "bad_frame"
        newer = await opened(site, headers=[("Authorization", f"Bearer {token}")])
        newer.say(type="hello", v=2, device_id=uuid.uuid4())
        assert (await newer.next())["code"] == "upgrade"
        with pytest.raises(Closed) as closed:
            await newer.next()
        assert closed.value.code == 4010

    play(scene)


def test_the_same_device_comes_back_and_the_older_socket_goes(cast):
    token, device = token_for(cast, "omar"), str(uuid.uuid4())

    async def scene(site):
        old = await site.shaken(token, device_id=device)
        await site.shaken(token, device_id=device)
        assert (await old.until("bye"))["code"] == "replaced"
        with pytest.raises(Closed) as closed:
            await old.next()
        assert closed.value.code == 4009

    play(scene)


def test_for_nothing_that_could_be_looked_up_no_database_is_asked(django_assert_num_queries):
    nothing = Offered(HOST, None, (), "", None)
    for offer in (
        nothing,
        replace(nothing, bearer="x" * 201),
        replace(nothing, origin="https://elsewhere.example", bearer="x"),
        replace(nothing, origin=ORIGIN, protocols=("nv1",)),
        replace(nothing, origin=ORIGIN, protocols=("nv1", "t.broken")),
    ):
        with django_assert_num_queries(0):
            assert admit(offer) is None
