"""One operation that a token opens: what all of them have in common is said here once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiRequest,
    OpenApiResponse,
    extend_schema,
)

from api.v1.filters.parameters import Parameters
from api.v1.operations.described import JSON, PROBLEM, Answer, examples_of, header
from api.v1.operations.parameters import parameters_of, slug_parameter
from api.v1.schemas.common import PROBLEM_EXAMPLES
from api.v1.schemas.shapes import ref
from network.enums import Scope

# Where `document.complete` finds the scopes of an operation, and takes them away.
SCOPES = "x-scopes"
F = TypeVar("F", bound=Callable[..., Any])
Request = tuple[str, Any]

ABOUT = {
    204: "Done. No body.",
    400: "A field or a parameter is unknown or says what it cannot; `errors` names each with what "
    "to write instead.",
    401: "No token was sent, or none that may be used now: unknown, expired, revoked, or of "
    "somebody who no longer belongs to the organization. The same bytes for all of them.",
    403: "The token has no such `scope`, or the role of its person carries no such `permission`.",
    404: "There is nothing at this address for this token: missing, or another organization's.",
    409: "`current` is what it says now, where `If-Match` named an older version; or another "
    "request with this `Idempotency-Key` is in progress.",
    413: "The body is longer than 64 KiB.",
    415: "The body is not JSON in UTF-8.",
    422: "The `Idempotency-Key` was used for another request.",
    428: "`If-Match` is missing.",
    429: "Too many requests with this token, or too many wrong tokens at this node. Wait as long "
    "as `Retry-After` says.",
}
_DONE = "What was asked for, or made."
_ALSO = {
    200: "It had been sent before: the same answer, and nothing was added.",
    202: "Taken: it waits for the node that gives the numbers, or for people to decide.",
}
_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    OpenApiParameter.HEADER,
    required=True,
    description="The `ETag` of the version that you changed.",
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,200}$"},
    OpenApiParameter.HEADER,
    description="A key of your own for this request, such as a UUID. Sent again within 24 hours "
    "it is answered as before, and nothing is done twice.",
)


def opened(
    operation_id: str,
    tag: str,
    summary: str,
    about: str,
    *,
    scope: Scope | None,
    answers: Sequence[Answer] = (),
    status: int = 200,
    also: Sequence[int] = (),
    method: str = "GET",
    request: Request | None = None,
    parameters: type[Parameters] = Parameters,
    path: Sequence[OpenApiParameter] = (),
    is_tenant: bool = True,
    is_versioned: bool = False,
    is_list: bool = False,
    others: Sequence[int] = (),
) -> Callable[[F], F]:
    """What stands before a handler of a `BearerView` or a `TenantView`.

    `request` is the name of the schema of the body, and an example. `answers` are those of
    `status` and of each in `also`; none is 204. `is_versioned`: the answer has an `ETag`; PUT,
    PATCH and DELETE need `If-Match`. `is_tenant`: the address begins with the slug of the
    organization. `others` are statuses beside those that all have.
    """
    statuses = _statuses(method, is_tenant=is_tenant, is_versioned=is_versioned)
    refused = sorted({*statuses, *others})
    done: dict[Any, Any] = {
        (code, one.media_type): OpenApiResponse(
            one.holds, _ALSO.get(code, _DONE) if code in also else _DONE, examples_of(one.examples)
        )
        for one in answers
        for code in (status, *also)
    } or {204: OpenApiResponse(None, ABOUT[204])}
    first = [slug_parameter("The organization of the token.")] if is_tenant else []
    given = status if answers else 204
    return extend_schema(
        operation_id=operation_id,
        tags=[tag],
        summary=summary,
        description=about,
        parameters=[
            *first,
            *path,
            *parameters_of(parameters),
            *([_MATCH] if 428 in refused else []),
            *([KEY] if method == "POST" else []),
            *_told([given, *also], refused, is_versioned=is_versioned, is_list=is_list),
        ],
        request=None if request is None else {JSON: sent(request)},
        responses={**done, **{(one, PROBLEM): refusal(one) for one in refused}},
        auth=[],
        extensions={SCOPES: [] if scope is None else [str(scope)]},
    )


def id_parameter(name: str, about: str) -> OpenApiParameter:
    """The id in a path."""
    return OpenApiParameter(name, OpenApiTypes.UUID, OpenApiParameter.PATH, description=about)


def _statuses(method: str, *, is_tenant: bool, is_versioned: bool) -> list[int]:
    """The refusals that an operation of this method has."""
    found = [400, 401, 429]
    if is_tenant:
        found += [403, 404]
    if method != "GET":
        found += [413, 415]
    if method == "POST":
        found += [409, 422]
    if is_versioned and method in ("PUT", "PATCH", "DELETE"):
        found += [409, 428]
    return found


def sent(request: Request) -> OpenApiRequest:
    """The body of a request: the name of its schema, and an example."""
    name, example = request
    return OpenApiRequest(ref(name), examples=[OpenApiExample("example", value=example)])


def refusal(status: int, about: str = "") -> OpenApiResponse:
    """What one status besides success answers with; `about` says more than usual of it."""
    examples = examples_of({"example": PROBLEM_EXAMPLES[status]})
    return OpenApiResponse(ref("Problem"), about or ABOUT[status], examples)


def _told(
    given: Sequence[int], refused: Sequence[int], *, is_versioned: bool, is_list: bool
) -> list[OpenApiParameter]:
    """The headers of the answers."""
    counted = [*given, *(one for one in refused if one != 401)]
    found = [
        header("Cache-Control", [*given, *refused], "Nobody may keep it.", is_required=True),
        header("RateLimit", counted, "What is left of the quota: `r`, for `t` seconds."),
        header("RateLimit-Policy", counted, "The quota `q` of the token in `w` seconds."),
        header("WWW-Authenticate", [401], "The way to sign in: `Bearer`.", is_required=True),
    ]
    if is_versioned and 204 not in given:
        found.append(header("ETag", [*given], "The version, for `If-Match`.", is_required=True))
    if 201 in given:
        found.append(header("Location", [201], "Where it is.", is_required=True))
    if is_list:
        found.append(header("Link", [*given], "`next` and `prev` as in the body, RFC 8288."))
    if 422 in refused:
        about = "`true` where this was answered before and nothing was done again."
        found.append(header("Idempotency-Replayed", [*given], about))
    seconds = {"type": "integer", "minimum": 1}
    return [*found, header("Retry-After", [429], "Seconds to wait.", seconds, is_required=True)]
