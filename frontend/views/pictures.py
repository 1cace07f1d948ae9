"""Drawn pictures: tiles of the map on a fixed grid, and the pictures that pages name."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontend.atlas.palette import Theme
from frontend.pictures import NoSuchPictureError, draw, tiles

# The outlines change with a release; a picture never does, what is on it stands in its address.
DAY, WEEK = 86_400, 604_800


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int, theme: Theme = "light") -> HttpResponse:
    """One tile of the base map, 256 pixels; 404 outside of zooms 0 to 6 and of the world."""
    try:
        body = tiles.tile(z, x, y, theme)
    except ValueError as error:
        raise Http404 from error
    response = _png(body, DAY)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def picture(request: HttpRequest, theme: Theme) -> HttpResponse:
    """The picture that `p` names; 404 for one that this node did not sign."""
    try:
        return _png(draw(request.GET.get("p", ""), theme), WEEK)
    except NoSuchPictureError as error:
        raise Http404 from error


def _png(body: bytes, seconds: int) -> HttpResponse:
    response = HttpResponse(body, content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response
