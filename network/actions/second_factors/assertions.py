"""Signing in with a passkey (WebAuthn assertion)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    UserVerificationRequirement,
)

from network.actions.second_factors.changes import note
from network.actions.second_factors.notices import tell_person
from network.actions.second_factors.passkeys import (
    NONSENSE,
    as_answer,
    credential_of,
    descriptors,
)
from network.actions.second_factors.relying_party import (
    StateStore,
    is_handle_of,
    keep_state,
    server,
    take_state,
)
from network.enums import FactorKind
from network.models import SecondFactor
from network.tenancy import Purpose, current_actor, system

_STATE = "passkey_use"
_PARTS = ("clientDataJSON", "authenticatorData", "signature", "userHandle")


def passkey_options(person_id: UUID | None, state_store: StateStore) -> dict[str, Any]:
    """What a browser needs to ask for a passkey, as JSON has it.

    With a person: one of theirs, as the second step. Without one: any that names its owner itself,
    in place of address and password, and then only with the owner's PIN or finger. The challenge
    is kept in `state_store`, the session, and stands for ten minutes.
    """
    credentials = None
    verification = UserVerificationRequirement.REQUIRED
    if person_id is not None:
        present = SecondFactor.objects.filter(
            person_id=person_id, kind=FactorKind.PASSKEY, confirmed_at__isnull=False
        )
        credentials = descriptors(list(present))
        verification = UserVerificationRequirement.PREFERRED
    options, state = server().authenticate_begin(credentials, user_verification=verification)
    keep_state(state_store, _STATE, state, person_id)
    return dict(options)


@transaction.atomic
def verify_passkey(state: StateStore, response_json: object) -> UUID | None:
    """Whose passkey has answered the question kept in `state`, the session; nobody's where none.

    The question is used up whatever comes. Called in the scope of the sign-in, or in the person's
    own for a step-up. A passkey whose count has not grown is refused, since it may be a copy; that
    is written down.
    """
    asked = take_state(state, _STATE)
    if asked is None:
        return None
    try:
        answer = AuthenticationResponse.from_dict(as_answer(response_json, _PARTS))
        factor = _named(asked, answer)
        if factor is None or not _is_signed(asked, factor, answer):
            return None
        count = answer.response.authenticator_data.counter
    except NONSENSE:
        return None
    return factor.person_id if _has_counted(factor, count) else None


def _named(asked: dict[str, Any], answer: AuthenticationResponse) -> SecondFactor | None:
    """The passkey that the answer names, if it belongs to whoever was asked."""
    factor = (
        SecondFactor.objects.select_related("person")
        .filter(
            credential_id=websafe_encode(answer.raw_id),
            confirmed_at__isnull=False,
            person__is_active=True,
        )
        .first()
    )
    if factor is None or asked["person"] not in ("", str(factor.person_id)):
        return None
    return factor if _is_owner(asked, factor, answer.response) else None


def _is_owner(
    asked: dict[str, Any], factor: SecondFactor, answer: AuthenticatorAssertionResponse
) -> bool:
    """Whether the authenticator names the same owner, or none where we knew whom we ask."""
    if not answer.user_handle:
        return bool(asked["person"])
    return is_handle_of(answer.user_handle, factor.person_id)


def _is_signed(
    asked: dict[str, Any], factor: SecondFactor, answer: AuthenticationResponse
) -> bool:
    credential = credential_of(factor)
    if credential is None or answer.response.client_data.cross_origin:
        return False
    server().authenticate_complete(asked, [credential], answer)
    return True


def _has_counted(factor: SecondFactor, count: int) -> bool:
    """Keep the new count. Passkeys that do not count say 0 for good, and are taken at that."""
    kept = SecondFactor.objects.filter(pk=factor.pk)
    kept = kept.filter(sign_count=0) if count == 0 else kept.filter(sign_count__lt=count)
    if kept.update(sign_count=count, used_on=timezone.localdate()):
        return True
    actor = current_actor() or system(Purpose.SIGN_IN)
    note(actor, factor.person_id, "copy_refused", kind=factor.kind)
    tell_person(actor, factor.person, "copy_refused", factor.kind)
    return False
