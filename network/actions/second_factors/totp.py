"""Code apps: a shared secret, and a new code every thirty seconds (RFC 6238)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

import pyotp
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from network.actions.second_factors.changes import changed, own_person
from network.actions.second_factors.codes import is_app_code, plain_code
from network.actions.second_factors.names import clean_name
from network.enums import FactorKind
from network.models import Person, SecondFactor
from network.queries.factors import factors_of, waiting_totp
from network.sealing import Unreadable, seal, unseal
from network.tenancy import Actor

MOST_APPS = 3
_STEP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class TotpOffer:
    """What a code app has to learn: the secret for typing, and both by one address.

    Shown to its person on pages that nobody keeps, and to nobody else.
    """

    secret: str
    uri: str


@transaction.atomic
def begin_totp(actor: Actor, *, name: str = "") -> SecondFactor:
    """A code app of the actor that waits for its first code; one that waited before is gone.

    Raises:
        Refused: the actor is no person with an account.
        ValidationError: `too_many`, or the name is none.
    """
    person = own_person(actor)
    name = clean_name(name)
    if factors_of(actor).filter(kind=FactorKind.TOTP).count() >= MOST_APPS:
        raise ValidationError(
            _("You have %(count)s code apps. Remove one before you add another."),
            code="too_many",
            params={"count": MOST_APPS},
        )
    SecondFactor.objects.filter(person=person, kind=FactorKind.TOTP, confirmed_at=None).delete()
    factor = SecondFactor(person=person, kind=FactorKind.TOTP, name=name)
    factor.secret = seal(pyotp.random_base32().encode(), purpose=_purpose(factor))
    factor.save()
    return factor


def totp_offer(actor: Actor) -> TotpOffer | None:
    """What to show for the code app that waits; nothing where none does."""
    factor = waiting_totp(actor)
    secret = None if factor is None else _secret_of(factor)
    if factor is None or secret is None:
        return None
    # The name to show, never the address: apps copy it to other people's machines.
    label = Person.objects.values_list("display_name", flat=True).get(pk=factor.person_id)
    return TotpOffer(secret, pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=issuer()))


def issuer() -> str:
    """What apps and browsers call this node."""
    return settings.NODE_NAME or urlsplit(settings.PUBLIC_ORIGIN).hostname or "localhost"


@transaction.atomic
def confirm_totp(actor: Actor, *, code: str) -> SecondFactor:
    """The code app that waited, which counts from now on. The same code does not work again.

    Raises:
        Refused: the actor is no person with an account.
        ValidationError: `none_waiting`, or `code`: it is not the present one.
    """
    person = own_person(actor)
    factor = waiting_totp(actor)
    if factor is None:
        raise ValidationError(
            _("This code app was not waiting any more. Begin again."), code="none_waiting"
        )
    step = _step_of(factor, plain_code(code))
    if step is None:
        raise ValidationError(
            _(
                "This is not the present code. Wait for the next one and type its six digits. "
                "If none works, set the clock of the phone to automatic."
            ),
            code="code",
        )
    factor.last_step, factor.confirmed_at = step, timezone.now()
    factor.save(update_fields=["last_step", "confirmed_at"])
    changed(actor, person, "added", factor.kind)
    return factor


@transaction.atomic
def verify_totp(person_id: UUID, code: str) -> bool:
    """Whether a code app of the person shows this code, which is used up by asking.

    The codes of the step before and the step after count too. A step at or before the last one
    that was accepted never does: of two who bring the same code at once one is let in.
    """
    code = plain_code(code)
    factors = SecondFactor.objects.filter(
        person_id=person_id, kind=FactorKind.TOTP, confirmed_at__isnull=False
    )
    for factor in factors:
        step = _step_of(factor, code)
        if step is None:
            continue
        accepted = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(
            last_step=step, used_on=timezone.localdate()
        )
        if accepted:
            return True
    return False


def _step_of(factor: SecondFactor, code: str) -> int | None:
    """The time step near the present one whose code this is."""
    secret = _secret_of(factor) if is_app_code(code) else None
    if secret is None:
        return None
    app = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    present = app.timecode(timezone.now())
    steps = (present, present - 1, present + 1)
    return next((s for s in steps if constant_time_compare(app.generate_otp(s), code)), None)


def _secret_of(factor: SecondFactor) -> str | None:
    try:
        return unseal(factor.secret, purpose=_purpose(factor)).decode()
    except Unreadable:
        return None


def _purpose(factor: SecondFactor) -> str:
    return f"totp {factor.pk}"
