"""What every decision on an application begins and ends with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings

from directory.models import Application, DomainProof
from directory.queries.deciding import is_conflicted
from network.actions.audit import record
from network.actions.letters import Letter
from network.actions.mail import send_letter
from network.models import Person
from network.permissions import Permission, Refused, require
from network.tenancy import Actor, Purpose, acting, system


class DecidedMeanwhile(Exception):  # noqa: N818 - an answer, not a fault
    """Another steward, or the applicant, changed it since it was read; `present` is it now."""

    def __init__(self, present: Application) -> None:
        """Keep what it is now."""
        super().__init__(present.pk)
        self.present = present


class ConflictOfInterest(Refused):
    """The steward belongs to the group, or to one that vouched for it."""


def hand_of(actor: Actor, application: Application) -> Actor:
    """The operator's hand in the group that applied, for what follows from a decision."""
    return system(Purpose.OPERATOR, via=actor.via, organization_id=application.organization_id)


def locked(actor: Actor, application: Application) -> Application:
    """The application as it is now, out of reach of others until the transaction ends.

    Raises:
        Refused: the actor is no steward.
        ConflictOfInterest: the actor may not decide on this one.
    """
    require(actor, Permission.APPLICATION_DECIDE)
    present = (
        Application.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=application.pk)
    )
    if is_conflicted(actor, present):
        raise ConflictOfInterest(Permission.APPLICATION_DECIDE)
    return present


def save(application: Application, **values: Any) -> None:
    """Write these values, one version on."""
    for name, value in values.items():
        setattr(application, name, value)
    application.version += 1
    application.save(update_fields=[*values, "version", "updated_at"])


def log(actor: Actor, verb: str, application: Application, **details: Any) -> None:
    """In the log of the group that applied and in that of the node."""
    with acting(hand_of(actor, application)):
        for organization_id in (application.organization_id, None):
            record(
                actor,
                verb,
                organization_id=organization_id,
                object_kind="application",
                object_id=application.pk,
                kind=application.kind,
                **details,
            )


def forget_addresses(actor: Actor, application: Application) -> None:
    """Empty the addresses to which proofs were sent: the decision is made."""
    with acting(hand_of(actor, application)):
        DomainProof.objects.filter(application=application).update(email="")


def tell_applicant(actor: Actor, application: Application, compose: Callable[[], Letter]) -> None:
    """Write to who applied, in the language in which they did; to nobody who is gone."""
    hand = hand_of(actor, application)
    with acting(hand):
        people = Person.objects.filter(is_active=True)
        person = people.filter(pk=application.person_id).first() if application.person_id else None
        to = person.email if person else str(application.answers.get("person_email", ""))
        if to:
            send_letter(hand, to=to, language=application.language, compose=compose)


def desk_address(application: Application) -> str:
    """The whole address of the applicant's desk, for a letter."""
    return f"{settings.PUBLIC_ORIGIN}/desk/{application.organization.slug}/"
