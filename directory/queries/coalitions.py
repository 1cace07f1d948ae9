"""Coalitions as the public and their members see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.models import OrganizationCard
from directory.queries.search.finding import cards_with
from network.enums import CoalitionSide, OrganizationKind
from network.models import CoalitionMembership, Organization
from network.queries.coalitions import (
    coalition_memberships_of,
    coalitions_of,
    verified_coalitions,
)
from network.tenancy import Actor

MOST_FOUND = 20
_COALITION = Q(kind=OrganizationKind.COALITION)


@dataclass(frozen=True, slots=True)
class Tie:
    """An ask or a membership, seen from one side: who the other one is.

    `other` is empty while the other one is not public.
    """

    membership: CoalitionMembership
    other: OrganizationCard | None
    is_mine: bool

    @property
    def state(self) -> str:
        """`agreed`, `asked` by oneself or `incoming`."""
        if self.membership.is_agreed:
            return "agreed"
        return "asked" if self.is_mine else "incoming"


def ties_of(actor: Actor) -> list[Tie]:
    """What stands between the organization acted for and others, the oldest first. Two queries."""
    rows = list(coalition_memberships_of(actor))
    return _ties(actor, rows)


def tie_of(actor: Actor, pk: UUID) -> Tie:
    """One of them. Two queries.

    Raises:
        CoalitionMembership.DoesNotExist: there is none, or it is over.
    """
    return _ties(actor, [coalition_memberships_of(actor).get(pk=pk)])[0]


def ties_as(actor: Actor, rows: Iterable[CoalitionMembership]) -> list[Tie]:
    """The same for rows that were read already. One query."""
    return _ties(actor, list(rows))


def _ties(actor: Actor, rows: list[CoalitionMembership]) -> list[Tie]:
    own = actor.acted_for
    cards = OrganizationCard.objects.filter(origin=None).in_bulk([r.other_of(own) for r in rows])
    return [Tie(r, cards.get(r.other_of(own)), r.asked_by == r.side_of(own)) for r in rows]


def side_of(organization: Organization) -> CoalitionSide:
    """On which side of coalition memberships an organization stands, by its kind."""
    is_coalition = organization.kind == OrganizationKind.COALITION
    return CoalitionSide.COALITION if is_coalition else CoalitionSide.ORGANIZATION


def cards_to_ask(organization: Organization) -> QuerySet[OrganizationCard]:
    """The public cards of this node that an organization may ask: coalitions, or a coalition's.

    Nothing is known here of groups without a public card. One query.
    """
    cards = OrganizationCard.objects.filter(origin=None).exclude(pk=organization.pk)
    if side_of(organization) == CoalitionSide.COALITION:
        return cards.exclude(_COALITION)
    return cards.filter(_COALITION)


def cards_found(organization: Organization, words: str) -> list[OrganizationCard]:
    """Those of them that these words or this address name, by name, at most `MOST_FOUND`."""
    named = cards_with(words) | Q(slug=words.strip().casefold())
    found = cards_to_ask(organization).filter(named).distinct().order_by("name", "slug")
    return list(found[:MOST_FOUND])


def public_coalitions(organization_id: UUID) -> list[dict[str, str]]:
    """The coalitions of an organization as its card names them, by name. Two queries.

    For the operator's eyes: both sides must be verified, and the coalition public.
    """
    rows = verified_coalitions().filter(organization_id=organization_id)
    ids = rows.values_list("coalition_id", flat=True)
    cards = OrganizationCard.objects.filter(_COALITION, pk__in=list(ids), origin=None)
    named = cards.order_by("name", "slug").values_list("pk", "slug", "name")
    return [{"id": str(pk), "slug": slug, "name": name} for pk, slug, name in named]


def coalition_tags(card: OrganizationCard) -> list[str]:
    """The slugs of coalitions by which the programs of a card are found; its own, if it is one."""
    own = [card.slug] if card.kind == OrganizationKind.COALITION else []
    return [*own, *(one["slug"] for one in card.coalitions)]


def own_coalitions(organization_id: UUID) -> list[OrganizationCard]:
    """The public cards of the coalitions that an organization belongs to, by name. Two queries.

    For the organization itself, and for a release on its behalf.
    """
    ids = coalitions_of(organization_id)
    cards = OrganizationCard.objects.filter(_COALITION, pk__in=ids, origin=None)
    return list(cards.order_by("name", "slug"))
