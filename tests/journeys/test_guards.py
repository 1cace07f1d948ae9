"""What one client may send, and how long it may take: over plain sockets."""

import contextlib
import itertools
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from network.project.deadlines import MAX_HEADERS
from tests.journeys._serve_guards import LIMITS, STALL_SECONDS
from tests.journeys.guarded import (
    answer_of,
    drip,
    is_ended,
    request,
    rest,
    says_back,
    shake_hands,
    until,
)

GIGABYTE = 1024**3
MEBIBYTE = 1024**2


def exchange(site, head, body=b""):
    """What the site answers to the head of a request and the beginning of a body."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        connection.sendall(head.encode() + b"\r\n\r\n")
        answer = b""
        try:
            connection.sendall(body)
            while chunk := connection.recv(65536):
                answer += chunk
        except ConnectionError:
            pass
    return answer


def deleted_files(site):
    """Files without a name that the process holds open: where bodies would be kept.

    Those of SQLite are left out: it writes there what it sorts, and a purge at the first start.
    """
    found = []
    for link in Path(f"/proc/{site.process.pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            found.append(str(link.readlink()))
    unnamed = [one for one in found if one.startswith("/") and "(deleted)" in one]
    return [one for one in unnamed if not Path(one).name.startswith("etilqs_")]


@pytest.mark.parametrize(
    "framing",
    [f"Content-Length: {GIGABYTE}", "Content-Length: 65537", "Transfer-Encoding: chunked"],
)
def test_a_long_or_endless_body_is_refused_unread(site, framing):
    head = f"POST /programs/ HTTP/1.1\r\nHost: localhost:{site.port}\r\n{framing}"
    answer = exchange(site, head, b"x" * 1024 * 1024)
    assert answer.startswith(b"HTTP/1.1 413 ") or answer == b""
    assert deleted_files(site) == []
    assert site.get("/").status == 200


def test_nothing_of_an_unfinished_body_is_kept_while_it_comes(site):
    head = f"POST /programs/ HTTP/1.1\r\nHost: localhost:{site.port}\r\nContent-Length: {GIGABYTE}"
    sent = 0
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        connection.sendall(head.encode() + b"\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while sent < 16 * MEBIBYTE:
                connection.sendall(b"x" * MEBIBYTE)
                sent += MEBIBYTE
                assert deleted_files(site) == []
    assert sent < 16 * MEBIBYTE, "it was taken in"
    assert deleted_files(site) == []


@pytest.mark.parametrize("expect", ["", "\r\nExpect: 100-continue"])
def test_the_refusal_is_said_and_nothing_after_it(site, expect):
    head = f"POST /programs/ HTTP/1.1\r\nHost: localhost:{site.port}\r\nContent-Length: {GIGABYTE}"
    answer = exchange(site, head + expect)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"no-store" in answer
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_short_body_reaches_the_application(site):
    head = (
        f"POST /programs/ HTTP/1.1\r\nHost: localhost:{site.port}\r\n"
        "Connection: close\r\nContent-Length: 3"
    )
    assert exchange(site, head, b"a=b").startswith(b"HTTP/1.1 405 ")


ID = "2b0f4a3e-8a57-4f3c-9a53-1f0a7c9a1e55"
FORMS = (
    "/desk/harbour-visitors/documents/",
    "/ar/desk/harbour-visitors/documents/",
    "/desk/harbour-visitors/files/logo/",
    f"/desk/harbour-visitors/files/photo/{ID}/",
)
API = (
    "/api/v1/organizations/harbour-visitors/documents/",
    "/api/v1/organizations/harbour-visitors/logo/",
    f"/api/v1/organizations/harbour-visitors/programs/{ID}/photo/",
)
COOKIE = "Cookie: form=x; session=invented\r\n"
TOKEN = "Authorization: Bearer invented\r\n"
# A file of 5 MB in a form.
ALLOWED = 5 * MEBIBYTE + 1000


def sent(site, path, length, headers="", method="POST"):
    """What is answered to the head alone, and to a little of the body."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost:{site.port}\r\n{headers}"
        f"Content-Length: {length}"
    )
    return exchange(site, head, b"x" * 200_000)


@pytest.mark.parametrize("path", [*FORMS, *API, "/programs/", "/desk/", "/healthz"])
@pytest.mark.parametrize("headers", ["", COOKIE, TOKEN], ids=["nobody", "cookie", "token"])
def test_a_gigabyte_is_refused_at_every_address_and_uses_no_disk(site, path, headers):
    answer = sent(site, path, GIGABYTE, headers)
    assert answer.startswith(b"HTTP/1.1 413 ") or answer == b""
    assert deleted_files(site) == []


@pytest.mark.parametrize("path", [*FORMS, *API])
@pytest.mark.parametrize(
    "headers",
    [
        "",
        "Cookie: session=\r\n",
        "Cookie: othersession=x; form=y\r\n",
        "Authorization: Bearer  \r\n",
        "Authorization: Basic eDp5\r\n",
    ],
)
def test_who_names_nobody_sends_no_file(site, path, headers):
    answer = sent(site, path, ALLOWED, headers)
    assert answer.startswith(b"HTTP/1.1 401 ") or answer == b""
    assert deleted_files(site) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", FORMS[0]),
        ("GET", FORMS[0]),
        ("POST", "/desk/harbour-visitors/documents"),
        ("POST", "/desk/harbour-visitors/"),
        ("POST", "/desk/a/b/documents/"),
        ("POST", "/desk/harbour-visitors/files/photo/1/"),
        ("POST", "/account/sign-in/"),
        ("POST", "/api/v1/programs/"),
        ("POST", "/x/desk/a/documents/x"),
    ],
)
def test_no_other_address_takes_a_long_body(site, method, path):
    answer = sent(site, path, ALLOWED, COOKIE + TOKEN, method)
    assert answer.startswith(b"HTTP/1.1 413 ") or answer == b""


def took(guarded, length, headers=TOKEN, source="127.0.0.1", path=API[0]):
    said = headers.encode() + b"Content-Length: %d\r\n" % length
    return guarded.ask(path, source=source, method="POST", headers=said, body=b"x" * length)


def test_a_file_of_five_megabytes_is_taken_in_memory(guarded):
    with guarded.connect() as client:
        client.sendall(
            request(API[0], "POST", TOKEN.encode() + b"Content-Length: %d\r\n" % ALLOWED)
        )
        client.sendall(b"x" * (ALLOWED - 1))
        assert deleted_files(guarded) == []
        client.sendall(b"x")
        head, body = answer_of(client)
    assert b" 200 OK" in head
    assert b"took %d" % ALLOWED in body
    assert deleted_files(guarded) == []


def test_what_is_a_little_too_long_is_heard_and_its_page_says_so(guarded):
    answer = took(guarded, 9 * MEBIBYTE, COOKIE, path=FORMS[0] + "?next=//evil")
    assert answer.startswith(b"HTTP/1.1 303 ")
    assert f"Location: {FORMS[0]}?too_large=1\r\n".encode() in answer
    assert guarded.memory() < 300 * MEBIBYTE


def test_a_little_too_long_for_a_token_is_refused_unread(site):
    answer = sent(site, API[0], 9 * MEBIBYTE, TOKEN)
    assert answer.startswith(b"HTTP/1.1 413 ") or answer == b""


def test_only_so_many_files_are_taken_at_once_and_the_places_come_back(quiet):
    from network.project.uploading import AT_ONCE, AT_ONCE_FROM_SOURCE

    head = request(API[0], "POST", TOKEN.encode() + b"Content-Length: %d\r\n" % ALLOWED)
    with contextlib.ExitStack() as stack:
        for _ in range(AT_ONCE_FROM_SOURCE):
            client = stack.enter_context(quiet.connect("127.0.0.2"))
            client.sendall(head + b"x")
        until(lambda: b" 503 " in took(quiet, 70_000, source="127.0.0.2"))
        assert b"took 70000" in took(quiet, 70_000)
        # What is short needs no place.
        assert b"got a" in quiet.ask(
            "/echo/",
            source="127.0.0.2",
            method="POST",
            headers=b"Content-Length: 1\r\n",
            body=b"a",
        )
        for _ in range(AT_ONCE - AT_ONCE_FROM_SOURCE):
            client = stack.enter_context(quiet.connect())
            client.sendall(head + b"x")
        until(lambda: b" 503 " in took(quiet, 70_000))
    until(lambda: b"took 70000" in took(quiet, 70_000))
    assert b"took 70000" in took(quiet, 70_000, source="127.0.0.2")


def test_a_file_has_more_time_than_a_form_and_not_for_ever(quiet):
    head = request(FORMS[0], "POST", COOKIE.encode() + b"Content-Length: 70000\r\n")
    began = time.monotonic()
    with quiet.connect() as client:
        client.sendall(head)
        drip(client, (b"x" for _ in itertools.count()), 100)
        answer = rest(client)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert LIMITS.upload_seconds * 0.95 < time.monotonic() - began < LIMITS.upload_seconds * 2


def silent(_client):
    """It connects, and sends nothing."""


def dripping_head(client):
    drip(client, [request("/echo/")[:1], *[b"x"] * 200], 50)


def dripping_headers(client):
    drip(client, [request("/echo/")[:-2], *(b"X-%d: y\r\n" % n for n in range(90))], 100)


def dripping_body(client):
    drip(client, [request("/echo/", "POST", b"Content-Length: 60000\r\n"), *[b"x"] * 200], 50)


def idle(client):
    client.sendall(request("/echo/"))
    assert b" 200 OK" in answer_of(client)[0]


def dripping_later(client):
    """It begins with its second request late: the head has its time from there."""
    idle(client)
    assert not is_ended(client, LIMITS.idle_seconds * 700)
    dripping_head(client)


def slow_between(client):
    """It asks three times, each time within the limit, and longer than it altogether."""
    for _ in range(3):
        idle(client)
        assert not is_ended(client, LIMITS.idle_seconds * 350)


def slow_but_honest(client):
    """Its head and its body each take more than half of their time, and together more than it."""
    head = request("/echo/", "POST", b"Content-Length: 4\r\nConnection: close\r\n")
    drip(client, (head[at : at + 20] for at in range(0, len(head), 20)), 300)
    drip(client, (b"b", b"o", b"d", b"y"), 300)


def socket_of_long_standing(client):
    """It is silent for longer than any deadline, and then still spoken with."""
    shake_hands(client)
    assert says_back(client, b"early")
    assert not is_ended(client, 1100 * LONGEST)
    assert says_back(client, b"late")
    client.shutdown(socket.SHUT_WR)


LONGEST = max(LIMITS.head_seconds, LIMITS.idle_seconds, STALL_SECONDS)


LIVES = (
    silent,
    dripping_head,
    dripping_headers,
    dripping_body,
    idle,
    dripping_later,
    slow_between,
    slow_but_honest,
    socket_of_long_standing,
)


@pytest.fixture(scope="module")
def lives(guarded):
    """What each kind of client was told at the end, and after how many seconds; all at once."""

    def life(script):
        began = time.monotonic()
        with guarded.connect() as client:
            script(client)
            return rest(client), time.monotonic() - began

    with ThreadPoolExecutor(len(LIVES)) as pool:
        return dict(zip(LIVES, pool.map(life, LIVES), strict=True))


@pytest.mark.parametrize("life", [dripping_head, dripping_headers, dripping_body, dripping_later])
def test_a_client_that_drips_is_ended_and_told(lives, life):
    answer, seconds = lives[life]
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"Connection: close" in answer
    least = LIMITS.head_seconds + (LIMITS.idle_seconds * 0.7 if life is dripping_later else 0)
    assert 0.95 * least < seconds < 4 * LIMITS.head_seconds


@pytest.mark.parametrize("life", [silent, idle])
def test_a_client_that_is_silent_is_ended_without_a_word(lives, life):
    answer, seconds = lives[life]
    assert answer == b""
    assert 0.9 * LIMITS.idle_seconds < seconds < 4 * LIMITS.idle_seconds


def test_a_connection_stays_while_it_is_used(lives):
    answer, seconds = lives[slow_between]
    assert answer == b""
    assert seconds > 1.5 * LIMITS.idle_seconds


def test_a_slow_but_honest_client_is_served(lives):
    answer, seconds = lives[slow_but_honest]
    assert b" 200 OK" in answer
    assert b"got body" in answer
    assert seconds > LIMITS.head_seconds


def test_an_accepted_socket_outlives_the_deadlines(lives):
    _, seconds = lives[socket_of_long_standing]
    assert seconds > LONGEST


def headers(count):
    """So many lines of headers, beside Host and Connection."""
    return b"".join(b"X-%d: y\r\n" % number for number in range(count - 2))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (headers(MAX_HEADERS), b"200 OK"),
        (headers(MAX_HEADERS + 1), b"400 Bad Request"),
        (b"X: %s\r\n" % (b"y" * 12_000), b"200 OK"),
        (b"X: %s\r\n" % (b"y" * 17_000), b"400 Bad Request"),
        (b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(17)), b"400 Bad Request"),
    ],
    ids=["as many", "too many", "long", "too long", "too long together"],
)
def test_a_head_is_bounded(quiet, sent, status):
    assert quiet.ask("/echo/", headers=sent).startswith(b"HTTP/1.1 " + status)


def test_a_line_without_an_end_is_refused(quiet):
    with quiet.connect() as client:
        drip(client, (b"GET /" + b"x" * 1000 for _ in itertools.count()), 10)
        assert rest(client).startswith(b"HTTP/1.1 400 ")
