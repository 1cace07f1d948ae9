"""One operation of the document: what all have in common is said here once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)

from api.v1.filters.parameters import Parameters
from api.v1.operations.parameters import parameters_of
from api.v1.schemas.common import PROBLEM_EXAMPLES
from api.v1.schemas.shapes import Schema, ref

JSON, GEOJSON = "application/json", "application/geo+json"
CSV, JSONL, YAML = "text/csv", "application/jsonl", "application/yaml"
PROBLEM = "application/problem+json"
F = TypeVar("F", bound=Callable[..., Any])

_ABOUT = {
    301: "It moved for good: the address is in `Location`.",
    304: "Nothing has changed since the answer of this entity tag. No body.",
    400: "A parameter is unknown, given twice or says what it cannot; `errors` names each with "
    "what to write instead. Without `errors`: the address holds control characters.",
    404: "There is nothing at this address.",
    429: "Too many long answers are under way. Wait as long as `Retry-After` says.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One form of the answer 200: its media type, what it holds, and examples by name."""

    media_type: str
    holds: Schema
    examples: dict[str, Any]


def answer(name: str, example: Any, media_type: str = JSON) -> Answer:
    """An answer that is one named schema, with one example."""
    return Answer(media_type, ref(name), {"example": example})


def joined(parts: Iterable[bytes]) -> str:
    """An answer that is streamed, as the text of an example."""
    return b"".join(parts).decode()


def described(
    operation_id: str,
    tag: str,
    summary: str,
    about: str,
    *,
    answers: Sequence[Answer],
    parameters: type[Parameters] = Parameters,
    path: Sequence[OpenApiParameter] = (),
    others: Sequence[int] = (),
    is_list: bool = False,
) -> Callable[[F], F]:
    """What stands before `get` of a view.

    `others` are statuses beside 200, 304 and 400, which every operation has. `is_list`: pages are
    linked in a header too.
    """
    responses: dict[Any, Any] = {
        (200, one.media_type): OpenApiResponse(
            one.holds, "What was asked for.", examples_of(one.examples)
        )
        for one in answers
    }
    for status in sorted((304, 400, *others)):
        responses |= _refusal(status)
    return extend_schema(
        operation_id=operation_id,
        tags=[tag],
        summary=summary,
        description=about,
        parameters=[*path, *parameters_of(parameters), *_headers(others, is_list=is_list)],
        request=None,
        responses=responses,
        auth=[],
    )


def _refusal(status: int) -> dict[Any, Any]:
    """What one status besides 200 answers with."""
    about = _ABOUT[status]
    if status < 400:
        return {status: OpenApiResponse(None, about)}
    example = examples_of({"example": PROBLEM_EXAMPLES[status]})
    return {(status, PROBLEM): OpenApiResponse(ref("Problem"), about, example)}


def examples_of(examples: dict[str, Any]) -> list[OpenApiExample]:
    """Examples by their names."""
    return [OpenApiExample(name, value=value) for name, value in examples.items()]


def _headers(others: Sequence[int], *, is_list: bool) -> list[OpenApiParameter]:
    """The header that asks for 304, and those of the answers."""
    headers = [
        OpenApiParameter(
            "If-None-Match",
            {"type": "string"},
            OpenApiParameter.HEADER,
            description="The `ETag` of an answer that you have: 304 while it still holds.",
        ),
        header("ETag", [200, 304], "Names this answer for `If-None-Match`.", is_required=True),
        header("Cache-Control", [200, 304], "How long it may be kept.", is_required=True),
    ]
    if is_list:
        headers.append(header("Link", [200], "`next` and `prev` as in the body, RFC 8288."))
    if 301 in others:
        headers.append(header("Location", [301], "Where it is now.", is_required=True))
    if 429 in others:
        seconds = {"type": "integer", "minimum": 1}
        headers.append(header("Retry-After", [429], "Seconds to wait.", seconds, is_required=True))
    return headers


def header(
    name: str,
    statuses: list[int],
    about: str,
    form: Schema | None = None,
    *,
    is_required: bool = False,
) -> OpenApiParameter:
    """A header of the answers of these statuses."""
    return OpenApiParameter(
        name,
        form or {"type": "string"},
        OpenApiParameter.HEADER,
        required=is_required,
        description=about,
        response=statuses,
    )
