"""Adding a passkey (WebAuthn registration)."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from fido2.cose import CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from network.actions.second_factors.changes import changed, own_person
from network.actions.second_factors.names import clean_name
from network.actions.second_factors.relying_party import (
    StateStore,
    keep_state,
    server,
    take_state,
    user_handle,
)
from network.enums import FactorKind
from network.models import Person, SecondFactor
from network.queries.factors import factors_of
from network.sealing import Unreadable, seal, unseal
from network.tenancy import Actor

MOST_PASSKEYS = 10
LONGEST_CREDENTIAL_ID = 1023
LONGEST_ANSWER = 64 * 1024
_STATE = "passkey_add"
_TRANSPORTS = frozenset(str(one) for one in AuthenticatorTransport)
# What the library raises on nonsense: it reads JSON, base64, CBOR and keys as they come.
NONSENSE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


@transaction.atomic
def begin_passkey(actor: Actor, *, state_store: StateStore) -> dict[str, Any]:
    """What a browser needs to make a passkey for the actor, as JSON has it.

    The challenge is kept in `state_store`, the session. Authenticators that hold one already are
    named, so that nobody adds the same twice. The PIN or finger of the owner and a key that is
    found without a name are asked for and not demanded: without them it is still a second factor.

    Raises:
        Refused: the actor is no person with an account.
        ValidationError: `too_many`.
    """
    person = own_person(actor)
    present = list(factors_of(actor).filter(kind=FactorKind.PASSKEY))
    if len(present) >= MOST_PASSKEYS:
        raise ValidationError(
            _("You have %(count)s passkeys. Remove one before you add another."),
            code="too_many",
            params={"count": MOST_PASSKEYS},
        )
    # The name to show, never the address: passkeys are copied to the clouds of others.
    user = PublicKeyCredentialUserEntity(
        id=user_handle(person.pk), name=person.display_name, display_name=person.display_name
    )
    options, state = server().register_begin(
        user,
        credentials=descriptors(present),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    keep_state(state_store, _STATE, state, person.pk)
    return dict(options)


@transaction.atomic
def finish_passkey(
    actor: Actor, *, state_store: StateStore, response: object, name: str = ""
) -> SecondFactor:
    """The actor's new passkey, which counts from now on. The challenge is used up.

    `response` is what the browser answered, as JSON has it.

    Raises:
        Refused: the actor is no person with an account.
        ValidationError: `too_late`, `response`: it is not the answer to this node's question, or
            `known`: the passkey is here already.
    """
    state = take_state(state_store, _STATE)
    person = own_person(actor)
    name = clean_name(name)
    if state is None or state["person"] != str(person.pk):
        raise ValidationError(
            _("This took too long, or was begun elsewhere. Begin again."), code="too_late"
        )
    try:
        credential, count = _registered(state, response)
        ways = _ways(response)
    except NONSENSE as error:
        raise ValidationError(
            _("The passkey was not accepted. Begin again."), code="response"
        ) from error
    factor = _made(person, credential, count, ways)
    factor.name = name
    try:
        with transaction.atomic():
            factor.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(
            _("This passkey is in use already. Choose another device or key."), code="known"
        ) from None
    changed(actor, person, "added", factor.kind)
    return factor


def as_answer(response: object, parts: Iterable[str]) -> dict[str, Any]:
    """What a browser answered, from JSON or what JSON was read into: texts alone, and no others.

    The library makes bytes of whatever stands in these places: of a number that many zeros, which
    is how one request could take all memory.

    Raises:
        TypeError: it is no mapping, too long for one, or holds something else than text.
        ValueError: it is no JSON.
        LookupError: a part is missing.
    """
    if isinstance(response, str | bytes):
        response = json.loads(response) if len(response) <= LONGEST_ANSWER else None
    if not isinstance(response, dict) or not isinstance(response["response"], dict):
        raise TypeError("no answer of a passkey")
    inner = response["response"]
    return {
        **{name: _text(response[name]) for name in ("id", "rawId", "type")},
        "response": {name: _text(inner[name]) for name in parts if inner.get(name) is not None},
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text was expected")
    return value


def credential_of(factor: SecondFactor) -> AttestedCredentialData | None:
    """The passkey's public key; nothing where it was sealed with a key this node has no more."""
    kept = _unsealed(factor)
    return None if kept is None else AttestedCredentialData(websafe_decode(kept["credential"]))


def descriptors(factors: list[SecondFactor]) -> list[PublicKeyCredentialDescriptor]:
    """The passkeys as browsers look for them, with the ways to reach each."""
    return [
        PublicKeyCredentialDescriptor(
            type=PublicKeyCredentialType.PUBLIC_KEY,
            id=websafe_decode(factor.credential_id or ""),
            transports=(_unsealed(factor) or {}).get("transports") or None,
        )
        for factor in factors
    ]


def _registered(state: dict[str, Any], response: object) -> tuple[AttestedCredentialData, int]:
    """The credential and its count, from an answer that holds.

    Raises:
        Exception: one of `NONSENSE`, where it does not.
    """
    said = as_answer(response, ("clientDataJSON", "attestationObject"))
    answer = RegistrationResponse.from_dict(said)
    if answer.response.client_data.cross_origin:
        raise ValueError("made in a frame of another site")
    data = server().register_complete(state, answer)
    credential = data.credential_data
    if credential is None or len(credential.credential_id) > LONGEST_CREDENTIAL_ID:
        raise ValueError("no credential, or one with too long an id")
    if credential.public_key.get(3) not in CoseKey.supported_algorithms():
        raise ValueError("a key that could never be asked")
    return credential, data.counter


def _ways(response: object) -> list[str]:
    """The ways to reach an authenticator that a browser named and that there are."""
    said = json.loads(response) if isinstance(response, str | bytes) else response
    named = said["response"].get("transports") if isinstance(said, dict) else None
    return sorted(one for one in _TRANSPORTS if isinstance(named, list) and one in named)


def _made(
    person: Person, credential: AttestedCredentialData, count: int, transports: list[str]
) -> SecondFactor:
    factor = SecondFactor(person=person, kind=FactorKind.PASSKEY, confirmed_at=timezone.now())
    factor.credential_id = websafe_encode(credential.credential_id)
    factor.sign_count = count
    kept = {"credential": websafe_encode(credential), "transports": transports}
    factor.secret = seal(json.dumps(kept).encode(), purpose=_purpose(factor))
    return factor


def _unsealed(factor: SecondFactor) -> dict[str, Any] | None:
    try:
        kept: dict[str, Any] = json.loads(unseal(factor.secret, purpose=_purpose(factor)))
    except Unreadable:
        return None
    return kept


def _purpose(factor: SecondFactor) -> str:
    return f"passkey {factor.pk}"
