"""What the messenger does when something happened on the ground floor."""

from __future__ import annotations

from messaging.actions.mentoring import open_mentoring
from messaging.actions.standing import forget_organization, forget_person, reconcile
from messaging.hints import hint_recheck
from messaging.queries.exporting import export_of_all
from messaging.queries.reports import report_rows
from network.actions.departures import before_purge
from network.actions.export_parts import add_to_exports
from network.events import (
    Event,
    MembershipEnded,
    MembershipGranted,
    MentoringAgreed,
    OrganizationDeleted,
    OrganizationLocked,
    OrganizationPurged,
    OrganizationRenamed,
    OrganizationRestored,
    OrganizationSuspended,
    OrganizationUnlocked,
    PersonDeleted,
    PersonSuspended,
    SecondFactorChanged,
    SessionsEnded,
    SignedOutEverywhere,
    SuspensionLifted,
    TokensRevoked,
    VerificationEnded,
    subscribe,
)
from network.tenancy import Purpose, Via, system

_STANDING = (
    MembershipEnded,
    MembershipGranted,
    OrganizationDeleted,
    OrganizationRenamed,
    OrganizationRestored,
    OrganizationSuspended,
    SuspensionLifted,
)
# After each of these somebody who is connected may have lost the right to be.
RECHECKED = (
    MembershipEnded,
    MembershipGranted,
    OrganizationDeleted,
    OrganizationLocked,
    OrganizationPurged,
    OrganizationRestored,
    OrganizationSuspended,
    OrganizationUnlocked,
    PersonDeleted,
    PersonSuspended,
    SecondFactorChanged,
    SessionsEnded,
    SignedOutEverywhere,
    SuspensionLifted,
    TokensRevoked,
    VerificationEnded,
)


def install() -> None:
    """Subscribe, once the apps are ready."""
    # First of all: who lost access waits for nothing else.
    for one in RECHECKED:
        subscribe(one, _recheck)
    for kind in _STANDING:
        subscribe(kind, _reconcile)
    subscribe(PersonDeleted, _forget_person)
    subscribe(MentoringAgreed, _open_mentoring)
    before_purge(forget_organization)
    add_to_exports("message_reports", report_rows)
    add_to_exports("conversations", export_of_all)


def _recheck(event: Event) -> None:
    """Every process asks anew whether those of whom the event speaks may stay connected."""
    hint_recheck(
        person_id=getattr(event, "person_id", None),
        organization_id=getattr(event, "organization_id", None),
        session_hash=getattr(event, "session_hash", None),
    )


def _reconcile(event: Event) -> None:
    """Who takes part follows who belongs; who may read is asked of the membership anyway."""
    if isinstance(event, _STANDING):
        reconcile(system(Purpose.MESSENGER, via=Via.WORKER), organization_id=event.organization_id)


def _forget_person(event: Event) -> None:
    """The others learn that somebody is gone."""
    if isinstance(event, PersonDeleted):
        forget_person(system(Purpose.MESSENGER, via=Via.WORKER))


def _open_mentoring(event: Event) -> None:
    """Who agreed on help can talk about it."""
    if isinstance(event, MentoringAgreed):
        open_mentoring(
            system(Purpose.MESSENGER, via=Via.WORKER),
            organization_id=event.organization_id,
            mentor_id=event.mentor_id,
            request_id=event.request_id,
        )
