"""Publishing what the public may know of an organization."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from directory.actions.indexing import forget_words, index_card, take_card_words
from directory.actions.revisions import change_revision
from directory.models import Listing, OrganizationCard
from network.actions.audit import record
from network.enums import OrganizationStatus
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor


@transaction.atomic
def publish_card(actor: Actor, *, organization: Organization) -> OrganizationCard:
    """The organization's card, made or brought up to date, with a new version each time.

    Raises:
        Refused: the actor may not publish for this organization.
        ValidationError: the organization is not verified; nothing of it is public.
    """
    require(actor, Permission.CARD_PUBLISH, organization)
    if organization.status != OrganizationStatus.VERIFIED:
        raise ValidationError(
            _("A group is shown to the public once it is verified."), code="unverified"
        )
    before = OrganizationCard.objects.select_for_update().filter(pk=organization.pk).first()
    card = before or OrganizationCard(pk=organization.pk, version=0)
    shown = (card.name, card.slug)
    card.slug = organization.slug
    card.name = organization.name
    card.names = organization.names
    card.country = organization.country
    card.kind = organization.kind
    card.languages = organization.languages
    card.website = organization.website
    card.verified_since = organization.verified_on
    card.version += 1
    words = take_card_words(card)
    if before and (card.name, card.slug) != shown:
        # Listings name the organization that runs them.
        Listing.objects.filter(organization=card).update(version=F("version") + 1, updated_at=None)
    card.save()
    index_card(card)
    forget_words(words)
    record(
        actor,
        "card.published",
        organization_id=organization.pk,
        object_kind="organization",
        object_id=organization.pk,
    )
    change_revision()
    return card
