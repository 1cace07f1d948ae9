"""Mails: written in the transaction of what they tell, sent after it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone

from network.actions.bounces import is_for_good, mark_address
from network.actions.letters import Letter
from network.actions.mail_references import message_id
from network.enums import MailKind
from network.models import OutgoingMail
from network.nudge import nudge
from network.tenancy import Actor, Purpose, acting, system

logger = logging.getLogger(__name__)

# A worker that dies while it sends leaves the mail to be sent again after this.
CLAIM = dt.timedelta(minutes=5)
GIVE_UP_AFTER = 12
LONGEST_WAIT = dt.timedelta(hours=6)
# Anybody can ask for links faster than they are looked into: the worker has other work, too.
MOST_AT_ONCE = 100
# A long name of a group must not keep a mail from being written.
LONGEST_SUBJECT = 250
UNSUBSCRIBE = "List-Unsubscribe"


def one_click(link: str) -> dict[str, str]:
    """The headers by which a mail program ends such mails with one click (RFC 8058).

    At `link` a POST ends them, without a cookie and without a token of a form.
    """
    return {UNSUBSCRIBE: f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def send_mail(
    actor: Actor,
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
) -> OutgoingMail:
    """Leave a mail to be sent once the present transaction has committed.

    It may arrive twice where a worker dies between sending and writing that down; never not at
    all, until the relay has refused it for about two days.
    """
    mail = _mail(to, subject, text, html, headers)
    leave_mails(actor, [mail])
    return mail


def send_letter(
    actor: Actor,
    *,
    to: str,
    language: str,
    compose: Callable[[], Letter],
    headers: dict[str, str] | None = None,
) -> OutgoingMail:
    """Leave a letter, composed in the language of who gets it, as text and as HTML."""
    mail = written_mail(to=to, language=language, compose=compose, headers=headers)
    leave_mails(actor, [mail])
    return mail


def written_mail(
    *,
    to: str,
    language: str,
    compose: Callable[[], Letter],
    headers: dict[str, str] | None = None,
) -> OutgoingMail:
    """A letter as a mail that is not left yet, for `leave_mails`. No query."""
    parts = Letter.written(compose, language)
    return _mail(to, parts.subject, parts.text, parts.html, headers)


def leave_mails(actor: Actor, mails: Sequence[OutgoingMail]) -> None:
    """Leave mails to be sent once the present transaction has committed. One query for all.

    Each may arrive twice where a worker dies between sending and writing that down; never not at
    all, until the relay has refused it for about two days.
    """
    del actor  # whoever acts may write a mail
    if mails:
        OutgoingMail.objects.bulk_create(mails)
        nudge()


def _mail(
    to: str, subject: str, text: str, html: str, headers: dict[str, str] | None
) -> OutgoingMail:
    return OutgoingMail(
        to=to,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        text=text,
        html=html,
        headers=headers or {},
        due_at=timezone.now(),
    )


@transaction.atomic
def drop_mails(actor: Actor, *, to: str, unsubscribe: str) -> int:
    """Delete mails to an address that are not sent yet and end by this link; how many there were.

    Raises:
        ValueError: the actor is not the system acting to send mails.
    """
    if actor.purpose is not Purpose.MAIL:
        raise ValueError("only the mail worker reads mails")
    with acting(actor):
        waiting = OutgoingMail.objects.filter(to=to).only("headers")
        found = [one.pk for one in waiting if one.headers.get(UNSUBSCRIBE) == f"<{unsubscribe}>"]
        return OutgoingMail.objects.filter(pk__in=found).delete()[0]


def send_due_mails(
    actor: Actor, *, resolve: Callable[[OutgoingMail], None] | None = None
) -> dict[str, int]:
    """Send what is due, one by one; how many were sent, put off and given up.

    At most `MOST_AT_ONCE`; where more is due, the next round begins at once. `resolve` looks into
    a mail that is a wish. Several workers share the work.

    Raises:
        ValueError: the actor is not the system acting to send mails.
    """
    if actor.purpose is not Purpose.MAIL:
        raise ValueError("only the mail worker sends mails")
    result = {"sent": 0, "put_off": 0, "given_up": 0}
    for _turn in range(MOST_AT_ONCE):
        mail = _claimed(actor)
        if mail is None:
            return result
        result[_handled(actor, mail, resolve)] += 1
    nudge()
    return result


def _claimed(actor: Actor) -> OutgoingMail | None:
    """The oldest mail that is due, out of reach of others for a while."""
    now = timezone.now()
    with acting(actor), transaction.atomic():
        due = OutgoingMail.objects.filter(due_at__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        mail = due.first()
        if mail is not None:
            mail.due_at, mail.tries = now + CLAIM, mail.tries + 1
            mail.save(update_fields=["due_at", "tries"])
    return mail


def _handled(
    actor: Actor, mail: OutgoingMail, resolve: Callable[[OutgoingMail], None] | None
) -> str:
    try:
        if mail.kind != MailKind.READY:
            if resolve is not None:
                resolve(mail)
        else:
            _send(mail)
    except SMTPRecipientsRefused as error:
        if is_for_good(error):
            return _come_back(actor, mail)
        return _put_off(actor, mail)
    except OSError as error:
        # Neither the address nor the text is logged.
        logger.warning("a mail was not taken: %s", type(error).__name__)
        return _put_off(actor, mail)
    with acting(actor):
        OutgoingMail.objects.filter(pk=mail.pk).delete()
    return "sent"


def _come_back(actor: Actor, mail: OutgoingMail) -> str:
    """No use to try again: the relay knows that nobody has this address."""
    logger.warning("a mail was refused for good: no such recipient")
    mark_address(system(Purpose.OPERATOR, via=actor.via), email=mail.to)
    with acting(actor):
        OutgoingMail.objects.filter(pk=mail.pk).delete()
    return "given_up"


def _put_off(actor: Actor, mail: OutgoingMail) -> str:
    with acting(actor):
        if mail.tries >= GIVE_UP_AFTER:
            OutgoingMail.objects.filter(pk=mail.pk).delete()
            return "given_up"
        wait = min(dt.timedelta(minutes=2**mail.tries), LONGEST_WAIT)
        OutgoingMail.objects.filter(pk=mail.pk).update(due_at=timezone.now() + wait)
    return "put_off"


def _send(mail: OutgoingMail) -> None:
    """Hand it to the relay.

    Raises:
        OSError: the relay did not take it; errors of SMTP are among them.
    """
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": message_id(mail),
            **mail.headers,
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()
