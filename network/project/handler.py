"""Django's ASGI handler, with middleware and view in one turn of the request's thread."""

from __future__ import annotations

from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneTurn(ASGIHandler):
    """An ASGI handler that goes to the thread of a request once, and comes back with the answer.

    Django's own goes there for the middleware, from there back to the loop, and to the thread
    again for the view, because it wants to serve asynchronous ones as such. Here middleware and
    nearly all views are synchronous; an asynchronous one is waited for in the thread.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the synchronous chain, whatever is asked for."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of that chain, in the thread of the request."""
        answered: Any = sync_to_async(self.get_response, thread_sensitive=True)
        response: HttpResponseBase = await answered(request)
        return response


def handler() -> ASGIHandler:
    """The site as an ASGI application."""
    django.setup(set_prefix=False)
    return OneTurn()
