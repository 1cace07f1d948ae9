"""How often a token may ask and change, and the headers that tell.

The fields `RateLimit` and `RateLimit-Policy` are those of draft-ietf-httpapi-ratelimit-headers,
from its revision 08 on: policies are named, `q` is the quota, `w` its window, `r` what is left and
`t` the seconds until it is full again.
"""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http.response import HttpResponseBase

from api.problems import Refusal
from network.actions.limits import Taken, take
from network.models import ApiToken

SECONDS = 60
READING = ("GET", "HEAD", "OPTIONS")


class Rate:
    """The quota of one token for reading, or for writing, and this request's part of it."""

    def __init__(self, token: ApiToken, method: str) -> None:
        """Count the request. No transaction may be open."""
        self.name = "read" if method in READING else "write"
        self.quota: int = (
            settings.API_RATE_READ if self.name == "read" else settings.API_RATE_WRITE
        )
        self.taken: Taken = take(f"api.{self.name}", str(token.pk), self.quota, SECONDS)

    def check(self) -> None:
        """Pass where it is allowed.

        Raises:
            Refusal: 429, with the seconds to wait.
        """
        if not self.taken.allowed:
            seconds = self.taken.reset_seconds
            raise Refusal(
                HTTPStatus.TOO_MANY_REQUESTS,
                {"Retry-After": str(seconds)},
                detail=f"This token may {self.name} {self.quota} times a minute.",
            )

    def tell(self, response: HttpResponseBase) -> None:
        """Put it into the headers of an answer."""
        taken = self.taken
        response.headers["RateLimit-Policy"] = f'"{self.name}";q={self.quota};w={SECONDS}'
        left = f"r={taken.remaining};t={taken.reset_seconds}"
        response.headers["RateLimit"] = f'"{self.name}";{left}'
