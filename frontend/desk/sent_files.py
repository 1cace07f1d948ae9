"""Files that forms bring, looked at before a page's transaction begins; and files handed out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial, wraps
from http import HTTPStatus
from pathlib import PurePath
from typing import IO, Any, TypeVar

from asgiref.sync import sync_to_async
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from frontend.desk.signed_in import signed_in
from network.enums import UploadKind
from network.models import Upload
from network.uploads.inspecting import Inspected, inspect, refusal
from network.uploads.storage import UPLOADS

FIELD = "file"
TOO_LARGE = "too_large"
CHUNK = 64 * 1024
Answer = TypeVar("Answer", bound=HttpResponseBase)
ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}
# Whatever a browser makes of a file: it runs nothing, loads nothing and sends nothing.
SANDBOX = "sandbox; default-src 'none'"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought: a file that is fit, or why it is not, or none; and its name."""

    inspected: Inspected | None = None
    error: ValidationError | None = None
    stem: str = ""

    @property
    def is_there(self) -> bool:
        """Whether a file came at all."""
        return self.inspected is not None or self.error is not None


def takes_file(use: UploadKind) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Above `desk_page`: `sent_with(request)` then tells of the file that a form brought.

    Decoding takes up to seconds; inside the transaction of a page others would wait for it.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and signed_in(request) is not None:
                setattr(request, "sent", _sent(request, use))  # noqa: B010 - Django's has no such
            return view(request, **kwargs)

        return page

    return decorate


def sent_with(request: HttpRequest) -> Sent:
    """What came with a form, or the reason why the server dropped it unread."""
    if request.method == "GET" and TOO_LARGE in request.GET:
        return Sent(error=refusal("long"))
    sent: Sent = getattr(request, "sent", Sent())
    return sent


def status_of(request: HttpRequest, *, is_refused: bool) -> int:
    """The status of a page with a form: 422 where what was sent is refused, 413 where too long."""
    if not is_refused:
        return HTTPStatus.OK
    if request.method == "GET":
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return HTTPStatus.UNPROCESSABLE_ENTITY


def handed_out(upload: Upload, *, name: str) -> HttpResponse:
    """The file itself, to be kept under a name; nothing in it runs.

    Raises:
        Http404: the disk has lost it.
    """
    content = UPLOADS.read(upload.name)
    if content is None:
        raise Http404
    return attachment(HttpResponse(content), upload.media_type, name)


def attachment(response: Answer, media_type: str, name: str) -> Answer:
    """An answer as a file to keep: not shown as a page, not guessed at, not run."""
    response.headers["Content-Type"] = (
        f"{media_type}; charset=utf-8" if media_type == "text/plain" else media_type
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def streamed(file: IO[bytes]) -> StreamingHttpResponse:
    """An open file as an answer in parts, no faster than its reader takes it."""
    return StreamingHttpResponse(_parts(file))


async def _parts(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        read = sync_to_async(partial(file.read, CHUNK), thread_sensitive=False)
        while chunk := await read():
            yield chunk


def _sent(request: HttpRequest, use: UploadKind) -> Sent:
    file = request.FILES.get(FIELD)
    if file is None:
        return Sent()
    stem = PurePath(str(file.name)).stem
    try:
        return Sent(inspect(file.read(), use), stem=stem)
    except ValidationError as error:
        return Sent(error=error, stem=stem)
