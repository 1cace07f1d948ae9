"""One's own devices."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.events import SessionsEnded, publish
from network.models import Session
from network.tenancy import Actor
from network.validators import validate_plain_text, validate_visible

LONGEST_NAME = 60


def rename_session(actor: Actor, *, session_id: UUID, name: str) -> bool:
    """Call one of one's own devices so; whether there was such a device.

    Raises:
        ValidationError: `name`.
    """
    name = name.strip()
    try:
        if not 0 < len(name) <= LONGEST_NAME:
            raise ValidationError(_("Write a short name, such as Phone or Office."), code="name")
        validate_plain_text(name, lines=False)
        validate_visible(name)
    except ValidationError as error:
        raise ValidationError({"name": error.messages}) from error
    own = Session.objects.filter(pk=session_id, person_id=actor.someone)
    return bool(own.update(name=name))


@transaction.atomic
def end_session(actor: Actor, *, session_id: UUID) -> bool:
    """Sign one of one's own devices out at once; whether there was such a device."""
    own = Session.objects.filter(pk=session_id, person_id=actor.someone)
    is_ended = bool(own.delete()[0])
    if is_ended:
        publish(SessionsEnded(actor.someone))
    return is_ended
