"""Trying a password."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from network.actions.limits import take
from network.models import Person
from network.tenancy import Actor, Purpose, acting
from network.validators import normalise_email


@dataclass(frozen=True, slots=True)
class Tried:
    """Whose password it was; nobody's where `person` is empty.

    `wait_seconds` is over 0 where there were too many tries: nothing was looked at then.
    """

    person: Person | None
    wait_seconds: int = 0


def try_password(actor: Actor, *, email: str, password: str, device: str = "") -> Tried:
    """Whose account an address and a password open.

    The same work, and the same answer, whether there is an account or not. Tries are counted
    before anything is hashed, by address; a device that was signed in before, named by `device`,
    has a count of its own, so that nobody is kept out by the tries of others.

    Raises:
        ValueError: the actor is not the system acting to sign somebody in.
    """
    if actor.purpose is not Purpose.SIGN_IN:
        raise ValueError("only the sign-in tries passwords")
    email = normalise_email(email)
    taken = take("sign_in", f"{email} {device}", settings.SIGN_IN_TRIES, settings.SIGN_IN_SECONDS)
    if not taken.allowed:
        return Tried(None, taken.reset_seconds)
    with acting(actor, is_reading=True):
        person = Person.objects.filter(email=email).first()
    if person is None or not person.has_usable_password():
        make_password(password)
        return Tried(None)
    is_right = check_password(password, person.password)
    return Tried(person if is_right and person.is_active else None)
