"""Naming and removing second factors, and the operator's way to take all of them away."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions.second_factors.changes import changed, own_person
from network.actions.second_factors.names import clean_name
from network.actions.tokens import revoke_tokens_of
from network.events import SignedOutEverywhere, publish
from network.models import Person, RecoveryCode, SecondFactor, Session, SignInLink
from network.permissions import Permission, require
from network.queries.factors import factors_of, needs_second_factor
from network.tenancy import Actor


@transaction.atomic
def rename_factor(actor: Actor, *, factor_id: UUID, name: str) -> SecondFactor:
    """The actor's factor under this name; an empty name is none.

    Raises:
        Refused: the actor is no person with an account.
        SecondFactor.DoesNotExist: it is not the actor's, or is not there.
        ValidationError: the name is too long or holds characters that no name needs.
    """
    own_person(actor)
    factor = factors_of(actor).get(pk=factor_id)
    factor.name = clean_name(name)
    factor.save(update_fields=["name"])
    return factor


@transaction.atomic
def remove_factor(actor: Actor, *, factor_id: UUID) -> None:
    """Take one of the actor's factors away. With the last one the recovery codes go too.

    The last one stays while a role asks for a second factor: whoever wants another adds that
    first. Who has lost it signs in with a recovery code and does the same.

    Raises:
        Refused: the actor is no person with an account.
        SecondFactor.DoesNotExist: it is not the actor's, or is not there.
        ValidationError: `last_factor`.
    """
    person = own_person(actor)
    factor = factors_of(actor).get(pk=factor_id)
    is_last = not factors_of(actor).exclude(pk=factor_id).exists()
    if is_last and needs_second_factor(person):
        raise ValidationError(
            _(
                "Your role needs a second step when you sign in. "
                "Add another code app or passkey first, then remove this one."
            ),
            code="last_factor",
        )
    factor.delete()
    if is_last:
        RecoveryCode.objects.filter(person=person).delete()
    changed(actor, person, "removed", factor.kind)


@transaction.atomic
def reset_second_factors(actor: Actor, *, person: Person) -> int:
    """How many factors the operator has taken from the person, with all recovery codes.

    All devices are signed out and all tokens end. From then on the password alone lets the person
    in, and the role asks for a new second factor. The person is told by mail, and each of their
    organizations reads it in its log. Doing it again changes and writes nothing.

    Raises:
        Refused: the actor is not the operator.
    """
    require(actor, Permission.PERSON_SUSPEND)
    person = Person.objects.select_for_update().get(pk=person.pk)
    factors = SecondFactor.objects.filter(person=person)
    taken = factors.filter(confirmed_at__isnull=False).count()
    codes, _kinds = RecoveryCode.objects.filter(person=person).delete()
    factors.delete()
    if taken or codes:
        revoke_tokens_of(actor, person=person)
        Session.objects.filter(person=person).delete()
        SignInLink.objects.filter(person=person).delete()
        publish(SignedOutEverywhere(person.pk))
        changed(actor, person, "reset", "all")
    return taken
