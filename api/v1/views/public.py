"""What every public answer of the API is made with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from api.answers import json_answer


class OneForm(BaseContentNegotiation):
    """There is one form of the answer, whatever a client says that it accepts."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """The first."""
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The first."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class PublicView(APIView):
    """A question that anybody may ask; nothing but reading is answered."""

    content_negotiation_class = OneForm
    http_method_names = ["get", "head"]


def page_answer(
    request: HttpRequest | Request,
    results: list[Any],
    pages: tuple[str, str],
    mark: str,
    **more: Any,
) -> HttpResponse:
    """`{next, previous, results}`; the addresses of both pages in the header `Link` too.

    `pages` are the cursors of the previous and of the next page, empty at an end.
    """
    addresses, links = page_addresses(request, pages)
    return json_answer({**addresses, **more, "results": results}, mark, links)


def page_addresses(
    request: HttpRequest | Request, pages: tuple[str, str]
) -> tuple[dict[str, str | None], str]:
    """`{next, previous}`, and the same as a header `Link`, from the cursors of both pages."""
    previous, following = (_address(request, cursor) for cursor in pages)
    named = (("prev", previous), ("next", following))
    links = ", ".join(f'<{address}>; rel="{name}"' for name, address in named if address)
    return {"next": following, "previous": previous}, links


def _address(request: HttpRequest | Request, cursor: str) -> str | None:
    """The address of the same question at another cursor."""
    if not cursor:
        return None
    asked = [(name, value) for name, value in request.GET.items() if name != "cursor" and value]
    query = urlencode([*asked, ("cursor", cursor)])
    return f"{settings.PUBLIC_ORIGIN}{request.path}?{query}"
