"""Requests that are sent twice have one effect: `Idempotency-Key`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import ValidationError

from api.problems import Refusal
from network.models import KeptAnswer

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[!-~]{1,200}", re.ASCII)
_HEADERS = ("Content-Type", "ETag", "Location")
# So long a second request waits for the first; SQLite waits as long as its settings say.
WAIT = "10s"


def once(
    request: HttpRequest,
    owner: tuple[UUID, UUID],
    make: Callable[[], HttpResponse],
) -> HttpResponse:
    """What `make` answers, or has answered to the same request with the same key.

    `owner` is the organization and the person. Runs inside the transaction of the effect: both
    are there, or neither is. Of several at once one is made and the others wait for it. Refusals
    and faults are not kept, so the key may be used again with what was put right.

    Raises:
        Refusal: 422 where the key was used for another request, 409 where that takes too long.
        ValidationError: it is no key.
    """
    key = _key_in(request)
    if key is None:
        return make()
    organization_id, person_id = owner
    digest = _digest(request)
    mine = KeptAnswer(
        organization_id=organization_id,
        person_id=person_id,
        key_hash=hashlib.sha256(key.encode()).hexdigest(),
        request_digest=digest,
    )
    kept = _found(mine)
    if kept is not None:
        return _again(kept, digest)
    answer = make()
    if answer.status_code >= 400:
        mine.delete()
        return answer
    mine.status = answer.status_code
    mine.body = answer.content.decode()
    mine.headers = {name: answer[name] for name in _HEADERS if name in answer}
    mine.save(update_fields=["status", "body", "headers"])
    return answer


def id_of_repeats(request: HttpRequest) -> UUID | None:
    """An id for what a request without a token makes; nothing where it has no key.

    Sent again with the same key it has the same id. A key is nobody's there, so what was sent is
    part of it: whoever uses the key of somebody else for another request notices nothing.

    Raises:
        ValidationError: it is no key.
    """
    key = _key_in(request)
    if key is None:
        return None
    whole = f"{key}\n{_digest(request)}"
    return UUID(salted_hmac("api.repeats", whole, algorithm="sha256").hexdigest()[:32])


def _key_in(request: HttpRequest) -> str | None:
    """The key of a request, where it has one.

    Raises:
        ValidationError: it is no key.
    """
    key = request.headers.get(HEADER)
    if key is not None and not _KEY.fullmatch(key):
        raise ValidationError({HEADER: ["Send 1 to 200 letters, digits and signs of ASCII."]})
    return key


def _digest(request: HttpRequest) -> str:
    """What makes a request the same: method, address and body."""
    whole = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    whole.update(request.body)
    return whole.hexdigest()


def _found(mine: KeptAnswer) -> KeptAnswer | None:
    """The answer to the key; `None` where there is none, and `mine` now stands in its place.

    The unique index decides: on PostgreSQL a second request waits there until the first has
    ended, on SQLite it has waited already, for the only lock there is.

    Raises:
        Refusal: 409 where the first is still at work after a while.
    """
    try:
        _wait(WAIT)
        KeptAnswer.objects.bulk_create([mine], ignore_conflicts=True)
        _wait("0")
    except OperationalError:
        raise Refusal(
            HTTPStatus.CONFLICT,
            {"Retry-After": "1"},
            detail="The first request with this key is in progress. Send it again later.",
        ) from None
    kept = KeptAnswer.objects.get(
        organization_id=mine.organization_id, person_id=mine.person_id, key_hash=mine.key_hash
    )
    return None if kept.pk == mine.pk else kept


def _wait(time: str) -> None:
    """So long this transaction waits for others; nought is as long as it takes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [time])


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    """The kept answer.

    Raises:
        Refusal: 422, it was the answer to another request.
    """
    if kept.request_digest != digest:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            detail="This key was used for another request. Send a new one.",
        )
    answer = HttpResponse(kept.body.encode(), status=kept.status, headers=kept.headers)
    answer.headers[REPLAYED] = "true"
    return answer
