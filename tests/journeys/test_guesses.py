"""Two hundred guesses at once: ten are looked at, whatever their senders call themselves."""

from __future__ import annotations

import itertools
import json
import secrets
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.plain_browser import PlainBrowser, made_up

pytestmark = pytest.mark.journey

GUESSES, TRIES = 200, 10
SECONDS = 900
SIGN_IN = "/account/sign-in/"
PASSWORD = "seven grey herons at noon"
numbers = itertools.count(1)


@pytest.fixture
def owner(site):
    """The address of somebody with a password, and the browser in which it was set."""
    return person(site)


@pytest.fixture
def other(site):
    """Somebody else, who guesses."""
    return person(site)


def person(site):
    number = next(numbers)
    address = f"guessed{number}@example.org"
    made = site.command(
        *("create_organization", f"--name=Guessed {number}", "--country=GB", "--json"),
        *(f"--owner-email={address}",),
    )
    assert made.returncode == 0, made.stderr
    link = json.loads(made.stdout)["owner"]["sign_in_link"]
    browser = PlainBrowser(site.port)
    assert browser.send(link.partition(f":{site.port}")[2]).status == 303
    assert browser.send("/account/password/", password=PASSWORD).status == 303
    browser.send("/account/", action="/account/sign-out/")
    return address, browser


def guesser(site, number, borrowed):
    """A sender with an address, headers and cookies of its own."""
    forged = f"198.51.100.{number % 250}"
    cookies = {"form": made_up(), "session": made_up(), "known": made_up()}
    if number % 4 == 0:
        # That of an account of the guesser's own, properly signed.
        cookies["known"] = borrowed
    headers = {
        "X-Forwarded-For": f"{forged}, 2001:db8::{number:x}",
        "X-Real-IP": forged,
        "Forwarded": f"for={forged}",
        "User-Agent": f"guesser/{number}",
    }
    return PlainBrowser(site.port, headers, source=f"127.20.0.{number + 1}", cookies=cookies)


def spelled(address, number):
    """The same address as somebody else would write it."""
    return (address, address.upper(), f" {address} ", address.title())[number % 4]


@pytest.fixture
def healthy(site):
    """How the site answered whether it is well, all the while."""
    answers, stop = Counter(), threading.Event()

    def ask():
        while not stop.is_set():
            answers[site.get("/healthz").status] += 1
            answers[site.get("/readyz").status] += 1
            stop.wait(0.05)

    asking = threading.Thread(target=ask)
    asking.start()
    yield answers
    stop.set()
    asking.join()
    assert set(answers) == {200}


def test_ten_of_two_hundred_guesses_are_looked_at(site, owner, other, healthy):
    address, own = owner
    others_address, others_browser = other
    together = threading.Barrier(GUESSES)
    # Connections are queued by fifty; that they are taken in is not what is asked here.
    arriving = threading.Semaphore(20)

    def guess(number):
        sender = guesser(site, number, others_browser.cookies["known"])
        with arriving:
            sender.stay()
        together.wait(60)
        word = f"wrong {secrets.token_hex(8)}"
        try:
            return sender.post(SIGN_IN, email=spelled(address, number), password=word)
        finally:
            sender.kept.close()

    began = time.monotonic()
    with ThreadPoolExecutor(GUESSES) as pool:
        answers = list(pool.map(guess, range(GUESSES)))
    assert time.monotonic() - began < SECONDS
    assert Counter(one.status for one in answers) == {422: TRIES, 429: GUESSES - TRIES}
    waits = [int(one.header("Retry-After")) for one in answers if one.status == 429]
    assert len(waits) == GUESSES - TRIES
    assert all(0 < wait <= SECONDS for wait in waits)

    # The right password comes too late, too, and says nothing of being right.
    late = [
        guesser(site, GUESSES, others_browser.cookies["known"]).post(
            SIGN_IN, email=address, password=word
        )
        for word in (PASSWORD, "wrong again and again")
    ]
    assert [one.status for one in late] == [429, 429]
    assert len(late[0].body) == len(late[1].body)

    # Others are not kept out, nor is the browser in which she was signed in before.
    for name, browser in ((others_address, PlainBrowser(site.port)), (address, own)):
        assert browser.post(SIGN_IN, email=name, password=PASSWORD).status == 303
        assert browser.ask("/account/").status == 200
    assert healthy[200] > 0
