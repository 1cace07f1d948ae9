"""Publishing what the public may know of an organization."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.coalition_cards import show_members, shown_coalitions, tag_listings
from directory.actions.indexing import (
    forget_words,
    index_card,
    index_listings,
    places_of,
    take_card_words,
    take_words,
)
from directory.actions.revisions import change_revision
from directory.models import Listing, OrganizationCard
from directory.queries.cards import fill_card
from directory.queries.coalitions import coalition_tags
from directory.queries.pictures import logo_shown
from network.actions.audit import record
from network.enums import OrganizationStatus
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor

WEBSITE_HELD = dt.timedelta(hours=24)


@transaction.atomic
def publish_card(actor: Actor, *, organization: Organization) -> OrganizationCard:
    """The organization's card, made or brought up to date, with a new version each time.

    A website that waits is not shown yet: the card keeps the one before for 24 hours.

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
    was_said = (*shown, card.kind) if before else None
    tags = coalition_tags(card) if before else []
    website = _website(organization, before)
    fill_card(card, organization)
    card.website = website
    card.logo = logo_shown(organization.pk)
    card.coalitions = shown_coalitions(actor, organization.pk)
    card.version += 1
    words = take_card_words(card)
    card.save()
    if before and (card.name, card.slug) != shown:
        words |= _rename_in_listings(card)
    index_card(card)
    forget_words(words)
    if (card.name, card.slug, card.kind) != was_said:
        show_members(actor, card.pk)
    if coalition_tags(card) != tags:
        tag_listings(card)
    record(
        actor,
        "card.published",
        organization_id=organization.pk,
        object_kind="organization",
        object_id=organization.pk,
    )
    change_revision()
    return card


def _website(organization: Organization, before: OrganizationCard | None) -> str:
    changed = organization.website_changed_at
    if changed is None or timezone.now() - changed >= WEBSITE_HELD:
        return organization.website
    return before.website if before else ""


def _rename_in_listings(card: OrganizationCard) -> set[str]:
    """Listings name the organization that runs them; the words that they held before."""
    listed = Listing.objects.filter(organization=card)
    words = take_words(listed)
    listed.update(organization_name=card.name, version=F("version") + 1, updated_at=None)
    rows = list(listed.select_related("country").prefetch_related("visits"))
    index_listings(rows, places_of(rows))
    return words
