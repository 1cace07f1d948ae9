"""Long answers, made and sent piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import Throttled

from api.codings import takes_gzip
from network.streams import WAIT_SECONDS, AllTakenError, Place, in_parts

GZIP = 31
LEVEL = 4


def streamed(
    request: HttpRequest, parts: Iterator[bytes], *, mark: str, content_type: str, filename: str
) -> HttpResponseBase:
    """The parts as one answer, compressed for whoever takes that; 304 while nothing has changed.

    Two answers with the same entity tag hold the same, but not in the same bytes.

    Raises:
        Throttled: too many are under way.
    """
    state = f"{mark} {timezone.localdate()} {request.get_full_path()}"
    etag = f'W/"{blake2b(state.encode(), digest_size=12).hexdigest()}"'
    headers = {
        "Cache-Control": "public, max-age=30",
        "Content-Disposition": f'attachment; filename="{filename}"',
        "ETag": etag,
        "Vary": "Accept-Encoding",
    }
    unchanged = get_conditional_response(request, etag=etag, response=None)
    if unchanged is not None and unchanged.status_code == 304:
        for name in ("Cache-Control", "ETag", "Vary"):
            unchanged.headers[name] = headers[name]
        return unchanged
    return _sent(request, parts, content_type, headers)


def handed_out(
    request: HttpRequest, parts: Iterator[bytes], *, content_type: str, filename: str
) -> HttpResponseBase:
    """The parts as one file for who asked alone, compressed for whoever takes that.

    Raises:
        Throttled: too many are under way.
    """
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return _sent(request, parts, content_type, headers)


def _sent(
    request: HttpRequest, parts: Iterator[bytes], content_type: str, headers: dict[str, str]
) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type, headers=headers)
    try:
        place = Place()
    except AllTakenError:
        raise Throttled(WAIT_SECONDS) from None
    if takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
        parts = _packed(parts)
    answer = in_parts(request, parts, place, content_type)
    for name, value in headers.items():
        answer.headers[name] = value
    return answer


def _packed(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts as one gzip file."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    for part in parts:
        if some := packer.compress(part):
            yield some
    yield packer.flush()
