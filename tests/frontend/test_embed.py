"""The frame for the pages of others: framed by anyone, and nothing in it acts or remembers."""

import re

import pytest

from tests.factories import make_country, make_listing

pytestmark = pytest.mark.django_db
EMBED = "/embed/programs/"


def test_anyone_may_frame_it_and_only_it(client):
    make_listing(latitude=45.7, longitude=4.8)
    answer = client.get(EMBED)
    assert "X-Frame-Options" not in answer
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "form-action 'none'" in policy
    assert "script-src 'none'" in policy
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/", "/programs/", "/map/"):
        other = client.get(path)
        assert other["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("path", [EMBED, "/map/0/0/0.png", "/programs/"])
def test_a_browser_that_has_it_already_is_told_the_same_of_who_may_use_it(client, method, path):
    first = client.get(path)
    again = getattr(client, method)(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    for name in (
        "X-Frame-Options",
        "Content-Security-Policy",
        "Cross-Origin-Resource-Policy",
        "Access-Control-Allow-Origin",
    ):
        assert again.headers.get(name) == first.headers.get(name), name


def test_no_form_no_script_no_cookie_and_links_that_leave_the_frame(client):
    make_listing(slug="one", latitude=45.7, longitude=4.8)
    client.cookies["sessionid"] = "x"
    answer = client.get(EMBED)
    text = answer.content.decode()
    assert not answer.cookies
    assert not re.search(r"<(form|script|input|button)\b", text)
    assert '<base target="_blank">' in text
    assert 'href="/programs/one/"' in text
    assert 'name="robots" content="noindex"' in text


def test_filters_and_parts(client):
    make_listing(name="Reine", latitude=45.7, longitude=4.8)
    make_listing(name="Queen", latitude=51.5, longitude=-0.1, country=make_country("GB"))
    both = client.get(EMBED, {"country": "GB"}).content.decode()
    assert "Queen" in both
    assert "Reine" not in both
    assert "/map/picture/" in both
    only_list = client.get(EMBED, {"part": "list"}).content.decode()
    assert "/map/picture/" not in only_list
    assert "Reine" in only_list
    only_map = client.get(EMBED, {"part": "map"}).content.decode()
    assert "/map/picture/" in only_map
    assert "Reine" not in only_map
    assert "/programs/?country=GB" in both


def test_nothing_found_and_nonsense_are_said(client):
    make_country("GB")
    nothing = client.get(EMBED, {"country": "GB"}).content.decode()
    assert "We know of no program in the United Kingdom" in nothing
    assert "This node lists none yet" in client.get(EMBED).content.decode()
    answer = client.get(EMBED, {"status": "nonsense", "part": "all"})
    assert answer.status_code == 400
    assert "Its owner can put it right" in answer.content.decode()


def test_in_another_language(client):
    make_listing(latitude=45.7, longitude=4.8)
    assert 'dir="rtl"' in client.get(f"/ar{EMBED}").content.decode()
