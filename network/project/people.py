"""What the commands about people and groups share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from network.actions.accounts import create_person, make_link
from network.enums import LinkKind
from network.models import Membership, Organization, Person
from network.tenancy import Actor, Purpose, acting, system
from network.validators import normalise_email


@contextmanager
def operator() -> Iterator[Actor]:
    """The operator acts; what is refused is one clear line.

    Raises:
        CommandError: in place of a refusal of a value.
    """
    try:
        with acting(system(Purpose.OPERATOR)) as actor:
            yield actor
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


def person_with(email: str) -> Person:
    """The account with this address.

    Raises:
        CommandError: there is none.
    """
    person = Person.objects.filter(email=normalise_email(email)).first()
    if person is None:
        raise CommandError(f"There is no account with the address {email}.")
    return person


def person_for(actor: Actor, email: str, name: str = "") -> Person:
    """The account with this address, made where there is none."""
    person = Person.objects.filter(email=normalise_email(email)).first()
    return person or create_person(
        actor, email=email, display_name=name or email.partition("@")[0]
    )


def organization_with(slug: str) -> Organization:
    """The organization with this slug.

    Raises:
        CommandError: there is none.
    """
    found = Organization.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no organization with the slug {slug}.")
    return found


def membership_with(email: str, slug: str) -> Membership:
    """The present membership of the account with this address in the organization of a slug.

    Raises:
        CommandError: there is no such account, organization or membership.
    """
    organization, person = organization_with(slug), person_with(email)
    found = (
        Membership.objects.select_related("organization", "person")
        .filter(organization=organization, person=person, ended_at=None)
        .first()
    )
    if found is None:
        raise CommandError(f"{person.email} does not belong to {organization.slug}.")
    return found


def link_for(actor: Actor, person: Person) -> str:
    """A link that signs this person in once."""
    return make_link(actor, person=person, kind=LinkKind.SIGN_IN)


def described(person: Person) -> dict[str, Any]:
    """A person in the answer of a command."""
    return {"id": str(person.pk), "email": person.email}
