"""First steps behind the links of mails."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from directory.models import FirstStep
from network.links import hash_of
from network.models import Person
from network.tenancy import Purpose, Via, acting, system


@dataclass(frozen=True, slots=True)
class OpenedStep:
    """What a living link leads to: the kind, the group's name, and whether there is an account.

    Only whoever reads the mail learns the last. `is_used` says that the application was made.
    """

    kind: str
    name: str
    email: str
    has_account: bool
    is_used: bool


def step_at(token: str, *, is_locked: bool = False) -> FirstStep | None:
    """The first step behind a link whose time is not over, in the scope of the sign-in."""
    rows = FirstStep.objects.select_for_update() if is_locked else FirstStep.objects.all()
    return rows.filter(token_hash=hash_of(token), expires_at__gt=timezone.now()).first()


def open_first_step(token: str) -> OpenedStep | None:
    """What the page behind a link says; nothing for one that is unknown or over."""
    with acting(system(Purpose.SIGN_IN, via=Via.PAGE), is_reading=True):
        step = step_at(token)
        if step is None:
            return None
        return OpenedStep(
            kind=step.kind,
            name=str(step.answers.get("name", "")),
            email=step.email,
            has_account=Person.objects.filter(email=step.email).exists(),
            is_used=not step.email,
        )
