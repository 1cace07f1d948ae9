"""Links of one use: they open an account once, and nothing acts when one is only looked at."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.letters import Letter
from network.actions.mail import send_letter
from network.enums import LinkKind, MailKind
from network.links import hash_of
from network.models import OutgoingMail, Person, SignInLink
from network.permissions import Refused
from network.tenancy import Actor, Purpose, Via, acting, system
from network.validators import normalise_email

LIVES = {
    LinkKind.SIGN_IN: dt.timedelta(days=7),
    LinkKind.RESET: dt.timedelta(hours=1),
    LinkKind.EMAIL: dt.timedelta(hours=24),
}
WISH_MILLISECONDS = 20_000
_MAKERS = (Purpose.OPERATOR, Purpose.SIGN_IN)


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a live link is for, and whose it is."""

    kind: LinkKind
    person: Person
    email: str


def make_link(actor: Actor, *, person: Person, kind: LinkKind, email: str = "") -> str:
    """The address of a new link of one use. Only a hash of it is kept.

    Older links of the same kind end, so that one mail is good at a time.

    Raises:
        Refused: the actor is neither the operator nor the sign-in.
    """
    if actor.purpose not in _MAKERS:
        raise Refused(kind)
    token = secrets.token_urlsafe(32)
    with acting(actor):
        SignInLink.objects.filter(person=person, kind=kind, used_at=None).delete()
        SignInLink.objects.create(
            person=person,
            kind=kind,
            token_hash=hash_of(token),
            email=email,
            expires_at=timezone.now() + LIVES[kind],
        )
    return f"{settings.PUBLIC_ORIGIN}/account/link/{token}/"


def open_link(actor: Actor, *, token: str) -> OpenedLink | None:
    """What a link is for; nothing where it is unknown, used, over, or its account suspended."""
    with acting(actor, is_reading=True):
        link = (
            SignInLink.objects.select_related("person")
            .filter(
                token_hash=hash_of(token),
                used_at=None,
                expires_at__gt=timezone.now(),
                person__is_active=True,
            )
            .first()
        )
    return None if link is None else OpenedLink(LinkKind(link.kind), link.person, link.email)


@transaction.atomic
def use_link(actor: Actor, *, token: str) -> OpenedLink | None:
    """The same, and the link is used from now on; of two at once one gets it."""
    opened = open_link(actor, token=token)
    if opened is None:
        return None
    with acting(actor):
        used = SignInLink.objects.filter(token_hash=hash_of(token), used_at=None).update(
            used_at=timezone.now()
        )
    return opened if used else None


@transaction.atomic
def ask_for_reset(actor: Actor, *, email: str) -> None:
    """Leave a wish for a link to this address.

    Whether there is an account is looked up by the worker, after the answer: asking costs and
    says the same for every address. It is looked up some seconds later, at no moment that whoever
    asks can know, because what follows takes longer where there is an account.
    """
    del actor  # anybody may ask
    wait = dt.timedelta(milliseconds=secrets.randbelow(WISH_MILLISECONDS))
    OutgoingMail.objects.create(
        kind=MailKind.RESET, to=normalise_email(email), due_at=timezone.now() + wait
    )


def send_reset(actor: Actor, *, email: str) -> None:
    """Write the mail with the link where there is such an account, and none where there is not."""
    with acting(actor):
        person = Person.objects.filter(email=email, is_active=True).first()
        if person is None:
            return
        link = make_link(actor, person=person, kind=LinkKind.RESET)
        send_letter(
            actor, to=person.email, language=person.language, compose=lambda: _reset_letter(link)
        )


def look_into(mail: OutgoingMail) -> None:
    """What a mail that is a wish comes to, see `MailKind`."""
    send_reset(system(Purpose.SIGN_IN, via=Via.WORKER), email=mail.to)


def _reset_letter(link: str) -> Letter:
    return Letter(
        subject=_("Choose a new password"),
        paragraphs=(
            _("Somebody asked for a new password for the account with this address."),
            _("The link works once, for one hour. It opens a page with one button."),
            _("If it was not you, do nothing: your password stays as it is."),
        ),
        link=link,
        label=_("Choose a new password"),
    )
