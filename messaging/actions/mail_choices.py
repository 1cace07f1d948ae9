"""How a person wants to be told by mail, and the link that ends such mails."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from messaging.enums import DigestRhythm
from messaging.models import MailChoice
from network.actions.mail import drop_mails
from network.models import Person
from network.tenancy import Actor, Purpose, acting, system

_SALT = "messaging.mails.end"
_HOURS = ("hour", "quiet_from", "quiet_until")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose; hours are whole ones, 0 to 23, of their time zone."""

    digest: str = DigestRhythm.DAILY
    hour: int = 8
    at_once: bool = True
    quiet_from: int = 21
    quiet_until: int = 8


class StaleChoiceError(Exception):
    """Somebody changed it meanwhile, on another device; `present` is the row as it is now."""

    def __init__(self, present: MailChoice) -> None:
        self.present = present
        super().__init__(present.pk)


@transaction.atomic
def choose_mails(actor: Actor, *, choice: Chosen, base_version: int | None = None) -> MailChoice:
    """What the actor wants from now on; choosing what is chosen already makes no version.

    Raises:
        StaleChoiceError: its version is not `base_version`, where that is given.
        ValidationError: by field; `digest`, or an hour that no day has.
        ValueError: the actor is no person.
    """
    _check(choice)
    MailChoice.objects.get_or_create(person_id=actor.someone)
    row = MailChoice.objects.select_for_update().get(person_id=actor.someone)
    if base_version is not None and row.version != base_version:
        raise StaleChoiceError(row)
    wanted = asdict(choice)
    if any(getattr(row, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*wanted, "version"])
    return row


def end_token(person_id: UUID) -> str:
    """What a link that ends these mails carries: the person's id, signed with the node's key.

    Nothing is kept for it, so every mail has a link that works for as long as the account lives.
    """
    name = base64.urlsafe_b64encode(person_id.bytes).decode().rstrip("=")
    return _signer().sign(name)


def is_of_somebody(actor: Actor, *, token: str) -> bool:
    """Whether a link would end mails of an account. At most one query."""
    with acting(system(Purpose.DIGEST, via=actor.via), is_reading=True):
        return _owner(token) is not None


@transaction.atomic
def end_mails(actor: Actor, *, token: str, link: str) -> bool:
    """Send whose link it is no mail about messages any more; whether there is such an account.

    Mails that carry `link` as the way to end them and were not sent are dropped. Twice changes
    nothing. They can be switched on again in the account.
    """
    with acting(system(Purpose.DIGEST, via=actor.via)):
        person = _owner(token)
        if person is None:
            return False
        drop_mails(system(Purpose.MAIL, via=actor.via), to=person.email, unsubscribe=link)
        MailChoice.objects.get_or_create(person_id=person.pk)
        row = MailChoice.objects.select_for_update().get(person_id=person.pk)
        if row.digest != DigestRhythm.OFF or row.at_once:
            row.digest, row.at_once, row.version = DigestRhythm.OFF, False, row.version + 1
            row.save(update_fields=["digest", "at_once", "version"])
    return True


def _check(choice: Chosen) -> None:
    errors = {}
    if choice.digest not in DigestRhythm.values:
        errors["digest"] = ValidationError(_("Choose one of: off, daily, weekly."), code="invalid")
    for name in _HOURS:
        if not 0 <= getattr(choice, name) <= 23:
            errors[name] = ValidationError(_("Choose a whole hour, 0 to 23."), code="hour")
    if errors:
        raise ValidationError(errors)


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")


def _owner(token: str) -> Person | None:
    try:
        key = UUID(bytes=base64.urlsafe_b64decode(_signer().unsign(token) + "=="))
    except (signing.BadSignature, binascii.Error, ValueError):
        return None
    return Person.objects.filter(pk=key).only("pk", "email").first()
