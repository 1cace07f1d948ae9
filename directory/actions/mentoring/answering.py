"""Answering a request for help, and ending what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from directory.actions.mentoring.asking import ANSWERING
from directory.actions.mentoring.checks import checked, checked_contact, checked_text
from directory.enums import MentorState
from directory.models import MentorRequest
from directory.queries.mentors import mentoring_of, requests_to
from network.actions.audit import record
from network.actions.letters import Letter, isolated
from network.actions.notices import tell_members
from network.events import MentoringAgreed, publish
from network.identifying import require_looked_at
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system


@transaction.atomic
def answer_request(
    actor: Actor,
    *,
    request_id: UUID,
    is_accepted: bool,
    answer: str,
    contact: str = "",
    has_looked: bool = False,
) -> MentorRequest:
    """The request with the mentor's yes or no. Who asked is told by mail and reads it.

    With a yes comes how to reach the mentor. An answered request stays as it is.
    `has_looked` says that nobody in detention can be recognised by a text.

    Raises:
        Refused: the actor may not answer for the organization acted for.
        MentorRequest.DoesNotExist: it was not asked of this organization.
        ValidationError: by field, what to write instead; `identifies` where `has_looked` must
            answer.
    """
    require(actor, Permission.MENTOR_OFFER)
    request = requests_to(actor).select_for_update(of=("self",)).get(pk=request_id)
    if request.state != MentorState.ASKED:
        return request
    words = checked(
        answer=lambda: checked_text(answer, is_wanted=False),
        contact=lambda: checked_contact(contact if is_accepted else "", is_wanted=is_accepted),
    )
    require_looked_at(words, has_looked=has_looked)
    request.state = MentorState.ACCEPTED if is_accepted else MentorState.DECLINED
    request.answer, request.mentor_contact = words["answer"], words["contact"]
    request.answered_by = actor.person_id
    request.answered_at = timezone.now()
    if not is_accepted:
        request.ended_at = request.answered_at
    # By the key alone: the row belongs to the group that asked.
    requests_to(actor).filter(pk=request.pk).update(
        state=request.state,
        answer=request.answer,
        mentor_contact=request.mentor_contact,
        answered_by=request.answered_by,
        answered_at=request.answered_at,
        ended_at=request.ended_at,
    )
    _note(actor, "mentoring.accepted" if is_accepted else "mentoring.declined", request)
    name = Organization.objects.get(pk=actor.acted_for).name
    _tell(actor, request.organization_id, lambda slug: answered_letter(name, slug))
    if is_accepted:
        publish(MentoringAgreed(request.organization_id, request.mentor_id, request.pk))
    return request


@transaction.atomic
def end_mentoring(actor: Actor, *, request_id: UUID) -> None:
    """End what was agreed, by either group. Doing it twice changes nothing.

    Raises:
        Refused: the actor may not do this for the organization acted for.
        MentorRequest.DoesNotExist: this organization has no part in it.
    """
    require(actor, Permission.MENTOR_OFFER)
    request = mentoring_of(actor).select_for_update().get(pk=request_id)
    if request.state != MentorState.ACCEPTED:
        return
    mentoring_of(actor).filter(pk=request.pk).update(
        state=MentorState.ENDED, ended_at=timezone.now()
    )
    _note(actor, "mentoring.ended", request)
    is_mentor = request.mentor_id == actor.acted_for
    other = request.organization_id if is_mentor else request.mentor_id
    name = Organization.objects.get(pk=actor.acted_for).name
    _tell(actor, other, lambda slug: ended_letter(name, slug))


def _tell(actor: Actor, organization_id: UUID, compose: Callable[[str], Letter]) -> None:
    """Write to whoever coordinates the other group, whose address here only the system knows."""
    with acting(system(Purpose.OPERATOR, via=actor.via, organization_id=organization_id)):
        slug = Organization.objects.get(pk=organization_id).slug
    tell_members(
        actor, organization_id=organization_id, roles=ANSWERING, compose=lambda: compose(slug)
    )


def _note(actor: Actor, verb: str, request: MentorRequest) -> None:
    """In both logs: what one group does to an agreement the other reads too."""
    record(actor, verb, object_kind="mentor_request", object_id=request.pk)
    is_mentor = request.mentor_id == actor.acted_for
    other = request.organization_id if is_mentor else request.mentor_id
    eyes = system(Purpose.OPERATOR, via=actor.via, organization_id=other)
    with acting(eyes):
        record(eyes, verb, object_kind="mentor_request", object_id=request.pk)


def answered_letter(mentor: str, slug: str) -> Letter:
    """What a group that asked is told: that there is an answer, and nothing of its text."""
    return Letter(
        subject=gettext("A group has answered your request for help"),
        paragraphs=(gettext("%(group)s has answered.") % isolated({"group": mentor}),),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{slug}/mentoring/",
        label=gettext("Read the answer"),
    )


def ended_letter(other: str, slug: str) -> Letter:
    """What the other group is told when one of the two ends it."""
    return Letter(
        subject=gettext("Help between two groups has ended"),
        paragraphs=(
            gettext("%(group)s has ended what you agreed on. You owe no answer.")
            % isolated({"group": other}),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{slug}/mentoring/",
        label=gettext("See it at your desk"),
    )
