"""Who gets the mails of an organization, and to whom they come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from network.enums import Role
from network.models import MemberName, Membership
from network.queries.memberships import grace_ends
from network.tenancy import Actor, Purpose, acting, system


def receivers_of(
    actor: Actor, *, organization_id: UUID, roles: Collection[Role]
) -> list[Membership]:
    """The present memberships that get reminders: one of these roles, which counts, not refused.

    Each with its person; for the hand that writes to them, never for a page: nobody reads a
    colleague's address. One query.
    """
    eyes = system(Purpose.OPERATOR, via=actor.via, organization_id=organization_id)
    now = timezone.now()
    with acting(eyes, is_reading=True):
        rows = Membership.objects.filter(
            role__in=roles, ended_at=None, reminders_off_on=None, person__is_active=True
        )
        found = list(rows.select_related("person").order_by("created_at", "id"))
    ends = {one.pk: grace_ends(one, one.person) for one in found}
    return [one for one in found if (end := ends[one.pk]) is None or now < end]


def number_reached(actor: Actor, roles: Collection[Role]) -> int:
    """How many members of the organization acted for a reminder reaches. One query.

    Not those to whom mails come back. No more than the number: which second step a colleague has
    is nobody's business.
    """
    found = receivers_of(actor, organization_id=actor.acted_for, roles=roles)
    return sum(one.person.mail_bounced_on is None for one in found)


def bounces_of(actor: Actor) -> dict[UUID, tuple[str, dt.date]]:
    """The name and the day since which mails come back, by person, of present members. One query.

    For who manages the members of the organization acted for.
    """
    present = Membership.objects.filter(organization_id=actor.acted_for, ended_at=None)
    rows = MemberName.objects.filter(
        organization_id=actor.acted_for,
        person_id__in=present.values("person_id"),
        mail_bounced_on__isnull=False,
    )
    found = rows.order_by("name", "id").values_list("person_id", "name", "mail_bounced_on")
    return {person: (name, since) for person, name, since in found if since is not None}
