"""Error pages in the house's style; problem details, RFC 9457, where a machine asked.

None of them makes a query or repeats the address that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string

from frontend.context import languages_of


def _error(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The page of one status, or the problem details where the address is one of the API."""
    if request.path_info.startswith(("/api/", "/hsds/")):
        return JsonResponse(
            {"type": "about:blank", "title": status.phrase, "status": status.value},
            status=status,
            content_type="application/problem+json",
            json_dumps_params={"separators": (",", ":")},
        )
    context = {"page_languages": languages_of("/"), "canonical": ""}
    page = render_to_string(f"frontend/errors/{status.value}.html", context, request)
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address holds something that this page does not understand."""
    return _error(request, HTTPStatus.BAD_REQUEST)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its token: the page was open for long, or cookies are off."""
    return _error(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: missing, forbidden and withdrawn alike, the same bytes for each."""
    return _error(request, HTTPStatus.NOT_FOUND)


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """405 with `Allow`: this address can only be read."""
    response = _error(request, HTTPStatus.METHOD_NOT_ALLOWED)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: plain text if even the page of the error cannot be made."""
    try:
        return _error(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:  # noqa: BLE001 - whatever broke the page may break its error page too
        return HttpResponseServerError(
            "Something on this site is broken. Try again in a while.\n", content_type="text/plain"
        )
