"""Errors of the API as problem details, RFC 9457."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from network.identifying import CODE

# As RFC 9110 calls them; older versions of Python have older names.
_TITLES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Content Too Large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}


class Refusal(APIException):
    """A refusal that says more than its status: `said` goes into the problem document."""

    def __init__(
        self, status: HTTPStatus, headers: dict[str, str] | None = None, **said: Any
    ) -> None:
        """Refuse with this status."""
        super().__init__()
        self.status_code = status.value
        self.headers = headers or {}
        self.said = said


class Question(ValidationError):  # noqa: N818 - an answer is wanted
    """A refusal of texts that `confirm_texts` answers."""


def problem_answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception: `{type, title, status}`, the same bytes for the same status.

    What was wrong with parameters or fields stands in `errors`, `{name: [what to write instead]}`;
    what a `Refusal` has to say stands beside it. `None`, as Django REST framework wants it, where
    the exception is none of its own.
    """
    answer = exception_handler(error, context)
    if answer is None:
        return None
    status = HTTPStatus(answer.status_code)
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status, status.phrase),
        "status": status.value,
    }
    if isinstance(error, ValidationError):
        problem["errors"] = answer.data
    if isinstance(error, Question):
        problem["code"] = CODE
    if isinstance(error, Refusal):
        problem |= error.said
        for name, value in error.headers.items():
            answer.headers[name] = value
    answer.data = problem
    answer.content_type = "application/problem+json"
    return answer
