"""Asking a group for help, and taking that back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.mentoring.checks import checked, checked_contact, checked_text
from directory.enums import MentorState
from directory.models import Facility, MentorRequest, OrganizationCard
from directory.queries.mentors import open_offer
from network.actions.audit import record
from network.actions.letters import Letter, isolated
from network.actions.notices import tell_members
from network.enums import OrganizationStatus, Role
from network.identifying import require_looked_at
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor

OPEN = (MentorState.ASKED, MentorState.ACCEPTED)
AT_ONCE = 5
ANSWERING = (Role.COORDINATOR, Role.OWNER)


@transaction.atomic
def ask_mentor(
    actor: Actor,
    *,
    mentor_id: UUID,
    text: str,
    contact: str,
    facility: Facility | None = None,
    has_looked: bool = False,
) -> MentorRequest:
    """A request for help to a group that offers it; asking twice asks once.

    The group's coordinators are told by mail that there is one, and read it at their desk.
    `has_looked` says that nobody in detention can be recognised by a text.

    Raises:
        Refused: the actor may not ask for this organization.
        MentorOffer.DoesNotExist: this group offers no help to the one acted for.
        ValidationError: by field; `unverified`; `too_many` where five requests are open;
            `identifies` where `has_looked` must answer.
    """
    require(actor, Permission.MENTOR_OFFER)
    # Under lock, so that two at once do not pass the cap together.
    own = Organization.objects.select_for_update().get(pk=actor.acted_for)
    if own.status != OrganizationStatus.VERIFIED:
        raise ValidationError(_("A group can ask once it is verified."), code="unverified")
    open_offer(actor, mentor_id)
    slug = OrganizationCard.objects.values_list("slug", flat=True).get(pk=mentor_id)
    asked = MentorRequest.objects.filter(state__in=OPEN)
    before = asked.filter(mentor_id=mentor_id).first()
    if before is not None:
        return before
    if asked.filter(state=MentorState.ASKED).count() >= AT_ONCE:
        raise ValidationError(
            _("%(limit)d groups have your request already. Wait for an answer, or take one back."),
            code="too_many",
            params={"limit": AT_ONCE},
        )
    words = checked(
        text=lambda: checked_text(text, is_wanted=True),
        contact=lambda: checked_contact(contact, is_wanted=True),
    )
    require_looked_at(words, has_looked=has_looked)
    request = MentorRequest.objects.create(
        organization_id=actor.acted_for,
        mentor_id=mentor_id,
        facility=facility,
        asked_by=actor.person_id,
        **words,
    )
    _note(actor, "mentoring.asked", request)
    tell_members(
        actor,
        organization_id=mentor_id,
        roles=ANSWERING,
        compose=lambda: asked_letter(own.name, slug),
    )
    return request


@transaction.atomic
def withdraw_request(actor: Actor, *, request: MentorRequest) -> None:
    """Take an unanswered request back. Doing it twice changes nothing.

    Raises:
        Refused: the actor may not ask for this organization.
    """
    require(actor, Permission.MENTOR_OFFER, request)
    changed = MentorRequest.objects.filter(pk=request.pk, state=MentorState.ASKED).update(
        state=MentorState.WITHDRAWN, ended_at=timezone.now()
    )
    if changed:
        _note(actor, "mentoring.withdrawn", request)


def _note(actor: Actor, verb: str, request: MentorRequest) -> None:
    record(actor, verb, object_kind="mentor_request", object_id=request.pk)


def asked_letter(asker: str, slug: str) -> Letter:
    """What a group that offers help is told: that there is a request, and nothing of its text."""
    return Letter(
        subject=gettext("A group asks you for help to begin"),
        paragraphs=(
            gettext("%(group)s read that you help groups that begin, and asks you for help.")
            % isolated({"group": asker}),
            gettext(
                "Read the request at your desk, and say yes or no. No answer is needed today."
            ),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{slug}/mentoring/",
        label=gettext("Read the request"),
    )
