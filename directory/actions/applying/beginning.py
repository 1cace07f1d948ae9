"""First steps, and the application that comes of one."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.applying.letters import begun_letter, first_letter
from directory.actions.applying.slugs import free_slug
from directory.enums import ApplicationKind, ApplicationState
from directory.models import Application, FirstStep
from directory.queries.application_answers import checked_first
from directory.queries.applications import claimable
from directory.queries.first_steps import step_at
from network.actions.accounts import create_person
from network.actions.audit import record_organization
from network.actions.mail import send_letter
from network.actions.organizations import create_organization, grant_membership
from network.enums import Role
from network.links import hash_of
from network.models import Organization, Person
from network.tenancy import Actor, Purpose, acting, system
from network.validators import normalise_email

STEP_LIVES = dt.timedelta(days=7)
MOST_OPEN = 3
OPEN = (ApplicationState.DRAFT, ApplicationState.WAITING, ApplicationState.ASKED)


class DeadStepError(Exception):
    """The link leads nowhere: unknown, over, or used by somebody else."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Whose application was begun, and at which desk it is."""

    person: Person
    application: Application
    slug: str


@transaction.atomic
def take_first_step(
    actor: Actor,
    *,
    kind: ApplicationKind,
    email: str,
    language: str,
    answers: dict[str, Any],
    listing_slug: str = "",
    step_id: UUID | None = None,
) -> None:
    """Keep the first form for 7 days, and send its link to the address that was given.

    Whether the address has an account is not looked up before the link is opened: work, answer
    and mail are the same for every address. A `step_id` that is kept already does nothing again.

    Raises:
        ValidationError: by field.
    """
    values = checked_first(answers)
    token = secrets.token_urlsafe(32)
    with acting(system(Purpose.SIGN_IN, via=actor.via)) as signing_in:
        _step, is_new = FirstStep.objects.get_or_create(
            id=step_id or uuid4(),
            defaults={
                "kind": kind,
                "email": normalise_email(email),
                "language": language,
                "answers": values,
                "listing_slug": listing_slug,
                "token_hash": hash_of(token),
                "expires_at": timezone.now() + STEP_LIVES,
            },
        )
        if not is_new:
            return
        send_letter(
            signing_in,
            to=normalise_email(email),
            language=language,
            compose=lambda: first_letter(values["name"], token),
        )


@transaction.atomic
def use_first_step(actor: Actor, *, token: str) -> Begun:
    """The application of a first step, whose account is made where there is none yet.

    A second press gives the same application. What was kept of the step goes with its use.

    Raises:
        DeadStepError: the link does not work.
        ValidationError: `account` where whoever presses must sign in first; `other_address` where
            they are signed in with another; what `begin_application` refuses.
    """
    with acting(system(Purpose.SIGN_IN, via=actor.via)) as signing_in:
        step = step_at(token, is_locked=True)
        if step is None:
            raise DeadStepError
        if not step.email:
            return _again(actor, step)
        person = _person_of(signing_in, actor, step)
    begun = begin_application(
        Actor(via=actor.via, person_id=person.pk),
        kind=ApplicationKind(step.kind),
        answers=step.answers,
        language=step.language,
        listing_slug=step.listing_slug,
        application_id=step.pk,
    )
    with acting(system(Purpose.SIGN_IN, via=actor.via)):
        FirstStep.objects.filter(pk=step.pk).update(email="", answers={})
    return begun


def _again(actor: Actor, step: FirstStep) -> Begun:
    if actor.person_id is None:
        raise DeadStepError
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        found = _with(Application.objects.filter(pk=step.pk, person_id=actor.person_id))
    if found is None:
        raise DeadStepError
    return found


def _person_of(signing_in: Actor, actor: Actor, step: FirstStep) -> Person:
    account = Person.objects.filter(email=step.email).first()
    if actor.person_id is not None:
        if account is None or account.pk != actor.person_id:
            raise ValidationError(
                _(
                    "This link was sent to another address than that of your account. Sign out, "
                    "then open it again."
                ),
                code="other_address",
            )
        return account
    if account is not None:
        raise ValidationError(_("Sign in first, then go on."), code="account")
    return create_person(
        signing_in,
        email=step.email,
        display_name=step.answers["person_name"],
        language=step.language,
    )


@transaction.atomic
def begin_application(
    actor: Actor,
    *,
    kind: ApplicationKind,
    answers: dict[str, Any],
    language: str,
    listing_slug: str = "",
    application_id: UUID | None = None,
) -> Begun:
    """A new group that has applied, its first owner, and the draft of its application.

    The same form sent twice gives the same draft.

    Raises:
        ValueError: the actor is no person.
        ValidationError: by field; `many` beyond three open applications of a person; `gone` where
            the entry cannot be taken over any more.
    """
    values = checked_first(answers)
    with acting(system(Purpose.OPERATOR, via=actor.via)) as operator:
        person = Person.objects.select_for_update().get(pk=actor.someone)
        opened = Application.objects.filter(person_id=person.pk, state__in=OPEN)
        same = _with(
            opened.filter(kind=kind, listing_slug=listing_slug, answers__name=values["name"])
        )
        if same is not None:
            return same
        _check_may_begin(opened.count(), listing_slug)
        organization = create_organization(
            operator,
            slug=free_slug(values["name"], values["country"]),
            name=values["name"],
            country=values["country"],
        )
        grant_membership(operator, organization=organization, person=person, role=Role.OWNER)
        listing = claimable(listing_slug) if listing_slug else None
        application = Application.objects.create(
            id=application_id or uuid4(),
            organization=organization,
            person=person,
            kind=kind,
            language=language,
            answers={**values, "person_email": person.email},
            listing_id=listing.pk if listing else None,
            listing_slug=listing_slug,
        )
        record_organization(operator, "application.begun", organization, kind=str(kind))
        send_letter(
            operator,
            to=person.email,
            language=person.language,
            compose=lambda: begun_letter(organization.slug, organization.name),
        )
    return Begun(person, application, organization.slug)


def _check_may_begin(opened: int, listing_slug: str) -> None:
    if opened >= MOST_OPEN:
        raise ValidationError(
            _("You have %(number)d applications open. Finish or withdraw one of them first."),
            code="many",
            params={"number": opened},
        )
    if listing_slug and claimable(listing_slug) is None:
        raise ValidationError(
            _("This entry cannot be taken over any more: a group has done so, or it is gone."),
            code="gone",
        )


def _with(rows: Any) -> Begun | None:
    found: Application | None = rows.select_related("organization", "person").first()
    if found is None or found.person is None:
        return None
    group: Organization = found.organization
    return Begun(found.person, found, group.slug)
