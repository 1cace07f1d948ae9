"""Who asks: the token of a request, and the one answer to all that is none."""

from __future__ import annotations

import logging
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from api.problems import Refusal
from network.actions.limits import take
from network.actions.tokens import note_use
from network.models import ApiToken
from network.queries.tokens import token_in_use
from network.tenancy import Purpose, Via, acting, system

LONGEST = 200
SECONDS = 60
logger = logging.getLogger(__name__)


def unauthenticated() -> Refusal:
    """401, in the same bytes whatever is wrong with a token, or where there is none."""
    return Refusal(HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"})


def bearer(request: HttpRequest) -> ApiToken:
    """The token that the request shows, with its person and its organization.

    No transaction may be open. Its day of use is written down by the way; where that cannot be
    done the request goes on.

    Raises:
        Refusal: 401, where it shows none that may be used now; 429, where too many wrong ones were
            shown to this node within a minute. A right one is let in all the same.
    """
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    text = text.strip()
    if scheme.lower() != "bearer" or not 0 < len(text) <= LONGEST:
        raise unauthenticated()
    sign_in = system(Purpose.SIGN_IN, via=Via.API)
    with acting(sign_in, is_reading=True):
        token = token_in_use(sign_in, text)
    if token is None:
        raise _wrong()
    if token.used_on != timezone.localdate():
        _note(token)
    return token


def _wrong() -> Refusal:
    """The refusal of a wrong token, counted for the node: no address is kept to count it by."""
    taken = take("api.wrong_token", "node", settings.API_RATE_WRONG, SECONDS)
    if taken.allowed:
        return unauthenticated()
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        {"Retry-After": str(taken.reset_seconds)},
        detail="This node was shown too many tokens that may not be used. Wait, and check yours.",
    )


def _note(token: ApiToken) -> None:
    sign_in = system(Purpose.SIGN_IN, via=Via.API)
    try:
        with acting(sign_in):
            note_use(sign_in, token=token)
    except DatabaseError:
        logger.warning("the day of use of a token was not written")
