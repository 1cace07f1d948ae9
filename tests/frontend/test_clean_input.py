"""Damaged addresses: 400 or 404 with a clear page, never 500."""

from __future__ import annotations

import random

import pytest

from frontend.middleware.clean_input import is_damaged, is_damaged_query
from tests.frontend.asgi import ask

pytestmark = pytest.mark.django_db

DAMAGE = [
    "%00",
    "%01",
    "%1F",
    "%7F",
    "%C2%85",
    "%FF",
    "%FE%FF",
    "%C0%AF",
    "%ED%A0%80",
    "%ED%BF%BF",
    "%EF%BF%BD",
    "%F4%90%80%80",
    "%E2%82",
    "%0D%0Aset-cookie:x=1",
]
TRAVERSAL = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "....//",
    "..\\",
    "%5c..%5c",
    "%252e%252e%252f",
]
PLACES = [
    "/{}",
    "/docs/{}/",
    "/docs/people/{}/",
    "/en/{}",
    "/about/{}",
    "/{}/about/",
    "/static/{}",
]
PAGES = ["/about/", "/docs/", "/about/data/", "/en/about/", "/docs/people/what-we-keep/"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("damage", [*DAMAGE, *TRAVERSAL])
def test_a_damaged_path_is_nothing(place: str, damage: str):
    answer = ask(place.format(damage))
    assert answer.status == 404
    assert b"There is nothing at this address" in answer.body
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_in_the_query_string_is_refused(page: str, damage: str):
    for query in (f"q={damage}", f"{damage}=1", f"country=FR&q=a{damage}b"):
        answer = ask(f"{page}?{query}")
        assert answer.status == 400
        assert b"This address cannot be read" in answer.body
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES)
def test_what_people_type_is_no_damage(page: str):
    for query in (
        "q=Z%C3%BCrich&page=2",
        "q=%E6%9D%B1%E4%BA%AC",
        "q=%D9%85%D8%B1%D9%83%D8%B2%E2%80%8F",
        "q=a%09b",
        "q=100%25",
        "q=50%",
        "=&&=",
        "q=%F0%9F%93%9E",
    ):
        assert ask(f"{page}?{query}").status == 200, query


def test_length_has_an_end():
    assert ask("/" + "a" * 1_999).status == 404
    assert ask("/" + "a" * 100_000).status == 404
    assert ask("/about/?q=" + "a" * 10_000).status == 200
    assert ask("/about/?q=" + "a" * 16_000).status == 400
    assert ask("/about/?" + "&".join(f"a{n}=1" for n in range(1_500))).status in (200, 400)


def test_a_damaged_path_is_not_repeated():
    answer = ask("/%00%3Cscript%3Ealert(1)%3C/script%3E/")
    assert b"alert(1)" not in answer.body
    assert b"\x00" not in answer.body


def test_another_host_is_refused_but_probes_are_let_through():
    answer = ask("/about/", headers={"Host": "evil.example"})
    assert answer.status == 400
    assert b"evil.example" not in answer.body
    assert ask("/healthz", headers={"Host": "10.0.0.7:8000"}).status == 200


def test_random_bytes_never_break_the_site():
    rng = random.Random(20260101)  # noqa: S311 - repeatable, no secret
    for _ in range(300):
        noise = "".join(f"%{rng.randrange(256):02X}" for _ in range(rng.randrange(1, 12)))
        target = rng.choice(["/{}", "/docs/{}/", "/about/?q={}", "/{}/?{}", "/en/{}/"])
        answer = ask(target.replace("{}", noise))
        assert answer.status in (200, 400, 404), target.replace("{}", noise)


def test_the_api_answers_a_damaged_address_in_its_own_form():
    answer = ask("/api/v1/?q=%FF")
    assert answer.status == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["a\x00", chr(0xDFFF), "\N{REPLACEMENT CHARACTER}", "\x85", "\n"])
def test_damage_is_seen(text: str):
    assert is_damaged(text)


def test_a_tab_and_a_direction_mark_are_no_damage():
    assert not is_damaged("a\tb\u200f")
    assert is_damaged_query("q=%") is False
