"""One operation that needs no token and changes something: what these have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from api.v1.operations.described import JSON, PROBLEM, Answer, examples_of, header
from api.v1.operations.tenant import ABOUT, KEY, SCOPES, F, Request, refusal, sent
from network.enums import Scope

WAYS_IN = "Ways in"
# Where `document.complete` finds that no token is needed, and takes it away.
OPEN = "x-open"
_EVERY = (400, 413, 415, 429)
# With a token as well: what is wrong with it, and what is wrong with its key for repeats.
_SIGNED = (401, 403, 409, 422)
_TOO_OFTEN = (
    "Asked for too often today: here, or by the pages. Wait as long as `Retry-After` says."
)


def taken(
    operation_id: str,
    summary: str,
    about: str,
    *,
    request: Request,
    answers: Sequence[Answer] = (),
    scope: Scope | None = None,
    path: Sequence[OpenApiParameter] = (),
    others: Sequence[int] = (),
) -> Callable[[F], F]:
    """What stands before `post` of a view that anybody may ask.

    With `answers` it is answered with 202, else with 204. `scope` is what a token must have, where
    one may be sent as well; without it a token is not looked at. `request` is the name of the
    schema of the body, and an example.
    """
    status = 202 if answers else 204
    done: dict[Any, Any] = {
        (status, one.media_type): OpenApiResponse(
            one.holds, "Taken. The same for every address.", examples_of(one.examples)
        )
        for one in answers
    } or {204: OpenApiResponse(None, ABOUT[204])}
    refused = sorted({*_EVERY, *others, *(_SIGNED if scope else ())})
    return extend_schema(
        operation_id=operation_id,
        tags=[WAYS_IN],
        summary=summary,
        description=about,
        parameters=[*path, KEY, *_told(status, refused)],
        request={JSON: sent(request)},
        responses={
            **done,
            **{(one, PROBLEM): refusal(one, _TOO_OFTEN if one == 429 else "") for one in refused},
        },
        auth=[],
        extensions={OPEN: True, **({SCOPES: [str(scope)]} if scope else {})},
    )


def _told(status: int, refused: Sequence[int]) -> list[OpenApiParameter]:
    """The headers of the answers."""
    seconds = {"type": "integer", "minimum": 1}
    found = [
        header("Cache-Control", [status, *refused], "Nobody may keep it.", is_required=True),
        header("Retry-After", [429], "Seconds to wait.", seconds, is_required=True),
    ]
    if 401 in refused:
        found.append(
            header("WWW-Authenticate", [401], "The way to sign in: `Bearer`.", is_required=True)
        )
    return found
