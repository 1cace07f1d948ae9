"""What is sent to a view behind a token: read strictly, and never over a newer version."""

import pytest

from network.models import AuditEntry
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.api.probe import THINGS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.probed")]


def things():
    with acting(system(Purpose.OPERATOR)):
        return AuditEntry.objects.filter(verb="thing").count()


# 405, 413, 415, 400


def test_a_method_that_is_not_there(cast):
    answer = ask(THINGS, token_for(cast, "amara"), method="PUT")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST, PATCH, DELETE"
    assert ask(THINGS, token_for(cast, "amara"), method="OPTIONS").status_code == 405


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("Application/JSON; charset=UTF-8", 201),
        ("application/json; charset=latin-1", 415),
        ("text/json", 415),
        ("application/x-www-form-urlencoded", 415),
        ("", 415),
    ],
)
def test_bodies_are_json_only(client, cast, content_type, status):
    headers = {"Authorization": f"Bearer {token_for(cast, 'amara')}"}
    answer = client.generic(
        "POST", THINGS, data='{"name": "x"}', content_type=content_type, headers=headers
    )
    assert answer.status_code == status
    assert things() == (status == 201)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"name"',
        b"null",
        b"\xff\xfe",
        b'{"name": "a", "name": "b"}',
        b'{"name": NaN}',
        b'{"name": "x", "size": 1e400}',
        b'{"name": "\\ud800"}',
        b'{"name": "\\u0000"}',
        b'{"a\\u0000": "b"}',
        b'{"name": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"number": ' + b"9" * 5_000 + b"}",
    ],
)
def test_broken_bodies_are_400_by_name(cast, body):
    answer = ask(THINGS, token_for(cast, "amara"), method="POST", body=body)
    assert answer.status_code == 400
    assert list(document(answer)["errors"]) == ["body"]
    assert things() == 0


def test_a_body_that_nobody_reads_is_looked_at_all_the_same(client, cast):
    headers = {"Authorization": f"Bearer {token_for(cast, 'amara')}"}

    def delete(body, content_type):
        asked = {"data": body, "content_type": content_type, "headers": headers}
        return client.generic("DELETE", THINGS, **asked).status_code

    assert delete("x=1", "application/x-www-form-urlencoded") == 415
    assert delete("{", "application/json") == 400
    assert delete("{}", "application/json") == 204


def test_a_body_that_is_too_long_is_413(cast):
    text = token_for(cast, "amara")
    for size in (64 * 1024, 3 * 1024 * 1024):
        answer = ask(THINGS, text, method="POST", body={"name": "x" * size})
        assert answer.status_code == 413
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, ["name"]),
        ({"name": "x", "other": 1}, ["other"]),
        ({"other": 1}, ["name", "other"]),
        ({"name": 1}, ["name"]),
        ({"name": True}, ["name"]),
        ({"name": None}, ["name"]),
        ({"name": ["x"]}, ["name"]),
        ({"name": " "}, ["name"]),
        ({"name": "\u2800"}, ["name"]),
        ({"name": "x" * 21}, ["name"]),
        (
            {"name": "x", "number": "1", "size": "1", "is_open": "true"},
            ["is_open", "number", "size"],
        ),
        ({"name": "x", "number": 1.5, "is_open": 1}, ["is_open", "number"]),
        ({"name": "x", "number": True, "size": True}, ["number", "size"]),
        ({"name": "x", "part": {"lat": "1", "lon": 2}}, ["part.lat", "part.lon"]),
        ({"name": "x", "part": []}, ["part.non_field_errors"]),
        ({"name": "x", "parts": [{"lat": 1}, {}]}, ["parts.1.lat"]),
        ({"name": "x", "words": ["a", "long", 1]}, ["words.1", "words.2"]),
        ({"name": "x", "size": float(10**300) * 10**300}, ["body"]),
    ],
)
def test_every_wrong_field_is_named(cast, body, names):
    answer = ask(THINGS, token_for(cast, "amara"), method="POST", body=body)
    assert answer.status_code == 400
    assert sorted(document(answer)["errors"]) == names
    assert things() == 0


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_parameter_is_400(cast, method):
    answer = ask(THINGS + "?x=1", token_for(cast, "amara"), method=method, body={"name": "x"})
    assert answer.status_code == 400
    assert list(document(answer)["errors"]) == ["x"]
    assert things() == 0


# 428, 409


def test_who_does_not_say_which_version_they_changed_is_428(cast):
    answer = ask(THINGS, token_for(cast, "amara"), method="PATCH", body={"name": "x"})
    assert answer.status_code == 428
    assert document(answer)["detail"]


@pytest.mark.parametrize("tag", ["*", 'W/"1"', '"x"', '"1", "2"', "", '"12345678901"', '"\u0661"'])
def test_what_is_no_version_is_400(cast, tag):
    answer = ask(
        THINGS,
        token_for(cast, "amara"),
        method="PATCH",
        body={"name": "x"},
        headers={"If-Match": tag},
    )
    assert answer.status_code == 400
    assert list(document(answer)["errors"]) == ["If-Match"]


def test_a_stale_editor_gets_what_is_needed_to_merge(cast):
    text = token_for(cast, "amara")
    first = ask(THINGS, text)
    assert first["ETag"] == '"1"'

    def patch(name):
        headers = {"If-Match": first["ETag"]}
        return ask(THINGS, text, method="PATCH", body={"name": name}, headers=headers)

    done = patch("Harbour")
    assert (done.status_code, done["ETag"]) == (200, '"2"')
    late = patch("Haven")
    assert late.status_code == 409
    assert document(late)["current"] == {"name": "Harbour", "version": 2}
    assert "ETag" not in late
    assert document(ask(THINGS, text))["name"] == "Harbour"


@pytest.mark.parametrize("header", ["If-None-Match", "If-Match"])
def test_reading_is_never_conditional(cast, header):
    text = token_for(cast, "amara")
    for tag in ('"1"', '"9"', "*"):
        answer = ask(THINGS, text, headers={header: tag})
        assert answer.status_code == 200
        assert answer.content
