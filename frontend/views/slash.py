"""An address that somebody wrote without its last slash."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@require_safe
def with_slash(request: HttpRequest, rest: str) -> HttpResponse:
    """To the page that stands at the address with a slash; 404 where there is none."""
    try:
        # A language alone is the home page in that language.
        resolve("/" if rest in dict(settings.LANGUAGES) else f"/{rest}/")
    except Resolver404:
        raise Http404(_("There is nothing at this address.")) from None
    query = request.META.get("QUERY_STRING", "")
    address = escape_leading_slashes(f"{request.path}/")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
