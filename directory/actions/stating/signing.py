"""Signing an entry with the name of a coalition that the group belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from directory.actions.stating.event_values import Reported
from directory.actions.stating.said import Said
from directory.enums import Attribution
from directory.models import AccessReport, OrganizationCard
from directory.queries.coalitions import own_coalitions
from network.models import Organization


@dataclass(frozen=True, slots=True)
class Signature:
    """The name under which an entry stands, empty where it names nobody; the coalition if any."""

    name: str = ""
    coalition_id: UUID | None = None


def signed_as(
    said: Said, organization: Organization, reported: Reported, corrected: AccessReport | None
) -> Signature:
    """The signature of an entry.

    Of several coalitions `coalition` says which, by slug; a correction keeps the one of the entry
    that it corrects. What cannot be is refused at its field.
    """
    if reported.attributed_as is not Attribution.COALITION:
        if reported.coalition:
            words = _("Leave this out, or choose that a coalition is named.")
            said.refuse("coalition", words, "unused")
        is_named = reported.attributed_as is Attribution.ORGANIZATION
        return Signature(organization.name if is_named else "")
    cards = own_coalitions(organization.pk)
    if corrected is not None:
        signing = signing_card(corrected, cards)
        cards = [signing] if signing else []
    card = _chosen(said, cards, reported.coalition)
    return Signature(card.name, card.pk) if card else Signature()


def signature_after(corrected: AccessReport) -> str:
    """How a correction of this entry is signed: as the entry itself, while that can be.

    Of an entry that stands under a coalition to which the group belongs no more it is a verified
    program: who reads both learns nothing that the first one did not say.
    """
    cards = own_coalitions(corrected.organization_id)
    is_lost = corrected.attributed_as == Attribution.COALITION and not signing_card(
        corrected, cards
    )
    return Attribution.VERIFIED_PROGRAM.value if is_lost else corrected.attributed_as


def signing_card(
    report: AccessReport, cards: Iterable[OrganizationCard]
) -> OrganizationCard | None:
    """The coalition that signs a report among those of its group; none where it left that one.

    Reports of before the id was kept are known by the name alone.
    """
    for card in cards:
        if report.coalition_id == card.pk or (
            report.coalition_id is None and report.attributed_to == card.name
        ):
            return card
    return None


def sign_now(report: AccessReport) -> None:
    """Give a report that a coalition signs the name which that has today.

    Where the group belongs to it no more it is signed as a verified program.
    """
    if report.attributed_as != Attribution.COALITION:
        return
    card = signing_card(report, own_coalitions(report.organization_id))
    if card is None:
        report.attributed_as, report.attributed_to = Attribution.VERIFIED_PROGRAM, ""
        report.coalition_id = None
    else:
        report.attributed_to, report.coalition_id = card.name, card.pk


def _chosen(said: Said, cards: list[OrganizationCard], slug: str) -> OrganizationCard | None:
    if not cards:
        words = _("Your group is in no coalition here. Choose another signature.")
        said.refuse("attributed_as", words, "coalition")
        return None
    if not slug and len(cards) == 1:
        return cards[0]
    found = next((card for card in cards if card.slug == slug), None)
    if found is None:
        words = _("Write which coalition of yours is named, by its slug: %(slugs)s.")
        slugs = ", ".join(card.slug for card in cards)
        said.refuse("coalition", words, "choice", slugs=slugs)
    return found
