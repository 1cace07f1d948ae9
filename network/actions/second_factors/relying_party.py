"""This node as browsers and passkeys know it: one host, one origin, challenges of one use."""

from __future__ import annotations

import ipaddress
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity

from network.actions.second_factors.totp import issuer
from network.sealing import keyed_hashes

StateStore = MutableMapping[str, Any]

_STATE_SECONDS = 600
_DEFAULT_PORTS = {"http": 80, "https": 443}


def passkeys_work() -> bool:
    """Whether browsers offer passkeys at this node's origin: a name, by https or on localhost."""
    parts = urlsplit(settings.PUBLIC_ORIGIN)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return parts.scheme == "https" or host == "localhost" or host.endswith(".localhost")
    return False


def server() -> Fido2Server:
    """The other side of the ceremony. The origin must be this node's exactly, port included.

    The library alone would take any port and any name below the host.
    """
    entity = PublicKeyCredentialRpEntity(name=issuer(), id=_host())
    return Fido2Server(entity, verify_origin=lambda origin: origin == _origin())


def user_handle(person_id: UUID) -> bytes:
    """What authenticators keep instead of the person's id; it says nothing to anybody else."""
    return keyed_hashes(str(person_id), purpose="user handle")[0]


def is_handle_of(handle: bytes, person_id: UUID) -> bool:
    """Whether an authenticator's handle is this person's, under any key of this node."""
    return handle in keyed_hashes(str(person_id), purpose="user handle")


def keep_state(store: StateStore, key: str, state: dict[str, Any], person_id: UUID | None) -> None:
    """Put the challenge into the store, for one person or for whoever answers, for ten minutes."""
    store[key] = {
        "challenge": state["challenge"],
        "user_verification": str(state["user_verification"]),
        "person": "" if person_id is None else str(person_id),
        "until": int(timezone.now().timestamp()) + _STATE_SECONDS,
    }


def take_state(store: StateStore, key: str) -> dict[str, Any] | None:
    """The challenge, which is gone from the store; nothing where it is absent or too old."""
    state = store.pop(key, None)
    if not isinstance(state, dict) or state.get("until", 0) < timezone.now().timestamp():
        return None
    return state


def _host() -> str:
    return urlsplit(settings.PUBLIC_ORIGIN).hostname or ""


def _origin() -> str:
    """The origin as a browser writes it: lower case, no port where it is the usual one."""
    parts = urlsplit(settings.PUBLIC_ORIGIN)
    host = parts.hostname or ""
    is_usual = parts.port in (None, _DEFAULT_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}" + ("" if is_usual else f":{parts.port}")
