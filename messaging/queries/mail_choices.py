"""What a person chose of mails about messages."""

from __future__ import annotations

from typing import Any

from messaging.models import MailChoice
from network.tenancy import Actor


def mail_choice_of(actor: Actor) -> MailChoice:
    """The row of the actor; one that is not saved, with the defaults, where they chose nothing.

    Its version is then 1, as that of the row which a first change makes. One query.
    """
    found = MailChoice.objects.filter(person_id=actor.someone).first()
    return MailChoice(person_id=actor.someone) if found is None else found


def chosen_in(row: MailChoice) -> dict[str, Any]:
    """What a row chooses, by the names of `messaging.actions.mail_choices.Chosen`."""
    return {
        "digest": row.digest,
        "hour": row.hour,
        "at_once": row.at_once,
        "quiet_from": row.quiet_from,
        "quiet_until": row.quiet_until,
    }


def choice_as_file(actor: Actor) -> dict[str, Any]:
    """The same for the copy of one's account, and when a mail last went. One query."""
    row = mail_choice_of(actor)
    return {**chosen_in(row), "last_mail": row.told_at.isoformat() if row.told_at else None}
