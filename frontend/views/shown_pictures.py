"""Photos and logos that the public sees: as long as a listing or a card names them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from directory.queries.pictures import shown_logo, shown_photo
from frontend.desk.sent_files import attachment
from network.uploads.storage import UPLOADS

_JPEG = b"\xff\xd8\xff"


@require_safe
def photo(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The photo of a program; 404 unless its listing names it at this moment."""
    return _picture(name if shown_photo(slug) == name else "", "photo")


@require_safe
def logo(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The logo of a group; 404 unless its card names it at this moment."""
    return _picture(name if shown_logo(slug) == name else "", "logo")


def _picture(name: str, kind: str) -> HttpResponse:
    content = UPLOADS.read(name) if name else None
    if content is None:
        raise Http404
    media_type, ending = ("image/jpeg", "jpg") if content[:3] == _JPEG else ("image/png", "png")
    return attachment(HttpResponse(content), media_type, f"{kind}.{ending}")
