"""Error pages: the same for missing and forbidden, no query, no echo."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from frontend.views import errors
from tests.frontend.asgi import ask


def missing(request: HttpRequest) -> None:
    raise Http404("canary-reason")


def forbidden(request: HttpRequest) -> None:
    raise PermissionDenied("canary-reason")


urlpatterns = [
    path("missing/", missing),
    path("forbidden/", forbidden),
    path("", include("network.project.urls")),
]
handler400 = "frontend.views.errors.bad_request"
handler403 = "frontend.views.errors.not_found"
handler404 = "frontend.views.errors.not_found"
handler500 = "frontend.views.errors.server_error"


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.frontend.test_errors")
def test_missing_and_forbidden_are_the_same_bytes():
    one, two, three = ask("/missing/"), ask("/forbidden/"), ask("/never-heard-of/")
    assert one.status == two.status == three.status == 404
    assert one.body == two.body == three.body
    assert one.headers == two.headers
    assert b"canary-reason" not in one.body


@pytest.mark.django_db
def test_an_error_page_offers_a_way_on():
    body = ask("/nothing/").body.decode()
    assert "<h1>There is nothing at this address</h1>" in body
    assert 'role="search"' in body
    assert 'name="robots" content="noindex"' in body


@pytest.mark.django_db
def test_an_error_page_does_not_repeat_the_address():
    assert b"canary" not in ask("/canary-path/?canary=1").body


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.not_found, 404), (errors.server_error, 500)],
)
def test_no_error_page_needs_the_database(rf: RequestFactory, view, status: int):
    # Without the `db` mark any query fails.
    assert view(rf.get("/")).status_code == status


def test_a_broken_error_page_is_still_an_answer(rf: RequestFactory):
    with override_settings(TEMPLATES=[]):
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert response["Content-Type"] == "text/plain"


def test_a_method_that_is_not_allowed_says_which_are(client: Client):
    response = client.post("/docs/", {"a": "canary"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert b"canary" not in response.content
