"""Keeping the names by which colleagues know each other."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from network.models import MemberName, Membership, Person
from network.tenancy import Actor, acting, member


def bring_name(actor: Actor, *, organization_id: UUID, person: Person) -> None:
    """Let the members of an organization read this person's name, as it is now.

    In the transaction in which the membership begins, acting as the operator or the sign-in.
    """
    MemberName.objects.beyond_scope().get_or_create(
        organization_id=organization_id,
        person=person,
        defaults={"name": person.display_name, "mail_bounced_on": person.mail_bounced_on},
    )
    # Somebody who comes back may have changed it; only they can change the row.
    with acting(member(person.pk, organization_id, via=actor.via)):
        MemberName.objects.filter(person=person).update(
            name=person.display_name, mail_bounced_on=person.mail_bounced_on
        )


@transaction.atomic
def carry_name(actor: Actor) -> None:
    """Let the actor's colleagues read the name that the actor's account has now.

    For whoever changes a display name, in the same transaction. Groups that the person has left
    keep the name that they knew.

    Raises:
        ValueError: the actor is no person.
    """
    if actor.person_id is None:
        raise ValueError("only a person has a name")
    name = Person.objects.values_list("display_name", flat=True).get(pk=actor.person_id)
    present = (
        Membership.objects.beyond_scope()
        .filter(person_id=actor.person_id, ended_at=None)
        .values("organization_id")
    )
    MemberName.objects.beyond_scope().filter(
        person_id=actor.person_id, organization_id__in=present
    ).update(name=name)
