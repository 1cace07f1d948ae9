"""The list of all public pages, for whoever indexes them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontend import sitemaps

CONTENT_TYPE = "application/xml; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The names of the parts."""
    return HttpResponse(sitemaps.index(), content_type=CONTENT_TYPE)


@require_safe
def part(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """One part; 404 for one that does not exist."""
    text = sitemaps.part(kind, int(number))
    if text is None:
        raise Http404
    return HttpResponse(text, content_type=CONTENT_TYPE)
