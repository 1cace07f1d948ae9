"""The language of a page: in its address or agreed with the browser, true in its head."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings
from django.urls import get_script_prefix
from django.utils.translation import get_language

from frontend.addresses import split_language
from frontend.middleware.language import negotiated
from tests.frontend.asgi import ask

pytestmark = pytest.mark.django_db

TWO = override_settings(LANGUAGES=[("en", "English"), ("ar", "Arabic")])
ARABIC = {"Accept-Language": "ar-EG, fr;q=0.8"}


@pytest.fixture
def two_languages():
    with TWO:
        yield


def head(body: bytes) -> str:
    return body.decode().partition("</head>")[0]


def test_an_unprefixed_page_agrees_with_the_browser(two_languages: None):
    answer = ask("/about/", headers=ARABIC)
    assert answer.status == 200
    assert '<html lang="ar" dir="rtl">' in head(answer.body)
    assert answer.headers["Content-Language"] == "ar"
    assert "Accept-Language" in answer.headers["Vary"]
    assert '<link rel="canonical" href="http://localhost:8000/ar/about/">' in head(answer.body)


def test_a_twin_keeps_its_language_whatever_the_browser_says(two_languages: None):
    answer = ask("/en/about/", headers=ARABIC)
    assert answer.status == 200
    assert '<html lang="en" dir="ltr">' in head(answer.body)
    assert "Accept-Language" not in answer.headers.get("Vary", "")
    assert '<link rel="canonical" href="http://localhost:8000/en/about/">' in head(answer.body)


def test_every_twin_is_named_and_exists(two_languages: None):
    for page in ("/about/", "/docs/", "/docs/people/what-we-keep/", "/about/data/"):
        found = re.findall(
            r'hreflang="(\w+)" href="http://localhost:8000([^"]+)"', head(ask(page).body)
        )
        assert found == [("en", f"/en{page}"), ("ar", f"/ar{page}")]
        assert all(ask(address).status == 200 for _code, address in found)


def test_links_of_a_twin_stay_in_its_language(two_languages: None):
    body = ask("/ar/about/").body.decode()
    inner = [
        link
        for link in re.findall(r'<a [^>]*href="(/[^"]*)"', body)
        if not link.startswith("/en/about/")  # the way to the other language
    ]
    assert inner
    assert all(link.startswith("/ar/") for link in inner)
    assert "/static/frontend/css/tokens.css" in body
    assert get_script_prefix() == "/"


def test_the_query_string_follows_into_the_twin(two_languages: None):
    body = ask("/docs/?q=%22%3E%3Cb%3E&x=1").body.decode()
    assert 'href="http://localhost:8000/en/docs/?q=%22%3E%3Cb%3E&amp;x=1"' in body


@pytest.mark.parametrize(
    "address",
    ["/pt/about/", "/xx/", "/pt", "/EN/about/", "/en/en/about/", "/de/about/"],
)
def test_an_unknown_prefix_is_nothing(address: str):
    assert ask(address).status == 404


@pytest.mark.parametrize("single", ["healthz", "readyz", "robots.txt", "favicon.ico", "api/v1/"])
def test_what_speaks_no_language_has_no_twin(single: str):
    assert ask(f"/en/{single}").status == 404
    assert "Accept-Language" not in ask(f"/{single}").headers.get("Vary", "")


def test_an_error_is_in_the_language_of_its_address(two_languages: None):
    answer = ask("/ar/nothing/")
    assert answer.status == 404
    assert '<html lang="ar" dir="rtl">' in head(answer.body)
    assert "canonical" not in head(answer.body)


def test_the_prefix_holds_for_one_request(two_languages: None, client: Client):
    assert client.get("/ar/about/").status_code == 200
    assert get_script_prefix() == "/"
    assert get_language() == "en"


def test_one_reader_does_not_set_the_language_of_the_next(two_languages: None):
    ask("/ar/about/")
    assert '<html lang="en" dir="ltr">' in head(ask("/about/").body)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("*", "en"),
        ("fr, de;q=0.9", "en"),
        ("fr, ar;q=0.3", "ar"),
        ("en-GB, ar", "en"),
        ("ar-Arab-EG", "ar"),
        ("nonsense;;;q=", "en"),
        ("x" * 20_000, "en"),
        ("../../etc", "en"),
    ],
)
def test_the_browser_is_heard(two_languages: None, header: str, code: str):
    assert negotiated(header) == code


def test_only_a_whole_first_word_is_a_language():
    assert split_language("/en/") == ("en", "/")
    assert split_language("/english/") == (None, "/english/")
    assert split_language("/en") == (None, "/en")
