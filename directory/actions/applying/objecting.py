"""Objections to a claim that stands for its 14 days."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.applying.letters import to_stewards
from directory.models import Listing, Objection
from directory.queries.disputes import disputed_application
from directory.queries.program_checks import plain_at
from network.actions.notices import tell_stewards
from network.identifying import require_looked_at
from network.tenancy import Actor, Purpose, acting, system
from network.validators import normalise_email

LONGEST = 3000


@transaction.atomic
def object_to_claim(
    actor: Actor,
    *,
    listing: Listing,
    text: str,
    email: str,
    language: str,
    has_looked: bool = False,
    objection_id: UUID | None = None,
) -> Objection:
    """An objection that the stewards read, and nobody else; they are told by mail.

    `has_looked` says that nobody in detention can be recognised by the text. An `objection_id`
    that is kept already gives the same again, and tells nobody.

    Raises:
        ValidationError: `text`; `over` where nobody can object any more; `identifies` where
            `has_looked` must answer.
    """
    application = disputed_application(listing)
    if application is None:
        raise ValidationError(_("Nobody can object to this any more."), code="over")
    said = plain_at("text", text, LONGEST, lines=True)
    if not said:
        raise ValidationError({"text": [_("Write why this entry is not theirs.")]})
    require_looked_at({"text": said}, has_looked=has_looked)
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        objection, is_new = Objection.objects.get_or_create(
            id=objection_id or uuid4(),
            defaults={
                "organization_id": application.organization_id,
                "application": application,
                "text": said,
                "email": normalise_email(email),
                "language": language,
            },
        )
    if is_new:
        tell_stewards(
            actor, lambda: to_stewards(listing.name, gettext("Somebody objects to a claim."))
        )
    return objection
