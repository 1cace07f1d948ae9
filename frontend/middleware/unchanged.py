"""304 answers that keep what the view said about who may use the page."""

from __future__ import annotations

from typing import TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware

# A browser puts the headers of a 304 in the place of those it has kept, RFC 9111, 4.3.4.
_HEADERS = ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy")
_MARKS = ("xframe_options_exempt", "_csp")

Answer = TypeVar("Answer", bound=HttpResponseBase)


def with_reach(answer: Answer, response: HttpResponseBase) -> Answer:
    """The answer in place of a response, framed and shared no less than that."""
    if answer is not response:
        for name in _HEADERS:
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        for name, value in vars(response).items():
            if name.startswith(_MARKS):
                setattr(answer, name, value)
    return answer


class Unchanged(ConditionalGetMiddleware):
    """Django's entity tags and 304, without its forgetting whom a page is for."""

    def process_response(self, request: HttpRequest, response: Answer) -> Answer:
        """The response, or 304."""
        answer = super().process_response(request, response)
        return with_reach(cast("Answer", answer), response)
