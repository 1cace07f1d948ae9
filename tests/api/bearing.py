"""Requests with a token."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from network.actions.tokens import create_token
from network.enums import Scope
from network.models import Membership
from network.tenancy import acting
from tests.cast import Cast

EVERY = tuple(Scope.values)


def token_for(cast: Cast, who: str, *scopes: str, **options: Any) -> str:
    """The text of a token that one of the cast makes; with every scope where none is named."""
    with acting(cast.actor(who)) as actor:
        own = Membership.objects.get(person_id=actor.person_id)
        options = {"name": f"of {who}", "scopes": scopes or EVERY, **options}
        return create_token(actor, membership=own, **options)[1]


def ask(
    path: str,
    token: str | None = None,
    *,
    method: str = "GET",
    body: Any = None,
    headers: dict[str, str] | None = None,
    client: Client | None = None,
) -> Any:
    """The answer to a request with a token and, where there is one, a body of JSON."""
    sent = dict(headers or {})
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    raw = body if isinstance(body, bytes | str) else json.dumps(body)
    said = {} if body is None else {"data": raw, "content_type": "application/json"}
    asking = client or Client()
    return asking.generic(method, path, headers=sent, **said)


def document(answer: Any) -> Any:
    """What an answer says."""
    return json.loads(answer.content)
