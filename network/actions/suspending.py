"""Suspending a group, and lifting it: what stewards decide on groups that are not their own."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record_twice
from network.actions.invitations import revoke_all
from network.actions.letters import Letter, isolated
from network.actions.notices import tell_members
from network.actions.tokens import revoke_tokens_in
from network.enums import OrganizationStatus
from network.erasures import Erased, erase, take_back
from network.events import OrganizationSuspended, SuspensionLifted, publish
from network.identifying import require_looked_at
from network.models import Organization, SupportSession
from network.permissions import Permission, require_unconflicted
from network.tenancy import Actor, Purpose, acting, system
from network.validators import validate_plain_text

MAX_REASON = 1000


@transaction.atomic
def suspend_organization(
    actor: Actor, *, organization: Organization, reason: str, has_looked: bool = False
) -> bool:
    """Take a group out of public sight and close its desk; whether anything changed.

    From the commit on nobody has a role in it, its tokens, invitations and support sessions are
    dead, and what is public of it is withdrawn by who subscribes to `OrganizationSuspended`. All
    members are told, with the reason. `has_looked` says that nobody in detention can be
    recognised by it.

    Raises:
        Refused: the actor is no steward, or belongs to the group.
        ValidationError: `reason`; `status` where the group is leaving; `identifies` where
            `has_looked` must answer.
    """
    require_unconflicted(actor, Permission.ORGANIZATION_SUSPEND, organization)
    reason = checked_reason(reason, has_looked=has_looked)
    with acting(_hand(actor, organization)) as hand:
        present = Organization.objects.select_for_update().get(pk=organization.pk)
        if present.status == OrganizationStatus.SUSPENDED:
            return False
        if present.status == OrganizationStatus.LEFT:
            raise ValidationError(_("This group is leaving. Nothing of it is public."))
        Organization.objects.filter(pk=present.pk).update(status=OrganizationStatus.SUSPENDED)
        revoke_all(present)
        revoke_tokens_in(hand, organization=present)
        SupportSession.objects.filter(ended_at=None).update(ended_at=timezone.now())
        record_twice(actor, "organization.suspended", present)
    erase(Erased.ORGANIZATION_SUSPENDED, organization.pk)
    publish(OrganizationSuspended(organization.pk))
    tell_members(
        actor,
        organization_id=organization.pk,
        compose=lambda: _suspended_letter(organization, reason),
    )
    return True


@transaction.atomic
def lift_suspension(actor: Actor, *, organization: Organization) -> bool:
    """Open a suspended group's desk again; whether anything changed.

    Nothing of it is public by itself: its coordinators publish it again. All members are told.

    Raises:
        Refused: the actor is no steward, or belongs to the group.
    """
    require_unconflicted(actor, Permission.ORGANIZATION_SUSPEND, organization)
    with acting(_hand(actor, organization)):
        present = Organization.objects.select_for_update().get(pk=organization.pk)
        if present.status != OrganizationStatus.SUSPENDED:
            return False
        was = OrganizationStatus.VERIFIED if present.verified_on else OrganizationStatus.APPLIED
        Organization.objects.filter(pk=present.pk).update(status=was)
        record_twice(actor, "organization.unsuspended", present)
    take_back(Erased.ORGANIZATION_SUSPENDED, organization.pk)
    publish(SuspensionLifted(organization.pk))
    tell_members(
        actor, organization_id=organization.pk, compose=lambda: _lifted_letter(organization)
    )
    return True


def checked_reason(reason: str, *, has_looked: bool = False) -> str:
    """A reason that people will read, trimmed.

    `has_looked` says that nobody in detention can be recognised by it.

    Raises:
        ValidationError: by field, `reason`; `identifies` where `has_looked` must answer.
    """
    text = reason.strip()
    if not text or len(text) > MAX_REASON:
        raise ValidationError(
            {
                "reason": ValidationError(
                    _("Write the reason, in %(limit)d characters at most."),
                    code="reason",
                    params={"limit": MAX_REASON},
                )
            }
        )
    try:
        validate_plain_text(text)
    except ValidationError as error:
        raise ValidationError({"reason": error}) from error
    require_looked_at({"reason": text}, has_looked=has_looked)
    return text


def _hand(actor: Actor, organization: Organization) -> Actor:
    return system(Purpose.OPERATOR, via=actor.via, organization_id=organization.pk)


def _suspended_letter(organization: Organization, reason: str) -> Letter:
    words = isolated({"group": organization.name, "reason": reason})
    return Letter(
        subject=gettext("%(group)s is suspended on this site") % words,
        paragraphs=(
            gettext(
                "The stewards of this site suspended %(group)s. Its desk is closed, its tokens "
                "and invitations are ended, and its public pages are withdrawn."
            )
            % words,
            gettext("The reason they give: %(reason)s") % words,
            gettext("Nothing was deleted. If this is wrong, write to the stewards."),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/about/",
        label=gettext("How to reach the stewards"),
    )


def _lifted_letter(organization: Organization) -> Letter:
    words = isolated({"group": organization.name})
    return Letter(
        subject=gettext("%(group)s is not suspended any more") % words,
        paragraphs=(
            gettext("The stewards of this site lifted the suspension of %(group)s.") % words,
            gettext(
                "Its desk is open again. Nothing of it is public until a coordinator publishes it "
                "again; tokens and invitations must be made anew."
            ),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{organization.slug}/",
        label=gettext("To the desk"),
    )
