"""The cast: the same eight people in every test of who may do what."""

from __future__ import annotations

from dataclasses import dataclass

from network.actions.organizations import create_organization, grant_membership
from network.enums import Role
from network.models import Organization, Person
from network.tenancy import Actor, member, visitor


@dataclass(frozen=True)
class Cast:
    """Two verified organizations in two countries, one applicant, a steward and a visitor."""

    a: Organization
    b: Organization
    applicant: Organization
    amara: Person
    bilal: Person
    edna: Person
    omar: Person
    chiara: Person
    dov: Person
    farid: Person

    def actor(self, name: str) -> Actor:
        """The actor of one of them, for their own organization; Esi has no account."""
        if name == "esi":
            return visitor()
        person: Person = getattr(self, name)
        organization = {"chiara": self.b, "farid": self.applicant}.get(name, self.a)
        return member(person.pk, organization.pk)


def make_cast(actor: Actor) -> Cast:
    """Make all of them, as an operator would."""
    a = create_organization(
        actor, slug="harbour-visitors", name="Harbour Visitors", country="GB", is_verified=True
    )
    b = create_organization(
        actor, slug="visiteurs-du-port", name="Visiteurs du port", country="FR", is_verified=True
    )
    applicant = create_organization(actor, slug="new-visitors", name="New Visitors", country="GB")
    roles = {
        "amara": (a, Role.OWNER),
        "bilal": (a, Role.MEMBER),
        "edna": (a, Role.EDITOR),
        "omar": (a, Role.ORGANIZER),
        "chiara": (b, Role.ORGANIZER),
        "farid": (applicant, Role.OWNER),
    }
    people = {
        name: Person.objects.create_user(f"{name}@example.org", display_name=name.title())
        for name in (*roles, "dov")
    }
    people["dov"].is_steward = True
    people["dov"].save()
    for name, (organization, role) in roles.items():
        grant_membership(actor, organization=organization, person=people[name], role=role)
    return Cast(a=a, b=b, applicant=applicant, **people)
