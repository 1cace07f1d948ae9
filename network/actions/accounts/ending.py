"""Ending: every device at once, an account, what an account holds."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.actions.tokens import revoke_tokens_of
from network.enums import Role
from network.erasures import Erased, erase
from network.events import PersonDeleted, PersonSuspended, SignedOutEverywhere, publish
from network.models import Invitation, Membership, Person, Session, SignInLink
from network.permissions import Permission, require
from network.queries.factors import factors_of
from network.tenancy import Actor, Purpose, Via, acting, system


@transaction.atomic
def sign_out_everywhere(actor: Actor, *, person: Person) -> None:
    """End all that one's account has open: devices, links, tokens, invitations, exports.

    Asked of the database at the next request, so it holds at once. Exports end by the event's
    receivers.

    Raises:
        ValueError: of somebody else's account.
    """
    if actor.person_id != person.pk:
        raise ValueError("everybody signs out for themselves")
    _end_all(actor, person)


@transaction.atomic
def suspend_person(actor: Actor, *, person: Person) -> None:
    """Let nobody into an account any more, and end what it has open.

    Raises:
        Refused: the actor may not suspend people.
    """
    require(actor, Permission.PERSON_SUSPEND)
    with acting(actor):
        Person.objects.filter(pk=person.pk).update(is_active=False)
        record(actor, "person.suspended", object_kind="person", object_id=person.pk)
        _end_all(actor, person)
        erase(Erased.PERSON_SUSPENDED, person.pk)
        publish(PersonSuspended(person.pk))


@transaction.atomic
def delete_account(actor: Actor, *, person: Person) -> None:
    """Delete one's own account for good: memberships, devices and all.

    What was done for a group stays in that group's log, without a name.

    Raises:
        ValidationError: `last_owner`: a group would be left without an owner.
    """
    if actor.person_id != person.pk:
        raise ValueError("everybody deletes their own account")
    # Others of the same groups are looked at, and rows of several groups go.
    with acting(system(Purpose.OPERATOR, via=Via.PAGE)):
        alone = _groups_left_alone(person)
        if alone:
            raise ValidationError(
                _("Make somebody else an owner of %(groups)s first, or delete the group."),
                code="last_owner",
                params={"groups": ", ".join(alone)},
            )
        _end_all(actor, person)
        erase(Erased.PERSON, person.pk)
        publish(PersonDeleted(person.pk))
        person.delete()


def export_account(actor: Actor, *, person: Person) -> dict[str, Any]:
    """All that this node holds of one's account, to be read and kept; no secrets."""
    memberships = (
        Membership.objects.beyond_scope()
        .filter(person_id=actor.someone)
        .select_related("organization")
        .order_by("created_at")
    )
    sessions = Session.objects.filter(person_id=actor.someone, is_waiting=False).order_by(
        "created_at"
    )
    return {
        "person": {
            "id": str(person.pk),
            "email": person.email,
            "display_name": person.display_name,
            "language": person.language,
            "time_zone": person.time_zone,
            "created_at": person.created_at.isoformat(),
            "has_second_factor": person.second_factor_since is not None,
            "mail_comes_back_since": (
                person.mail_bounced_on.isoformat() if person.mail_bounced_on else None
            ),
        },
        "second_factors": [
            {
                "kind": one.kind,
                "name": one.name,
                "since": one.created_at.date().isoformat(),
                "used_on": one.used_on.isoformat() if one.used_on else None,
            }
            for one in factors_of(actor)
        ],
        "memberships": [
            {
                "organization": one.organization.slug,
                "role": one.role,
                "since": one.created_at.isoformat(),
                "until": one.ended_at.isoformat() if one.ended_at else None,
                "reminders_off_since": (
                    one.reminders_off_on.isoformat() if one.reminders_off_on else None
                ),
            }
            for one in memberships
        ],
        "devices": [
            {
                "name": one.name,
                "since": one.created_at.date().isoformat(),
                "seen_on": one.seen_on.isoformat(),
            }
            for one in sessions
        ],
    }


def _end_all(actor: Actor, person: Person) -> None:
    revoke_tokens_of(actor, person=person)
    with acting(system(Purpose.OPERATOR, via=Via.PAGE)):
        Session.objects.filter(person=person).delete()
        SignInLink.objects.filter(person=person).delete()
        Invitation.objects.filter(invited_by__person=person, accepted_at=None).delete()
    publish(SignedOutEverywhere(person.pk))


def _groups_left_alone(person: Person) -> list[str]:
    """The names of the groups of which this person is the only owner.

    All owners of these groups are locked, in one order, so that two who go at once see each other.
    """
    owned = Membership.objects.filter(person=person, role=Role.OWNER, ended_at=None)
    groups = list(owned.values_list("organization_id", flat=True))
    owners = Membership.objects.filter(organization__in=groups, role=Role.OWNER, ended_at=None)
    list(owners.order_by("id").select_for_update())
    return [
        one.organization.name
        for one in owned.select_related("organization")
        if not Membership.objects.filter(
            organization=one.organization, role=Role.OWNER, ended_at=None
        )
        .exclude(person=person)
        .exists()
    ]
