"""Headers of every kind of answer: pages, errors, static files, unchanged pages."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from tests.frontend.asgi import ask

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PAGES = [
    "/about/",
    "/about/data/",
    "/about/components/",
    "/docs/",
    "/docs/people/what-we-keep/",
    "/en/about/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-pages-1.xml",
    "/favicon.ico",
]
ERRORS = {"/nothing-here/": 404, "/about/?q=%00": 400, "/%FF": 404, "/api/v1/x/": 404}


def broken(request: object) -> HttpResponse:
    raise RuntimeError("a view that breaks")


def private(request: object) -> HttpResponse:
    return HttpResponse("mine")


urlpatterns = [
    path("broken/", broken),
    path("api/broken/", broken),
    path("private/", private),
    path("", include("network.project.urls")),
]
handler400 = "frontend.views.errors.bad_request"
handler404 = "frontend.views.errors.not_found"
handler500 = "frontend.views.errors.server_error"


# What is for machines may be read by the pages of others, its refusals included.
SHARED = {"Cross-Origin-Resource-Policy": "cross-origin"}


def check(headers: dict[str, str], shared: bool = False, is_document: bool = True) -> None:
    for name, value in (ALWAYS | (SHARED if shared else {})).items():
        assert headers[name] == value, name
    if is_document:
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert "camera=()" in headers["Permissions-Policy"]
    else:
        assert "Permissions-Policy" not in headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")
    assert ("Access-Control-Allow-Origin" in headers) == shared


@pytest.mark.parametrize("page", PAGES)
def test_pages_carry_every_header_and_may_be_kept_for_a_while(page: str):
    answer = ask(page)
    assert answer.status == 200
    check(answer.headers, is_document=page != "/favicon.ico")
    assert answer.headers["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize(("target", "status"), ERRORS.items())
def test_errors_carry_every_header_and_are_kept_by_nobody(target: str, status: int):
    answer = ask(target)
    assert answer.status == status
    check(answer.headers, shared=target.startswith("/api/"))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", PAGES)
def test_an_unchanged_page_is_304_with_every_header(page: str):
    first = ask(page)
    assert first.body == ask(page).body
    answer = ask(page, headers={"If-None-Match": first.headers["Etag"]})
    assert answer.status == 304
    assert answer.body == b""
    check(answer.headers)
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert answer.headers["Etag"] == first.headers["Etag"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-Match", '"another"'),
        ("If-Match", "nonsense"),
        ("If-Unmodified-Since", "Tue, 01 Jan 2013 00:00:00 GMT"),
    ],
)
def test_a_condition_of_writers_is_ignored_where_nothing_is_written(
    method: str, name: str, value: str
):
    plain = ask("/about/", method=method)
    answer = ask("/about/", method=method, headers={name: value})
    assert answer.status == 200
    assert answer.body == plain.body
    assert answer.headers["Etag"] == plain.headers["Etag"]


def test_head_has_the_headers_of_get(client: Client):
    got, head = client.get("/about/"), client.head("/about/")
    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == got["ETag"]
    assert head["Cache-Control"] == got["Cache-Control"]
    assert client.head("/about/", headers={"If-None-Match": got["ETag"]}).status_code == 304


def test_a_cookie_changes_nothing():
    plain = ask("/about/")
    with_cookie = ask("/about/", headers={"Cookie": "django_language=ar; sessionid=x"})
    assert with_cookie.body == plain.body
    assert with_cookie.headers == plain.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
def test_public_pages_are_only_read(method: str):
    answer = ask("/about/", method=method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert b"This page can only be read" in answer.body
    check(answer.headers)
    assert answer.headers["Cache-Control"] == "no-store"


def test_static_files_carry_every_header_but_that_of_documents():
    with override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        answer = Client().get("/static/frontend/css/tokens.css")
    assert answer.status_code == 200
    assert b"--paper" in answer.getvalue()
    check(dict(answer.items()), is_document=False)


@override_settings(ROOT_URLCONF="tests.frontend.test_headers")
def test_a_broken_view_is_a_page_with_every_header_and_no_trace():
    answer = ask("/broken/")
    assert answer.status == 500
    assert b"This page could not be made" in answer.body
    assert b"RuntimeError" not in answer.body
    check(answer.headers)
    assert answer.headers["Cache-Control"] == "no-store"
    assert ask("/api/broken/").headers["Content-Type"] == "application/problem+json"


@override_settings(ROOT_URLCONF="tests.frontend.test_headers")
def test_what_is_not_known_to_be_public_is_kept_by_nobody():
    answer = ask("/private/")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert ask("/healthz").headers["Cache-Control"] == "no-store"
