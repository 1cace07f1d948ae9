"""Errors of the API as problem details, RFC 9457."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception: `{type, title, status}`, the same bytes for the same status.

    What was wrong with parameters or fields stands in `errors`, `{name: [what to write instead]}`.
    `None`, as Django REST framework wants it, where the exception is none of its own.
    """
    answer = exception_handler(error, context)
    if answer is None:
        return None
    status = HTTPStatus(answer.status_code)
    problem = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if isinstance(error, ValidationError):
        problem["errors"] = answer.data
    answer.data = problem
    answer.content_type = "application/problem+json"
    return answer
