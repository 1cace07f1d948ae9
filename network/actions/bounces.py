"""Mails that come back: who is marked by what, and what clears it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from network.actions.mail_references import addressee
from network.models import MemberName, Person
from network.tenancy import Actor, Purpose, acting
from network.validators import normalise_email

# A notification with the whole mail that came back is smaller.
LARGEST = 1_000_000
# RFC 3463: 5.1 the address, 5.2 the box, 5.4 the way to it. Not our credentials or a policy.
_OF_ADDRESS = re.compile(rb"5\.[124]\.[0-9]")
_ENHANCED = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]")
_PLAIN = (550, 551, 552, 553, 556)
_ORIGINAL = ("message/rfc822", "message/global")
_HEADERS = ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What came of a message: whether it says that a mail came back, and whether one is marked."""

    is_bounce: bool
    is_marked: bool


def take_bounce(actor: Actor, *, raw: bytes) -> Bounce:
    """Mark whom a delivery status notification (RFC 3464) is about, if it names a mail of ours.

    The addresses in it count for nothing: anybody can write them. What counts is the `Message-ID`
    of the mail that came back, see `network.actions.mail_references`. Delays, successes and
    everything else change nothing; nor does the same message a second time.

    Raises:
        ValueError: the actor is not the operator.
    """
    _only_operator(actor)
    message = message_from_bytes(raw[:LARGEST])
    if not _is_report(message) or not _has_failed(message):
        return Bounce(is_bounce=False, is_marked=False)
    with acting(actor):
        found = addressee(_message_ids(message))
        if found is not None:
            _mark(found)
    return Bounce(is_bounce=True, is_marked=found is not None)


def mark_address(actor: Actor, *, email: str) -> None:
    """Mark the account with this address, if there is one: the relay refused it for good.

    Raises:
        ValueError: the actor is not the operator.
    """
    _only_operator(actor)
    with acting(actor):
        person = Person.objects.filter(email=normalise_email(email)).first()
        if person is not None:
            _mark(person.pk)


@transaction.atomic
def clear_bounce(actor: Actor) -> None:
    """Forget that mails to the actor came back: they have just read one, or have a new address."""
    marked = Person.objects.filter(pk=actor.someone, mail_bounced_on__isnull=False)
    if marked.update(mail_bounced_on=None):
        MemberName.objects.beyond_scope().filter(person_id=actor.someone).update(
            mail_bounced_on=None
        )


def is_for_good(error: SMTPRecipientsRefused) -> bool:
    """Whether a relay refused every recipient because of the address, and would again.

    A relay that refuses us, for want of a password or by a policy, says nothing of the address.
    """
    return bool(error.recipients) and all(
        _is_of_address(code, text) for code, text in error.recipients.values()
    )


def _is_of_address(code: int, text: bytes) -> bool:
    if not 500 <= code < 600:
        return False
    if _ENHANCED.match(text):
        return _OF_ADDRESS.match(text) is not None
    return code in _PLAIN


def _only_operator(actor: Actor) -> None:
    if actor.purpose is not Purpose.OPERATOR:
        raise ValueError("only the operator's hand marks an account")


def _mark(person_id: UUID) -> None:
    """From today; who is marked already stays marked from the day they were."""
    today = timezone.localdate()
    Person.objects.filter(pk=person_id, mail_bounced_on=None).update(mail_bounced_on=today)
    names = MemberName.objects.beyond_scope().filter(person_id=person_id, mail_bounced_on=None)
    names.update(mail_bounced_on=today)


def _is_report(message: Message) -> bool:
    kind = str(message.get_param("report-type", ""))
    return message.get_content_type() == "multipart/report" and kind.lower() == "delivery-status"


def _has_failed(message: Message) -> bool:
    """Whether one of the recipients is said to have failed for good."""
    for part in message.walk():
        action = str(part.get("Action", "")).strip().lower()
        if action == "failed" and str(part.get("Status", "")).strip().startswith("5."):
            return True
    return False


def _message_ids(message: Message) -> list[str]:
    """The numbers of the mails that a report encloses, whole or by their headers."""
    found: list[str] = []
    for part in message.walk():
        kind, payload = part.get_content_type(), part.get_payload()
        if kind in _ORIGINAL and isinstance(payload, list):
            found += [
                str(one.get("Message-ID", "")) for one in payload if isinstance(one, Message)
            ]
        elif kind in _HEADERS:
            headers = part.get_payload(decode=True)
            if isinstance(headers, bytes):
                found.append(str(message_from_bytes(headers).get("Message-ID", "")))
    return found
