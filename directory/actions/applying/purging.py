"""What has passed its time of the ways in is deleted."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.utils import timezone

from directory.actions.applying.letters import fading_letter
from directory.enums import ApplicationState
from directory.models import Application, FirstStep, Program
from network.actions.audit import record_organization
from network.actions.notices import tell_members
from network.enums import OrganizationStatus, Role
from network.events import OrganizationDeleted, publish
from network.models import Membership, Organization, Upload
from network.tenancy import Actor, Purpose, acting, system

DRAFT_KEPT = dt.timedelta(days=90)
WARNED_BEFORE = dt.timedelta(days=14)
ENDED_KEPT = dt.timedelta(days=365)
_ENDED = (ApplicationState.REFUSED, ApplicationState.WITHDRAWN)


def purge_applications(actor: Actor) -> dict[str, int]:
    """Delete first steps after 7 days, drafts untouched for 90, refused and withdrawn after 365.

    The group of a draft is told 14 days before; a draft is never deleted untold. With it goes a
    group that has nothing else, as if its owner had deleted it. How many of each.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    now = timezone.now()
    with acting(actor):
        steps = FirstStep.objects.filter(expires_at__lt=now).delete()[0]
    with acting(system(Purpose.OPERATOR, via=actor.via)) as operator:
        warned = _warn(operator, now)
        faded = _delete_drafts(operator, now)
        ended = Application.objects.filter(state__in=_ENDED, decided_at__lt=now - ENDED_KEPT)
        gone = len(ended)
        ended.delete()
    return {"first_steps": steps, "warned": warned, "drafts": faded, "applications": gone}


def _warn(operator: Actor, now: dt.datetime) -> int:
    untold = Q(warned_at=None) | Q(warned_at__lt=F("updated_at"))
    drafts = Application.objects.filter(
        untold, state=ApplicationState.DRAFT, updated_at__lt=now - DRAFT_KEPT + WARNED_BEFORE
    ).select_related("organization")
    for draft in drafts:
        _tell(operator, draft.organization)
        # Not saved: that would count as touching it.
        Application.objects.filter(pk=draft.pk).update(warned_at=now)
    return len(drafts)


def _tell(operator: Actor, group: Organization) -> None:
    tell_members(
        operator,
        organization_id=group.pk,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: fading_letter(group.slug, group.name),
    )


def _delete_drafts(operator: Actor, now: dt.datetime) -> int:
    drafts = Application.objects.filter(
        state=ApplicationState.DRAFT,
        updated_at__lt=now - DRAFT_KEPT,
        warned_at__gt=F("updated_at"),
        warned_at__lte=now - WARNED_BEFORE,
    ).select_related("organization")
    for draft in drafts:
        group = draft.organization
        draft.delete()
        if _is_empty(group):
            record_organization(operator, "organization.deleted", group)
            Organization.objects.filter(pk=group.pk).update(
                status=OrganizationStatus.LEFT, deleted_at=now
            )
            publish(OrganizationDeleted(group.pk))
    return len(drafts)


def _is_empty(group: Organization) -> bool:
    """Whether a group that only applied has no program, no file, one member, no application."""
    own = {"organization_id": group.pk}
    members = Membership.objects.filter(ended_at=None, **own).count()
    has_more = any(
        rows.filter(**own).exists()
        for rows in (Program.objects, Upload.objects, Application.objects)
    )
    return group.status == OrganizationStatus.APPLIED and members <= 1 and not has_more
