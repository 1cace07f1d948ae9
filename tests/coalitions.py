"""Coalitions for tests: who belongs, and people who coordinate them."""

from __future__ import annotations

from django.utils import timezone

from directory.actions.cards import publish_card
from directory.actions.coalition_cards import show_coalitions
from directory.models import OrganizationCard
from network.actions.organizations import create_organization, grant_membership
from network.enums import CoalitionSide, OrganizationKind, Role
from network.models import CoalitionMembership, Person
from network.tenancy import Purpose, acting, member, system


def agree(coalition, organization):
    """An agreed membership, as both sides' yes would leave it."""
    with acting(system(Purpose.OPERATOR)) as operator:
        row = CoalitionMembership.objects.create(
            coalition=coalition,
            organization=organization,
            asked_by=CoalitionSide.ORGANIZATION,
            agreed_at=timezone.now(),
        )
        show_coalitions(operator, [organization.pk])
    return row


class Coalitions:
    """Beside the cast: the coalition Union, with Ursula, its owner, and Ugo, a member.

    Carla coordinates A, Claude owns B; both have public cards, the applicant has none.
    """

    def __init__(self, cast):
        self.cast = cast
        with acting(system(Purpose.OPERATOR)) as operator:
            self.union = create_organization(
                operator,
                slug="union",
                name="Union of Visitors",
                country="GB",
                kind=OrganizationKind.COALITION,
                is_verified=True,
            )
            for organization in (self.union, cast.a, cast.b):
                publish_card(operator, organization=organization)
            self.homes = {"ursula": self.union, "ugo": self.union, "carla": cast.a}
            self.homes["claude"] = cast.b
            roles = {"ursula": Role.OWNER, "ugo": Role.MEMBER, "carla": Role.COORDINATOR}
            for name, home in self.homes.items():
                person = Person.objects.create_user(
                    f"{name}@example.org", display_name=name.title()
                )
                role = roles.get(name, Role.OWNER)
                grant_membership(operator, organization=home, person=person, role=role)
                setattr(self, name, person)

    def actor(self, name):
        if name in self.homes:
            return member(getattr(self, name).pk, self.homes[name].pk)
        return self.cast.actor(name)

    def card(self, slug):
        return OrganizationCard.objects.filter(slug=slug).first()

    def row(self):
        with acting(system(Purpose.OPERATOR)):
            return CoalitionMembership.objects.order_by("created_at").last()
