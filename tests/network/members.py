"""What tests of members share: mails as the worker reads them, second owners, other days."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from network.actions.invitations import invite_member
from network.actions.organizations import grant_membership
from network.enums import Role
from network.models import Membership, Organization, OutgoingMail, Person
from network.tenancy import Actor, Purpose, acting, member, system

OPERATOR = system(Purpose.OPERATOR)
LINK = re.compile(r"/account/invitation/([^/\s]+)/")


def mails() -> list[OutgoingMail]:
    """Every mail that waits, oldest first."""
    with acting(system(Purpose.MAIL)):
        return list(OutgoingMail.objects.order_by("created_at"))


def token_in(mail: OutgoingMail) -> str:
    """The token of the link in a mail of invitation."""
    found = LINK.search(mail.text)
    assert found, mail.text
    return found[1]


def invite(actor: Actor, organization: Organization, email: str, role: Role = Role.MEMBER) -> str:
    """Invite somebody, and the token that the mail brings them."""
    with acting(actor):
        invite_member(actor, organization=organization, email=email, role=role, language="en")
    return token_in(mails()[-1])


def make_person(name: str, *, is_verified: bool = True) -> Person:
    """An account without a membership."""
    with acting(OPERATOR):
        return Person.objects.create_user(
            f"{name}@example.org",
            display_name=name.title(),
            email_verified_at=timezone.now() if is_verified else None,
        )


def person_only(person: Person) -> Actor:
    """Somebody who is signed in and acts for no organization."""
    from network.tenancy import Via

    return Actor(via=Via.PAGE, person_id=person.pk)


def join(organization: Organization, name: str, role: Role) -> Actor:
    """A new person with this role in an organization, as the operator writes them in."""
    person = make_person(name)
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=organization, person=person, role=role)
    return member(person.pk, organization.pk)


def of(actor: Actor) -> Membership:
    """The present membership of an actor, with its organization."""
    with acting(OPERATOR):
        return Membership.objects.select_related("organization").get(
            person_id=actor.person_id, organization_id=actor.organization_id, ended_at=None
        )


def ago(monkeypatch, **days: int) -> None:
    """Let it be that long ago, until `monkeypatch.undo()`."""
    past = timezone.now() - dt.timedelta(**days)
    monkeypatch.setattr(timezone, "now", lambda: past)


def later(monkeypatch, **days: int) -> None:
    """Let it be that much later, until `monkeypatch.undo()`."""
    ago(monkeypatch, **{unit: -number for unit, number in days.items()})
