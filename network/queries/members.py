"""The members of an organization, by the names that they show each other."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from network.enums import Role
from network.models import MemberName, Membership
from network.tenancy import Actor

_RANK = Case(*(When(role=role, then=Value(role.rank)) for role in Role), default=Value(0))


def members_of(actor: Actor) -> QuerySet[Membership]:
    """The present memberships of the organization acted for, owners first, then by name.

    Each has a `name`; nothing else of a colleague's account can be read. One query.
    """
    return (
        Membership.objects.filter(organization_id=actor.acted_for, ended_at=None)
        .select_related("organization")
        .annotate(name=_name(), rank=_RANK)
        .order_by("-rank", "name", "id")
    )


def names_of(actor: Actor) -> dict[UUID, str]:
    """The names of all who belong or belonged to the organization acted for, by person. One query.

    Who left is in it for as long as the audit log may speak of them.
    """
    rows = MemberName.objects.filter(organization_id=actor.acted_for)
    return dict(rows.values_list("person_id", "name"))


def holders_of(actor: Actor, memberships: Iterable[UUID]) -> dict[UUID, UUID]:
    """Whose these memberships of the organization acted for are or were, by their ids. One query.

    Persons by number only; `names_of` has the names.
    """
    rows = Membership.objects.filter(organization_id=actor.acted_for, pk__in=list(memberships))
    return dict(rows.values_list("pk", "person_id"))


def membership_of(actor: Actor) -> Membership:
    """The actor's own present membership, with the account. One query.

    Raises:
        Membership.DoesNotExist: there is none.
    """
    return Membership.objects.select_related("person", "organization").get(
        organization_id=actor.acted_for, person_id=actor.someone, ended_at=None
    )


def _name() -> Coalesce:
    known = MemberName.objects.filter(
        organization_id=OuterRef("organization_id"), person_id=OuterRef("person_id")
    )
    return Coalesce(Subquery(known.values("name")[:1]), Value(""))
