"""Errors of the API as problem details, RFC 9457."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception: `{type, title, status}`, the same bytes for the same status.

    `None`, as Django REST framework wants it, where the exception is none of its own.
    """
    answer = exception_handler(error, context)
    if answer is None:
        return None
    status = HTTPStatus(answer.status_code)
    answer.data = {"type": "about:blank", "title": status.phrase, "status": status.value}
    answer.content_type = "application/problem+json"
    return answer
