"""What every change of second factors brings along: the date, the log, the notice, the event."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from network.actions.audit import record
from network.actions.second_factors.notices import tell_person
from network.erasures import Erased, erase
from network.events import SecondFactorChanged, publish
from network.models import Person, SecondFactor
from network.permissions import Refused
from network.queries.factors import organization_ids_of
from network.tenancy import Actor, Purpose, acting

_TOUCHING = frozenset({"added", "removed", "reset"})
_ERASING = {
    "removed": Erased.SECOND_FACTORS,
    "reset": Erased.SECOND_FACTORS,
    "codes_made": Erased.RECOVERY_CODES,
    "code_used": Erased.RECOVERY_CODES,
}


def own_person(actor: Actor) -> Person:
    """The acting person, whose row stays locked until the transaction ends.

    Second factors are a person's own: no role and no purpose stands above that. The lock keeps two
    changes of the same person apart.

    Raises:
        Refused: nobody acts, the system does, or the account is closed.
    """
    person = None
    if actor.person_id is not None:
        person = (
            Person.objects.select_for_update().filter(pk=actor.person_id, is_active=True).first()
        )
    if person is None:
        raise Refused("second_factor")
    return person


def changed(actor: Actor, person: Person, change: str, kind: str) -> None:
    """Write down a change of the person's factors, tell the person, and publish it last.

    `second_factor_since` is set with the first factor that counts and empty without one; the row
    of the person must be locked where the change touches it.
    """
    if change in _TOUCHING:
        _note_since(person)
    note(actor, person.pk, change, kind=kind)
    tell_person(actor, person, change, kind)
    if change in _ERASING:
        erase(_ERASING[change], person.pk)
    publish(SecondFactorChanged(person.pk, change))


def note(actor: Actor, person_id: UUID, change: str, *, kind: str) -> None:
    """An entry in the log of each organization the person belongs to, whose safety it touches.

    The sign-in writes into no organization's log: its entry is the node's own.
    """
    verb = f"second_factor.{change}"
    if actor.purpose is Purpose.SIGN_IN:
        record(actor, verb, object_kind="person", object_id=person_id, kind=kind)
        return
    for organization_id in organization_ids_of(person_id):
        own = replace(actor, organization_id=organization_id)
        with acting(own):
            record(own, verb, object_kind="person", object_id=person_id, kind=kind)


def _note_since(person: Person) -> None:
    """Set or empty `second_factor_since` by what there is."""
    has_one = SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).exists()
    since = (person.second_factor_since or timezone.now()) if has_one else None
    Person.objects.filter(pk=person.pk).update(second_factor_since=since)
