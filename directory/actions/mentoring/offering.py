"""Offering help to beginners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.actions.cards import publish_card
from directory.actions.mentoring.checks import checked, checked_languages, checked_text
from directory.models import MentorOffer, OrganizationCard
from network.actions.audit import record
from network.enums import OrganizationStatus
from network.identifying import require_looked_at
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor


@transaction.atomic
def offer_help(
    actor: Actor, *, is_open: bool, text: str, languages: Sequence[str], has_looked: bool = False
) -> MentorOffer:
    """The offer of the organization acted for, with these values; made where there is none.

    While it is open every verified group reads its text and languages, and may ask; they know the
    group by its card, which is published where there is none. Closing it leaves requests that
    were made before as they are. `has_looked` says that nobody in detention can be recognised by
    the text.

    Raises:
        Refused: the actor may not offer help for this organization.
        ValidationError: by field, what to write instead; `unverified` where the group is not
            verified yet; `identifies` where `has_looked` must answer.
    """
    require(actor, Permission.MENTOR_OFFER)
    organization = Organization.objects.select_for_update().get(pk=actor.acted_for)
    if is_open and organization.status != OrganizationStatus.VERIFIED:
        raise ValidationError(_("A group can offer help once it is verified."), code="unverified")
    if is_open and not OrganizationCard.objects.filter(pk=organization.pk).exists():
        publish_card(actor, organization=organization)
    values: dict[str, Any] = {"is_open": is_open} | checked(
        text=lambda: checked_text(text, is_wanted=is_open),
        languages=lambda: checked_languages(languages),
    )
    # The group is locked above: two at once make one offer.
    before = MentorOffer.objects.filter(organization_id=actor.acted_for).first()
    offer = before or MentorOffer(organization_id=actor.acted_for)
    changed = [name for name, value in values.items() if getattr(offer, name) != value]
    if before is not None and not changed:
        return offer
    news = {name: values[name] for name in changed if name == "text"}
    require_looked_at(news, has_looked=has_looked)
    for name in changed:
        setattr(offer, name, values[name])
    offer.save()
    record(
        actor,
        "mentoring.offered" if is_open else "mentoring.closed",
        object_kind="mentor_offer",
        object_id=offer.pk,
    )
    return offer
