"""Recovery codes: ten at a time, on paper, each good for one sign-in."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.actions.second_factors.changes import changed, own_person
from network.actions.second_factors.codes import plain_code
from network.models import Person, RecoveryCode
from network.queries.factors import factors_of
from network.sealing import keyed_hashes
from network.tenancy import Actor, Purpose, current_actor, system

HOW_MANY = 10
_GROUPS, _GROUP = 3, 4
# Crockford's alphabet: no letter that looks like a digit or another. 12 of 32 signs are 60 bits.
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1"})


@transaction.atomic
def make_recovery_codes(actor: Actor) -> list[str]:
    """Ten new codes, to be shown now and never again; the codes of before are dead.

    Raises:
        Refused: the actor is no person with an account.
        ValidationError: `no_factor`: without a second factor there is nothing to recover.
    """
    person = own_person(actor)
    if not factors_of(actor).exists():
        raise ValidationError(
            _("Add a code app or a passkey first. Recovery codes stand in for it."),
            code="no_factor",
        )
    RecoveryCode.objects.filter(person=person).delete()
    codes = [_new_code() for _number in range(HOW_MANY)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, code_hash=_hashes(person.pk, plain_code(code))[0])
        for code in codes
    )
    changed(actor, person, "codes_made", "recovery")
    return codes


@transaction.atomic
def use_recovery_code(person_id: UUID, code: str) -> bool:
    """Whether this is an unused code of the person; from now on it is used.

    Of two who bring the same code at once one is let in. The person is told by mail.
    """
    hashes = _hashes(person_id, plain_code(code).translate(_MISREAD))
    used = RecoveryCode.objects.filter(
        person_id=person_id, code_hash__in=hashes, used_at=None
    ).update(used_at=timezone.now())
    if not used:
        return False
    actor = current_actor() or system(Purpose.SIGN_IN)
    changed(actor, Person.objects.get(pk=person_id), "code_used", "recovery")
    return True


def _new_code() -> str:
    signs = [secrets.choice(_SIGNS) for _sign in range(_GROUPS * _GROUP)]
    return "-".join("".join(signs[at : at + _GROUP]) for at in range(0, len(signs), _GROUP))


def _hashes(person_id: UUID, code: str) -> list[str]:
    return [one.hex() for one in keyed_hashes(code, purpose=f"recovery code {person_id}")]
