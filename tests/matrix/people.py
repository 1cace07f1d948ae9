"""Everybody who asks, in every role there is, and how each of them asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.test import Client
from django.utils import timezone

from network.actions.accounts import create_person
from network.actions.organizations import end_membership, grant_membership
from network.actions.tokens import create_token
from network.enums import Role, Scope
from network.models import Membership, Organization, Person
from network.tenancy import Purpose, acting, system
from tests.cast import Cast
from tests.signing_in import signed_in


@dataclass(frozen=True)
class Asker:
    """One of those who ask: their role that counts in A, if any, and their two ways in.

    `is_out` is for who is not let in at all: the sign-in is all they see.
    """

    name: str
    role: Role | None
    is_out: bool = False
    token: str = field(default="", repr=False)
    client: Client = field(default_factory=Client, repr=False, compare=False)


@dataclass(frozen=True)
class _Person:
    in_a: Role | None = None
    in_b: Role | None = None
    in_applicant: Role | None = None
    counts_as: Role | None = None
    has_left: bool = False
    is_suspended: bool = False
    is_steward: bool = False
    is_late: bool = False
    is_out: bool = False


# Roles of A; the same of others; and who was somebody once, or is not yet.
PEOPLE = {
    "member": _Person(in_a=Role.MEMBER, counts_as=Role.MEMBER),
    "editor": _Person(in_a=Role.EDITOR, counts_as=Role.EDITOR),
    "organizer": _Person(in_a=Role.ORGANIZER, counts_as=Role.ORGANIZER),
    "coordinator": _Person(in_a=Role.COORDINATOR, counts_as=Role.COORDINATOR),
    "owner": _Person(in_a=Role.OWNER, counts_as=Role.OWNER),
    "late_owner": _Person(in_a=Role.OWNER, counts_as=Role.MEMBER, is_late=True),
    "both": _Person(in_a=Role.MEMBER, in_b=Role.OWNER, counts_as=Role.MEMBER),
    "other_owner": _Person(in_b=Role.OWNER),
    "other_member": _Person(in_b=Role.MEMBER),
    "ex_owner": _Person(in_a=Role.OWNER, has_left=True),
    "applicant": _Person(in_applicant=Role.OWNER),
    "suspended": _Person(in_a=Role.OWNER, is_suspended=True, is_out=True),
    "steward": _Person(is_steward=True),
}


def make_people(cast: Cast) -> dict[str, Person]:
    """All of them, with their memberships; the canary of their organization in their names."""
    found = {}
    with acting(system(Purpose.OPERATOR)) as operator:
        for name, one in PEOPLE.items():
            mark = "zqacanary" if one.in_a else "zqbcanary" if one.in_b else "zqother"
            person = create_person(
                operator,
                email=f"{name}.{mark}@example.org",
                display_name=f"{name} {mark}",
                is_steward=one.is_steward,
            )
            places = ((cast.a, one.in_a), (cast.b, one.in_b), (cast.applicant, one.in_applicant))
            for organization, role in places:
                if role is not None:
                    _join(person, organization, role)
            found[name] = person
    return found


def make_askers(cast: Cast, people: dict[str, Person]) -> list[Asker]:
    """Each with a session and, where they belong somewhere, a token with every scope.

    Whoever leaves or is suspended made theirs before.
    """
    askers = [Asker("anonymous", None, is_out=True)]
    for name, one in PEOPLE.items():
        person = people[name]
        token = _token(person)
        client = signed_in(person)
        with acting(system(Purpose.OPERATOR)) as operator:
            if one.has_left:
                membership = Membership.objects.get(person=person)
                end_membership(operator, membership=membership)
            if one.is_suspended:
                Person.objects.filter(pk=person.pk).update(is_active=False)
            if one.is_late:
                Membership.objects.filter(person=person).update(
                    role_since=timezone.now() - dt.timedelta(days=8)
                )
        askers.append(Asker(name, one.counts_as, one.is_out, token, client))
    return askers


def _join(person: Person, organization: Organization, role: Role) -> None:
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=organization, person=person, role=role)


def _token(person: Person) -> str:
    with acting(system(Purpose.OPERATOR)) as operator:
        membership = Membership.objects.filter(person=person).order_by("created_at").first()
        if membership is None:
            return ""
        return create_token(
            operator, membership=membership, name="of the matrix", scopes=list(Scope)
        )[1]
